/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a capture holds as one table, in which the first cell tells what a row
 * is of. docs/csv.md describes each column.
 */
#include "output/csv_contents.h"

#include "model/manifest_view.h"
#include "output/csv_writer.h"

static const char *const columns[] = {
	"row",	 "path",	"format",     "scope",	 "name",
	"value", "unit",	"entries",    "records", "pages",
	"bytes", "passed_over", "text_bytes", "status",	 "why",
};
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static void empty_cells(struct csv_writer *csv, size_t count)
{
	while (count-- > 0)
		csv_empty(csv);
}

/* A row "row, path, format, scope, name", which a value follows. */
static void begin_fact(struct csv_writer *csv, const char *row,
		       struct span format, struct span scope, struct span name)
{
	csv_string(csv, row);
	csv_empty(csv);
	csv_text(csv, format);
	csv_text(csv, scope);
	csv_text(csv, name);
}

static void end_fact(struct csv_writer *csv, const char *unit)
{
	csv_string(csv, unit);
	empty_cells(csv, COLUMNS - 7);
	csv_end_row(csv);
}

static void fact(struct csv_writer *csv, const char *row, const char *name,
		 struct span text)
{
	if (!text.length)
		return;
	begin_fact(csv, row, (struct span){0}, (struct span){0}, span_of(name));
	csv_text(csv, text);
	end_fact(csv, NULL);
}

static void moment(struct csv_writer *csv, const char *row, const char *name,
		   uint64_t ns)
{
	if (ns == TS_NONE)
		return;
	begin_fact(csv, row, (struct span){0}, (struct span){0}, span_of(name));
	csv_u64(csv, ns);
	end_fact(csv, "ns");
}

static void lacking(struct csv_writer *csv,
		    const struct manifest_member *member)
{
	csv_string(csv, "missed");
	csv_text(csv, member->path);
	empty_cells(csv, 11);
	csv_text(csv, member->status);
	csv_text(csv, member->why);
	csv_end_row(csv);
}

static void manifest(struct csv_writer *csv, const struct counters *counters)
{
	const struct counter_entry *at = NULL;
	struct manifest_member member;
	struct manifest_view view;

	if (!manifest_view(counters, &view))
		return;
	fact(csv, "manifest", "machine", view.machine);
	fact(csv, "manifest", "date", view.date);
	moment(csv, "manifest", "began", view.began_ns);
	moment(csv, "manifest", "ended", view.ended_ns);
	fact(csv, "manifest", "outcome", view.outcome);
	while (manifest_view_next(counters, &at, &member))
		lacking(csv, &member);
}

static void content(struct csv_writer *csv, const struct content *content)
{
	bool records = !content->counts;

	csv_string(csv, "member");
	csv_string(csv, content->path);
	csv_string(csv, content->format);
	empty_cells(csv, 4);
	csv_u64(csv, content->entries);
	csv_u64_if(csv, records, content->records);
	csv_u64_if(csv, records && content->unit == UNIT_PAGE, content->units);
	csv_u64_if(csv, records && content->unit != UNIT_PAGE && content->units,
		   content->units);
	csv_u64(csv, content->skipped);
	csv_u64(csv, content->bytes);
	empty_cells(csv, 2);
	csv_end_row(csv);
}

static void counter(struct csv_writer *csv, const struct counter *counter)
{
	static const char *const units[] = {
		[COUNTER_NUMBER] = NULL,   [COUNTER_KIB] = "KiB",
		[COUNTER_PAGES] = "pages", [COUNTER_BYTES] = "bytes",
		[COUNTER_NS] = "ns",	   [COUNTER_TEXT] = NULL,
	};

	begin_fact(csv, "counter", counter->group, counter->scope,
		   counter->name);
	if (counter->unit == COUNTER_TEXT)
		csv_text(csv, counter->text);
	else
		csv_u64(csv, counter->value);
	end_fact(csv, units[counter->unit]);
}

static struct span optional(const char *text)
{
	return text ? span_of(text) : (struct span){0};
}

bool csv_contents_write(const struct contents *contents,
			const struct output_options *options, FILE *file,
			struct error *err)
{
	struct csv_writer csv = {.file = file};
	const struct counter_entry *entry;
	const struct content *each;
	size_t i;

	(void)options;
	(void)err;
	for (i = 0; i < COLUMNS; i++)
		csv_string(&csv, columns[i]);
	csv_end_row(&csv);
	fact(&csv, "capture", "path", span_of(contents->path));
	fact(&csv, "capture", "kernel", optional(contents->kernel));
	fact(&csv, "capture", "boot_id", optional(contents->boot_id));
	moment(&csv, "capture", "uptime", contents->uptime_ns);
	manifest(&csv, contents->counters);
	for (each = contents->first; each; each = each->next)
		content(&csv, each);
	for (entry = contents->counters->table; entry; entry = entry->hh.next)
		counter(&csv, &entry->counter);
	return true;
}
