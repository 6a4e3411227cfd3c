/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/quote.h"
#include "output/quantity.h"
#include "output/text_view.h"
#include "output/text_width.h"

/* Of the callers that differ within a group. */
#define CALLERS_SHOWN 3

#define AGREEMENT_CAPACITY (QUANTITY_CAPACITY + 32)

/*
 * A text that grows in the table's arena; NULL when memory ran out, which the
 * table notes. open_memstream() would not tell.
 */
struct builder {
	struct text_table *table;
	char *text;
	size_t length, capacity;
};

static bool make_room(struct builder *builder, size_t more)
{
	size_t capacity = builder->capacity ? 2 * builder->capacity : 128;
	char *text;

	if (builder->length + more < builder->capacity)
		return true;
	while (capacity <= builder->length + more)
		capacity *= 2;
	text = builder->table->no_memory
		       ? NULL
		       : arena_alloc(&builder->table->arena, capacity);
	if (!text) {
		*builder = (struct builder){.table = builder->table};
		builder->table->no_memory = true;
		return false;
	}
	if (builder->length)
		memcpy(text, builder->text, builder->length);
	builder->text = text;
	builder->capacity = capacity;
	return true;
}

/* Append text; even nothing makes builder->text a string. */
static void put(struct builder *builder, const char *text)
{
	size_t length = strlen(text);

	if (!make_room(builder, length))
		return;
	memcpy(builder->text + builder->length, text, length + 1);
	builder->length += length;
}

/* Append untrusted text. */
static void put_quoted(struct builder *builder, struct span text)
{
	char quoted[TEXT_NAME_CAPACITY];

	quote_text(text, TEXT_NAME_LIMIT, quoted, sizeof(quoted));
	put(builder, quoted);
}

static void put_spaces(struct builder *builder, size_t count)
{
	while (count-- > 0)
		put(builder, " ");
}

/* "← caller ← caller": what is above the blamed frame. */
static char *caller_path(struct text_table *table, const struct stack *stack,
			 size_t depth)
{
	size_t first = stack->class.blamed + 1, i;
	struct builder path = {.table = table};

	put(&path, "");
	for (i = first; i < stack->frame_count && i < first + depth; i++) {
		const struct frame *frame = &stack->frames[i];

		put(&path, i == first ? "← " : " ← ");
		put_quoted(&path,
			   frame_is_address(frame) ? frame->text : frame->name);
	}
	return path.text;
}

/* The callers of one group, summed by path. */
struct caller {
	const char *path;
	struct tally sides[2];
	size_t rows;
};

static int64_t caller_bytes(const struct text_view *view,
			    const struct caller *caller)
{
	uint64_t units = caller->sides[view->newest].units;

	if (text_is_diff(view))
		units -= caller->sides[0].units;
	return text_bytes(view, (int64_t)units);
}

/* The largest first, as many as are shown. */
static void sort_callers(const struct text_view *view, struct caller *callers,
			 size_t count)
{
	size_t shown = count < CALLERS_SHOWN ? count : CALLERS_SHOWN, i, j;

	for (i = 0; i < shown; i++) {
		size_t most = i;
		struct caller moved;

		for (j = i + 1; j < count; j++)
			if (caller_bytes(view, &callers[j]) >
			    caller_bytes(view, &callers[most]))
				most = j;
		moved = callers[i];
		callers[i] = callers[most];
		callers[most] = moved;
	}
}

static size_t gather_callers(struct text_view *view, struct text_table *table,
			     const struct report_group *group, size_t depth,
			     struct caller **ret)
{
	struct caller *callers =
		arena_alloc(&table->arena, group->row_count * sizeof(*callers));
	size_t count = 0, i, j;
	unsigned side;

	table->no_memory |= !callers;
	for (i = 0; callers && i < group->row_count; i++) {
		const struct report_row *row =
			&view->report->rows[group->first_row + i];
		const char *path = caller_path(table, row->stack, depth);

		if (!path)
			break;
		for (j = 0; j < count; j++)
			if (strcmp(callers[j].path, path) == 0)
				break;
		if (j == count)
			callers[count++].path = path;
		for (side = 0; side < view->report->side_count; side++)
			tally_add(&callers[j].sides[side], row->sides[side]);
		callers[j].rows++;
	}
	sort_callers(view, callers, callers ? count : 0);
	*ret = callers;
	return count;
}

static const char *order_text(const struct tally *tally, char *ret)
{
	ret[0] = '\0';
	if (tally->records && tally->order_min == tally->order_max &&
	    tally->order_min)
		snprintf(ret, QUANTITY_CAPACITY, "order %u", tally->order_min);
	return ret;
}

/* The line below a group whose stacks have different callers. */
static char *callers_note(struct text_view *view, struct text_table *table,
			  const struct caller *callers, size_t count)
{
	char amount[QUANTITY_CAPACITY], order[QUANTITY_CAPACITY];
	size_t shown = count < CALLERS_SHOWN ? count : CALLERS_SHOWN, i;
	struct builder note = {.table = table};
	char *text;

	put_spaces(&note, TEXT_INDENT - 2);
	for (i = 0; i < shown; i++) {
		order_text(&callers[i].sides[view->newest], order);
		put(&note, "  ");
		put(&note,
		    text_amount(view, caller_bytes(view, &callers[i]), amount));
		put(&note, " ");
		put(&note, order);
		put(&note, *order ? " " : "");
		put(&note,
		    callers[i].path[0] ? callers[i].path : "(no caller)");
	}
	if (shown < count) {
		snprintf(amount, sizeof(amount), "  and %zu more",
			 count - shown);
		put(&note, amount);
	}
	text = note.text;
	if (text && view->options->width)
		text = text_cut(&table->arena, text, view->options->width);
	return text ? text_table_format(table, "%s\n", text) : NULL;
}

/* The whole stacks of a group. */
static char *stacks_note(struct text_view *view, struct text_table *table,
			 const struct report_group *group)
{
	struct builder note = {.table = table};
	char amount[QUANTITY_CAPACITY], order[QUANTITY_CAPACITY];
	size_t i, j;

	put(&note, "");
	for (i = 0; i < group->row_count; i++) {
		const struct report_row *row =
			&view->report->rows[group->first_row + i];
		int64_t pages = text_is_diff(view)
					? row->growth.units
					: (int64_t)row->sides[0]->units;

		if (!row->stack)
			continue;
		order_text(row->sides[view->newest], order);
		if (group->row_count > 1 || *order) {
			put_spaces(&note, 6);
			put(&note,
			    text_amount(view, text_bytes(view, pages), amount));
			put(&note, *order ? " " : "");
			put(&note, order);
			put(&note, "\n");
		}
		for (j = 0; j < row->stack->frame_count; j++) {
			put_spaces(&note, 8);
			put_quoted(&note, row->stack->frames[j].text);
			put(&note, "\n");
		}
	}
	return note.text;
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
static void put_witness(struct builder *line, const struct agreement *agreement)
{
	struct span detail = agreement->detail;
	char count[QUANTITY_CAPACITY];
	size_t i;

	put(line, agreement->source);
	if (!detail.length)
		return;
	if (agreement->details > 1) {
		snprintf(count, sizeof(count), " (%zu rows)",
			 agreement->details);
		put(line, count);
		return;
	}
	for (i = detail.length; i > 0 && detail.at[0] == '/'; i--)
		if (detail.at[i - 1] == '/')
			detail = span_skip(detail, i);
	put(line, " (");
	put_quoted(line, detail);
	put(line, ")");
}

static int64_t agreement_bytes(const struct agreement *agreement)
{
	return (int64_t)(agreement->bytes[1] - agreement->bytes[0]);
}

/* "the same in ", "the same 2 objects in ", "+4.0 KiB in ". */
static const char *agreement_words(const struct text_view *view,
				   const struct report_group *group,
				   const struct agreement *agreement,
				   char words[AGREEMENT_CAPACITY])
{
	int64_t bytes = agreement_bytes(agreement);
	char amount[QUANTITY_CAPACITY];
	uint64_t records;

	switch (agreement->fit) {
	case FIT_BYTES:
		snprintf(words, AGREEMENT_CAPACITY, "the same in ");
		break;
	case FIT_RECORDS:
		records = (uint64_t)group->growth.records;
		snprintf(words, AGREEMENT_CAPACITY, "the same %s object%s in ",
			 quantity_count(records, amount), text_plural(records));
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

/* Other sources of the same captures that name the same function. */
static bool add_agreements(const struct text_view *view,
			   struct text_table *table,
			   const struct report_group *group,
			   struct text_row *row)
{
	static const enum agreement_fit order[] = {FIT_BYTES, FIT_RECORDS,
						   FIT_NONE};
	struct builder line = {.table = table};
	char words[AGREEMENT_CAPACITY];
	size_t same, i, j;

	for (j = 0; j < sizeof(order) / sizeof(order[0]); j++) {
		same = 0;
		for (i = 0; i < group->agreement_count; i++) {
			const struct agreement *each = &group->agreements[i];

			if (each->fit != order[j])
				continue;
			if (same++ && each->fit != FIT_NONE) {
				put(&line, ", ");
			} else {
				put(&line, line.length ? "; " : "");
				put(&line,
				    agreement_words(view, group, each, words));
			}
			put_witness(&line, each);
		}
	}
	return !group->agreement_count || add_note(view, table, row, line.text);
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
	return verdict == VERDICT_ACCUMULATES || verdict == VERDICT_APPEARED ||
	       (verdict == VERDICT_GREW && row->suspect);
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
	struct caller *callers;
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
	count = gather_callers(view, table, group, 1, &callers);
	if (view->options->full) {
		row->note = stacks_note(view, table, group);
	} else if (count > 1) {
		row->note = callers_note(view, table, callers, count);
	} else {
		path = caller_path(table, first->stack, 2);
		order_text(group->sides[view->newest], order);
		row->tail = text_table_format(
			table, "%s%s%s", order,
			*order && path && *path ? " " : "", path ? path : "");
	}
	if (!row->cells[table->column_count - 1] || !(row->note || row->tail))
		return false;
	return add_rounding(view, table, group, row) &&
	       (!is_told(view, first, group->verdict) ||
		add_agreements(view, table, group, row));
}
