/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_checks.h"

#include "base/quote.h"
#include "output/text_flow.h"
#include "output/text_formula.h"
#include "output/text_kib.h"
#include "output/text_view.h"
#include "output/text_width.h"

#define STATES	     (CHECK_MISSING + 1)
#define SIDE_WIDTH   24
#define AMOUNT_WIDTH 12

static void count_states(const struct account_side *side, size_t ret[STATES])
{
	size_t i;

	for (i = 0; i < STATES; i++)
		ret[i] = 0;
	for (i = 0; i < side->check_count; i++)
		ret[side->checks[i].state]++;
}

bool text_checks_agree(const struct account_side *side)
{
	size_t counts[STATES];

	count_states(side, counts);
	return !counts[CHECK_DIFFERS] && !counts[CHECK_IMPOSSIBLE];
}

/* Of those that agree within a tolerance; NULL: none differs at all. */
static const struct cross_check *largest(const struct account_side *side)
{
	const struct cross_check *found = NULL;
	uint64_t most = 0;
	size_t i;

	for (i = 0; i < side->check_count; i++) {
		const struct cross_check *check = &side->checks[i];
		uint64_t size = text_kib_magnitude(check->difference_kib);

		if (check->state != CHECK_AGREES || check->at_most ||
		    size <= most)
			continue;
		most = size;
		found = check;
	}
	return found;
}

static void write_headline(const struct account_view *view,
			   const struct account_side *side, const char *whose)
{
	struct text_flow flow =
		text_flow_begin(view->file, view->options->width, 2, 0);
	const struct cross_check *check = largest(side);
	char text[QUANTITY_CAPACITY], line[512];
	size_t counts[STATES];

	count_states(side, counts);
	flow.indent = 0;
	snprintf(line, sizeof(line), "Cross-checks%s: %zu of %zu agree", whose,
		 counts[CHECK_AGREES],
		 side->check_count - counts[CHECK_MISSING]);
	text_flow_words(&flow, line);
	flow.indent = 2;
	if (check) {
		snprintf(line, sizeof(line), "(largest difference: %s, %s)",
			 check->title,
			 text_kib_change(view->options, check->difference_kib,
					 text));
		text_flow_quoted(&flow, line);
	}
	if (counts[CHECK_MISSING]) {
		snprintf(line, sizeof(line), "· %zu could not be made",
			 counts[CHECK_MISSING]);
		text_flow_words(&flow, line);
	}
	if (!view->options->verbose && counts[CHECK_AGREES])
		text_flow_words(&flow, "· --verbose shows both sides");
	putc('\n', view->file);
}

/* A name with its column, quoted; returns the columns used. */
static size_t write_name(const struct account_view *view, const char *name)
{
	char quoted[TEXT_NAME_CAPACITY];
	size_t width;

	quote_text(span_of(name), TEXT_NAME_LIMIT, quoted, sizeof(quoted));
	width = text_width(quoted);
	fprintf(view->file, "    %s%*s", quoted,
		(int)(width < SIDE_WIDTH ? SIDE_WIDTH - width : 0), "");
	return 4 + (width < SIDE_WIDTH ? SIDE_WIDTH : width);
}

static void write_side(const struct account_view *view, const char *name,
		       const struct sum *sum)
{
	size_t column = write_name(view, name);
	char size[QUANTITY_CAPACITY];

	text_kib(view->options, sum->kib, size);
	column += 1 + (size_t)fprintf(view->file, " %*s ", AMOUNT_WIDTH, size);
	text_formula_terms(view, sum, column, column - 1);
}

static void write_sides(const struct account_view *view,
			const struct cross_check *check)
{
	char text[QUANTITY_CAPACITY], tolerance[QUANTITY_CAPACITY];

	write_side(view, check->left_name, &check->left);
	write_side(view, check->right_name, &check->right);
	write_name(view, "difference");
	fprintf(view->file, " %*s  up to %s%s is tolerated\n", AMOUNT_WIDTH,
		text_kib_change(view->options, check->difference_kib, text),
		text_kib(view->options, check->tolerance_kib, tolerance),
		check->at_most ? " more" : "");
}

static void write_check(const struct account_view *view,
			const struct cross_check *check)
{
	static const char *const states[STATES] = {
		[CHECK_AGREES] = "agrees",
		[CHECK_DIFFERS] = "DIFFERS",
		[CHECK_IMPOSSIBLE] = "IMPOSSIBLE",
		[CHECK_MISSING] = "not made",
	};
	bool alarm = check->state == CHECK_DIFFERS ||
		     check->state == CHECK_IMPOSSIBLE;
	bool colour = view->options->colour && alarm;
	char title[TEXT_NAME_CAPACITY];

	quote_text(span_of(check->title), TEXT_NAME_LIMIT, title,
		   sizeof(title));
	fprintf(view->file, "\n  %s%s%s: %s\n", colour ? "\033[1;33m" : "",
		states[check->state], colour ? "\033[0m" : "", title);
	if (check->state != CHECK_MISSING)
		write_sides(view, check);
	if (check->meaning)
		text_flow_paragraph(view->file, check->meaning, 4,
				    view->options->width);
}

void text_checks_write(struct account_view *view,
		       const struct account_side *side, const char *whose)
{
	size_t i;

	if (!side->check_count)
		return;
	putc('\n', view->file);
	write_headline(view, side, whose);
	for (i = 0; i < side->check_count; i++) {
		const struct cross_check *check = &side->checks[i];

		if (view->options->verbose || check->state == CHECK_DIFFERS ||
		    check->state == CHECK_IMPOSSIBLE)
			write_check(view, check);
	}
}
