/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/csv_writer.h"

#include <inttypes.h>
#include <string.h>

#include "base/quote.h"

static void begin(struct csv_writer *csv)
{
	if (csv->begun)
		putc(',', csv->file);
	csv->begun = true;
}

/* What would make a spreadsheet compute. */
static bool is_formula(struct span text)
{
	return text.length && text.at[0] && strchr("=+-@", text.at[0]);
}

static void escape(FILE *file, struct span text)
{
	size_t i = 0;

	while (i < text.length) {
		uint32_t code;
		size_t length = quote_utf8(span_skip(text, i), &code);
		unsigned char byte = (unsigned char)text.at[i];

		if (byte == '"')
			fputs("\"\"", file);
		else if (length)
			fwrite(text.at + i, 1, length, file);
		else
			fprintf(file, "\\x%02x", byte);
		i += length ? length : 1;
	}
}

/* Semicolons part cells where the locale has commas in numbers. */
static bool is_plain(struct span text)
{
	size_t i;

	for (i = 0; i < text.length; i++)
		if (text.at[i] == ',' || text.at[i] == '"' || text.at[i] == ';')
			return false;
	return true;
}

void csv_text(struct csv_writer *csv, struct span text)
{
	bool plain = is_plain(text) && !is_formula(text);

	begin(csv);
	if (!plain)
		putc('"', csv->file);
	if (is_formula(text))
		putc('\'', csv->file);
	escape(csv->file, text);
	if (!plain)
		putc('"', csv->file);
}

/* Whether it stands in quotes is to be known before its first byte. */
void csv_lines(struct csv_writer *csv, struct span lines, const char *between)
{
	struct span rest = lines, line = {0};
	bool computes = span_take_line(&rest, &line) &&
			(span_take(&line, SPAN(" ")), is_formula(line));
	bool plain = is_plain(lines) && !computes, first = true;

	begin(csv);
	if (!plain)
		putc('"', csv->file);
	if (computes)
		putc('\'', csv->file);
	while (span_take_line(&lines, &line)) {
		span_take(&line, SPAN(" "));
		if (!first)
			fputs(between, csv->file);
		escape(csv->file, line);
		first = false;
	}
	if (!plain)
		putc('"', csv->file);
}

void csv_string(struct csv_writer *csv, const char *text)
{
	if (text)
		csv_text(csv, span_of(text));
	else
		begin(csv);
}

void csv_u64(struct csv_writer *csv, uint64_t value)
{
	begin(csv);
	fprintf(csv->file, "%" PRIu64, value);
}

void csv_i64(struct csv_writer *csv, int64_t value)
{
	begin(csv);
	fprintf(csv->file, "%" PRId64, value);
}

void csv_u64_if(struct csv_writer *csv, bool known, uint64_t value)
{
	if (known)
		csv_u64(csv, value);
	else
		begin(csv);
}

void csv_share(struct csv_writer *csv, double value)
{
	/* Whatever the locale has for a point. */
	unsigned digits = value < 0 ? 0 : (unsigned)(value * 10000 + 0.5);

	begin(csv);
	if (value >= 0)
		fprintf(csv->file, "%u.%04u", digits / 10000, digits % 10000);
}

/* Below this a double has four digits behind the point, and fits. */
#define DECIMAL_MOST 1e12

void csv_decimal_if(struct csv_writer *csv, bool known, double value)
{
	uint64_t units;

	begin(csv);
	if (!known || !(value > -DECIMAL_MOST && value < DECIMAL_MOST))
		return;
	units = (uint64_t)((value < 0 ? -value : value) * 10000 + 0.5);
	fprintf(csv->file, "%s%" PRIu64 ".%04u", value < 0 && units ? "-" : "",
		units / 10000, (unsigned)(units % 10000));
}

void csv_i64_if(struct csv_writer *csv, bool known, int64_t value)
{
	if (known)
		csv_i64(csv, value);
	else
		csv_empty(csv);
}

void csv_place(struct csv_writer *csv, const struct source_place *place)
{
	csv_text(csv, place ? place->file : (struct span){0});
	csv_u64_if(csv, place && place->line, place ? place->line : 0);
}

void csv_empty(struct csv_writer *csv)
{
	begin(csv);
}

void csv_end_row(struct csv_writer *csv)
{
	putc('\n', csv->file);
	csv->begun = false;
}
