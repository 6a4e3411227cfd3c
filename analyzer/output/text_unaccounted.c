/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_unaccounted.h"

#include "output/text_budget_change.h"
#include "output/text_flow.h"
#include "output/text_kib.h"
#include "output/text_ranking.h"

/* Rows, unless --top says how many. */
#define HOLDERS_SHOWN 12

/* So much more than there is to explain cannot be of the same moment. */
#define EXCESS_PERCENT 25
#define EXCESS_KIB     4096

/* What is less than this part of a change does not explain it. */
#define CHANGE_PARTS 512

/* "Stacks", "Call sites" */
static const char *holders_noun(const struct account_view *view, bool first)
{
	if (view->report->holders_are_sites)
		return first ? "Call sites" : "call sites";
	return first ? "Stacks" : "stacks";
}

/* Of the change that is to be explained; 0: none is. */
static uint64_t least_of(int64_t grown_kib)
{
	return grown_kib > 0 ? (uint64_t)grown_kib / CHANGE_PARTS * 1024 : 0;
}

static void write_ranking(struct account_view *view, int64_t grown_kib)
{
	const struct text_ranking ranking = {
		.every_block = true,
		.room = HOLDERS_SHOWN,
		.least_bytes = least_of(grown_kib),
		.spares = true,
	};
	struct text_view rows;

	text_view_init(&rows, view->report->holders, view->options, view->file);
	text_write_blocks(&rows);
	text_ranking_write(&rows, &ranking);
	view->no_memory |= rows.no_memory;
}

/* What came after the counters cannot be in their remainder. */
static void write_younger(const struct account_view *view)
{
	const struct account_side *side = account_newest(view);
	char text[QUANTITY_CAPACITY];

	if (side->holders_younger_kib > 0)
		fprintf(view->file,
			"  Of these %s were allocated after the counters were "
			"read.\n",
			text_kib(view->options, side->holders_younger_kib,
				 text));
}

/* MemTotal is without them, and so is what is in no counter. */
static void write_balloon(const struct account_view *view)
{
	const struct account_side *side = account_newest(view);
	char text[QUANTITY_CAPACITY];

	if (side->balloon_kib > 0)
		fprintf(view->file,
			"  Not among these: %s that a balloon gave to the "
			"host, off MemTotal.\n",
			text_kib(view->options, side->balloon_kib, text));
}

static void write_site_limits(const struct account_view *view)
{
	if (view->report->holders_are_sites)
		text_flow_paragraph(
			view->file,
			"A site tells bytes, not what they are: large "
			"kmalloc() and objects that fill whole pages are "
			"counted as slab, and yet among these.",
			2, view->options->width);
}

/* Its sums are of what was allocated with a stack that it could keep. */
static void write_early_limits(const struct account_view *view)
{
	if (view->report->holders->sides[0].stacks_only)
		text_flow_paragraph(
			view->file,
			"page_owner_stacks leaves out what was allocated early "
			"at boot: less than all is explained by it.",
			2, view->options->width);
}

static void write_steps(const struct account_view *view)
{
	if (view->report->steps)
		fprintf(view->file, "%s", view->report->steps);
}

/* So much of the remainders may be counters that a capture lacks. */
static int64_t doubt_of(const struct account_view *view)
{
	const struct account_side *sides = view->report->sides;
	int64_t old = sides[0].budget.doubt_kib;
	int64_t new = sides[1].budget.doubt_kib;

	return old > new ? old : new;
}

static bool is_excess(const struct account_view *view, int64_t held,
		      int64_t whole)
{
	int64_t limit = sum_plus(whole / 100 * EXCESS_PERCENT, EXCESS_KIB);

	limit = sum_plus(limit, doubt_of(view));
	return sum_minus(held, whole) > limit;
}

static void write_excess(const struct account_view *view)
{
	text_flow_paragraph(
		view->file,
		"That is more than there is to explain: counters and stacks "
		"are of different moments or machines, or some of these pages "
		"are counted after all.",
		2, view->options->width);
}

/* ---- one capture ---- */

/* "Stacks explain 48.6 MiB (99 %)"; more than all is told as that. */
static void write_explained(const struct account_view *view, int64_t remainder,
			    int64_t held)
{
	const struct output_options *options = view->options;
	char text[QUANTITY_CAPACITY], percent[QUANTITY_CAPACITY];
	const char *noun = holders_noun(view, true);

	if (remainder <= 0)
		fprintf(view->file, "%s that no counter covers hold %s:\n",
			noun, text_kib(options, held, text));
	else if (is_excess(view, held, remainder)) {
		fprintf(view->file, "%s hold %s of what no counter has.\n",
			noun, text_kib(options, held, text));
		write_excess(view);
	} else if (held > remainder)
		fprintf(view->file, "%s explain all of it: they hold %s.\n",
			noun, text_kib(options, held, text));
	else
		fprintf(view->file, "%s explain %s (%s):\n", noun,
			text_kib(options, held, text),
			text_kib_percent(held, remainder, percent));
}

static void write_level(const struct account_view *view,
			const struct account_side *side)
{
	const struct budget *budget = &side->budget;
	char text[QUANTITY_CAPACITY], share[QUANTITY_CAPACITY];
	bool colour = view->options->colour;

	text_kib_share(budget->remainder_kib, budget->total.kib, share);
	fprintf(view->file, "%sIn no counter: %s%s", colour ? "\033[1m" : "",
		text_kib(view->options, budget->remainder_kib, text),
		colour ? "\033[0m" : "");
	if (*share)
		fprintf(view->file, " (%s)", share);
	fputs(". ", view->file);
}

static void write_advice(const struct account_view *view)
{
	text_flow_paragraph(
		view->file,
		"Healthy machines differ in how much is in no counter; what "
		"grows is a leak. Compare with another capture: pageowl "
		"account OLD NEW",
		2, view->options->width);
}

static void write_one(struct account_view *view)
{
	const struct account_side *side = account_newest(view);

	if (!side->budget.known && !view->report->holders)
		return;
	putc('\n', view->file);
	if (side->budget.known)
		write_level(view, side);
	if (view->report->holders) {
		write_explained(view,
				side->budget.known ? side->budget.remainder_kib
						   : 0,
				side->holders_kib);
		write_ranking(view, 0);
		write_younger(view);
		write_balloon(view);
		write_site_limits(view);
		write_early_limits(view);
	} else {
		fputs("Nothing in it tells whose it is.\n", view->file);
		write_steps(view);
	}
	/* The steps end with this advice. */
	if (side->budget.known &&
	    (view->report->holders || !view->report->steps))
		write_advice(view);
}

/* ---- two captures ---- */

static void write_change_explained(const struct account_view *view,
				   int64_t grown, int64_t held)
{
	const struct output_options *options = view->options;
	char of[QUANTITY_CAPACITY], text[QUANTITY_CAPACITY];
	char percent[QUANTITY_CAPACITY];

	text_kib_change(options, held, text);
	if (grown > 0 && is_excess(view, held, grown)) {
		fprintf(view->file, "What %s hold in no counter grew by %s.\n",
			holders_noun(view, false), text);
		write_excess(view);
	} else if (grown > 0 && held > 0 && held <= grown)
		fprintf(view->file, "Of the %s, %s explain %s (%s):\n",
			text_kib_change(options, grown, of),
			holders_noun(view, false), text,
			text_kib_percent(held, grown, percent));
	else if (grown > 0 && held > grown)
		fprintf(view->file, "Of the %s, %s explain all (%s):\n",
			text_kib_change(options, grown, of),
			holders_noun(view, false), text);
	else if (grown > 0)
		fprintf(view->file,
			"%s do not explain the %s: what they hold in no "
			"counter changed by %s.\n",
			holders_noun(view, true),
			text_kib_change(options, grown, of), text);
	else
		fprintf(view->file,
			"It did not grow. What %s hold in no counter changed "
			"by %s.\n",
			holders_noun(view, false), text);
}

/* What a capture lacks is in its remainder, and comes and goes. */
static void write_care(const struct account_view *view)
{
	int64_t doubt = doubt_of(view);
	char text[QUANTITY_CAPACITY], line[200];

	if (doubt <= 0)
		return;
	snprintf(line, sizeof(line),
		 "It may be off by up to %s: not all counters are in both "
		 "captures.",
		 text_kib(view->options, doubt, text));
	text_flow_paragraph(view->file, line, 2, view->options->width);
}

static void write_two(struct account_view *view)
{
	const struct account_side *sides = view->report->sides;
	bool known = text_budget_change_known(view);
	int64_t held = sum_minus(sides[1].holders_kib, sides[0].holders_kib);
	int64_t grown = sum_minus(sides[1].budget.remainder_kib,
				  sides[0].budget.remainder_kib);
	char text[QUANTITY_CAPACITY];

	text_budget_change_headline(view);
	if (known)
		write_care(view);
	if (!view->report->holders) {
		fputs(known ? "" : "\n", view->file);
		fputs("The captures have no stacks that could be compared.\n",
		      view->file);
		write_steps(view);
		return;
	}
	if (known)
		write_change_explained(view, grown, held);
	else
		fprintf(view->file,
			"\nWhat %s hold in no counter changed by %s:\n",
			holders_noun(view, false),
			text_kib_change(view->options, held, text));
	write_ranking(view, known ? grown : 0);
	write_younger(view);
	write_balloon(view);
	write_site_limits(view);
}

void text_unaccounted_write(struct account_view *view)
{
	if (view->report->side_count == 2)
		write_two(view);
	else
		write_one(view);
}
