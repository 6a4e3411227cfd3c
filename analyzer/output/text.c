/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The default output: for a person at a terminal, or in a pipe to less. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/quote.h"
#include "output/output.h"
#include "output/quantity.h"
#include "output/text_table.h"

#define TOP_DEFAULT	 20
#define TOP_SLAB_DEFAULT 8
#define CALLERS_SHOWN	 3
#define NAME_LIMIT	 512
#define NAME_CAPACITY	 2064

/* Freshness below this is not worth a word. */
#define FRESH_SHOWN 0.05

struct writer {
	const struct report *report;
	const struct output_options *options;
	FILE *file;
	uint64_t page_size;
	unsigned newest;
	bool no_memory;
};

static bool is_diff(const struct writer *writer)
{
	return writer->report->side_count == 2;
}

static char *quoted(struct text_table *table, struct span text)
{
	char buffer[NAME_CAPACITY];

	quote_text(text, NAME_LIMIT, buffer, sizeof(buffer));
	return text_table_format(table, "%s", buffer);
}

/* ---- the sides ---- */

static void write_side(const struct writer *writer, unsigned index)
{
	static const char *const names[] = {"old  ", "new  "};
	const struct report_side *side = &writer->report->sides[index];
	char size[QUANTITY_CAPACITY], count[QUANTITY_CAPACITY];
	char uptime[QUANTITY_CAPACITY], stacks[QUANTITY_CAPACITY];
	char path[NAME_CAPACITY];
	FILE *file = writer->file;

	quote_text(span_of(side->path), NAME_LIMIT, path, sizeof(path));
	fprintf(file, "%s%s", is_diff(writer) ? names[index] : "", path);
	if (side->kernel) {
		quote_text(span_of(side->kernel), NAME_LIMIT, path,
			   sizeof(path));
		fprintf(file, "   Linux %s", path);
	}
	if (side->began_ns != TS_NONE)
		fprintf(file, "   %s %s",
			side->began_measured ? "up" : "up about",
			quantity_uptime(side->began_ns / 1000000000, uptime));
	fprintf(file, "   %s records   %s   %s stacks",
		quantity_count(side->set->total.records, count),
		quantity_bytes(side->set->total.pages * side->page_size, size),
		quantity_count(side->set->stacks, stacks));
	if (strcmp(side->page_size_from, "assumed") == 0)
		fprintf(file, "   pages of %" PRIu64 " bytes assumed",
			side->page_size);
	else if (side->page_size != 4096)
		fprintf(file, "   pages of %" PRIu64 " bytes", side->page_size);
}

static void write_relation(const struct writer *writer)
{
	const struct report *report = writer->report;
	uint64_t old = report->sides[0].began_ns,
		 new = report->sides[1].began_ns;
	char apart[QUANTITY_CAPACITY];

	if (report->boot == BOOT_SAME)
		fputs("   same boot", writer->file);
	if (report->boot == BOOT_SAME && old != TS_NONE &&
	    new != TS_NONE &&new >= old)
		fprintf(writer->file, ", %s later",
			quantity_uptime((new - old) / 1000000000, apart));
}

static void write_sides(const struct writer *writer)
{
	unsigned i;

	for (i = 0; i < writer->report->side_count; i++) {
		write_side(writer, i);
		if (i == 1)
			write_relation(writer);
		putc('\n', writer->file);
	}
	if (is_diff(writer) && writer->report->match == MATCH_NAME)
		fprintf(writer->file,
			"stacks are matched by function name (%s)\n",
			writer->report->match_reason);
}

/* ---- totals ---- */

struct total {
	enum category category;
	int64_t bytes; /* growth, or what is held */
};

static int compare_totals(const void *left, const void *right)
{
	const struct total *a = left, *b = right;

	if (a->bytes != b->bytes)
		return a->bytes > b->bytes ? -1 : 1;
	return (a->category > b->category) - (a->category < b->category);
}

static int64_t category_bytes(const struct writer *writer, unsigned category)
{
	const struct report *report = writer->report;
	int64_t pages = (int64_t)report->sides[writer->newest]
				.set->categories[category]
				.pages;

	if (is_diff(writer))
		pages -= (int64_t)report->sides[0]
				 .set->categories[category]
				 .pages;
	return pages * (int64_t)writer->page_size;
}

static const char *amount_text(const struct writer *writer, int64_t bytes,
			       char *ret)
{
	return is_diff(writer) ? quantity_growth(bytes, ret)
			       : quantity_bytes((uint64_t)bytes, ret);
}

static void write_block_totals(const struct writer *writer,
			       enum category_block block, const char *label)
{
	struct total totals[CATEGORY_COUNT];
	char text[QUANTITY_CAPACITY];
	size_t count = 0, i;
	int64_t sum = 0;

	for (i = 0; i < CATEGORY_COUNT; i++) {
		int64_t bytes = category_bytes(writer, (unsigned)i);

		if (category_info((enum category)i)->block != block || !bytes)
			continue;
		totals[count++] = (struct total){(enum category)i, bytes};
		sum += bytes;
	}
	if (!count)
		return;
	qsort(totals, count, sizeof(totals[0]), compare_totals);
	fprintf(writer->file, "  %-7s %11s", label,
		amount_text(writer, sum, text));
	for (i = 0; i < count; i++)
		fprintf(writer->file, "%s %s %s", i ? "," : "  ",
			category_info(totals[i].category)->name,
			amount_text(writer, totals[i].bytes, text));
	putc('\n', writer->file);
}

static void write_totals(const struct writer *writer)
{
	const struct report *report = writer->report;
	uint64_t pages = report->sides[writer->newest].set->total.pages;
	int64_t grown = (int64_t)pages;
	char text[QUANTITY_CAPACITY];

	if (is_diff(writer)) {
		grown -= (int64_t)report->sides[0].set->total.pages;
		grown *= (int64_t)writer->page_size;
		if (grown == 0)
			fputs("\nNothing grew in sum:\n", writer->file);
		else
			fprintf(writer->file, "\n%s by %s:\n",
				grown < 0 ? "Shrank" : "Grew",
				quantity_bytes(grown < 0 ? 0 - (uint64_t)grown
							 : (uint64_t)grown,
					       text));
	} else {
		fputs("\nHeld:\n", writer->file);
	}
	write_block_totals(writer, BLOCK_USER, "user");
	write_block_totals(writer, BLOCK_SLAB, "slab");
	write_block_totals(writer, BLOCK_KERNEL, "kernel");
}

/* ---- who ---- */

/* Append "function [module]". */
static void put_frame(FILE *file, const struct frame *frame)
{
	char name[NAME_CAPACITY];

	quote_text(frame_is_address(frame) ? frame->text : frame->name,
		   NAME_LIMIT, name, sizeof(name));
	fputs(name, file);
}

/* "← caller ← caller": what is above the blamed frame. */
static char *caller_path(struct text_table *table, const struct stack *stack,
			 size_t depth)
{
	size_t first = stack->class.blamed + 1, i, size;
	char *text = NULL, *copy = NULL;
	FILE *memory = open_memstream(&text, &size);

	if (!memory)
		return NULL;
	for (i = first; i < stack->frame_count && i < first + depth; i++) {
		fputs(i == first ? "← " : " ← ", memory);
		put_frame(memory, &stack->frames[i]);
	}
	if (fclose(memory) == 0)
		copy = text_table_format(table, "%s", text);
	free(text);
	return copy;
}

/* The callers of one group, summed by path. */
struct caller {
	const char *path;
	struct tally sides[2];
	size_t rows;
};

static int64_t caller_bytes(const struct writer *writer,
			    const struct caller *caller)
{
	int64_t pages = (int64_t)caller->sides[writer->newest].pages;

	if (is_diff(writer))
		pages -= (int64_t)caller->sides[0].pages;
	return pages * (int64_t)writer->page_size;
}

static size_t gather_callers(struct writer *writer, struct text_table *table,
			     const struct report_group *group, size_t depth,
			     struct caller **ret)
{
	struct caller *callers =
		arena_alloc(&table->arena, group->row_count * sizeof(*callers));
	size_t count = 0, i, j;
	unsigned side;

	for (i = 0; callers && i < group->row_count; i++) {
		const struct report_row *row =
			&writer->report->rows[group->first_row + i];
		const char *path = caller_path(table, row->stack, depth);

		if (!path)
			break;
		for (j = 0; j < count; j++)
			if (strcmp(callers[j].path, path) == 0)
				break;
		if (j == count)
			callers[count++].path = path;
		for (side = 0; side < writer->report->side_count; side++)
			tally_add(&callers[j].sides[side], row->sides[side]);
		callers[j].rows++;
	}
	*ret = callers;
	return count;
}

static const char *order_text(const struct tally *tally, char *ret)
{
	ret[0] = '\0';
	if (tally->records && tally->order_min == tally->order_max &&
	    tally->order_min)
		snprintf(ret, QUANTITY_CAPACITY, "order %u ", tally->order_min);
	return ret;
}

/* The line below a group whose stacks have different callers. */
static char *callers_note(struct writer *writer, struct text_table *table,
			  const struct caller *callers, size_t count)
{
	char amount[QUANTITY_CAPACITY], order[QUANTITY_CAPACITY];
	size_t shown = count < CALLERS_SHOWN ? count : CALLERS_SHOWN, i, size;
	char *text = NULL, *note = NULL;
	FILE *memory = open_memstream(&text, &size);

	if (!memory)
		return NULL;
	fputs("            ", memory);
	for (i = 0; i < shown; i++)
		fprintf(memory, "  %s %s%s",
			amount_text(writer, caller_bytes(writer, &callers[i]),
				    amount),
			order_text(&callers[i].sides[writer->newest], order),
			callers[i].path[0] ? callers[i].path : "(no caller)");
	if (shown < count)
		fprintf(memory, "  and %zu more", count - shown);
	if (fclose(memory) == 0) {
		if (writer->options->width) {
			note = text_cut(&table->arena, text,
					writer->options->width);
			free(text);
			return note ? text_table_format(table, "%s\n", note)
				    : NULL;
		}
		note = text_table_format(table, "%s\n", text);
	}
	free(text);
	return note;
}

/* The whole stacks of a group. */
static char *stacks_note(struct writer *writer, struct text_table *table,
			 const struct report_group *group)
{
	size_t i, j, size;
	char *text = NULL, *note = NULL;
	char amount[QUANTITY_CAPACITY], name[NAME_CAPACITY];
	FILE *memory = open_memstream(&text, &size);

	if (!memory)
		return NULL;
	for (i = 0; i < group->row_count; i++) {
		const struct report_row *row =
			&writer->report->rows[group->first_row + i];
		int64_t pages = is_diff(writer) ? row->growth.pages
						: (int64_t)row->sides[0]->pages;

		if (!row->stack)
			continue;
		if (group->row_count > 1)
			fprintf(memory, "      %s\n",
				amount_text(writer,
					    pages * (int64_t)writer->page_size,
					    amount));
		for (j = 0; j < row->stack->frame_count; j++) {
			quote_text(row->stack->frames[j].text, NAME_LIMIT, name,
				   sizeof(name));
			fprintf(memory, "        %s\n", name);
		}
	}
	if (fclose(memory) == 0)
		note = text_table_format(table, "%s", text);
	free(text);
	return note;
}

/* "function [module] order 2 ← caller", and the note below it. */
static const char *holder_cell(struct writer *writer, struct text_table *table,
			       const struct report_group *group,
			       const char **ret_note)
{
	const struct report_row *row = &writer->report->rows[group->first_row];
	const char *function, *module = "", *path = "";
	const char *stale =
		row->stack->class.stale_symbol ? " (stale symbol)" : "";
	char order[QUANTITY_CAPACITY];
	struct caller *callers;
	size_t count;

	function = row->function.length ? quoted(table, row->function)
					: "(no stack)";
	if (row->module.length)
		module = text_table_format(table, " [%s]",
					   quoted(table, row->module));
	count = gather_callers(writer, table, group, 1, &callers);
	if (writer->options->full) {
		*ret_note = stacks_note(writer, table, group);
	} else if (count > 1) {
		*ret_note = callers_note(writer, table, callers, count);
		return text_table_format(table, "%s%s%s", function, module,
					 stale);
	}
	if (count == 1 && !writer->options->full)
		path = caller_path(table, row->stack, 2);
	return text_table_format(
		table, "%s%s%s %s%s", function, module, stale,
		order_text(&group->sides[writer->newest], order),
		path ? path : "");
}

/* ---- rows ---- */

static const char *share_cell(struct text_table *table, double share)
{
	if (share < 0)
		return "-";
	return text_table_format(table, "%.2f", share);
}

static const char *fresh_cell(struct text_table *table, double fresh)
{
	if (fresh < FRESH_SHOWN)
		return "";
	return text_table_format(table, "%.2f", fresh);
}

static const char *verdict_colour(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_ACCUMULATES:
	case VERDICT_APPEARED:
		return "\033[1;31m";
	case VERDICT_TURNS_OVER:
		return "\033[33m";
	case VERDICT_SHRANK:
	case VERDICT_GONE:
		return "\033[32m";
	case VERDICT_GREW:
	case VERDICT_STEADY:
		return NULL;
	}
	return NULL;
}

static const char *bytes_cell(struct text_table *table, uint64_t bytes)
{
	char text[QUANTITY_CAPACITY];

	return text_table_format(table, "%s", quantity_bytes(bytes, text));
}

/* When the pages were allocated, in seconds of uptime. */
static const char *times_cell(struct text_table *table,
			      const struct tally *tally)
{
	if (!tally->pages_timed)
		return "-";
	return text_table_format(table, "%.1f-%.1f s",
				 (double)tally->first_ts_ns / 1e9,
				 (double)tally->last_ts_ns / 1e9);
}

static void add_key_cells(struct writer *writer, struct text_table *table,
			  struct text_row *row, size_t column,
			  const struct report_row *from)
{
	size_t i;

	for (i = 0; writer->report->keys[i]; i++) {
		struct span value = from->values[i];

		row->cells[column + i] =
			value.length ? quoted(table, value) : "-";
	}
}

static void set_columns(const struct writer *writer, struct text_table *table)
{
	static const char *const diff_columns[] = {
		"growth", "old", "", "new", "kept", "fresh", "verdict"};
	static const char *const top_columns[] = {"size", "share", "records",
						  "allocated", "fresh"};
	size_t i, count = is_diff(writer) ? 7 : 5;

	for (i = 0; i < count; i++)
		table->headings[i] =
			is_diff(writer) ? diff_columns[i] : top_columns[i];
	table->left[6] = is_diff(writer);
	if (!writer->report->keys) {
		table->headings[count] = "category";
		table->left[count++] = true;
		table->headings[count] = "held by";
		table->left[count++] = true;
	} else {
		for (i = 0; writer->report->keys[i]; i++) {
			table->headings[count] = writer->report->keys[i];
			table->left[count++] = true;
		}
	}
	table->column_count = count;
}

static size_t diff_cells(struct writer *writer, struct text_table *table,
			 struct text_row *row, const struct report_group *group)
{
	char text[QUANTITY_CAPACITY];
	int64_t grown = group->growth.pages * (int64_t)writer->page_size;

	row->cells[0] =
		text_table_format(table, "%s", quantity_growth(grown, text));
	row->cells[1] =
		bytes_cell(table, group->sides[0].pages *
					  writer->report->sides[0].page_size);
	row->cells[2] = "→";
	row->cells[3] =
		bytes_cell(table, group->sides[1].pages * writer->page_size);
	row->cells[4] = share_cell(table, group->kept);
	row->cells[5] = fresh_cell(table, group->fresh);
	row->cells[6] = verdict_info(group->verdict)->name;
	row->colour = verdict_colour(group->verdict);
	return 7;
}

static size_t top_cells(struct writer *writer, struct text_table *table,
			struct text_row *row, const struct report_group *group)
{
	const struct tally *tally = &group->sides[0];
	uint64_t total = writer->report->sides[0].set->total.pages;
	char text[QUANTITY_CAPACITY];

	row->cells[0] = bytes_cell(table, tally->pages * writer->page_size);
	row->cells[1] = text_table_format(
		table, "%.1f %%",
		total ? 100.0 * (double)tally->pages / (double)total : 0.0);
	row->cells[2] = text_table_format(table, "%s",
					  quantity_count(tally->records, text));
	row->cells[3] = times_cell(table, tally);
	row->cells[4] = fresh_cell(table, group->fresh);
	return 5;
}

static void add_group(struct writer *writer, struct text_table *table,
		      const struct report_group *group)
{
	const struct report_row *first =
		&writer->report->rows[group->first_row];
	struct text_row *row = text_table_add(table);
	size_t column;

	if (!row) {
		writer->no_memory = true;
		return;
	}
	column = is_diff(writer) ? diff_cells(writer, table, row, group)
				 : top_cells(writer, table, row, group);
	if (writer->report->keys) {
		add_key_cells(writer, table, row, column, first);
		return;
	}
	row->cells[column] = category_info(first->category)->name;
	row->cells[column + 1] = holder_cell(writer, table, group, &row->note);
	if (!row->cells[column + 1])
		writer->no_memory = true;
}

/* What a block does not show. */
struct hidden {
	size_t groups;
	int64_t pages;
};

enum hidden_kind {
	HIDDEN_MORE, /* would be shown with more room */
	HIDDEN_SHRANK,
	HIDDEN_STEADY,
	HIDDEN_SMALL,
};
#define HIDDEN_KINDS (HIDDEN_SMALL + 1)

static void hide(struct hidden *hidden, const struct writer *writer,
		 const struct report_group *group)
{
	hidden->groups++;
	hidden->pages += is_diff(writer) ? group->growth.pages
					 : (int64_t)group->sides[0].pages;
}

/* Why a group is not shown though there is room; HIDDEN_MORE: it is. */
static enum hidden_kind hidden_kind(const struct writer *writer,
				    const struct report_group *group)
{
	const struct tally *sides[2] = {&group->sides[0], &group->sides[1]};

	if (output_is_small(writer->report, writer->options, &group->growth,
			    sides))
		return HIDDEN_SMALL;
	if (!is_diff(writer) ||
	    (writer->options->top_given && !writer->options->top))
		return HIDDEN_MORE;
	if (group->verdict == VERDICT_STEADY)
		return HIDDEN_STEADY;
	if (group->growth.pages < 0)
		return HIDDEN_SHRANK;
	return HIDDEN_MORE;
}

static void write_hidden(const struct writer *writer,
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
		fprintf(writer->file, "%s%s %s", separator,
			quantity_count(hidden[i].groups, count), words[i]);
		if (hidden[i].pages)
			fprintf(writer->file, " (%s)",
				amount_text(writer,
					    hidden[i].pages *
						    (int64_t)writer->page_size,
					    amount));
		separator = ", ";
	}
	if (separator[0] == ',')
		fputs("   --top=0 shows all\n", writer->file);
}

static size_t room_for(const struct writer *writer, enum category_block block)
{
	if (writer->options->top_given)
		return writer->options->top ? writer->options->top : SIZE_MAX;
	return block == BLOCK_SLAB ? TOP_SLAB_DEFAULT : TOP_DEFAULT;
}

static void write_block(struct writer *writer, enum category_block block,
			const char *title)
{
	const struct report *report = writer->report;
	struct hidden hidden[HIDDEN_KINDS] = {{0}};
	struct text_table table = {0};
	size_t room = room_for(writer, block), shown = 0, i;

	set_columns(writer, &table);
	for (i = 0; i < report->group_count; i++) {
		const struct report_group *group = &report->groups[i];
		enum hidden_kind kind;

		if (report->rows[group->first_row].block != block)
			continue;
		kind = hidden_kind(writer, group);
		if (kind == HIDDEN_MORE && shown < room) {
			add_group(writer, &table, group);
			shown++;
		} else {
			hide(&hidden[kind], writer, group);
		}
	}
	if (shown) {
		fprintf(writer->file, "\n%s", title);
		text_table_write(&table, writer->options->width,
				 writer->options->colour, writer->file);
	}
	write_hidden(writer, hidden);
	text_table_deinit(&table);
}

/* ---- the end ---- */

static void write_offline(const struct writer *writer)
{
	const struct report_side *side = &writer->report->sides[writer->newest];
	char size[QUANTITY_CAPACITY];
	uint32_t count = side->snapshot->offline_names.count;

	if (!count)
		return;
	fprintf(writer->file,
		"\n%s are charged to %u memory cgroup%s that %s removed and "
		"cannot go before these pages do (--by=memcg)\n",
		quantity_bytes(side->snapshot->offline.pages * side->page_size,
			       size),
		count, count == 1 ? "" : "s", count == 1 ? "was" : "were");
}

static void write_balance(const struct writer *writer)
{
	const struct report *report = writer->report;
	uint64_t seen = 0, skipped = 0, filtered = 0;
	char text[QUANTITY_CAPACITY];
	unsigned i;

	for (i = 0; i < report->side_count; i++) {
		const struct report_side *side = &report->sides[i];

		seen += side->snapshot->seen;
		skipped += side->snapshot->loss.records;
		filtered += side->snapshot->filtered.records +
			    side->set->filtered.records;
	}
	fprintf(writer->file, "\n%s records read", quantity_count(seen, text));
	if (filtered)
		fprintf(writer->file, ", %s filtered out",
			quantity_count(filtered, text));
	fprintf(writer->file, ", %s skipped",
		skipped ? quantity_count(skipped, text) : "none");
	if (!writer->options->full && !report->keys)
		fputs("   whole stacks: --full", writer->file);
	putc('\n', writer->file);
}

static bool write_text(const struct report *report,
		       const struct output_options *options, FILE *file,
		       struct error *err)
{
	struct writer writer = {
		.report = report,
		.options = options,
		.file = file,
		.page_size = report->sides[report->side_count - 1].page_size,
		.newest = report->side_count - 1,
	};

	write_sides(&writer);
	write_totals(&writer);
	write_block(&writer, BLOCK_KERNEL, "");
	write_block(&writer, BLOCK_SLAB,
		    "Pages of slab caches: the stack took the page, others "
		    "may hold the objects in it\n");
	if (report->all_ranked)
		write_block(&writer, BLOCK_USER,
			    "User memory, caches, what can be reclaimed\n");
	write_offline(&writer);
	write_balance(&writer);
	return !writer.no_memory || error_no_memory(err);
}

const struct output output_text = {
	.name = "text",
	.title = "tables for people, the default",
	.write = write_text,
};
