/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a capture holds, as a table: a line for each format, or each member. */
#include "output/text_contents.h"

#include "base/quote.h"
#include "output/quantity.h"
#include "output/text_view.h"

/* Members of one format. */
struct content_sum {
	const struct content *first;
	uint64_t members, entries, records, skipped, bytes;
};

#define FORMATS_MAX 64

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
	char name[TEXT_NAME_CAPACITY], uptime[QUANTITY_CAPACITY];

	quote_text(span_of(contents->path), TEXT_NAME_LIMIT, name,
		   sizeof(name));
	fputs(name, file);
	if (contents->kernel) {
		quote_text(span_of(contents->kernel), TEXT_NAME_LIMIT, name,
			   sizeof(name));
		fprintf(file, "   Linux %s", name);
	}
	if (contents->uptime_ns != TS_NONE)
		fprintf(file, "   up %s",
			quantity_uptime(contents->uptime_ns / 1000000000,
					uptime));
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
	done = !table.no_memory;
	text_table_deinit(&table);
	return done || error_no_memory(err);
}
