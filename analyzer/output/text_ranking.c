/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_ranking.h"

#include <string.h>

#include "output/quantity.h"
#include "output/text_columns.h"

/* What a block does not show. */
struct hidden {
	size_t groups;
	uint64_t units; /* growth, or what is held; modulo 2^64 */
};

enum hidden_kind {
	HIDDEN_MORE, /* would be shown with more room */
	HIDDEN_SHRANK,
	HIDDEN_STEADY,
	HIDDEN_SMALL,
};
#define HIDDEN_KINDS (HIDDEN_SMALL + 1)

static void hide(struct hidden *hidden, const struct text_view *view,
		 const struct report_group *group)
{
	hidden->groups++;
	hidden->units += text_is_diff(view) ? (uint64_t)group->growth.units
					    : group->sides[0]->units;
}

/* Why a group is not shown though there is room; HIDDEN_MORE: it is. */
static enum hidden_kind hidden_kind(const struct text_view *view,
				    const struct report_group *group)
{
	const struct tally *sides[2] = {group->sides[0], group->sides[1]};

	if (output_is_small(view->report, view->options, &group->growth, sides))
		return HIDDEN_SMALL;
	if (!text_is_diff(view) ||
	    (view->options->top_given && !view->options->top))
		return HIDDEN_MORE;
	if (group->verdict == VERDICT_STEADY)
		return HIDDEN_STEADY;
	if (group->growth.units < 0)
		return HIDDEN_SHRANK;
	return HIDDEN_MORE;
}

/* What is next to nothing must not take the place of what is much. */
static bool is_least(const struct text_view *view,
		     const struct text_ranking *ranking,
		     const struct report_group *group)
{
	const struct tally *sides[2] = {group->sides[0], group->sides[1]};
	const struct output_options least = {.min_bytes = ranking->least_bytes};

	return !view->options->top_given && !view->options->min_bytes &&
	       output_is_small(view->report, &least, &group->growth, sides);
}

static size_t groups_in(const struct hidden *hidden)
{
	size_t count = 0;
	unsigned i;

	for (i = 0; i < HIDDEN_KINDS; i++)
		count += hidden[i].groups;
	return count;
}

static void write_hidden(const struct text_view *view,
			 const struct hidden *hidden)
{
	static const char *const words[HIDDEN_KINDS] = {
		"more", "shrank", "steady", "below --min"};
	char amount[QUANTITY_CAPACITY], count[QUANTITY_CAPACITY];
	const char *separator = "  ";
	unsigned i;

	for (i = 0; i < HIDDEN_KINDS; i++) {
		if (!hidden[i].groups)
			continue;
		fprintf(view->file, "%s%s %s", separator,
			quantity_count(hidden[i].groups, count), words[i]);
		if (hidden[i].units)
			fprintf(view->file, " (%s)",
				text_amount(
					view,
					text_bytes(view,
						   (int64_t)hidden[i].units),
					amount));
		separator = ", ";
	}
	if (separator[0] != ',')
		return;
	fputs(hidden[HIDDEN_SMALL].groups == groups_in(hidden)
		      ? "\n"
		      : "   --top=0 shows all\n",
	      view->file);
}

static size_t room_for(const struct text_view *view,
		       const struct text_ranking *ranking)
{
	if (view->options->top_given)
		return view->options->top ? view->options->top : SIZE_MAX;
	return ranking->room;
}

/* What stands above the rows. */
static void write_title(const struct text_view *view,
			const struct text_ranking *ranking, bool shown)
{
	const char *title = ranking->title;

	if (!title)
		return;
	if (!shown && !*title)
		title = report_is_on_objects(view->report) ? "Objects\n"
							   : "Kernel memory\n";
	fprintf(view->file, "\n%s", title);
}

void text_ranking_write(struct text_view *view,
			const struct text_ranking *ranking)
{
	const struct report *report = view->report;
	struct hidden hidden[HIDDEN_KINDS] = {{0}};
	size_t room = room_for(view, ranking), shown = 0, i;
	struct text_table table = {0};

	text_columns_set(view, &table);
	if (!ranking->spares)
		memset(table.spare, 0, sizeof(table.spare));
	for (i = 0; i < report->group_count; i++) {
		const struct report_group *group = &report->groups[i];
		enum hidden_kind kind;

		if (!ranking->every_block &&
		    report->rows[group->first_row].block != ranking->block)
			continue;
		kind = hidden_kind(view, group);
		if (kind == HIDDEN_MORE && shown < room &&
		    !is_least(view, ranking, group)) {
			text_columns_add(view, &table, group);
			shown++;
		} else {
			hide(&hidden[kind], view, group);
		}
	}
	if (shown || groups_in(hidden))
		write_title(view, ranking, shown);
	if (shown && ranking->write_table)
		ranking->write_table(ranking->context, &table, view->file);
	else if (shown)
		text_table_write(&table, view->options->width,
				 view->options->colour, view->file);
	write_hidden(view, hidden);
	view->no_memory |= table.no_memory;
	text_table_deinit(&table);
}
