/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/json_processes.h"

#include <stdio.h>

#include "model/record.h"
#include "output/json_writer.h"

/* Room for "page_tables_kib". */
#define NAME_CAPACITY 32

static const char *amount_name(unsigned amount, char ret[NAME_CAPACITY])
{
	snprintf(ret, NAME_CAPACITY, "%s_kib",
		 process_amount_name((enum process_amount)amount));
	return ret;
}

static void amounts(struct json_writer *json, const struct process_sum *sum)
{
	char name[NAME_CAPACITY];
	uint64_t kib = 0;
	unsigned i;

	for (i = 0; i < PROCESS_AMOUNTS; i++) {
		bool known =
			process_sum_amount(sum, (enum process_amount)i, &kib);

		json_u64_if(json, amount_name(i, name), known, kib);
	}
}

static void sum_members(struct json_writer *json, const struct process_sum *sum)
{
	json_u64(json, "processes", sum->processes);
	json_u64(json, "with_pss", sum->known[PROCESS_PSS]);
	json_u64(json, "unreadable", sum->unreadable);
	amounts(json, sum);
}

static void growth(struct json_writer *json, const struct process_row *row)
{
	char name[NAME_CAPACITY];
	int64_t kib;
	unsigned i;

	json_open_flat_object(json, "growth");
	for (i = 0; i < PROCESS_AMOUNTS; i++) {
		amount_name(i, name);
		if (process_sum_growth(row->sides, (enum process_amount)i,
				       &kib))
			json_i64(json, name, kib);
		else
			json_null(json, name);
	}
	json_close_object(json);
}

static void who(struct json_writer *json, const struct process *process)
{
	json_u64(json, "pid", process->pid);
	json_optional_span(json, "comm", process->comm);
	json_optional_span(json, "user", process->user);
	json_u64_if(json, "uid", process->uid != PROCESS_UNKNOWN, process->uid);
	json_optional_span(json, "cgroup", process->cgroup);
}

/* One side of a row: null where the process is not there. */
static void side_of_row(struct json_writer *json, const char *name,
			const struct process_report *report,
			const struct process_row *row, unsigned index)
{
	const struct process *process = row->processes[index];

	if (process_sum_is_empty(&row->sides[index])) {
		json_null(json, name);
		return;
	}
	json_open_flat_object(json, name);
	if (report->by == PROCESS_BY_PID) {
		json_string(json, "source",
			    span_of(process_source_name(process->source)));
		amounts(json, &row->sides[index]);
	} else {
		sum_members(json, &row->sides[index]);
	}
	json_close_object(json);
}

static void compared_row(struct json_writer *json,
			 const struct process_report *report,
			 const struct process_row *row)
{
	json_open_object(json, NULL);
	if (report->by == PROCESS_BY_PID)
		who(json, row->processes[row->processes[1] ? 1 : 0]);
	else
		json_optional_span(json, "key", row->key);
	json_string(json, "ranked_by",
		    span_of(process_amount_name(row->measure)));
	side_of_row(json, "before", report, row, 0);
	side_of_row(json, "after", report, row, 1);
	growth(json, row);
	json_close_object(json);
}

static void single_row(struct json_writer *json,
		       const struct process_report *report,
		       const struct process_row *row)
{
	json_open_flat_object(json, NULL);
	if (report->by == PROCESS_BY_PID) {
		who(json, row->processes[0]);
		json_string(json, "source",
			    span_of(process_source_name(
				    row->processes[0]->source)));
		amounts(json, &row->sides[0]);
	} else {
		json_optional_span(json, "key", row->key);
		sum_members(json, &row->sides[0]);
	}
	json_close_object(json);
}

static void rows(struct json_writer *json, const struct process_report *report,
		 const struct output_options *options)
{
	size_t shown = 0, i;

	json_open_array(json, "rows");
	for (i = 0; i < report->row_count; i++) {
		const struct process_row *row = &report->rows[i];

		if (output_is_small_process(row, options))
			continue;
		if (options->top_given && options->top &&
		    shown++ == options->top)
			break;
		if (report->side_count == 2)
			compared_row(json, report, row);
		else
			single_row(json, report, row);
	}
	json_close_array(json);
}

static void unreadable(struct json_writer *json,
		       const struct process_report *report)
{
	unsigned side;
	size_t i;

	json_open_array(json, "unreadable");
	for (side = 0; side < report->side_count; side++) {
		const struct process_side *of = &report->sides[side];

		for (i = 0; i < of->process_count; i++) {
			const struct process *process = &of->processes[i];

			if (process->source != PROCESS_UNREADABLE)
				continue;
			json_open_flat_object(json, NULL);
			json_u64(json, "capture", side);
			who(json, process);
			json_optional_span(json, "why", process->why);
			json_bool(json, "denied", process->denied);
			json_close_object(json);
		}
	}
	json_close_array(json);
}

static void capture(struct json_writer *json, const struct process_side *side)
{
	unsigned i;

	json_open_object(json, NULL);
	json_string(json, "path", span_of(side->path));
	json_optional(json, "kernel", side->kernel);
	json_u64_if(json, "uptime_ns", side->uptime_ns != TS_NONE,
		    side->uptime_ns);
	json_open_flat_object(json, "sources");
	for (i = 0; i < PROCESS_SOURCES; i++)
		json_u64(json, process_source_name((enum process_source)i),
			 side->sources[i]);
	json_close_object(json);
	json_u64(json, "denied", side->denied);
	json_open_flat_object(json, "total");
	sum_members(json, &side->total);
	json_close_object(json);
	json_close_object(json);
}

bool json_processes_write(const struct process_report *report,
			  const struct output_options *options, FILE *file,
			  struct error *err)
{
	struct json_writer json = {.file = file};
	unsigned i;

	(void)err;
	json_open_object(&json, NULL);
	json_string(&json, "tool", SPAN("pageowl " PAGEOWL_VERSION));
	json_string(&json, "command", SPAN("ps"));
	json_open_array(&json, "captures");
	for (i = 0; i < report->side_count; i++)
		capture(&json, &report->sides[i]);
	json_close_array(&json);
	json_string(&json, "by", span_of(process_key_name(report->by)));
	rows(&json, report, options);
	unreadable(&json, report);
	json_close_object(&json);
	return true;
}
