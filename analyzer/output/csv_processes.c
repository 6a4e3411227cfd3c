/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/csv_processes.h"

#include "output/csv_writer.h"

/* Columns are the same whatever the capture has, for scripts to rely on. */
struct csv_table {
	struct csv_writer csv;
	const struct process_report *report;
};

static bool is_diff(const struct csv_table *table)
{
	return table->report->side_count == 2;
}

/* ---- the first row ---- */

/* "rss_kib", or "rss_kib_before" and its like */
static void head_amounts(struct csv_table *table, const char *suffix)
{
	char name[64];
	unsigned i;

	for (i = 0; i < PROCESS_AMOUNTS; i++) {
		snprintf(name, sizeof(name), "%s_kib%s",
			 process_amount_name((enum process_amount)i), suffix);
		csv_string(&table->csv, name);
	}
}

static void head_names(struct csv_table *table, const char *const *names)
{
	for (; *names; names++)
		csv_string(&table->csv, *names);
}

static void head(struct csv_table *table)
{
	static const char *const who[] = {"pid", "comm",   "user",
					  "uid", "cgroup", NULL};
	static const char *const of_pid[] = {"source", "why", NULL};
	static const char *const of_pids[] = {"source_before", "source_after",
					      "why", NULL};
	static const char *const of_key[] = {"processes", "with_pss",
					     "unreadable", NULL};
	static const char *const of_keys[] = {
		"processes_before",
		"with_pss_before",
		"unreadable_before",
		"processes_after",
		"with_pss_after",
		"unreadable_after",
		NULL,
	};

	if (table->report->by == PROCESS_BY_PID) {
		head_names(table, who);
		head_names(table, is_diff(table) ? of_pids : of_pid);
	} else {
		csv_string(&table->csv, process_key_name(table->report->by));
		head_names(table, is_diff(table) ? of_keys : of_key);
	}
	if (is_diff(table)) {
		head_amounts(table, "_before");
		head_amounts(table, "_after");
		head_amounts(table, "_growth");
	} else {
		head_amounts(table, "");
	}
	csv_end_row(&table->csv);
}

/* ---- the others ---- */

static void amounts(struct csv_table *table, const struct process_sum *sum)
{
	uint64_t kib = 0;
	unsigned i;

	for (i = 0; i < PROCESS_AMOUNTS; i++) {
		bool known =
			process_sum_amount(sum, (enum process_amount)i, &kib);

		csv_u64_if(&table->csv, known, kib);
	}
}

static void growth(struct csv_table *table, const struct process_row *row)
{
	int64_t kib;
	unsigned i;

	for (i = 0; i < PROCESS_AMOUNTS; i++)
		if (process_sum_growth(row->sides, (enum process_amount)i,
				       &kib))
			csv_i64(&table->csv, kib);
		else
			csv_empty(&table->csv);
}

static void source(struct csv_table *table, const struct process *process)
{
	csv_string(&table->csv,
		   process ? process_source_name(process->source) : NULL);
}

static void who(struct csv_table *table,
		const struct process *const processes[2])
{
	const struct process *newest = processes[processes[1] ? 1 : 0];

	csv_u64(&table->csv, newest->pid);
	csv_text(&table->csv, newest->comm);
	csv_text(&table->csv, newest->user);
	csv_u64_if(&table->csv, newest->uid != PROCESS_UNKNOWN, newest->uid);
	csv_text(&table->csv, newest->cgroup);
	source(table, processes[0]);
	if (is_diff(table))
		source(table, processes[1]);
	csv_text(&table->csv, newest->why);
}

static void counts(struct csv_table *table, const struct process_sum *sum)
{
	csv_u64(&table->csv, sum->processes);
	csv_u64(&table->csv, sum->known[PROCESS_PSS]);
	csv_u64(&table->csv, sum->unreadable);
}

static void add(struct csv_table *table, const struct process_row *row)
{
	if (table->report->by == PROCESS_BY_PID) {
		who(table, row->processes);
	} else {
		csv_text(&table->csv, row->key);
		counts(table, &row->sides[0]);
		if (is_diff(table))
			counts(table, &row->sides[1]);
	}
	amounts(table, &row->sides[0]);
	if (is_diff(table)) {
		amounts(table, &row->sides[1]);
		growth(table, row);
	}
	csv_end_row(&table->csv);
}

static void rows(struct csv_table *table, const struct output_options *options)
{
	const struct process_report *report = table->report;
	size_t shown = 0, i;

	for (i = 0; i < report->row_count; i++) {
		if (output_is_small_process(&report->rows[i], options))
			continue;
		if (options->top_given && options->top &&
		    shown++ == options->top)
			break;
		add(table, &report->rows[i]);
	}
}

bool csv_processes_write(const struct process_report *report,
			 const struct output_options *options, FILE *file,
			 struct error *err)
{
	struct csv_table table = {.csv.file = file, .report = report};
	size_t i;

	(void)err;
	head(&table);
	rows(&table, options);
	/* Whoever adds up a column must see that something is missing. */
	for (i = 0; i < report->unreadable_count; i++)
		add(&table, &report->unreadable[i]);
	return true;
}
