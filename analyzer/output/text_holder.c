/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/quote.h"
#include "output/quantity.h"
#include "output/text_builder.h"
#include "output/text_parts.h"
#include "output/text_places.h"
#include "output/text_series.h"
#include "output/text_stacks.h"
#include "output/text_view.h"
#include "output/text_width.h"

/* Columns of a name that are left of it. */
#define NAME_LEAST 16

#define AGREEMENT_CAPACITY (2 * QUANTITY_CAPACITY + 32)

/* "← caller ← caller": what is above the blamed frame. */
static char *caller_path(struct text_table *table, const struct stack *stack,
			 size_t depth)
{
	size_t first = stack->class.blamed + 1, i;
	struct text_builder path = {.table = table};

	text_builder_put(&path, "");
	for (i = first; i < stack->frame_count && i < first + depth; i++) {
		const struct frame *frame = &stack->frames[i];

		text_builder_put(&path, i == first ? "← " : " ← ");
		text_builder_quote(&path, frame_is_address(frame)
						  ? frame->text
						  : frame->name);
	}
	return path.text;
}

static const char *nearest_caller(struct text_table *table,
				  const struct report_row *row)
{
	return caller_path(table, row->stack, 1);
}

/* What is folded can be whole numbers of which the sum is none. */
static void put_iteration(const struct text_view *view,
			  struct text_builder *note,
			  const struct text_part *part)
{
	const struct tally *sides = part->sides;
	const struct delta growth = {
		.units = (int64_t)(sides[1].units - sides[0].units),
		.records = (int64_t)(sides[1].records - sides[0].records),
	};
	const char *cell = text_series_iteration(view, note->table, &growth);

	if (!cell || *cell == '-')
		return;
	text_builder_put(note, ", ");
	text_builder_put(note, cell);
	text_builder_put(note, " per iter.");
}

/* What a part holds, "+2.3 MiB, 15 per iter. order 2". */
static char *part_amounts(const struct text_view *view,
			  struct text_table *table,
			  const struct text_part *part)
{
	char amount[QUANTITY_CAPACITY], order[QUANTITY_CAPACITY];
	struct text_builder text = {.table = table};

	text_order(&part->sides[view->newest], order);
	text_builder_put(&text, text_part_amount(view, part, amount));
	if (view->report->iterations)
		put_iteration(view, &text, part);
	text_builder_put(&text, *order ? " " : "");
	text_builder_put(&text, order);
	return text.text;
}

/* Its name; that alone is cut where both are too wide for a line. */
static char *part_text(const struct text_view *view, struct text_table *table,
		       const struct text_part *part)
{
	const char *name = part->text[0] ? part->text : "(no caller)";
	char *amounts = part_amounts(view, table, part);
	size_t width = view->options->width, used;

	if (!amounts)
		return NULL;
	used = TEXT_INDENT + text_width(amounts) + 1;
	if (width)
		name = text_cut(&table->arena, name,
				width > used + NAME_LEAST ? width - used
							  : NAME_LEAST);
	return name ? text_table_format(table, "%s %s", amounts, name) : NULL;
}

/* Behind what is on the line, or on the next one. */
static void put_part(struct text_builder *note, size_t *column, size_t width,
		     const char *text)
{
	if (width && *column && *column + 2 + text_width(text) > width) {
		text_builder_put(note, "\n");
		*column = 0;
	}
	if (!*column) {
		text_builder_spaces(note, TEXT_INDENT - 2);
		*column = TEXT_INDENT - 2;
	}
	text_builder_put(note, "  ");
	text_builder_put(note, text);
	*column += 2 + text_width(text);
}

/* The lines below a group whose stacks have different callers. */
static char *callers_note(struct text_view *view, struct text_table *table,
			  const struct text_part *callers, size_t count)
{
	size_t shown = count < TEXT_PARTS_SHOWN ? count : TEXT_PARTS_SHOWN, i;
	size_t width = view->options->width, column = 0;
	struct text_builder note = {.table = table};
	const char *text;

	for (i = 0; i < shown; i++) {
		text = part_text(view, table, &callers[i]);
		if (!text)
			return NULL;
		put_part(&note, &column, width, text);
	}
	if (shown < count) {
		text = text_table_format(table, "and %zu more", count - shown);
		put_part(&note, &column, width, text ? text : "");
	}
	text_builder_put(&note, "\n");
	return note.text;
}

/* Between a number and its unit, and the like. */
static bool is_bound(const char *sentence, size_t at)
{
	return span_is_digit(sentence[at - 1]) && sentence[at] == ' ' &&
	       ((sentence[at + 1] | 0x20) >= 'a' &&
		(sentence[at + 1] | 0x20) <= 'z');
}

/* Bytes of a sentence that a line has room for; it ends with a word. */
static size_t line_length(struct text_table *table, const char *sentence,
			  size_t width)
{
	size_t length = 0, next = 0;

	if (!width)
		return strlen(sentence);
	while (sentence[next]) {
		const char *part;

		next += strcspn(sentence + next, " ");
		part = text_table_format(table, "%.*s", (int)next, sentence);
		if (!part ||
		    (length && width && TEXT_INDENT + text_width(part) > width))
			return length ? length : next;
		if (!next || !is_bound(sentence, next))
			length = next;
		next += sentence[next] == ' ';
	}
	return length;
}

/* A sentence below the row, behind those that are there already. */
static bool add_note(const struct text_view *view, struct text_table *table,
		     struct text_row *row, const char *line)
{
	size_t width = view->options->width, length;

	if (!line)
		return false;
	do {
		length = line_length(table, line, width);
		row->note = text_table_format(
			table, "%s%*s%.*s\n", row->note ? row->note : "",
			TEXT_INDENT, "", (int)length, line);
		line += length;
		line += *line == ' ';
	} while (*line && row->note);
	return row->note;
}

/* "allocinfo (fs/exec.c:12)": a long path without its folders. */
static void put_witness(struct text_builder *line,
			const struct agreement *agreement)
{
	struct span detail = agreement->detail;
	char count[QUANTITY_CAPACITY];
	size_t i;

	text_builder_put(line, agreement->source);
	if (!detail.length)
		return;
	if (agreement->details > 1) {
		snprintf(count, sizeof(count), " (%zu rows)",
			 agreement->details);
		text_builder_put(line, count);
		return;
	}
	for (i = detail.length; i > 0 && detail.at[0] == '/'; i--)
		if (detail.at[i - 1] == '/')
			detail = span_skip(detail, i);
	text_builder_put(line, " (");
	text_builder_quote(line, detail);
	text_builder_put(line, ")");
}

static int64_t agreement_bytes(const struct agreement *agreement)
{
	return (int64_t)(agreement->bytes[1] - agreement->bytes[0]);
}

/* "630 of 650 pages in ": of what both have, kmemleak has less. */
static void word_pages(const struct text_view *view,
		       const struct report_group *group,
		       const struct agreement *agreement,
		       char words[AGREEMENT_CAPACITY])
{
	uint64_t own = (uint64_t)group->growth.units * view->unit_bytes;
	uint64_t theirs = (uint64_t)agreement_bytes(agreement);
	uint64_t less = own < theirs ? own : theirs;
	uint64_t more = own < theirs ? theirs : own;
	char part[QUANTITY_CAPACITY], whole[QUANTITY_CAPACITY];

	snprintf(words, AGREEMENT_CAPACITY, "%s of %s pages in ",
		 quantity_count(less / agreement->page_bytes, part),
		 quantity_count(more / agreement->page_bytes, whole));
}

/* "the same in ", "the same 2 objects in ", "+4.0 KiB in ". */
static const char *agreement_words(const struct text_view *view,
				   const struct report_group *group,
				   const struct agreement *agreement,
				   char words[AGREEMENT_CAPACITY])
{
	int64_t bytes = agreement_bytes(agreement);
	uint64_t records = (uint64_t)group->growth.records;
	uint64_t theirs = agreement->records[1] - agreement->records[0];
	bool more = theirs > records;
	char amount[QUANTITY_CAPACITY], whole[QUANTITY_CAPACITY];

	switch (agreement->fit) {
	case FIT_BYTES:
		snprintf(words, AGREEMENT_CAPACITY, "the same in ");
		break;
	case FIT_RECORDS:
		snprintf(words, AGREEMENT_CAPACITY, "the same %s object%s in ",
			 quantity_count(records, amount), text_plural(records));
		break;
	case FIT_PAGES:
		word_pages(view, group, agreement, words);
		break;
	case FIT_FUNCTION:
		snprintf(words, AGREEMENT_CAPACITY,
			 "%s object%s of this function in ",
			 quantity_count(theirs, amount), text_plural(theirs));
		break;
	case FIT_FUNCTION_BYTES:
		snprintf(words, AGREEMENT_CAPACITY, "%s of this function in ",
			 quantity_bytes((uint64_t)bytes, amount));
		break;
	case FIT_PART:
		snprintf(words, AGREEMENT_CAPACITY, "%s of %s objects in ",
			 quantity_count(more ? records : theirs, amount),
			 quantity_count(more ? theirs : records, whole));
		break;
	case FIT_COUNT:
		snprintf(words, AGREEMENT_CAPACITY, "%s objects in ",
			 quantity_count(theirs, amount));
		break;
	case FIT_NONE:
		snprintf(words, AGREEMENT_CAPACITY, "%s in ",
			 text_is_diff(view)
				 ? quantity_growth(bytes, amount)
				 : quantity_bytes((uint64_t)bytes, amount));
		break;
	}
	return words;
}

/* That nothing points to an object is worth a word anywhere. */
static bool is_on_leaks(const struct text_view *view,
			const struct agreement *agreement)
{
	return report_is_on_leaks(view->report) ||
	       strcmp(agreement->source, "kmemleak") == 0;
}

/*
 * Other sources of the same captures that name the same function; not all: of
 * what kmemleak says only.
 */
static bool add_agreements(const struct text_view *view,
			   struct text_table *table,
			   const struct report_group *group, bool all,
			   struct text_row *row)
{
	static const enum agreement_fit order[] = {
		FIT_BYTES, FIT_RECORDS,	 FIT_PAGES,	     FIT_PART,
		FIT_COUNT, FIT_FUNCTION, FIT_FUNCTION_BYTES, FIT_NONE};
	struct text_builder line = {.table = table};
	char words[AGREEMENT_CAPACITY];
	size_t same, i, j;

	for (j = 0; j < sizeof(order) / sizeof(order[0]); j++) {
		same = 0;
		for (i = 0; i < group->agreement_count; i++) {
			const struct agreement *each = &group->agreements[i];

			if (each->fit != order[j] ||
			    (!all && !is_on_leaks(view, each)))
				continue;
			if (same++ && (each->fit == FIT_BYTES ||
				       each->fit == FIT_RECORDS)) {
				text_builder_put(&line, ", ");
			} else {
				text_builder_put(&line,
						 line.length ? "; " : "");
				text_builder_put(&line,
						 agreement_words(view, group,
								 each, words));
			}
			put_witness(&line, each);
		}
	}
	return !line.length || add_note(view, table, row, line.text);
}

/* kmalloc() of more than two pages is rounded up to a power of two of them. */
static bool add_rounding(const struct text_view *view, struct text_table *table,
			 const struct report_group *group, struct text_row *row)
{
	const struct report_row *first = &view->report->rows[group->first_row];
	const struct tally *tally = group->sides[view->newest];
	char whole[QUANTITY_CAPACITY], half[QUANTITY_CAPACITY];
	uint64_t bytes;

	if (first->category != CATEGORY_LARGE_KMALLOC ||
	    !view->report->sides[0].timed || !tally->order_min ||
	    tally->order_min != tally->order_max)
		return true;
	bytes = view->unit_bytes << tally->order_min;
	return add_note(
		view, table, row,
		text_table_format(table,
				  "each holds %s for what may be little more "
				  "than %s: rounding wastes up to half",
				  quantity_bytes(bytes, whole),
				  quantity_bytes(bytes / 2, half)));
}

/* Whether the blamed function itself is the module's, not only a caller. */
static bool is_own_module(const struct report_row *row)
{
	const struct frame *blamed = stack_blamed(row->stack);

	return blamed && blamed->module.length;
}

/* Agreement matters where something is to be concluded from it. */
static bool is_told(const struct text_view *view, const struct report_row *row,
		    enum verdict verdict)
{
	if (!text_is_diff(view))
		return view->options->full;
	return verdict == VERDICT_KEEPS_ACCUMULATING ||
	       verdict == VERDICT_FILLED_UP || verdict == VERDICT_ACCUMULATES ||
	       verdict == VERDICT_APPEARED ||
	       (verdict == VERDICT_GREW && row->suspect);
}

static bool add_series(const struct text_view *view, struct text_table *table,
		       const struct report_group *group, struct text_row *row)
{
	const char *note = text_series_note(view, table, group);

	return note && (!*note || add_note(view, table, row, note));
}

bool text_holder(struct text_view *view, struct text_table *table,
		 const struct report_group *group, struct text_row *row)
{
	const struct report_row *first = &view->report->rows[group->first_row];
	const char *function, *module = "", *path;
	const char *stale =
		first->stack->class.stale_symbol ? " (stale symbol)" : "";
	char order[QUANTITY_CAPACITY];
	const char *detail = "";
	struct text_part *callers;
	size_t count;

	if (first->detail.length && !report_is_on_objects(view->report))
		detail = text_quoted(table, first->detail);
	if (!detail)
		return false;
	function = first->function.length ? text_quoted(table, first->function)
					  : "(no stack)";
	if (first->module.length)
		module = text_table_format(
			table, is_own_module(first) ? " [%s]" : " (for %s)",
			text_quoted(table, first->module));
	row->cells[table->column_count - 1] = text_table_format(
		table, "%s%s%s%s%s", function, module ? module : "", stale,
		*detail ? "  " : "", detail);
	count = text_parts_gather(view, table, group, nearest_caller, &callers);
	if (view->options->full) {
		row->note = text_stacks(view, table, group);
	} else if (count > 1) {
		row->note = callers_note(view, table, callers, count);
	} else {
		path = caller_path(table, first->stack, 2);
		text_order(group->sides[view->newest], order);
		row->tail = text_table_format(
			table, "%s%s%s", order,
			*order && path && *path ? " " : "", path ? path : "");
	}
	if (!row->cells[table->column_count - 1] || !(row->note || row->tail))
		return false;
	if (!add_series(view, table, group, row))
		return false;
	/* Whole stacks have the places of all their frames. */
	if (!view->options->full && !text_places_add(view, table, group, row))
		return false;
	return add_rounding(view, table, group, row) &&
	       add_agreements(view, table, group,
			      is_told(view, first, group->verdict), row);
}
