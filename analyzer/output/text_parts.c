/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_parts.h"

#include <string.h>

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

size_t text_parts_gather(const struct text_view *view, struct text_table *table,
			 const struct report_group *group, text_of_row *text_of,
			 struct text_part **ret)
{
	struct text_part *parts =
		arena_alloc(&table->arena, group->row_count * sizeof(*parts));
	size_t count = 0, i, j;
	unsigned side;

	table->no_memory |= !parts;
	for (i = 0; parts && i < group->row_count; i++) {
		const struct report_row *row =
			&view->report->rows[group->first_row + i];
		const char *text = text_of(table, row);

		if (!text)
			break;
		for (j = 0; j < count; j++)
			if (strcmp(parts[j].text, text) == 0)
				break;
		if (j == count) {
			parts[count].text = text;
			parts[count++].first = row;
		}
		for (side = 0; side < view->report->side_count; side++)
			tally_add(&parts[j].sides[side], row->sides[side]);
	}
	sort_parts(view, parts, parts ? count : 0);
	*ret = parts;
	return count;
}
