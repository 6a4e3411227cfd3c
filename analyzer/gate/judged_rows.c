/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/judged_rows.h"

#include <stdlib.h>

/* So sure that it stopped growing is sure enough. */
#define FILLED_SURE 0.95

size_t judged_first_frame(const struct stack *stack)
{
	return stack->class.blamed < stack->frame_count ? stack->class.blamed
							: 0;
}

struct span judged_cache(const struct report *report,
			 const struct report_row *row)
{
	return report_is_on_objects(report) ? row->detail : SPAN("");
}

/* Captures whose times are not known may be of one moment. */
static bool is_full(const struct report *report, const struct report_row *row)
{
	return row->trend && report->axis && report->axis->timed &&
	       row->trend->sure >= FILLED_SURE;
}

static bool is_growth(const struct report *report, const struct report_row *row,
		      const struct growth *growth)
{
	if (growth->bytes_known ? growth->bytes <= 0 : growth->records <= 0)
		return false;
	switch (row->verdict) {
	case VERDICT_KEEPS_ACCUMULATING:
	case VERDICT_ACCUMULATES:
	case VERDICT_APPEARED:
	case VERDICT_GREW:
		return true;
	case VERDICT_FILLED_UP:
		return !is_full(report, row);
	case VERDICT_TURNS_OVER:
	case VERDICT_STEADY:
	case VERDICT_SHRANK:
	case VERDICT_GONE:
		break;
	}
	return false;
}

static enum judged_role role_of(const struct report *report,
				const struct report_row *row,
				const struct growth *growth)
{
	if (is_growth(report, row, growth))
		return JUDGED_GROWS;
	if (row->verdict == VERDICT_SHRANK || row->verdict == VERDICT_GONE)
		return JUDGED_SHRINKS;
	return row->verdict == VERDICT_STEADY ? JUDGED_HOLDS : JUDGED_PASSES;
}

static void add_row(const struct report *report, const struct report_row *row,
		    struct judged_rows *ret)
{
	struct judged_row *judged = &ret->rows[ret->count];

	if (!row->suspect || row->block == BLOCK_SLAB || !row->stack)
		return;
	*judged = (struct judged_row){.report = report, .row = row};
	growth_of_row(report, row, &judged->growth);
	judged->role = role_of(report, row, &judged->growth);
	/* Fewer of larger ones are no loss, and more of smaller ones no growth,
	 * beside what others do. */
	if (judged->role == JUDGED_GROWS && judged->growth.records < 0)
		judged->growth.records = 0;
	if (judged->role == JUDGED_SHRINKS && judged->growth.records > 0)
		judged->growth.records = 0;
	ret->by_function[ret->count] = judged;
	ret->by_module[ret->count++] = judged;
}

int judged_compare_functions(const struct judged_row *a,
			     const struct judged_row *b)
{
	int order = report_is_on_objects(a->report) -
		    report_is_on_objects(b->report);

	if (order == 0)
		order = span_compare(a->row->function, b->row->function);
	if (order == 0)
		order = span_compare(a->row->module, b->row->module);
	if (order == 0)
		order = span_compare(a->row->detail, b->row->detail);
	return order ? order
		     : (a->row->category > b->row->category) -
			       (a->row->category < b->row->category);
}

static int compare_functions(const void *left, const void *right)
{
	const struct judged_row *a = *(struct judged_row *const *)left;
	const struct judged_row *b = *(struct judged_row *const *)right;
	int order = judged_compare_functions(a, b);

	return order ? order : (a > b) - (a < b);
}

/* Rows of one array: their places tell those of a module apart. */
static int compare_modules(const void *left, const void *right)
{
	const struct judged_row *a = *(struct judged_row *const *)left;
	const struct judged_row *b = *(struct judged_row *const *)right;
	int order = span_compare(a->row->module, b->row->module);

	return order ? order : (a > b) - (a < b);
}

bool judged_rows_make(const struct report *report, struct arena *arena,
		      struct judged_rows *ret, struct error *err)
{
	const struct report *objects = report->objects;
	size_t most = report->row_count + (objects ? objects->row_count : 0);
	struct judged_rows made = {
		.rows = arena_alloc(arena, most * sizeof(*made.rows)),
		.by_function =
			arena_alloc(arena, most * sizeof(*made.by_function)),
		.by_module = arena_alloc(arena, most * sizeof(*made.by_module)),
	};
	size_t i;

	if (!made.rows || !made.by_function || !made.by_module)
		return error_no_memory(err);
	for (i = 0; i < report->row_count; i++)
		add_row(report, &report->rows[i], &made);
	for (i = 0; objects && i < objects->row_count; i++)
		add_row(objects, &objects->rows[i], &made);
	if (made.count) {
		qsort(made.by_function, made.count, sizeof(*made.by_function),
		      compare_functions);
		qsort(made.by_module, made.count, sizeof(*made.by_module),
		      compare_modules);
	}
	*ret = made;
	return true;
}
