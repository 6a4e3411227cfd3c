/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel's configuration, /proc/config.gz or /boot/config-<release>:
 *
 *   "CONFIG_HZ=250", "CONFIG_SLUB_DEBUG=y", "CONFIG_PAGE_SHIFT=12"
 *   "# CONFIG_PAGE_OWNER is not set"	handed on as "n"
 *
 * Kept is what bears upon how other dumps are read.
 */
#include "formats/counter_text.h"

#define EXPECTED_LINE "\"CONFIG_<name>=<value>\""

static const char wanted[] =
	"HZ,PAGE_SHIFT,ARM64_PAGE_SHIFT,PPC_PAGE_SHIFT,"
	"ARM64_4K_PAGES,ARM64_16K_PAGES,ARM64_64K_PAGES,"
	"PPC_4K_PAGES,PPC_64K_PAGES,"
	"64BIT,NUMA,VMAP_STACK,STACKDEPOT,RANDOMIZE_BASE,"
	"PAGE_OWNER,SLUB,SLAB,SLUB_DEBUG,SLUB_DEBUG_ON,SLAB_MERGE_DEFAULT,"
	"SLUB_CPU_PARTIAL,RANDOM_KMALLOC_CACHES,"
	"MEM_ALLOC_PROFILING,MEM_ALLOC_PROFILING_ENABLED_BY_DEFAULT,"
	"DEBUG_KMEMLEAK,DEBUG_KMEMLEAK_DEFAULT_OFF,"
	"MEMCG,MEMCG_KMEM,KASAN,HUGETLB_PAGE,TRANSPARENT_HUGEPAGE,ZSWAP";

static bool is_wanted(struct span name)
{
	span_take(&name, SPAN("CONFIG_"));
	return span_has_word(span_of(wanted), name, ',');
}

/* "CONFIG_X is not set" */
static bool parse_unset(struct span line, struct span *ret)
{
	*ret = line;
	return span_drop(ret, SPAN(" is not set"));
}

static bool is_letter(struct span value)
{
	return value.length == 1 && memchr("ymn", value.at[0], 3);
}

static bool give(struct counter_text *text, struct span name, struct span value)
{
	struct span rest = value;
	uint64_t number;

	if (is_letter(value))
		return counter_text_give_text(text, SPAN(""), name, value);
	if (!span_take_u64(&rest, &number) || rest.length)
		return counter_text_skip(text, EXPECTED_LINE);
	return counter_text_give(text, SPAN(""), name, number, COUNTER_NUMBER);
}

static bool kernel_config_line(struct counter_text *text, struct span line)
{
	const char *equals;
	struct span name;

	if (span_take(&line, SPAN("#"))) {
		span_take_blanks(&line);
		return !parse_unset(line, &name) || !is_wanted(name) ||
		       counter_text_give_text(text, SPAN(""), name, SPAN("n"));
	}
	equals = memchr(line.at, '=', line.length);
	if (!span_starts_with(line, SPAN("CONFIG_")) || !equals)
		return counter_text_stray(text, EXPECTED_LINE);
	name = span_between(line.at, equals);
	return !is_wanted(name) ||
	       give(text, name, span_between(equals + 1, span_end(line)));
}

/* "# Linux/x86 6.12.117 Kernel Configuration", in the head of the file */
static bool decides(struct span line, struct span rest)
{
	(void)rest;
	return span_starts_with(line, SPAN("# Linux")) &&
	       span_ends_with(line, SPAN(" Kernel Configuration"));
}

static const char *kernel_config_sniff(struct span head)
{
	return counter_text_find(head, "config", SPAN(" Kernel Configuration"),
				 decides);
}

static bool kernel_config_block(void *state, struct span lines,
				struct sink *sink, struct error *err)
{
	return counter_text_block(state, "kernel_config", kernel_config_line,
				  lines, sink, err);
}

static const char *const paths[] = {"proc/config", "boot/config-*", NULL};

const struct format format_kernel_config = {
	.name = "kernel_config",
	.title = "/proc/config.gz, or /boot/config-<release>",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.sniff = kernel_config_sniff,
	.block = kernel_config_block,
	.finish = counter_text_finish,
};
