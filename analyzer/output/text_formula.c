/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_formula.h"

#include <inttypes.h>

#include "output/text_flow.h"
#include "output/text_kib.h"

#define INDENT 6

/* As the kernel prints it: kB bare, other units with their word and in kB. */
static void write_value(struct text_flow *flow, const struct sum_term *term)
{
	static const char *const units[] = {
		[COUNTER_NUMBER] = "",	    [COUNTER_KIB] = "",
		[COUNTER_PAGES] = " pages", [COUNTER_BYTES] = " bytes",
		[COUNTER_NS] = " ns",	    [COUNTER_TEXT] = "",
	};
	char value[QUANTITY_CAPACITY], kib[QUANTITY_CAPACITY];
	char text[3 * QUANTITY_CAPACITY];

	quantity_count(text_kib_magnitude(term->kib), kib);
	if (term->unit == COUNTER_KIB)
		snprintf(text, sizeof(text), "%s", kib);
	else if (!term->value)
		snprintf(text, sizeof(text), "0%s", units[term->unit]);
	else
		snprintf(text, sizeof(text), "%s%s (%s)",
			 quantity_count(term->value, value), units[term->unit],
			 kib);
	text_flow_piece(flow, text);
}

static void write_terms(struct text_flow *flow, const struct sum *sum)
{
	const struct sum_term *term;

	for (term = sum->first; term; term = term->next) {
		if (term->kib < 0)
			text_flow_piece(flow, "-");
		else if (term != sum->first)
			text_flow_piece(flow, "+");
		text_flow_quoted(flow, term->name);
		write_value(flow, term);
	}
}

static void write_result(struct text_flow *flow, const struct sum *sum)
{
	char count[QUANTITY_CAPACITY], text[QUANTITY_CAPACITY + 16];

	if (!sum->first) {
		text_flow_words(flow, "not in the file");
		return;
	}
	snprintf(text, sizeof(text), "%s%s kB", sum->kib < 0 ? "-" : "",
		 quantity_count(text_kib_magnitude(sum->kib), count));
	text_flow_piece(flow, "=");
	text_flow_piece(flow, text);
}

void text_formula_terms(const struct account_view *view, const struct sum *sum,
			size_t indent, size_t column)
{
	struct text_flow flow = text_flow_begin(
		view->file, view->options->width, indent, column);

	write_terms(&flow, sum);
	write_result(&flow, sum);
	putc('\n', view->file);
}

static struct text_flow begin_sum(const struct account_view *view,
				  const char *name)
{
	struct text_flow flow =
		text_flow_begin(view->file, view->options->width, 2, 0);

	text_flow_quoted(&flow, name);
	flow.indent = INDENT;
	text_flow_piece(&flow, "=");
	return flow;
}

void text_formula_sum(const struct account_view *view, const char *name,
		      const struct sum *sum)
{
	struct text_flow flow = begin_sum(view, name);

	write_terms(&flow, sum);
	write_result(&flow, sum);
	putc('\n', view->file);
}

/* The remainder is no sum of counters, but what two sums leave. */
static void write_remainder(const struct account_view *view,
			    const struct budget *budget)
{
	struct sum_term counted = {
		.name = "counted",
		.kib = sum_minus(0, budget->counted.kib),
		.unit = COUNTER_KIB,
	};
	struct sum_term total = {
		.next = &counted,
		.name = "MemTotal",
		.kib = budget->total.kib,
		.unit = COUNTER_KIB,
	};
	const struct sum sum = {&total, &counted, budget->remainder_kib};

	text_formula_sum(view, "in no counter", &sum);
}

static void write_free(const struct account_view *view,
		       const struct free_view *free_view)
{
	text_formula_sum(view, "free: total", &free_view->total);
	text_formula_sum(view, "free: used", &free_view->used);
	text_formula_sum(view, "free: free", &free_view->free);
	text_formula_sum(view, "free: shared", &free_view->shared);
	text_formula_sum(view, "free: buff/cache", &free_view->buff_cache);
	text_formula_sum(view, "free: available", &free_view->available);
	if (free_view->available_by.first)
		text_formula_sum(view,
				 "MemAvailable, as the kernel comes to it",
				 &free_view->available_by);
}

void text_formula_write(const struct account_view *view,
			const struct budget *budget)
{
	char line[512];
	size_t i;

	if (!budget->known)
		return;
	fputs("\nHow it was computed, in kB:\n", view->file);
	for (i = 0; i < budget->row_count; i++)
		if (budget->rows[i].kind != BUDGET_BESIDE)
			text_formula_sum(view, budget->rows[i].name,
					 &budget->rows[i].sum);
	text_formula_sum(view, "counted", &budget->counted);
	write_remainder(view, budget);
	if (!*budget->scope)
		write_free(view, &budget->free);
	snprintf(line, sizeof(line), "pages have %" PRIu64 " bytes",
		 budget->page_size);
	text_flow_paragraph(view->file, line, 2, view->options->width);
	for (i = 0; i < budget->note_count; i++)
		text_flow_paragraph(view->file, budget->notes[i], 2,
				    view->options->width);
}
