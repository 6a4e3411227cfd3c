/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/slab_holders.h"

#include <string.h>

#include "output/text_kib.h"
#include "output/text_places.h"
#include "output/text_view.h"
#include "output/text_width.h"

#define STACKS_SHOWN 3

struct holders {
	const struct account_report *report;
	const struct output_options *options;
	struct text_table *table;
};

/* Objects of a group, or how many more they became. */
static int64_t group_objects(const struct holders *holders,
			     const struct report_group *group)
{
	const struct report *objects = holders->report->objects;

	if (holders->report->slab.compared && objects->side_count == 2)
		return group->growth.records;
	return (int64_t)group->sides[objects->side_count - 1]->records;
}

/* What they take in this cache, the slots of the objects. */
static const char *group_amount(const struct holders *holders, uint64_t slot,
				int64_t objects, char *ret)
{
	int64_t bytes;
	bool compared;

	/* Caches of one name whose slots differ. */
	if (!slot)
		return strcpy(ret, "?");
	if (__builtin_mul_overflow(objects, (int64_t)slot, &bytes))
		bytes = INT64_MAX;
	compared = holders->report->slab.compared &&
		   holders->report->objects->side_count == 2;
	if (holders->options->kib)
		return compared ? text_kib_change(holders->options,
						  bytes / 1024, ret)
				: text_kib(holders->options, bytes / 1024, ret);
	/* A few small objects are less than what text_kib() can tell. */
	return compared ? quantity_growth(bytes, ret)
			: quantity_bytes((uint64_t)bytes, ret);
}

/* "f [module]"; "f (for module)" where only a caller is in it. */
static const char *holder_name(const struct holders *holders,
			       const struct report_row *row)
{
	const struct frame *blamed =
		row->stack ? stack_blamed(row->stack) : NULL;
	const char *function = "(no stack)", *module;

	if (row->function.length)
		function = text_quoted(holders->table, row->function);
	if (!function || !row->module.length)
		return function;
	module = text_quoted(holders->table, row->module);
	if (!module)
		return NULL;
	return text_table_format(
		holders->table,
		blamed && blamed->module.length ? "%s [%s]" : "%s (for %s)",
		function, module);
}

/* What is left of the line has the place in the source. */
static const char *add_place(struct holders *holders, const char *line,
			     const struct report_group *group)
{
	const struct report *objects = holders->report->objects;
	size_t width = holders->options->width, used = text_width(line), i;
	const char *place;

	for (i = 0; i < group->row_count; i++)
		output_ask_blamed(holders->options,
				  &objects->rows[group->first_row + i]);
	if (width && used >= width)
		return line;
	place = text_place_of_group(holders->table, objects, group,
				    width ? width - used : 0);
	return place ? text_table_format(holders->table, "%s%s", line, place)
		     : NULL;
}

static const char *stack_line(struct holders *holders, const char *before,
			      const struct slab_cache *cache,
			      const struct report_group *group)
{
	struct text_table *table = holders->table;
	const struct report_row *row =
		&holders->report->objects->rows[group->first_row];
	char amount[QUANTITY_CAPACITY], count[QUANTITY_CAPACITY];
	int64_t objects = group_objects(holders, group);
	const char *name = holder_name(holders, row);
	const char *line;

	if (!name)
		return NULL;
	line = text_table_format(
		table, "%*s%s  %s  %s object%s", TEXT_INDENT, "",
		group_amount(
			holders,
			cache->sides[holders->report->slab.newest].slot_bytes,
			objects, amount),
		name, quantity_count((uint64_t)objects, count),
		text_plural((uint64_t)objects));
	if (line && holders->options->width)
		line = text_cut(&table->arena, line, holders->options->width);
	line = line ? add_place(holders, line, group) : NULL;
	return line ? text_table_format(table, "%s%s\n", before, line) : NULL;
}

/* The groups of a cache with the most objects, in order; returns how many. */
static size_t find_largest(const struct holders *holders,
			   const struct slab_cache *cache,
			   const struct report_group *ret[STACKS_SHOWN + 1])
{
	const struct report *objects = holders->report->objects;
	size_t count = 0, i, j;

	for (i = 0; objects && i < objects->group_count; i++) {
		const struct report_group *group = &objects->groups[i];
		int64_t size = group_objects(holders, group);

		if (size <= 0 ||
		    !span_equal(objects->rows[group->first_row].detail,
				cache->name))
			continue;
		for (j = count; j > 0; j--) {
			if (group_objects(holders, ret[j - 1]) >= size)
				break;
			ret[j] = ret[j - 1];
		}
		ret[j] = group;
		count += count < STACKS_SHOWN;
	}
	return count;
}

const char *slab_holders_note(struct text_table *table,
			      const struct account_report *report,
			      const struct output_options *options,
			      const struct slab_cache *cache)
{
	struct holders holders = {report, options, table};
	/* One more: the last one is pushed out, or has no place. */
	const struct report_group *groups[STACKS_SHOWN + 1];
	size_t count = find_largest(&holders, cache, groups), i;
	const char *note = "";

	for (i = 0; note && i < count; i++)
		note = stack_line(&holders, note, cache, groups[i]);
	table->no_memory |= !note;
	return note;
}
