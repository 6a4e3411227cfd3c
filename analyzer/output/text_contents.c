/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a capture holds, as a table: a line for each format, or each member. */
#include "output/text_contents.h"

#include <inttypes.h>

#include "base/quote.h"
#include "model/manifest_view.h"
#include "output/quantity.h"
#include "output/text_machine.h"
#include "output/text_view.h"

/* Members of one format. */
struct content_sum {
	const struct content *first;
	uint64_t members, entries, records, skipped, bytes;
};

#define FORMATS_MAX 64

/* Groups of members that are not whole; without --full no more are listed. */
#define LACKING_SHOWN 12

/* Members that are not whole for the same reason. */
struct lacking {
	struct manifest_member first;
	uint64_t count;
};

static void add(struct content_sum *sum, const struct content *content)
{
	sum->members++;
	sum->entries += content->entries;
	sum->records += content->records;
	sum->skipped += content->skipped;
	sum->bytes += content->bytes;
}

/* There are fewer formats than FORMATS_MAX. */
static size_t sum_up(const struct contents *contents, struct content_sum *ret)
{
	const struct content *content;
	size_t count = 0, i;

	for (content = contents->first; content; content = content->next) {
		for (i = 0; i < count; i++)
			if (ret[i].first->format == content->format)
				break;
		if (i == count)
			ret[count++] = (struct content_sum){.first = content};
		add(&ret[i], content);
	}
	return count;
}

/* "4,722 records of 88,691 objects", "53 counters" */
static const char *entries_cell(struct text_table *table,
				const struct content_sum *sum)
{
	const char *noun = sum->first->noun;
	char entries[QUANTITY_CAPACITY], records[QUANTITY_CAPACITY];

	quantity_count(sum->entries, entries);
	if (sum->first->counts)
		return text_table_format(table, "%s counter%s", entries,
					 text_plural(sum->entries));
	if (sum->records == sum->entries)
		return text_table_format(table, "%s %s%s", entries, noun,
					 text_plural(sum->entries));
	return text_table_format(table, "%s record%s of %s %s%s", entries,
				 text_plural(sum->entries),
				 quantity_count(sum->records, records), noun,
				 text_plural(sum->records));
}

static void add_row(struct text_table *table, const struct content_sum *sum,
		    bool each)
{
	struct text_row *row = text_table_add(table);
	char text[QUANTITY_CAPACITY];
	size_t n = 0;

	if (!row)
		return;
	row->cells[n++] = sum->first->format;
	if (!each)
		row->cells[n++] = text_table_format(
			table, "%s", quantity_count(sum->members, text));
	row->cells[n++] = entries_cell(table, sum);
	row->cells[n++] = text_table_format(table, "%s",
					    quantity_bytes(sum->bytes, text));
	row->cells[n++] =
		sum->skipped
			? text_table_format(table, "%s",
					    quantity_count(sum->skipped, text))
			: "";
	if (each)
		row->cells[n++] = text_quoted(table, span_of(sum->first->path));
	row->tail = "";
}

static void set_columns(struct text_table *table, bool each)
{
	size_t n = 0;

	table->left[n] = true;
	table->headings[n++] = "format";
	if (!each)
		table->headings[n++] = "members";
	table->headings[n++] = "content";
	table->headings[n++] = "text";
	table->headings[n++] = "passed over";
	if (each) {
		table->left[n] = true;
		table->headings[n++] = "member";
	}
	table->column_count = n;
}

static void write_machine(const struct contents *contents, FILE *file)
{
	text_machine_write(file, contents->path, contents->kernel,
			   contents->uptime_ns);
	fputs("\n\n", file);
}

static void add_sums(struct text_table *table, const struct contents *contents)
{
	struct content_sum sums[FORMATS_MAX];
	size_t count = sum_up(contents, sums), i;

	set_columns(table, false);
	for (i = 0; i < count; i++)
		add_row(table, &sums[i], false);
}

static void add_each(struct text_table *table, const struct contents *contents)
{
	const struct content *content;

	set_columns(table, true);
	for (content = contents->first; content; content = content->next) {
		struct content_sum sum = {.first = content};

		add(&sum, content);
		add_row(table, &sum, true);
	}
}

/* "Taken 2026-11-22T16:02:03Z in 4.1 s from a live machine" */
static void write_taken(const struct manifest_view *view, FILE *file)
{
	char text[TEXT_NAME_CAPACITY];

	quote_text(view->date, TEXT_NAME_LIMIT, text, sizeof(text));
	fprintf(file, "\nTaken%s%s", text[0] ? " " : "", text);
	if (view->began_ns != TS_NONE && view->ended_ns != TS_NONE &&
	    view->ended_ns >= view->began_ns)
		fprintf(file, " in %.1f s",
			(double)(view->ended_ns - view->began_ns) / 1e9);
	fprintf(file, " from a %s",
		span_equal(view->machine, SPAN("live")) ? "live machine"
							: "folder");
	if (!manifest_view_is_early(view))
		return;
	quote_text(view->outcome, TEXT_NAME_LIMIT, text, sizeof(text));
	if (text[0])
		fprintf(file, "; it ended early: %s", text);
	else
		fputs("; it was interrupted", file);
}

/* As `pageowl capture` tells it; a status that it never wrote tells itself. */
static const char *status_words(struct span status,
				char text[TEXT_NAME_CAPACITY])
{
	static const char *const words[][2] = {
		{"part", "read in part"},
		{"failed", "not read"},
		{"missing", "not there"},
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (span_equal(status, span_of(words[i][0])))
			return words[i][1];
	quote_text(status, TEXT_NAME_LIMIT, text, TEXT_NAME_CAPACITY);
	return text;
}

static bool is_alike(const struct manifest_member *a,
		     const struct manifest_member *b)
{
	return span_equal(a->status, b->status) && span_equal(a->why, b->why);
}

/*
 * Group the members, in the order of the first of each; *ret_rest is how many
 * there was no group left for, *ret_members how many there are.
 */
static size_t group_lacking(const struct counters *counters,
			    struct lacking ret[LACKING_SHOWN],
			    uint64_t *ret_rest, uint64_t *ret_members)
{
	const struct counter_entry *at = NULL;
	struct manifest_member member;
	size_t count = 0, i;

	*ret_rest = *ret_members = 0;
	while (manifest_view_next(counters, &at, &member)) {
		++*ret_members;
		for (i = 0; i < count; i++)
			if (is_alike(&ret[i].first, &member))
				break;
		if (i == LACKING_SHOWN) {
			++*ret_rest;
			continue;
		}
		if (i == count)
			ret[count++] = (struct lacking){.first = member};
		ret[i].count++;
	}
	return count;
}

static void write_lacking(const struct lacking *lacking, FILE *file)
{
	const struct manifest_member *member = &lacking->first;
	char text[TEXT_NAME_CAPACITY];

	fprintf(file, "  %s: ", status_words(member->status, text));
	quote_text(member->path, TEXT_NAME_LIMIT, text, sizeof(text));
	fputs(text, file);
	if (lacking->count > 1)
		fprintf(file, " and %" PRIu64 " more", lacking->count - 1);
	fputc('\n', file);
	if (!member->why.length)
		return;
	quote_text(member->why, TEXT_NAME_LIMIT, text, sizeof(text));
	fprintf(file, "    %s\n", text);
}

static void write_each_lacking(const struct counters *counters, FILE *file)
{
	const struct counter_entry *at = NULL;
	struct lacking lacking = {.count = 1};

	while (manifest_view_next(counters, &at, &lacking.first))
		write_lacking(&lacking, file);
}

/* How the capture was taken, and what is not whole in it. */
static void write_manifest(const struct contents *contents, bool full,
			   FILE *file)
{
	struct lacking groups[LACKING_SHOWN];
	struct manifest_view view;
	uint64_t members, rest;
	size_t count, i;

	if (!manifest_view(contents->counters, &view))
		return;
	write_taken(&view, file);
	count = group_lacking(contents->counters, groups, &rest, &members);
	if (members)
		fprintf(file, "; %" PRIu64 " member%s not whole, or not there:",
			members, members == 1 ? " is" : "s are");
	fputc('\n', file);
	if (full) {
		write_each_lacking(contents->counters, file);
		return;
	}
	for (i = 0; i < count; i++)
		write_lacking(&groups[i], file);
	if (rest)
		fprintf(file, "  and %" PRIu64 " more (--full lists them)\n",
			rest);
}

bool text_contents_write(const struct contents *contents,
			 const struct output_options *options, FILE *file,
			 struct error *err)
{
	struct text_table table = {0};
	bool done;

	write_machine(contents, file);
	if (options->full)
		add_each(&table, contents);
	else
		add_sums(&table, contents);
	text_table_write(&table, options->width, false, file);
	write_manifest(contents, options->full, file);
	done = !table.no_memory;
	text_table_deinit(&table);
	return done || error_no_memory(err);
}
