/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/quote.h"
#include "output/quantity.h"
#include "output/text_view.h"

/* Of the callers that differ within a group. */
#define CALLERS_SHOWN 3

/* Append "function [module]". */
static void put_frame(FILE *file, const struct frame *frame)
{
	char name[TEXT_NAME_CAPACITY];

	quote_text(frame_is_address(frame) ? frame->text : frame->name,
		   TEXT_NAME_LIMIT, name, sizeof(name));
	fputs(name, file);
}

/* "← caller ← caller": what is above the blamed frame. */
static char *caller_path(struct text_table *table, const struct stack *stack,
			 size_t depth)
{
	size_t first = stack->class.blamed + 1, i, size;
	char *text = NULL, *copy = NULL;
	FILE *memory = open_memstream(&text, &size);

	if (!memory)
		return NULL;
	for (i = first; i < stack->frame_count && i < first + depth; i++) {
		fputs(i == first ? "← " : " ← ", memory);
		put_frame(memory, &stack->frames[i]);
	}
	if (fclose(memory) == 0)
		copy = text_table_format(table, "%s", text);
	free(text);
	return copy;
}

/* The callers of one group, summed by path. */
struct caller {
	const char *path;
	struct tally sides[2];
	size_t rows;
};

static int64_t caller_bytes(const struct text_view *view,
			    const struct caller *caller)
{
	int64_t pages = (int64_t)caller->sides[view->newest].pages;

	if (text_is_diff(view))
		pages -= (int64_t)caller->sides[0].pages;
	return pages * (int64_t)view->page_size;
}

static size_t gather_callers(struct text_view *view, struct text_table *table,
			     const struct report_group *group, size_t depth,
			     struct caller **ret)
{
	struct caller *callers =
		arena_alloc(&table->arena, group->row_count * sizeof(*callers));
	size_t count = 0, i, j;
	unsigned side;

	for (i = 0; callers && i < group->row_count; i++) {
		const struct report_row *row =
			&view->report->rows[group->first_row + i];
		const char *path = caller_path(table, row->stack, depth);

		if (!path)
			break;
		for (j = 0; j < count; j++)
			if (strcmp(callers[j].path, path) == 0)
				break;
		if (j == count)
			callers[count++].path = path;
		for (side = 0; side < view->report->side_count; side++)
			tally_add(&callers[j].sides[side], row->sides[side]);
		callers[j].rows++;
	}
	*ret = callers;
	return count;
}

static const char *order_text(const struct tally *tally, char *ret)
{
	ret[0] = '\0';
	if (tally->records && tally->order_min == tally->order_max &&
	    tally->order_min)
		snprintf(ret, QUANTITY_CAPACITY, "order %u", tally->order_min);
	return ret;
}

/* The line below a group whose stacks have different callers. */
static char *callers_note(struct text_view *view, struct text_table *table,
			  const struct caller *callers, size_t count)
{
	char amount[QUANTITY_CAPACITY], order[QUANTITY_CAPACITY];
	size_t shown = count < CALLERS_SHOWN ? count : CALLERS_SHOWN, i, size;
	char *text = NULL, *note = NULL;
	FILE *memory = open_memstream(&text, &size);

	if (!memory)
		return NULL;
	fprintf(memory, "%*s", TEXT_INDENT - 2, "");
	for (i = 0; i < shown; i++) {
		order_text(&callers[i].sides[view->newest], order);
		fprintf(memory, "  %s %s%s%s",
			text_amount(view, caller_bytes(view, &callers[i]),
				    amount),
			order, *order ? " " : "",
			callers[i].path[0] ? callers[i].path : "(no caller)");
	}
	if (shown < count)
		fprintf(memory, "  and %zu more", count - shown);
	if (fclose(memory) == 0) {
		if (view->options->width) {
			note = text_cut(&table->arena, text,
					view->options->width);
			free(text);
			return note ? text_table_format(table, "%s\n", note)
				    : NULL;
		}
		note = text_table_format(table, "%s\n", text);
	}
	free(text);
	return note;
}

/* The whole stacks of a group. */
static char *stacks_note(struct text_view *view, struct text_table *table,
			 const struct report_group *group)
{
	size_t i, j, size;
	char *text = NULL, *note = NULL;
	char amount[QUANTITY_CAPACITY], name[TEXT_NAME_CAPACITY];
	FILE *memory = open_memstream(&text, &size);

	if (!memory)
		return NULL;
	for (i = 0; i < group->row_count; i++) {
		const struct report_row *row =
			&view->report->rows[group->first_row + i];
		int64_t pages = text_is_diff(view)
					? row->growth.pages
					: (int64_t)row->sides[0]->pages;

		if (!row->stack)
			continue;
		if (group->row_count > 1)
			fprintf(memory, "      %s\n",
				text_amount(view,
					    pages * (int64_t)view->page_size,
					    amount));
		for (j = 0; j < row->stack->frame_count; j++) {
			quote_text(row->stack->frames[j].text, TEXT_NAME_LIMIT,
				   name, sizeof(name));
			fprintf(memory, "        %s\n", name);
		}
	}
	if (fclose(memory) == 0)
		note = text_table_format(table, "%s", text);
	free(text);
	return note;
}

bool text_holder(struct text_view *view, struct text_table *table,
		 const struct report_group *group, struct text_row *row)
{
	const struct report_row *first = &view->report->rows[group->first_row];
	const char *function, *module = "", *path;
	const char *stale =
		first->stack->class.stale_symbol ? " (stale symbol)" : "";
	char order[QUANTITY_CAPACITY];
	struct caller *callers;
	size_t count;

	function = first->function.length ? text_quoted(table, first->function)
					  : "(no stack)";
	if (first->module.length)
		module = text_table_format(table, " [%s]",
					   text_quoted(table, first->module));
	row->cells[table->column_count - 1] = text_table_format(
		table, "%s%s%s", function, module ? module : "", stale);
	count = gather_callers(view, table, group, 1, &callers);
	if (view->options->full) {
		row->note = stacks_note(view, table, group);
	} else if (count > 1) {
		row->note = callers_note(view, table, callers, count);
	} else {
		path = caller_path(table, first->stack, 2);
		order_text(&group->sides[view->newest], order);
		row->tail = text_table_format(
			table, "%s%s%s", order,
			*order && path && *path ? " " : "", path ? path : "");
	}
	return row->cells[table->column_count - 1] && (row->note || row->tail);
}
