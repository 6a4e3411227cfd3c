/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_parts.h"

#include <string.h>

#include "base/table.h"
#include "output/quantity.h"

static int64_t part_bytes(const struct text_view *view,
			  const struct text_part *part)
{
	uint64_t units = part->sides[view->newest].units;

	if (text_is_diff(view))
		units -= part->sides[0].units;
	return text_bytes(view, (int64_t)units);
}

const char *text_part_amount(const struct text_view *view,
			     const struct text_part *part, char *ret)
{
	return text_amount(view, part_bytes(view, part), ret);
}

const char *text_order(const struct tally *tally, char *ret)
{
	ret[0] = '\0';
	if (tally->records && tally->order_min == tally->order_max &&
	    tally->order_min)
		snprintf(ret, QUANTITY_CAPACITY, "order %u", tally->order_min);
	return ret;
}

/* The largest first, as many as are shown. */
static void sort_parts(const struct text_view *view, struct text_part *parts,
		       size_t count)
{
	size_t shown = count < TEXT_PARTS_SHOWN ? count : TEXT_PARTS_SHOWN;
	size_t i, j;

	for (i = 0; i < shown; i++) {
		size_t most = i;
		struct text_part moved;

		for (j = i + 1; j < count; j++)
			if (part_bytes(view, &parts[j]) >
			    part_bytes(view, &parts[most]))
				most = j;
		moved = parts[i];
		parts[i] = parts[most];
		parts[most] = moved;
	}
}

/* Which part has a text: open addressing, numbers from 1 in a zeroed table. */
struct part_index {
	size_t *slots;
	size_t mask; /* at least two slots for each part */
};

static bool make_index(struct text_table *table, size_t parts,
		       struct part_index *ret)
{
	size_t capacity = 4;

	while (capacity < 2 * parts)
		capacity *= 2;
	ret->slots = arena_alloc(&table->arena, capacity * sizeof(*ret->slots));
	ret->mask = capacity - 1;
	return ret->slots;
}

/* The part with a text, the next one, *count, if there is none yet. */
static struct text_part *part_of(struct part_index *index,
				 struct text_part *parts, size_t *count,
				 const char *text)
{
	size_t i = table_hash(text, strlen(text)) & index->mask;

	while (index->slots[i] &&
	       strcmp(parts[index->slots[i] - 1].text, text) != 0)
		i = (i + 1) & index->mask;
	if (!index->slots[i]) {
		parts[*count].text = text;
		index->slots[i] = ++*count;
	}
	return &parts[index->slots[i] - 1];
}

size_t text_parts_gather(const struct text_view *view, struct text_table *table,
			 const struct report_group *group, text_of_row *text_of,
			 struct text_part **ret)
{
	struct text_part *parts =
		arena_alloc(&table->arena, group->row_count * sizeof(*parts));
	struct part_index index;
	size_t count = 0, i;
	unsigned side;

	if (parts && !make_index(table, group->row_count, &index))
		parts = NULL;
	table->no_memory |= !parts;
	for (i = 0; parts && i < group->row_count; i++) {
		const struct report_row *row =
			&view->report->rows[group->first_row + i];
		const char *text = text_of(table, row);
		struct text_part *part;

		if (!text)
			break;
		part = part_of(&index, parts, &count, text);
		if (!part->first)
			part->first = row;
		for (side = 0; side < view->report->side_count; side++)
			tally_add(&part->sides[side], row->sides[side]);
	}
	sort_parts(view, parts, parts ? count : 0);
	*ret = parts;
	return count;
}
