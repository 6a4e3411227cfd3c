/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_places.h"

#include <string.h>

#include "base/quote.h"
#include "output/quantity.h"
#include "output/text_parts.h"
#include "output/text_width.h"

/* A path that has less room than this tells nothing: a name goes then. */
#define PATH_LEAST 16

/* "mm/slub.c:12": of a long path the line must stay. */
static const char *place_text(struct text_table *table,
			      const struct source_place *place)
{
	const char *file = text_quoted(table, place->file);

	if (!file || !place->line)
		return file;
	return text_table_format(table, "%s:%u", file, place->line);
}

static void put_dim(const struct text_view *view, struct text_builder *builder,
		    const char *text)
{
	bool colour = view->options->colour;

	text_builder_put(builder, colour ? "\033[2m" : "");
	text_builder_put(builder, text);
	text_builder_put(builder, colour ? "\033[0m" : "");
}

static const char *cut_place(struct text_table *table, const char *text,
			     size_t room)
{
	const char *cut = text;

	if (room && text)
		cut = text_cut_left(&table->arena, text, room);
	table->no_memory |= !cut;
	return cut ? cut : "";
}

size_t text_place_put(const struct text_view *view,
		      struct text_builder *builder,
		      const struct source_place *place, size_t room)
{
	const char *text = cut_place(builder->table,
				     place_text(builder->table, place), room);

	put_dim(view, builder, text);
	return text_width(text);
}

size_t text_place_least(struct text_table *table,
			const struct source_place *place)
{
	const char *text = place_text(table, place);
	const char *slash = text ? strrchr(text, '/') : NULL;

	/* The dots stand where the folders were. */
	return slash ? 1 + text_width(slash) : text ? text_width(text) : 0;
}

bool text_place_demangles(const struct frame *frame,
			  const struct source_place *place)
{
	return (span_starts_with(frame->symbol, SPAN("_R")) ||
		span_starts_with(frame->symbol, SPAN("_Z"))) &&
	       place->function.length &&
	       !span_equal(place->function, frame->symbol);
}

static const struct source_place *place_of(const struct report_row *row)
{
	const struct source_place *place =
		row->stack ? stack_place(row->stack) : NULL;

	return place && place->file.length ? place : NULL;
}

static bool is_elsewhere(const struct source_place *place,
			 const struct report_row *row)
{
	const struct source_place *other = place_of(row);

	return other && (other->line != place->line ||
			 !span_equal(other->file, place->file));
}

const char *text_place_of_group(struct text_table *table,
				const struct report *report,
				const struct report_group *group, size_t room)
{
	static const char at[] = "  at ", more[] = " and elsewhere";
	const struct report_row *rows = &report->rows[group->first_row];
	const struct source_place *place = NULL;
	const char *behind = "", *text;
	size_t used = strlen(at), i;

	for (i = 0; i < group->row_count; i++) {
		if (!place)
			place = place_of(&rows[i]);
		else if (is_elsewhere(place, &rows[i]))
			behind = more;
	}
	if (!place)
		return "";
	used += strlen(behind);
	if (room && used + text_place_least(table, place) > room)
		return "";
	text = place_text(table, place);
	if (!text)
		return NULL;
	text = cut_place(table, text, room ? room - used : 0);
	return text_table_format(table, "%s%s%s", at, text, behind);
}

/* " in lab_inl_leaf (inlined)": not in the function that the row names. */
static const char *inlined_text(struct text_table *table,
				const struct report_row *row)
{
	const struct frame *blamed = stack_blamed(row->stack);
	const struct source_place *place = place_of(row);

	if (!frame_place_is_inlined(blamed, blamed->told_place))
		return text_place_demangles(blamed, place)
			       ? text_table_format(
					 table, " in %s",
					 text_quoted(table, place->function))
			       : "";
	if (!place->function.length)
		return " (inlined)";
	return text_table_format(table, " in %s (inlined)",
				 text_quoted(table, place->function));
}

/* The whole of it; empty: not known. */
static const char *row_text(struct text_table *table,
			    const struct report_row *row)
{
	const struct source_place *place = place_of(row);
	const char *text, *inlined;

	if (!place)
		return "";
	text = place_text(table, place);
	inlined = inlined_text(table, row);
	if (!text || !inlined)
		return NULL;
	return text_table_format(table, "%s%s", text, inlined);
}

/* "at mm/slub.c:12 in f (inlined)" in so many columns. */
static const char *part_text(struct text_table *table,
			     const struct report_row *row, const char *before,
			     size_t room)
{
	const char *text = place_text(table, place_of(row));
	const char *inlined = inlined_text(table, row);
	size_t used;

	if (!text || !inlined)
		return NULL;
	used = text_width(before) + text_width(inlined);
	if (*inlined && room && used + text_width(text) > room &&
	    used + PATH_LEAST > room) {
		inlined = " (inlined)";
		used = text_width(before) + text_width(inlined);
	}
	if (room)
		text = cut_place(table, text,
				 room > used + 2 ? room - used : 2);
	return text_table_format(table, "%s%s%s", before, text, inlined);
}

/* Pieces on a line, or on lines, below the row. */
struct piece_line {
	const struct text_view *view;
	struct text_builder *builder;
	size_t column; /* 0: nothing is on it yet */
};

static void put_piece(struct piece_line *line, const char *piece)
{
	size_t limit = line->view->options->width, width;

	if (!piece)
		return;
	width = text_width(piece);
	if (line->column && limit && line->column + 2 + width > limit) {
		text_builder_put(line->builder, "\n");
		line->column = 0;
	}
	text_builder_spaces(line->builder, line->column ? 2 : TEXT_INDENT);
	put_dim(line->view, line->builder, piece);
	line->column += (line->column ? 2 : TEXT_INDENT) + width;
}

static void put_parts(const struct text_view *view, struct text_table *table,
		      const struct text_part *parts, size_t count,
		      struct text_builder *note)
{
	struct piece_line line = {.view = view, .builder = note};
	size_t width = view->options->width, shown = 0, known = 0, i;
	char amount[QUANTITY_CAPACITY];
	size_t room = width > TEXT_INDENT ? width - TEXT_INDENT : width;

	for (i = 0; i < count; i++)
		known += parts[i].text[0] != '\0';
	for (i = 0; i < count && i < TEXT_PARTS_SHOWN; i++) {
		const char *before = "at ";

		if (!parts[i].text[0])
			continue;
		if (count > 1)
			before = text_table_format(
				table, "%s at ",
				text_part_amount(view, &parts[i], amount));
		if (before)
			put_piece(&line, part_text(table, parts[i].first,
						   before, room));
		shown++;
	}
	if (shown && shown < known)
		put_piece(&line, text_table_format(table, "and %zu more",
						   known - shown));
	if (shown)
		text_builder_put(note, "\n");
}

bool text_places_add(const struct text_view *view, struct text_table *table,
		     const struct report_group *group, struct text_row *row)
{
	struct text_builder note = {.table = table};
	struct text_part *parts;
	size_t count, i;

	for (i = 0; i < group->row_count; i++)
		output_ask_blamed(view->options,
				  &view->report->rows[group->first_row + i]);
	count = text_parts_gather(view, table, group, row_text, &parts);

	text_builder_put(&note, row->note ? row->note : "");
	put_parts(view, table, parts, count, &note);
	if (table->no_memory)
		return false;
	if (note.length)
		row->note = note.text;
	return true;
}
