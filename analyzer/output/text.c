/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The default output: for a person at a terminal, or in a pipe to less. */
#include <string.h>

#include "base/quote.h"
#include "output/quantity.h"
#include "output/text_account.h"
#include "output/text_columns.h"
#include "output/text_contents.h"
#include "output/text_processes.h"

#define TOP_DEFAULT	 20
#define TOP_SLAB_DEFAULT 8

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

static size_t room_for(const struct text_view *view, enum category_block block)
{
	if (view->options->top_given)
		return view->options->top ? view->options->top : SIZE_MAX;
	return block == BLOCK_SLAB ? TOP_SLAB_DEFAULT : TOP_DEFAULT;
}

static void write_block(struct text_view *view, enum category_block block,
			const char *title)
{
	const struct report *report = view->report;
	struct hidden hidden[HIDDEN_KINDS] = {{0}};
	struct text_table table = {0};
	size_t room = room_for(view, block), shown = 0, i;

	text_columns_set(view, &table);
	for (i = 0; i < report->group_count; i++) {
		const struct report_group *group = &report->groups[i];
		enum hidden_kind kind;

		if (report->rows[group->first_row].block != block)
			continue;
		kind = hidden_kind(view, group);
		if (kind == HIDDEN_MORE && shown < room) {
			text_columns_add(view, &table, group);
			shown++;
		} else {
			hide(&hidden[kind], view, group);
		}
	}
	if (!shown && !*title)
		title = report_is_on_objects(report) ? "Objects\n"
						     : "Kernel memory\n";
	if (shown || groups_in(hidden))
		fprintf(view->file, "\n%s", title);
	if (shown) {
		text_table_write(&table, view->options->width,
				 view->options->colour, view->file);
	}
	write_hidden(view, hidden);
	view->no_memory |= table.no_memory;
	text_table_deinit(&table);
}

/* Objects say more than the pages they lie in: only the sum of these. */
static void write_hidden_slab(const struct text_view *view)
{
	const struct report *report = view->report;
	char amount[QUANTITY_CAPACITY], count[QUANTITY_CAPACITY];
	uint64_t units = 0;
	size_t rows = 0, i;

	for (i = 0; i < report->group_count; i++) {
		const struct report_group *group = &report->groups[i];

		if (report->rows[group->first_row].block != BLOCK_SLAB)
			continue;
		rows++;
		units += text_is_diff(view) ? (uint64_t)group->growth.units
					    : group->sides[0]->units;
	}
	if (rows)
		fprintf(view->file,
			"  who took the pages of slab caches: %s rows (%s)   "
			"--top=0 shows all\n",
			quantity_count(rows, count),
			text_amount(view, text_bytes(view, (int64_t)units),
				    amount));
}

/* ---- the end ---- */

static void write_offline(const struct text_view *view)
{
	const struct report_side *side = &view->report->sides[view->newest];
	char size[QUANTITY_CAPACITY];
	uint32_t count = side->snapshot->offline_names.count;

	/* Which of these the filters left is not known. */
	if (!count || side->set->filtered.records)
		return;
	fprintf(view->file,
		"\n%s are charged to %u memory cgroup%s that %s removed and "
		"cannot go before these pages do (--by=memcg)\n",
		quantity_bytes(side->snapshot->offline.units * side->unit_bytes,
			       size),
		count, count == 1 ? "" : "s", count == 1 ? "was" : "were");
}

/* Records seen = counted + filtered + skipped. */
struct balance {
	uint64_t seen, filtered, skipped;
	bool cut; /* there was more, which could not be read */
};

static void add_balance(const struct report *report, struct balance *balance)
{
	unsigned i;

	for (i = 0; i < report->side_count; i++) {
		const struct report_side *side = &report->sides[i];

		balance->seen += side->snapshot->seen;
		balance->skipped += side->snapshot->loss.records;
		balance->cut |= side->snapshot->loss.unreadable ||
				side->snapshot->loss.input[0];
		balance->filtered += side->snapshot->filtered.records +
				     side->set->filtered.records;
	}
}

static bool has_block(const struct report *report, enum category_block block)
{
	size_t i;

	for (i = 0; report && i < report->group_count; i++)
		if (report->rows[report->groups[i].first_row].block == block)
			return true;
	return false;
}

/* What --all would show, or NULL. */
static const char *unranked(const struct report *report)
{
	bool on_objects = report_is_on_objects(report);
	bool user = !on_objects && has_block(report, BLOCK_USER);
	bool objects =
		has_block(on_objects ? report : report->objects, BLOCK_USER);

	if (report->all_ranked || report->keys || !(user || objects))
		return NULL;
	if (user && objects)
		return "user memory and what can be reclaimed";
	return user ? "user memory" : "objects that can be reclaimed";
}

static void write_balance(const struct text_view *view)
{
	const struct report *report = view->report;
	struct balance shown = {0}, objects = {0};
	char text[QUANTITY_CAPACITY];
	uint64_t filtered, skipped;

	add_balance(report, &shown);
	fprintf(view->file, "\n%s %s%s", quantity_count(shown.seen, text),
		report->sides[0].noun, text_plural(shown.seen));
	if (report->objects) {
		add_balance(report->objects, &objects);
		fprintf(view->file, " and %s %s%s",
			quantity_count(objects.seen, text),
			report->objects->sides[0].noun,
			text_plural(objects.seen));
	}
	filtered = shown.filtered + objects.filtered;
	skipped = shown.skipped + objects.skipped;
	fputs(" read", view->file);
	if (filtered)
		fprintf(view->file, ", %s filtered out",
			quantity_count(filtered, text));
	fprintf(view->file, ", %s skipped",
		skipped ? quantity_count(skipped, text) : "none");
	if (shown.cut || objects.cut)
		fputs("; not all could be read", view->file);
	if (!view->options->full && !report->keys)
		fputs("   whole stacks: --full", view->file);
	if (unranked(report))
		fprintf(view->file, "   %s: --all", unranked(report));
	putc('\n', view->file);
}

static void init_view(struct text_view *view, const struct report *report,
		      const struct output_options *options, FILE *file)
{
	const struct report_side *newest =
		&report->sides[report->side_count - 1];

	*view = (struct text_view){
		.report = report,
		.options = options,
		.file = file,
		.unit = newest->unit,
		.unit_bytes = newest->unit_bytes,
		.newest = report->side_count - 1,
	};
}

/* One more part of a line of several. */
static void write_part(const char *part, const char **separator, FILE *file)
{
	fprintf(file, "%s%s", *separator, part);
	*separator = "; ";
}

/* How the bytes of objects were found, and what their ages are in. */
static void write_measure(const struct text_view *view)
{
	const struct report_side *side = &view->report->sides[view->newest];
	const struct object_sizes *sizes = side->sizes;
	char count[QUANTITY_CAPACITY];
	const char *separator = "  ";

	if (!sizes)
		return;
	if (sizes->requested)
		write_part("kmalloc by what was asked for", &separator,
			   view->file);
	if (sizes->slots)
		write_part(sizes->requested ? "other caches by whole slots"
					    : "bytes are those of whole slots",
			   &separator, view->file);
	if (sizes->whole)
		write_part("sizes by the names of caches", &separator,
			   view->file);
	if (view->unit == UNIT_OBJECT) {
		write_part("numbers of objects: no size is known", &separator,
			   view->file);
	} else if (sizes->unsized) {
		write_part(quantity_count(sizes->unsized, count), &separator,
			   view->file);
		fputs(" objects of no known size count as 0", view->file);
	}
	if (side->clock.hz) {
		write_part("CONFIG_HZ ", &separator, view->file);
		fprintf(view->file, "%u%s", side->clock.hz,
			side->clock.origin == HZ_GIVEN ? "" : ", inferred");
	}
	putc('\n', view->file);
}

/* Filters can leave none. */
static bool any_objects(const struct report *report)
{
	unsigned i;

	for (i = 0; report && i < report->side_count; i++)
		if (report->sides[i].set->total.records)
			return true;
	return false;
}

static void write_objects(const struct report *report,
			  const struct output_options *options, FILE *file,
			  bool *no_memory)
{
	struct text_view view;

	init_view(&view, report, options, file);
	fputs("\nObjects in slab caches, from their allocation traces\n", file);
	write_measure(&view);
	text_write_totals(&view);
	write_block(&view, BLOCK_KERNEL, "");
	if (report->all_ranked)
		write_block(&view, BLOCK_USER,
			    "Objects that can be "
			    "reclaimed\n");
	*no_memory |= view.no_memory;
}

static bool write_text(const struct report *report,
		       const struct output_options *options, FILE *file,
		       struct error *err)
{
	bool has_objects = any_objects(report->objects);
	struct text_view view;

	init_view(&view, report, options, file);
	text_write_summary(&view);
	if (report_is_on_objects(report))
		write_measure(&view);
	write_block(&view, BLOCK_KERNEL, "");
	if (has_objects)
		write_objects(report->objects, options, file, &view.no_memory);
	if (!has_objects || (options->top_given && !options->top))
		write_block(&view, BLOCK_SLAB,
			    "Pages of slab caches: the stack took the page, "
			    "others may hold the objects in it\n");
	else
		write_hidden_slab(&view);
	if (report->all_ranked)
		write_block(&view, BLOCK_USER,
			    "User memory, caches, what can be reclaimed\n");
	write_offline(&view);
	write_balance(&view);
	return !view.no_memory || error_no_memory(err);
}

const struct output output_text = {
	.name = "text",
	.title = "tables for people, the default",
	.write = write_text,
	.contents = text_contents_write,
	.account = text_account_write,
	.processes = text_processes_write,
};
