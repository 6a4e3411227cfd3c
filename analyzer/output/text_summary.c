/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/quote.h"
#include "output/quantity.h"
#include "output/text_machine.h"
#include "output/text_series.h"
#include "output/text_view.h"

/* ---- the sides ---- */

/* "64,946 records   288.1 MiB   841 stacks" */
static void write_held(const struct text_view *view,
		       const struct report_side *side)
{
	const struct tally *total = &side->set->total;
	char size[QUANTITY_CAPACITY], count[QUANTITY_CAPACITY];
	char stacks[QUANTITY_CAPACITY];

	fprintf(view->file, "   %s %s%s", quantity_count(total->records, count),
		side->noun, text_plural(total->records));
	if (side->unit != UNIT_OBJECT)
		fprintf(view->file, "   %s",
			quantity_bytes(total->units * side->unit_bytes, size));
	if (!side->stacks_only)
		fprintf(view->file, "   %s stack%s",
			quantity_count(side->set->stacks, stacks),
			text_plural(side->set->stacks));
}

/* What the captures hold besides, and how to see it. */
static void write_sources(const struct text_view *view)
{
	const struct report *report = view->report;
	const struct report_side *newest = &report->sides[view->newest];
	size_t i;

	if (!report->objects && !(newest->others && newest->others[0]))
		return;
	fprintf(view->file, "from %s", newest->format);
	if (report->objects)
		fprintf(view->file, ", objects from %s",
			report->objects->sides[0].format);
	for (i = 0; newest->others && newest->others[i]; i++)
		fprintf(view->file, "%s%s",
			i ? ", " : "; there too: ", newest->others[i]);
	fputs(i ? "   (--source)\n" : "\n", view->file);
}

static void write_side(const struct text_view *view, unsigned index)
{
	static const char *const names[] = {"old  ", "new  "};
	const struct report_side *side = &view->report->sides[index];
	char uptime[QUANTITY_CAPACITY];
	char path[TEXT_NAME_CAPACITY];
	FILE *file = view->file;

	quote_text(span_of(strcmp(side->path, "-") == 0 ? "standard input"
							: side->path),
		   TEXT_NAME_LIMIT, path, sizeof(path));
	fprintf(file, "%s%s", text_is_diff(view) ? names[index] : "", path);
	if (side->kernel) {
		quote_text(span_of(side->kernel), TEXT_NAME_LIMIT, path,
			   sizeof(path));
		fprintf(file, "   Linux %s", path);
	}
	if (side->began_ns != TS_NONE)
		fprintf(file, "   %s %s",
			side->began_from == BEGAN_RECORDS ? "up about" : "up",
			quantity_uptime(side->began_ns / 1000000000, uptime));
	write_held(view, side);
	if (side->unit != UNIT_PAGE)
		return;
	if (strcmp(side->page_size_from, "assumed") == 0)
		fprintf(file, "   pages of %" PRIu64 " bytes assumed",
			side->unit_bytes);
	else if (side->unit_bytes != 4096)
		fprintf(file, "   pages of %" PRIu64 " bytes",
			side->unit_bytes);
}

static void write_sides(const struct text_view *view)
{
	unsigned i;

	for (i = 0; i < view->report->side_count; i++) {
		write_side(view, i);
		if (i == 1)
			text_machine_relation(view->file, view->report->boot,
					      view->report->sides[0].began_ns,
					      view->report->sides[1].began_ns);
		putc('\n', view->file);
	}
	text_series_header(view);
	write_sources(view);
	if (text_is_diff(view) && view->report->match == MATCH_NAME)
		fprintf(view->file,
			"stacks are matched by function name (%s)\n",
			view->report->match_reason);
}

/* ---- totals ---- */

struct total {
	enum category category;
	int64_t bytes; /* growth, or what is held */
};

static uint64_t magnitude(int64_t value)
{
	return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static int compare_totals(const void *left, const void *right)
{
	const struct total *a = left, *b = right;

	if (magnitude(a->bytes) != magnitude(b->bytes))
		return magnitude(a->bytes) > magnitude(b->bytes) ? -1 : 1;
	return (a->category > b->category) - (a->category < b->category);
}

static int64_t category_bytes(const struct text_view *view, unsigned category)
{
	const struct report *report = view->report;
	uint64_t units =
		report->sides[view->newest].set->categories[category].units;

	if (text_is_diff(view))
		units -= report->sides[0].set->categories[category].units;
	return text_bytes(view, (int64_t)units);
}

/* Where the items of a block begin; lines that are wrapped begin there too. */
#define ITEMS_COLUMN 23

static void write_items(const struct text_view *view,
			const struct total *totals, size_t count)
{
	size_t column = ITEMS_COLUMN, width = view->options->width, i;
	char text[QUANTITY_CAPACITY], item[128];

	for (i = 0; i < count; i++) {
		snprintf(item, sizeof(item), "%s %s",
			 category_info(totals[i].category)->name,
			 text_amount(view, totals[i].bytes, text));
		if (width && i && column + strlen(item) + 3 > width) {
			fprintf(view->file, "\n%*s", ITEMS_COLUMN, "");
			column = ITEMS_COLUMN;
		} else if (i) {
			fputs(" · ", view->file);
			column += 3;
		}
		fputs(item, view->file);
		column += strlen(item);
	}
	putc('\n', view->file);
}

/* Records came, and count nothing: allocinfo while profiling is off. */
static bool is_of_zeros(const struct snapshot *snapshot)
{
	return snapshot && snapshot->entries && !snapshot->seen;
}

static void write_block_totals(const struct text_view *view,
			       enum category_block block)
{
	struct total totals[CATEGORY_COUNT];
	char text[QUANTITY_CAPACITY];
	size_t count = 0, i;
	uint64_t sum = 0;

	for (i = 0; i < CATEGORY_COUNT; i++) {
		int64_t bytes = category_bytes(view, (unsigned)i);

		if (category_info((enum category)i)->block != block || !bytes)
			continue;
		totals[count++] = (struct total){(enum category)i, bytes};
		sum += (uint64_t)bytes;
	}
	if (!count)
		return;
	qsort(totals, count, sizeof(totals[0]), compare_totals);
	fprintf(view->file, "  %-7s %11s  ", category_block_name(block),
		text_amount(view, (int64_t)sum, text));
	write_items(view, totals, count);
}

void text_write_blocks(const struct text_view *view)
{
	write_block_totals(view, BLOCK_USER);
	write_block_totals(view, BLOCK_SLAB);
	write_block_totals(view, BLOCK_KERNEL);
}

void text_write_totals(const struct text_view *view)
{
	const struct report *report = view->report;
	uint64_t pages = report->sides[view->newest].set->total.units;
	char text[QUANTITY_CAPACITY];
	bool listed = false;
	int64_t grown;
	unsigned i;

	for (i = 0; i < CATEGORY_COUNT; i++)
		listed |= category_bytes(view, i) != 0;
	if (text_is_diff(view)) {
		pages -= report->sides[0].set->total.units;
		grown = text_bytes(view, (int64_t)pages);
		if (grown == 0)
			fprintf(view->file, "\nIn sum nothing grew%c\n",
				listed ? ':' : '.');
		else
			fprintf(view->file, "\n%s by %s:\n",
				grown < 0 ? "Shrank" : "Grew",
				view->unit == UNIT_OBJECT
					? quantity_count(magnitude(grown), text)
					: quantity_bytes(magnitude(grown),
							 text));
	} else if (pages) {
		fputs("\nHeld:\n", view->file);
	} else if (is_of_zeros(report->sides[0].set->snapshot)) {
		fputs("\nAll that is in it is of size 0.\n", view->file);
	} else {
		fputs("\nNothing is left of it by the filters.\n", view->file);
	}
	text_write_blocks(view);
}

/* Line of mm/slub.c that takes the pages of all slab caches. */
static bool is_slab_pages(const struct report_row *row)
{
	return span_equal(row->function, SPAN("alloc_slab_page")) ||
	       span_equal(row->function, SPAN("allocate_slab")) ||
	       span_equal(row->function, SPAN("new_slab"));
}

/* allocinfo has the pages of slab caches, and the objects in them again. */
static void write_counted_twice(const struct text_view *view)
{
	const struct report *report = view->report;
	char text[QUANTITY_CAPACITY];
	uint64_t units = 0;
	size_t i;

	if (!(report->sides[0].snapshot->identity & 1u << FIELD_SITE))
		return;
	for (i = 0; i < report->row_count; i++)
		if (is_slab_pages(&report->rows[i]))
			units += report->rows[i].sides[view->newest]->units;
	if (units)
		fprintf(view->file,
			"  counted twice: %s are pages of slab caches, whose "
			"objects have lines of their own\n",
			quantity_bytes(units, text));
}

void text_write_summary(const struct text_view *view)
{
	write_sides(view);
	text_write_totals(view);
	write_counted_twice(view);
}
