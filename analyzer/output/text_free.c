/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_free.h"

#include "output/text_flow.h"
#include "output/text_kib.h"
#include "output/text_table.h"

static void add_row(const struct account_view *view, struct text_table *table,
		    const char *name, const struct sum *const *sums,
		    size_t count)
{
	struct text_row *row = text_table_add(table);
	char text[QUANTITY_CAPACITY];
	size_t i;

	if (!row)
		return;
	row->cells[0] = name;
	for (i = 0; i < count; i++)
		row->cells[i + 1] =
			sums[i]->first ? text_table_format(
						 table, "%s",
						 text_kib(view->options,
							  sums[i]->kib, text))
				       : "-";
}

static void add_rows(const struct account_view *view, struct text_table *table,
		     const struct free_view *free_view)
{
	const struct sum *const memory[] = {
		&free_view->total,	&free_view->used,
		&free_view->free,	&free_view->shared,
		&free_view->buff_cache, &free_view->available};
	const struct sum *const swap[] = {&free_view->swap_total,
					  &free_view->swap_used,
					  &free_view->swap_free};

	add_row(view, table, "Mem", memory, 6);
	if (free_view->swap_total.kib)
		add_row(view, table, "Swap", swap, 3);
}

void text_free_write(struct account_view *view, const struct account_side *side)
{
	const struct free_view *free_view = &side->budget.free;
	struct text_table table = {
		.headings = {"", "total", "used", "free", "shared",
			     "buff/cache", "available"},
		.left = {true},
		.spare = {[4] = 2, [5] = 1},
		.column_count = 7,
		.coloured = TEXT_COLUMNS_MAX,
	};
	const char *words =
		free_view->available_known
			? "used is total less available; available is what "
			  "programs could get without swapping, most of the "
			  "page cache included. shared (tmpfs, shared memory) "
			  "lies inside buff/cache. What is in no counter is in "
			  "used."
			: "The file has no MemAvailable, or one that cannot be "
			  "true: MemFree stands for it, and used is total less "
			  "free, page cache included. What is in no counter is "
			  "in used.";

	if (!side->budget.known)
		return;
	fputs("\nWhat `free` says of it:\n", view->file);
	add_rows(view, &table, free_view);
	text_table_write(&table, view->options->width, view->options->colour,
			 view->file);
	text_flow_paragraph(view->file, words, 2, view->options->width);
	view->no_memory |= table.no_memory;
	text_table_deinit(&table);
}
