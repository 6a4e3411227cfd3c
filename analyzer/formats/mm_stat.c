/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /sys/block/zram<n>/mm_stat (drivers/block/zram/zram_drv.c, 4.1 and newer):
 * one line of numbers without names, the first ones of bytes. Newer kernels
 * have more of them, at its end: huge_pages, huge_pages_since.
 */
#include "formats/counter_text.h"

/* Up to these all kernels have them. */
#define COLUMNS_MIN 7
#define BYTES_MAX   5

static const char *const names[] = {
	"orig_data_size",  "compr_data_size", "mem_used_total",
	"mem_limit",	   "mem_used_max",    "same_pages",
	"pages_compacted", "huge_pages",      "huge_pages_since",
};

#define COLUMNS (sizeof(names) / sizeof(names[0]))

/* "zram0" in "…/zram0/mm_stat" */
static struct span device_of(struct span path)
{
	const char *slash = path.length ? span_find_last(path, '/') : NULL;
	struct span rest;

	if (!slash)
		return SPAN("");
	path = span_between(path.at, slash);
	slash = path.length ? span_find_last(path, '/') : NULL;
	rest = slash ? span_between(slash + 1, span_end(path)) : path;
	return span_starts_with(rest, SPAN("zram")) ? rest : SPAN("");
}

/* How many numbers there are; those without a name are newer than we are. */
static bool parse(struct span line, size_t *ret_count, uint64_t ret[COLUMNS])
{
	uint64_t value;
	size_t count = 0;

	span_take_blanks(&line);
	do {
		if (!span_take_u64(&line, &value))
			return false;
		if (count < COLUMNS)
			ret[count++] = value;
	} while (span_take_blanks(&line));
	*ret_count = count;
	return !line.length && count >= COLUMNS_MIN;
}

static bool mm_stat_line(struct counter_text *text, struct span line)
{
	struct span device = device_of(text->sink->path);
	uint64_t values[COLUMNS];
	size_t count;
	bool done = true;

	if (!counter_text_has_end(text) || !parse(line, &count, values))
		return counter_text_skip(text, "seven numbers or more");
	for (size_t i = 0; done && i < count; i++)
		done = counter_text_give(
			text, device, span_of(names[i]), values[i],
			i < BYTES_MAX ? COUNTER_BYTES : COUNTER_PAGES);
	return done;
}

static bool mm_stat_block(void *state, struct span lines, struct sink *sink,
			  struct error *err)
{
	return counter_text_single(state, "mm_stat", mm_stat_line, lines, sink,
				   err);
}

static const char *const paths[] = {
	"sys/devices/virtual/block/zram#/mm_stat",
	"sys/block/zram#/mm_stat",
	NULL,
};

const struct format format_mm_stat = {
	.name = "mm_stat",
	.title = "/sys/block/zram<n>/mm_stat: compressed memory",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.block = mm_stat_block,
	.finish = counter_text_finish,
};
