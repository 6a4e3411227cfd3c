/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_table.h"

#include <stdarg.h>
#include <string.h>

#include "output/text_flow.h"
#include "output/text_width.h"

/* Below this a column of names is of no use; lines get longer instead. */
#define LAST_LEAST 24

void text_table_deinit(struct text_table *table)
{
	arena_deinit(&table->arena);
}

struct text_row *text_table_add(struct text_table *table)
{
	struct text_row *row = arena_alloc(&table->arena, sizeof(*row));

	if (!row) {
		table->no_memory = true;
		return NULL;
	}
	if (table->last)
		table->last->next = row;
	else
		table->first = row;
	table->last = row;
	return row;
}

char *text_table_format(struct text_table *table, const char *format, ...)
{
	va_list args;
	char *text;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	text = length < 0 ? NULL
			  : arena_alloc(&table->arena, (size_t)length + 1);
	if (!text) {
		table->no_memory = true;
		return NULL;
	}
	va_start(args, format);
	vsnprintf(text, (size_t)length + 1, format, args);
	va_end(args);
	return text;
}

static void measure(const struct text_table *table, size_t *widths)
{
	const struct text_row *row;
	size_t i;

	for (i = 0; i < table->column_count; i++)
		widths[i] = text_width(table->headings[i]);
	for (row = table->first; row; row = row->next) {
		for (i = 0; i < table->column_count; i++) {
			const char *cell = row->cells[i];
			size_t width = cell ? text_width(cell) : 0;

			if (width > widths[i])
				widths[i] = width;
		}
	}
}

static void pad(size_t count, FILE *file)
{
	while (count-- > 0)
		putc(' ', file);
}

static size_t gap_before(const struct text_table *table, size_t column)
{
	return column && !table->close[column] ? 2 : 1;
}

/* Writes no line end, and no spaces before it. Returns the columns used. */
static size_t write_cells(const struct text_table *table,
			  const char *const *cells, const size_t *widths,
			  const char *colour, FILE *file)
{
	size_t i, owed = 0, used = 0;

	for (i = 0; i < table->column_count; i++) {
		const char *cell = cells[i] ? cells[i] : "";
		size_t width = text_width(cell);
		const char *paint = i == table->coloured ? colour : NULL;

		owed += gap_before(table, i);
		if (!table->left[i])
			owed += widths[i] - width;
		if (*cell) {
			pad(owed, file);
			fprintf(file, "%s%s%s", paint ? paint : "", cell,
				paint ? "\033[0m" : "");
			used += owed + width;
			owed = 0;
		}
		/* Padding is owed until a cell follows: none ends a line. */
		if (table->left[i])
			owed += widths[i] - width;
	}
	return used;
}

/* What stands before the last column. */
static size_t before_last(const struct text_table *table, const size_t *widths)
{
	size_t used = gap_before(table, table->column_count - 1), i;

	for (i = 0; i + 1 < table->column_count; i++)
		used += widths[i] + gap_before(table, i);
	return used;
}

/* What is left for the last column; 0: all it wants. */
static size_t room_for_last(const struct text_table *table,
			    const size_t *widths, size_t width)
{
	size_t used = before_last(table, widths);

	if (!width)
		return 0;
	return width > used + LAST_LEAST ? width - used : LAST_LEAST;
}

/* Text cut to a width; empty, and noted, when memory ran out. */
static const char *cut_cell(struct text_table *table, const char *text,
			    size_t width)
{
	const char *cut = text_cut(&table->arena, text, width);

	if (!cut)
		table->no_memory = true;
	return cut ? cut : "";
}

static void write_tail(struct text_table *table, const char *tail, size_t used,
		       size_t width, FILE *file)
{
	if (!width || used + 1 + text_width(tail) <= width) {
		fprintf(file, " %s\n", tail);
		return;
	}
	if (width > TEXT_INDENT)
		tail = cut_cell(table, tail, width - TEXT_INDENT);
	fprintf(file, "\n%*s%s\n", TEXT_INDENT, "", tail);
}

static void write_rule(const struct text_table *table, const size_t *widths,
		       FILE *file)
{
	size_t i, j;

	for (i = 0; i < table->ruled; i++) {
		pad(gap_before(table, i), file);
		for (j = 0; j < widths[i]; j++)
			fputs("─", file);
	}
	putc('\n', file);
}

/* The last cell goes on below where it began. */
static void write_wrapped(const struct text_table *table,
			  const struct text_row *row, const size_t *widths,
			  size_t room, bool colour, FILE *file)
{
	size_t last = table->column_count - 1;
	size_t first = before_last(table, widths), begin = first, used;
	const char *text = row->cells[last] ? row->cells[last] : "";
	struct text_row shown = *row;
	struct text_flow flow;

	if (!table->left[last] && text_width(text) < widths[last])
		begin += widths[last] - text_width(text);
	for (; *text == ' '; text++)
		begin++;
	shown.cells[last] = NULL;
	if (colour && row->bold)
		fputs("\033[1m", file);
	used = write_cells(table, shown.cells, widths,
			   colour ? row->colour : NULL, file);
	if (*text) {
		pad(begin - used, file);
		flow = text_flow_begin(file, room ? first + room : 0, begin,
				       begin);
		text_flow_words(&flow, text);
	}
	fputs(colour && row->bold ? "\033[0m\n" : "\n", file);
}

static void write_row(struct text_table *table, const struct text_row *row,
		      const size_t *widths, size_t room, size_t width,
		      bool colour, FILE *file)
{
	size_t last = table->column_count - 1, used;
	struct text_row shown = *row;

	if (row->rule) {
		write_rule(table, widths, file);
		return;
	}
	if (table->wraps) {
		write_wrapped(table, row, widths, room, colour, file);
		return;
	}
	if (room && shown.cells[last] && text_width(shown.cells[last]) > room)
		shown.cells[last] = cut_cell(table, shown.cells[last], room);
	used = write_cells(table, shown.cells, widths,
			   colour ? row->colour : NULL, file);
	if (row->tail && *row->tail)
		write_tail(table, row->tail, used, width, file);
	else
		putc('\n', file);
	if (row->note)
		fputs(row->note, file);
}

/* ---- narrow terminals ---- */

static void drop_column(struct text_table *table, size_t column)
{
	size_t after = table->column_count - column - 1;
	struct text_row *row;

#define CLOSE_GAP(array)                                \
	memmove((array) + column, (array) + column + 1, \
		after * sizeof(*(array)))
	CLOSE_GAP(table->headings);
	CLOSE_GAP(table->left);
	CLOSE_GAP(table->close);
	CLOSE_GAP(table->spare);
	for (row = table->first; row; row = row->next)
		CLOSE_GAP(row->cells);
#undef CLOSE_GAP
	/* What it was close to is gone. */
	table->close[column] = false;
	table->column_count--;
	if (table->coloured == column)
		table->coloured = TEXT_COLUMNS_MAX;
	else if (table->coloured < TEXT_COLUMNS_MAX && table->coloured > column)
		table->coloured--;
	table->ruled -= table->ruled > column;
}

static unsigned most_spare(const struct text_table *table)
{
	unsigned most = 0;
	size_t i;

	for (i = 0; i < table->column_count; i++)
		if (table->spare[i] > most)
			most = table->spare[i];
	return most;
}

/* Whether no row has anything to say there. */
static bool says_nothing(const struct text_table *table, size_t column)
{
	const struct text_row *row;

	for (row = table->first; row; row = row->next) {
		const char *cell = row->cells[column];

		if (cell && *cell && strcmp(cell, "-") != 0)
			return false;
	}
	return table->first;
}

/* A column of blanks and dashes can be spared in any case. */
static void drop_empty(struct text_table *table)
{
	size_t i;

	for (i = table->column_count; i-- > 0;)
		if (table->spare[i] && says_nothing(table, i))
			drop_column(table, i);
}

/* Whether lines end where the terminal does, but for names. */
static bool fits(const struct text_table *table, const size_t *widths,
		 size_t width)
{
	size_t last = widths[table->column_count - 1];

	return before_last(table, widths) +
		       (last < LAST_LEAST ? last : LAST_LEAST) <=
	       width;
}

static void fit_columns(struct text_table *table, size_t *widths, size_t width)
{
	unsigned most;
	size_t i;

	while (!fits(table, widths, width) && (most = most_spare(table))) {
		for (i = table->column_count; i-- > 0;)
			if (table->spare[i] == most)
				drop_column(table, i);
		measure(table, widths);
	}
}

void text_table_write(struct text_table *table, size_t width, bool colour,
		      FILE *file)
{
	size_t widths[TEXT_COLUMNS_MAX], last, room;
	const struct text_row *row;

	/* A cell is missing: what is there would look like all there is. */
	if (table->no_memory)
		return;
	drop_empty(table);
	measure(table, widths);
	if (width)
		fit_columns(table, widths, width);
	last = table->column_count - 1;
	room = room_for_last(table, widths, width);
	if (room && widths[last] > room)
		widths[last] = room;
	if (colour)
		fputs("\033[2m", file);
	write_cells(table, table->headings, widths, NULL, file);
	fputs(colour ? "\033[0m\n" : "\n", file);
	for (row = table->first; row; row = row->next)
		write_row(table, row, widths, room, width, colour, file);
}
