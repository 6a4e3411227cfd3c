/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_stacks.h"

#include "output/quantity.h"
#include "output/text_parts.h"
#include "output/text_places.h"
#include "output/text_width.h"

#define AMOUNT_INDENT 6
#define FRAME_INDENT  8
#define PLACE_INDENT  12 /* below its frame */

/* Places stand in a column, but for those of frames that are longer. */
#define COLUMN_MOST 48

/* The column must leave a place this much room. */
#define PLACE_ROOM 30

static size_t column_most(const struct text_view *view)
{
	size_t width = view->options->width;
	size_t most = width > FRAME_INDENT + PLACE_ROOM
			      ? width - FRAME_INDENT - PLACE_ROOM
			      : 0;

	return !width || most > COLUMN_MOST ? COLUMN_MOST : most;
}

/* "lab_inl_leaf (inlined)", or the frame as the kernel printed it; with the
 * name that a mangled one stands for. */
static const char *frame_label(struct text_table *table,
			       const struct frame *frame, size_t place)
{
	const struct source_place *at = &frame->places[place];

	if (!frame_place_is_inlined(frame, place))
		return text_place_demangles(frame, at)
			       ? text_table_format(
					 table, "%s (%s)",
					 text_quoted(table, frame->text),
					 text_quoted(table, at->function))
			       : text_quoted(table, frame->text);
	if (!at->function.length)
		return "(inlined)";
	return text_table_format(table, "%s (inlined)",
				 text_quoted(table, at->function));
}

/* Where the places of a group's stacks stand, in columns from the frames. */
static size_t place_column(const struct text_view *view,
			   struct text_table *table,
			   const struct report_group *group)
{
	size_t most = column_most(view), column = 0, i, j, k;

	for (i = 0; i < group->row_count; i++) {
		const struct stack *stack =
			view->report->rows[group->first_row + i].stack;

		for (j = 0; stack && j < stack->frame_count; j++) {
			const struct frame *frame = &stack->frames[j];

			for (k = 0; k < frame->place_count; k++) {
				const char *label =
					frame_label(table, frame, k);
				size_t width = label ? text_width(label) : 0;

				if (width > column && width <= most)
					column = width;
			}
		}
	}
	return column + 2;
}

/* A place behind its frame; below it where there is no room. */
static void put_place(const struct text_view *view,
		      struct text_builder *builder,
		      const struct source_place *place, size_t used,
		      size_t column)
{
	size_t width = view->options->width;
	size_t begin = used + 2 > column ? used + 2 : column;
	size_t least = text_place_least(builder->table, place);

	if (!width || FRAME_INDENT + begin + least <= width) {
		text_builder_spaces(builder, begin - used);
		begin += FRAME_INDENT;
	} else {
		text_builder_put(builder, "\n");
		text_builder_spaces(builder, PLACE_INDENT);
		begin = PLACE_INDENT;
	}
	text_place_put(view, builder, place,
		       !width		   ? 0
		       : width > begin + 2 ? width - begin
					   : 2);
}

static void put_frame(const struct text_view *view,
		      struct text_builder *builder, const struct frame *frame,
		      size_t column)
{
	size_t i;

	if (!frame->place_count) {
		text_builder_spaces(builder, FRAME_INDENT);
		text_builder_quote(builder, frame->text);
		text_builder_put(builder, "\n");
	}
	for (i = 0; i < frame->place_count; i++) {
		const char *label = frame_label(builder->table, frame, i);

		if (!label)
			return;
		text_builder_spaces(builder, FRAME_INDENT);
		text_builder_put(builder, label);
		if (frame->places[i].file.length)
			put_place(view, builder, &frame->places[i],
				  text_width(label), column);
		text_builder_put(builder, "\n");
	}
}

/* How much a stack holds, and by what order. */
static void put_amount(const struct text_view *view,
		       struct text_builder *builder,
		       const struct report_row *row, bool alone)
{
	int64_t pages = text_is_diff(view) ? row->growth.units
					   : (int64_t)row->sides[0]->units;
	char amount[QUANTITY_CAPACITY], order[QUANTITY_CAPACITY];

	text_order(row->sides[view->newest], order);
	if (alone && !*order)
		return;
	text_builder_spaces(builder, AMOUNT_INDENT);
	text_builder_put(builder,
			 text_amount(view, text_bytes(view, pages), amount));
	text_builder_put(builder, *order ? " " : "");
	text_builder_put(builder, order);
	text_builder_put(builder, "\n");
}

const char *text_stacks(const struct text_view *view, struct text_table *table,
			const struct report_group *group)
{
	struct text_builder note = {.table = table};
	size_t column, i, j;

	for (i = 0; i < group->row_count; i++)
		output_ask_stack(view->options,
				 &view->report->rows[group->first_row + i]);
	column = place_column(view, table, group);
	text_builder_put(&note, "");
	for (i = 0; i < group->row_count; i++) {
		const struct report_row *row =
			&view->report->rows[group->first_row + i];

		if (!row->stack)
			continue;
		put_amount(view, &note, row, group->row_count == 1);
		for (j = 0; j < row->stack->frame_count; j++)
			put_frame(view, &note, &row->stack->frames[j], column);
	}
	return note.text;
}
