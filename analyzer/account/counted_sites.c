/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/counted_sites.h"

#include <stdlib.h>

/* Of blocks of pages that one allocation takes. */
#define BLOCK_ORDER_MAX 10

/* Objects lie in slab caches, which are counted; a page never is a part of
 * one. */
static bool is_whole_pages(const struct row *row, uint64_t page_size)
{
	uint64_t least;

	if (row->tally.units % page_size)
		return false;
	return !__builtin_mul_overflow(row->tally.records, page_size, &least) &&
	       row->tally.units >= least;
}

/* In logs sizes have three digits, and sites take blocks of one order. */
static bool is_about_whole_pages(const struct row *row, uint64_t page_size)
{
	uint64_t bytes, apart;
	unsigned order;

	if (__builtin_mul_overflow(row->tally.records, page_size, &bytes))
		return false;
	for (order = 0; order <= BLOCK_ORDER_MAX; order++) {
		apart = bytes > row->tally.units ? bytes - row->tally.units
						 : row->tally.units - bytes;
		if (apart <= bytes / 200)
			return true;
		if (__builtin_mul_overflow(bytes, 2, &bytes))
			break;
	}
	return false;
}

struct site_function {
	UT_hash_handle hh;
	struct span name; /* folded */
};

static bool is_known(const struct site_function *functions, struct span name)
{
	const struct site_function *found;

	HASH_FIND(hh, functions, name.at, name.length, found);
	return found;
}

static bool add_function(struct site_function **functions, struct span name)
{
	struct site_function *function;

	if (!name.length || is_known(*functions, name))
		return true;
	function = calloc(1, sizeof(*function));
	if (!function)
		return false;
	function->name = name;
	HASH_ADD_KEYPTR(hh, *functions, function->name.at,
			function->name.length, function);
	if (function->hh.tbl)
		return true;
	free(function);
	return false;
}

static void drop_functions(struct site_function *functions)
{
	struct site_function *function = functions, *next;

	/* The table first: its elements are still linked. */
	HASH_CLEAR(hh, functions);
	for (; function; function = next) {
		next = function->hh.next;
		free(function);
	}
}

/* Those that called vmalloc(); its pages are counted. */
static bool add_vmalloc(struct site_function **functions,
			const struct snapshot *vmallocinfo)
{
	const struct row *row;

	for (row = vmallocinfo->rows; row; row = row->hh.next) {
		const struct stack *stack = row->key.stack;

		if (span_equal(snapshot_detail(vmallocinfo, row),
			       SPAN("vmalloc")) &&
		    stack->frame_count &&
		    !add_function(functions, stack->frames[0].name))
			return false;
	}
	return true;
}

/* Those that hold objects of slab caches, by their traces. */
static bool add_objects(struct site_function **functions,
			const struct snapshot *traces)
{
	const struct stack *stack;

	for (stack = traces->stacks.table; stack; stack = stack->hh.next) {
		const struct frame *blamed = stack_blamed(stack);

		if (blamed && !add_function(functions, blamed->name))
			return false;
	}
	return true;
}

static bool may_be_pages(const struct row *row, const struct budget *budget)
{
	uint64_t page_size = budget->page_size;

	return is_whole_pages(row, page_size) ||
	       (budget->untold && is_about_whole_pages(row, page_size));
}

bool counted_sites_init(struct counted_sites *sites,
			const struct snapshot *vmallocinfo,
			const struct snapshot *traces)
{
	return (!vmallocinfo || add_vmalloc(&sites->functions, vmallocinfo)) &&
	       (!traces || add_objects(&sites->functions, traces));
}

void counted_sites_deinit(struct counted_sites *sites)
{
	drop_functions(sites->functions);
	sites->functions = NULL;
}

bool counted_sites_has(const struct counted_sites *sites, const struct row *row,
		       const struct budget *budget)
{
	const struct stack *stack = row->key.stack;

	return !may_be_pages(row, budget) ||
	       (stack->frame_count &&
		is_known(sites->functions, stack->frames[0].name));
}
