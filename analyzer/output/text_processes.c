/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_processes.h"

#include <inttypes.h>

#include "base/quote.h"
#include "model/record.h"
#include "output/quantity.h"
#include "output/text_process_rows.h"
#include "output/text_view.h"

/* Processes that are named for a reason without --top=0; and reasons. */
#define NAMED_MOST   12
#define REASONS_MOST 12

/* ---- the captures ---- */

static void write_side(const struct process_report *report, unsigned index,
		       FILE *file)
{
	static const char *const names[] = {"old  ", "new  "};
	const struct process_side *side = &report->sides[index];
	char text[TEXT_NAME_CAPACITY], uptime[QUANTITY_CAPACITY];

	quote_text(span_of(strcmp(side->path, "-") == 0 ? "standard input"
							: side->path),
		   TEXT_NAME_LIMIT, text, sizeof(text));
	fprintf(file, "%s%s", report->side_count == 2 ? names[index] : "",
		text);
	if (side->kernel) {
		quote_text(span_of(side->kernel), TEXT_NAME_LIMIT, text,
			   sizeof(text));
		fprintf(file, "   Linux %s", text);
	}
	if (side->uptime_ns != TS_NONE)
		fprintf(file, "   up %s",
			quantity_uptime(side->uptime_ns / 1000000000, uptime));
	putc('\n', file);
}

/* ---- where the amounts come from ---- */

struct clauses {
	FILE *file;
	bool begun;
};

/* "; 3 only have RSS" */
static void write_clause(struct clauses *clauses, const char *before,
			 uint64_t count, const char *one, const char *many)
{
	char text[QUANTITY_CAPACITY];

	if (!count)
		return;
	fprintf(clauses->file, "%s%s%s%s", clauses->begun ? "; " : "", before,
		quantity_count(count, text), count == 1 ? one : many);
	clauses->begun = true;
}

static void write_sources(const struct process_report *report, unsigned index,
			  FILE *file)
{
	static const char *const names[] = {"old: ", "new: "};
	const uint64_t *sources = report->sides[index].sources;
	struct clauses clauses = {.file = file};

	if (report->side_count == 2)
		fputs(names[index], file);
	write_clause(&clauses, "from smaps_rollup of ", sources[PROCESS_ROLLUP],
		     " process", " processes");
	write_clause(&clauses, "from smaps of ", sources[PROCESS_SMAPS],
		     " process", " processes");
	write_clause(&clauses, "", sources[PROCESS_STATUS],
		     " only has RSS (status)", " only have RSS (status)");
	write_clause(&clauses, "", sources[PROCESS_UNREADABLE],
		     " could not be read", " could not be read");
	write_clause(&clauses, "", sources[PROCESS_KERNEL],
		     " has no user memory (kernel threads, zombies)",
		     " have no user memory (kernel threads, zombies)");
	putc('\n', file);
}

/* ---- what could not be read ---- */

static const char *remedy_of(const struct process *process)
{
	return process->denied ? " (run as root)" : "";
}

static bool is_alike(const struct process *a, const struct process *b)
{
	return a->source == b->source && span_equal(a->why, b->why);
}

static void write_name(const struct process *process, FILE *file)
{
	char name[QUOTE_CAPACITY];

	fprintf(file, "%" PRIu64, process->pid);
	if (!process->comm.length)
		return;
	quote_text(process->comm, QUOTE_LIMIT, name, sizeof(name));
	fprintf(file, " %s", name);
}

/* "Permission denied (run as root): 812 sshd, 900 cron and 4 more" */
static void write_alike(const struct process_side *side, size_t first, bool all,
			FILE *file)
{
	const struct process *like = &side->processes[first];
	char text[TEXT_NAME_CAPACITY];
	size_t named = 0, rest = 0, i;

	quote_text(like->why, TEXT_NAME_LIMIT, text, sizeof(text));
	fprintf(file, "  %s, %s%s:",
		like->source == PROCESS_STATUS ? "no PSS" : "not read", text,
		remedy_of(like));
	for (i = first; i < side->process_count; i++) {
		const struct process *process = &side->processes[i];

		if (!is_alike(process, like))
			continue;
		if (!all && named == NAMED_MOST) {
			rest++;
			continue;
		}
		fputs(named++ ? ", " : " ", file);
		write_name(process, file);
	}
	if (rest)
		fprintf(file, " and %zu more", rest);
	putc('\n', file);
}

/* Why there is less of a process than there might be. */
static bool is_lacking(const struct process *process)
{
	return process->source == PROCESS_UNREADABLE ||
	       (process->source == PROCESS_STATUS && process->why.length);
}

static void write_lacking(const struct process_side *side, bool all, FILE *file)
{
	size_t firsts[REASONS_MOST], reasons = 0, others = 0, i, j;

	for (i = 0; i < side->process_count; i++) {
		const struct process *process = &side->processes[i];

		if (!is_lacking(process))
			continue;
		for (j = 0; j < reasons; j++)
			if (is_alike(process, &side->processes[firsts[j]]))
				break;
		if (j == REASONS_MOST)
			others++;
		else if (j == reasons)
			firsts[reasons++] = i;
	}
	for (j = 0; j < reasons; j++)
		write_alike(side, firsts[j], all, file);
	if (others)
		fprintf(file, "  and %zu for other reasons\n", others);
}

bool text_processes_write(const struct process_report *report,
			  const struct output_options *options, FILE *file,
			  struct error *err)
{
	bool all = options->top_given && !options->top;
	unsigned i;

	for (i = 0; i < report->side_count; i++)
		write_side(report, i, file);
	putc('\n', file);
	if (!text_process_rows_write(report, options, file))
		return error_no_memory(err);
	putc('\n', file);
	for (i = 0; i < report->side_count; i++) {
		write_sources(report, i, file);
		write_lacking(&report->sides[i], all, file);
	}
	return true;
}
