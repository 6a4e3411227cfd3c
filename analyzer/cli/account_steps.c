/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/account_steps.h"

#include <stdio.h>
#include <stdlib.h>

#include "account/slab_caches.h"

/* What the capture tells of its kernel, where it does. */
struct kernel_facts {
	bool booted_with;    /* page_owner=on */
	bool built_without;  /* CONFIG_PAGE_OWNER */
	bool can_profile;    /* it has CONFIG_MEM_ALLOC_PROFILING */
	bool cannot_profile; /* it has it not */
};

static bool config_is(const struct counters *counters, const char *name,
		      const char *value)
{
	const struct counter *counter =
		counters_find(counters, "kernel_config", SPAN(""), name);

	return counter && counter->unit == COUNTER_TEXT &&
	       span_equal(counter->text, span_of(value));
}

static struct kernel_facts facts_of(const struct counters *counters)
{
	const struct counter *line =
		counters_find(counters, "cmdline", SPAN(""), "cmdline");

	return (struct kernel_facts){
		.booted_with =
			line &&
			span_has_word(line->text, SPAN("page_owner=on"), ' '),
		.built_without = config_is(counters, "CONFIG_PAGE_OWNER", "n"),
		.can_profile =
			config_is(counters, "CONFIG_MEM_ALLOC_PROFILING", "y"),
		.cannot_profile =
			config_is(counters, "CONFIG_MEM_ALLOC_PROFILING", "n"),
	};
}

/* Why there is no page_owner, of the capture that lacks it. */
static void write_reason(FILE *file, const struct reading *reading,
			 const struct kernel_facts *facts)
{
	char why[2048];

	if (reading->no_dump[0])
		fprintf(file, "  %s\n", reading->no_dump);
	else if (reading_reason(reading, "page_owner", why, sizeof(why)))
		fprintf(file, "  page_owner: %s\n", why);
	else if (facts->built_without)
		fputs("  the kernel was built without CONFIG_PAGE_OWNER\n",
		      file);
	else if (facts->booted_with)
		fputs("  the kernel was booted with page_owner=on, but "
		      "/sys/kernel/debug/page_owner was not taken:\n"
		      "  root and debugfs are needed for it; pageowl capture "
		      "says what is missing\n",
		      file);
}

static void write_boot(FILE *file, const struct kernel_facts *facts)
{
	if (facts->built_without)
		fputs("  1. install or build a kernel with CONFIG_PAGE_OWNER=y "
		      "(debug kernels have it), and boot\n"
		      "     it with page_owner=on\n",
		      file);
	else if (facts->booted_with)
		fputs("  1. stay on this kernel: page_owner is on\n", file);
	else
		fputs("  1. boot with page_owner=on on the kernel's command "
		      "line (CONFIG_PAGE_OWNER=y is needed)\n",
		      file);
	fputs("  2. sudo pageowl capture -o before\n"
	      "  3. let the memory grow: run what is suspected, or wait\n"
	      "  4. sudo pageowl capture -o after\n"
	      "  5. pageowl account before after\n",
	      file);
	if (facts->cannot_profile)
		return;
	fputs("or without a boot, from now on and by source line only: sysctl "
	      "vm.mem_profiling=1",
	      file);
	fputs(facts->can_profile ? "\n"
				 : "\n(Linux 6.10 and newer with "
				   "CONFIG_MEM_ALLOC_PROFILING=y)\n",
	      file);
}

/* Both have stacks, and none that could be compared. */
static void write_unlike(FILE *file, const char *old, const char *new)
{
	fprintf(file,
		"Who holds it cannot be compared: OLD has %s, NEW has %s. Take "
		"both captures alike;\n"
		"'pageowl account' of each alone tells who holds it there.\n",
		old, new);
}

static void write_lacking(FILE *file, const struct reading *reading,
			  const char *whose)
{
	struct kernel_facts facts = facts_of(&reading->capture.counters);

	fprintf(file,
		"Who holds it is not known: %s no page_owner, "
		"page_owner_stacks or allocinfo.\n",
		reading->no_dump[0] ? "the machine has" : whose);
	write_reason(file, reading, &facts);
	fputs("To know it:\n", file);
	write_boot(file, &facts);
}

static void write_text(FILE *file, const struct account_join *join)
{
	const char *old = reading_holders(&join->readings[0]), *new;

	if (join->count == 1) {
		write_lacking(file, &join->readings[0], "the capture has");
		return;
	}
	new = reading_holders(&join->readings[1]);
	if (old && new)
		write_unlike(file, old, new);
	else if (old)
		write_lacking(file, &join->readings[1], "NEW has");
	else
		write_lacking(file, &join->readings[0],
			      new ? "OLD has" : "the captures have");
}

static bool write_steps(struct account_join *join, struct error *err)
{
	char *text = NULL;
	size_t length = 0;
	FILE *file = open_memstream(&text, &length);

	if (!file)
		return error_no_memory(err);
	write_text(file, join);
	/* Closing it takes memory, and does not tell when there is none. */
	if (fclose(file) == 0 && text)
		join->report.steps =
			arena_string(&join->report.arena, span_of(text));
	free(text);
	return join->report.steps || error_no_memory(err);
}

bool account_steps_make(struct account_join *join, struct error *err)
{
	struct account_report *report = &join->report;

	report->slab_steps = slab_caches_steps(&report->slab, report->objects,
					       &report->arena);
	if (!report->slab_steps)
		return error_no_memory(err);
	return report->holders || write_steps(join, err);
}
