/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The default output: for a person at a terminal, or in a pipe to less. */
#include <string.h>

#include "output/quantity.h"
#include "output/text_account.h"
#include "output/text_columns.h"
#include "output/text_contents.h"
#include "output/text_processes.h"
#include "output/text_ranking.h"
#include "output/text_series.h"

#define TOP_DEFAULT	 20
#define TOP_SLAB_DEFAULT 8

static void write_block(struct text_view *view, enum category_block block,
			const char *title)
{
	const struct text_ranking ranking = {
		.block = block,
		.title = title,
		.room = block == BLOCK_SLAB ? TOP_SLAB_DEFAULT : TOP_DEFAULT,
		.spares = view->report->axis != NULL,
	};

	text_ranking_write(view, &ranking);
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
	fputs(report->axis ? " read of old and new" : " read", view->file);
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

/* One more part of a line of several. */
static void write_part(const char *part, const char **separator, FILE *file)
{
	fprintf(file, "%s%s", *separator, part);
	*separator = "; ";
}

/* What the times and ages of the newest side are reckoned with. */
static void write_clock(const struct text_view *view, const char **separator)
{
	const struct jiffies_clock *clock =
		&view->report->sides[view->newest].clock;

	if (!clock->hz)
		return;
	write_part("CONFIG_HZ ", separator, view->file);
	fprintf(view->file, "%u%s", clock->hz,
		clock->origin == HZ_GIVEN ? "" : ", inferred");
}

/* kmemleak prints when an object was made by the kernel's clock. */
static void write_times(const struct text_view *view)
{
	const struct report_side *side = &view->report->sides[view->newest];
	const char *separator = "  ";

	if (!side->snapshot->has_times || side->sizes)
		return;
	write_clock(view, &separator);
	if (*separator == ';')
		putc('\n', view->file);
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
	write_clock(view, &separator);
	/* Of a trace nothing has to be told. */
	if (*separator == ';')
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

	text_view_init(&view, report, options, file);
	fprintf(file, "\nObjects in slab caches, from %s\n",
		strcmp(report->sides[0].format, "slab_traces") == 0
			? "their allocation traces"
			: report->sides[0].format);
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

	text_view_init(&view, report, options, file);
	text_write_summary(&view);
	if (report_is_on_objects(report))
		write_measure(&view);
	write_times(&view);
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
	text_series_legend(&view);
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
