/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/markdown_writer.h"

#include <assert.h>
#include <string.h>

#include "output/text_view.h"

/* A cell is no place for a name of thousands of characters. */
#define CODE_LIMIT 400

/* What is said where something was cut. */
#define CUT_ROOM 100

/* Bytes of text that a code span has room for, whole characters. */
static size_t code_length(const char *text)
{
	size_t length = strlen(text);

	if (length <= CODE_LIMIT)
		return length;
	length = CODE_LIMIT;
	while (length && ((unsigned char)text[length] & 0xc0) == 0x80)
		length--;
	return length;
}

void markdown_code(struct text_builder *builder, const char *text)
{
	size_t length = code_length(text), i;

	if (!*text) {
		text_builder_put(builder, "-");
		return;
	}
	text_builder_put(builder, "`");
	for (i = 0; i < length; i++) {
		char piece[] = {text[i], '\0'};

		/* These two would end the span, or the cell around it. */
		text_builder_put(builder, text[i] == '`'   ? "\\x60"
					  : text[i] == '|' ? "\\x7c"
							   : piece);
	}
	text_builder_put(builder, text[length] ? "...`" : "`");
}

bool markdown_line(struct markdown *markdown, const char *line)
{
	size_t length = strlen(line) + 1;

	if (length > markdown->left) {
		markdown->cut = true;
		return false;
	}
	markdown->left -= length;
	fprintf(markdown->file, "%s\n", line);
	return true;
}

/* ---- fences ---- */

static size_t longest_run(const char *text)
{
	size_t run = 0, most = 0;

	for (; *text; text++) {
		run = *text == '`' ? run + 1 : 0;
		most = run > most ? run : most;
	}
	return most;
}

static void put_fence(FILE *file, size_t length)
{
	while (length-- > 0)
		putc('`', file);
	putc('\n', file);
}

void markdown_fence(struct markdown *markdown, const char *text)
{
	size_t run = longest_run(text), fence = run < 3 ? 3 : run + 1;
	size_t around = 2 * (fence + 1) + CUT_ROOM;
	size_t room = markdown->left > around ? markdown->left - around : 0;
	struct span rest = span_of(text), line;
	size_t used = 0;

	if (!room) {
		markdown->cut = true;
		return;
	}
	put_fence(markdown->file, fence);
	while (rest.length) {
		struct span before = rest;

		span_take_line(&rest, &line);
		if (used + line.length + 1 > room) {
			rest = before;
			break;
		}
		fprintf(markdown->file, "%.*s\n", (int)line.length, line.at);
		used += line.length + 1;
	}
	put_fence(markdown->file, fence);
	if (rest.length) {
		fprintf(markdown->file,
			"\n%zu more lines are left out: a comment has no room "
			"for them.\n",
			(size_t)span_count_lines(rest));
		markdown->cut = true;
	}
	markdown->left -= used + around;
}

/* ---- tables ---- */

/* The arrow between two numbers has no column here. */
static bool has_column(const struct text_table *table, size_t column)
{
	return !table->joint[column];
}

/* Numbers and these are our own words; without a heading is the line of
 * blocks. */
static bool is_untrusted(const struct text_table *table, size_t column)
{
	static const char *const own[] = {"verdict", "category", "state", ""};
	size_t i;

	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (strcmp(table->headings[column], own[i]) == 0)
			return false;
	return table->left[column];
}

static void put_headings(FILE *file, const struct text_table *table)
{
	size_t i;

	for (i = 0; i < table->column_count; i++)
		if (has_column(table, i))
			fprintf(file, "| %s ", table->headings[i]);
	fputs("|\n", file);
	for (i = 0; i < table->column_count; i++)
		if (has_column(table, i))
			fputs(table->left[i] ? "| --- " : "| ---: ", file);
	fputs("|\n", file);
}

/* The lines below a row, each behind a line break. */
static void put_note(struct text_builder *builder, const char *note)
{
	struct span rest = span_of(note), line;

	while (span_take_line(&rest, &line)) {
		char *text;

		span_take_blanks(&line);
		text = text_table_format(builder->table, "%.*s",
					 (int)line.length, line.at);
		text_builder_put(builder, "<br>");
		markdown_code(builder, text ? text : "");
	}
}

static void put_cells(struct text_builder *builder,
		      const struct text_table *table,
		      const struct text_row *row)
{
	size_t i;

	for (i = 0; i < table->column_count; i++) {
		const char *cell = row->cells[i] ? row->cells[i] : "";

		if (!has_column(table, i))
			continue;
		text_builder_put(builder, "| ");
		if (is_untrusted(table, i))
			markdown_code(builder, cell);
		else
			text_builder_put(builder, cell);
		if (i + 1 == table->column_count && row->tail && *row->tail) {
			text_builder_put(builder, " ");
			markdown_code(builder, row->tail);
		}
		if (i + 1 == table->column_count && row->note)
			put_note(builder, row->note);
		text_builder_put(builder, " ");
	}
	text_builder_put(builder, "|");
}

void markdown_table(struct markdown *markdown, struct text_table *table)
{
	const struct text_row *row;
	char text[64];
	size_t more = 0;

	for (row = table->first; row; row = row->next) {
		struct text_builder builder = {.table = table};

		put_cells(&builder, table, row);
		if (!builder.text) {
			markdown->no_memory = true;
			return;
		}
		/* What is ranked lower must not take its place. */
		if (more || strlen(builder.text) >= markdown->left) {
			markdown->cut = true;
			more++;
			continue;
		}
		if (row == table->first)
			put_headings(markdown->file, table);
		markdown_line(markdown, builder.text);
	}
	putc('\n', markdown->file);
	if (!more)
		return;
	snprintf(text, sizeof(text), "%zu more row%s", more, text_plural(more));
	fprintf(markdown->file,
		"%s left out: a comment has no room for them.\n\n", text);
}

/* ---- details ---- */

void markdown_open_details(struct markdown *markdown, const char *summary,
			   bool open)
{
	/* HTML goes on up to an empty line. */
	fprintf(markdown->file, "\n<details%s>\n<summary>%s</summary>\n\n",
		open ? " open" : "", summary);
}

void markdown_close_details(struct markdown *markdown)
{
	fputs("\n</details>\n", markdown->file);
}
