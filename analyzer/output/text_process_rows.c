/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_process_rows.h"

#include <inttypes.h>

#include "model/sum.h"
#include "output/quantity.h"
#include "output/text_table.h"
#include "output/text_view.h"

/* Rows that are shown unless we are told otherwise. */
#define ROWS_SHOWN 20

/* Columns of a bar that stands for all there is. */
#define BAR_WIDTH 10

struct process_table {
	const struct process_report *report;
	const struct output_options *options;
	struct text_table text;
	/* What has a bar, and both sides: PSS, or RSS where no row has PSS. */
	enum process_amount main;
	/* The amounts that are shown; the main one is the first. */
	enum process_amount amounts[PROCESS_AMOUNTS];
	size_t amount_count;
	bool users; /* some are known */
	/* Rows that are not shown. */
	size_t more, unchanged;
	int64_t more_kib;
	bool more_known; /* more_kib is all of them */
};

static bool is_diff(const struct process_table *table)
{
	return table->report->side_count == 2;
}

/* ---- which rows, which columns ---- */

static bool is_unchanged(const struct process_table *table,
			 const struct process_row *row)
{
	int64_t kib;
	unsigned i;

	if (!is_diff(table) || !row->compared)
		return false;
	for (i = 0; i < PROCESS_AMOUNTS; i++)
		if (process_sum_growth(row->sides, (enum process_amount)i,
				       &kib) &&
		    kib)
			return false;
	return true;
}

/* All amounts, or all growth of it, are 0, or not known. */
static bool is_empty(const struct process_table *table,
		     enum process_amount amount)
{
	const struct process_report *report = table->report;
	int64_t grown;
	size_t i;

	for (i = 0; i < report->row_count; i++) {
		const struct process_sum *sides = report->rows[i].sides;

		if (!is_diff(table)
			    ? sides[0].kib[amount] != 0
			    : process_sum_growth(sides, amount, &grown) &&
				      grown)
			return false;
	}
	return true;
}

/* What the rows are ranked by: PSS, unless none of them has it. */
static enum process_amount main_amount(const struct process_report *report)
{
	size_t i;

	for (i = 0; i < report->row_count; i++)
		if (report->rows[i].measure == PROCESS_PSS)
			return PROCESS_PSS;
	return PROCESS_RSS;
}

static void choose_columns(struct process_table *table)
{
	static const enum process_amount others[] = {
		PROCESS_RSS,	  PROCESS_USS,	    PROCESS_SWAP,
		PROCESS_PSS_ANON, PROCESS_PSS_FILE, PROCESS_PSS_SHMEM,
		PROCESS_HUGETLB,
	};
	const struct process_report *report = table->report;
	size_t i;

	table->main = main_amount(report);
	table->amounts[table->amount_count++] = table->main;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i] != table->main && !is_empty(table, others[i]))
			table->amounts[table->amount_count++] = others[i];
	for (i = 0; i < report->row_count; i++)
		if (report->by == PROCESS_BY_PID)
			for (unsigned side = 0; side < 2; side++)
				table->users |=
					report->rows[i].processes[side] &&
					report->rows[i]
						.processes[side]
						->user.length;
}

static const char *heading_of(struct process_table *table,
			      enum process_amount amount)
{
	static const char *const names[] = {
		[PROCESS_RSS] = "RSS",	       [PROCESS_PSS] = "PSS",
		[PROCESS_USS] = "USS",	       [PROCESS_PSS_ANON] = "anon",
		[PROCESS_PSS_FILE] = "file",   [PROCESS_PSS_SHMEM] = "shmem",
		[PROCESS_SWAP] = "swap",       [PROCESS_SWAP_PSS] = "swap PSS",
		[PROCESS_HUGETLB] = "hugetlb", [PROCESS_TABLES] = "tables",
	};

	return table->options->kib
		       ? text_table_format(&table->text, "%s kB", names[amount])
		       : names[amount];
}

static void add_heading(struct process_table *table, const char *name,
			bool left)
{
	struct text_table *text = &table->text;

	text->left[text->column_count] = left;
	text->headings[text->column_count++] = name;
}

static void set_columns(struct process_table *table)
{
	static const char *const keys[] = {
		[PROCESS_BY_PID] = "command",
		[PROCESS_BY_USER] = "user",
		[PROCESS_BY_COMM] = "command",
		[PROCESS_BY_CGROUP] = "cgroup",
	};
	bool each = table->report->by == PROCESS_BY_PID;
	size_t i;

	add_heading(table, each ? "pid" : "processes", false);
	for (i = 0; i < table->amount_count; i++) {
		add_heading(table, heading_of(table, table->amounts[i]), false);
		if (i == 0)
			add_heading(table, is_diff(table) ? "old → new" : "",
				    !is_diff(table));
	}
	if (table->users)
		add_heading(table, "user", true);
	add_heading(table, keys[table->report->by], true);
}

/* ---- cells ---- */

/* Amounts of a hostile file stay within what can be printed. */
static uint64_t bytes_of(uint64_t kib)
{
	return kib > UINT64_MAX / 1024 ? UINT64_MAX : kib * 1024;
}

static int64_t growth_bytes(int64_t kib)
{
	if (kib > INT64_MAX / 1024)
		return INT64_MAX;
	return kib < INT64_MIN / 1024 ? INT64_MIN : kib * 1024;
}

static const char *size_text(const struct process_table *table, uint64_t kib,
			     char *ret)
{
	return table->options->kib ? quantity_count(kib, ret)
				   : quantity_bytes(bytes_of(kib), ret);
}

static const char *growth_text(const struct process_table *table, int64_t kib,
			       char *ret)
{
	return table->options->kib ? quantity_change(kib, ret)
				   : quantity_growth(growth_bytes(kib), ret);
}

/* Some of the processes have it, and others have nobody knows how much. */
static const char *partial_mark(const struct process_sum *sum,
				enum process_amount amount)
{
	return sum->known[amount] && (sum->unreadable ||
				      sum->known[amount] < sum->processes)
		       ? "≥ "
		       : "";
}

static const char *growth_cell(struct process_table *table,
			       const struct process_sum sides[2],
			       enum process_amount amount)
{
	char text[QUANTITY_CAPACITY];
	int64_t kib;

	if (!process_sum_growth(sides, amount, &kib))
		return "-";
	return text_table_format(&table->text, "%s",
				 growth_text(table, kib, text));
}

static const char *amount_cell(struct process_table *table,
			       const struct process_sum *sum,
			       enum process_amount amount)
{
	char text[QUANTITY_CAPACITY];
	uint64_t kib;

	if (!process_sum_amount(sum, amount, &kib))
		return "-";
	return text_table_format(&table->text, "%s%s",
				 partial_mark(sum, amount),
				 size_text(table, kib, text));
}

/* "12.0 MiB → 14.5 MiB" */
static const char *sides_cell(struct process_table *table,
			      const struct process_sum sides[2])
{
	char text[2][QUANTITY_CAPACITY];
	unsigned i;

	for (i = 0; i < 2; i++) {
		uint64_t kib;

		if (process_sum_amount(&sides[i], table->main, &kib))
			size_text(table, kib, text[i]);
		else
			strcpy(text[i],
			       process_sum_is_empty(&sides[i]) ? "0" : "-");
	}
	return text_table_format(&table->text, "%s%s → %s%s",
				 partial_mark(&sides[0], table->main), text[0],
				 partial_mark(&sides[1], table->main), text[1]);
}

/* A share of the total, in eighths of a column. */
static const char *bar_cell(struct process_table *table,
			    const struct process_sum *sum)
{
	static const char *const parts[] = {"",	 "▏", "▎", "▍",
					    "▌", "▋", "▊", "▉"};
	const struct process_sum *all = &table->report->sides[0].total;
	uint64_t total = all->kib[table->main];
	char bar[BAR_WIDTH * 3 + 4] = "";
	unsigned eighths, i;
	uint64_t kib;

	/* What is known of a few is no whole to have a share in. */
	if (!total || all->known[table->main] * 2 < all->processes ||
	    !process_sum_amount(sum, table->main, &kib) || kib > total)
		return "";
	eighths = (unsigned)((double)kib / (double)total * BAR_WIDTH * 8 + 0.5);
	for (i = 0; i < eighths / 8; i++)
		strcat(bar, "█");
	strcat(bar, parts[eighths % 8]);
	return text_table_format(&table->text, "%s", bar);
}

static size_t add_amounts(struct process_table *table, struct text_row *row,
			  const struct process_sum sides[2], bool is_total)
{
	size_t n = 1, i;

	for (i = 0; i < table->amount_count; i++) {
		row->cells[n++] =
			is_diff(table)
				? growth_cell(table, sides, table->amounts[i])
				: amount_cell(table, &sides[0],
					      table->amounts[i]);
		if (i)
			continue;
		if (is_diff(table))
			row->cells[n++] = sides_cell(table, sides);
		else
			row->cells[n++] =
				is_total ? "" : bar_cell(table, &sides[0]);
	}
	return n;
}

/* ---- rows ---- */

static const char *name_cell(struct process_table *table, struct span name)
{
	return name.length ? text_quoted(&table->text, name) : "-";
}

/* What became of a process between the captures. */
static const char *fate_of(const struct process_row *row)
{
	if (process_sum_is_empty(&row->sides[0]))
		return "started";
	if (process_sum_is_empty(&row->sides[1]))
		return "ended";
	return row->compared ? "" : "not comparable";
}

static const char *processes_cell(struct process_table *table,
				  const struct process_sum sides[2])
{
	char text[QUANTITY_CAPACITY];
	unsigned newest = table->report->side_count - 1;

	return text_table_format(&table->text, "%s",
				 quantity_count(sides[newest].processes, text));
}

static void add_row(struct process_table *table, const struct process_row *each)
{
	struct text_row *row = text_table_add(&table->text);
	const struct process *process =
		each->processes[each->processes[1] ? 1 : 0];
	size_t n;

	if (!row)
		return;
	row->cells[0] = process ? text_table_format(&table->text, "%" PRIu64,
						    process->pid)
				: processes_cell(table, each->sides);
	n = add_amounts(table, row, each->sides, false);
	if (table->users)
		row->cells[n++] = name_cell(table, process->user);
	row->cells[n] = name_cell(table, process ? process->comm : each->key);
	if (!is_diff(table))
		return;
	row->tail = fate_of(each);
	if (*row->tail)
		row->tail = text_table_format(&table->text, "(%s)", row->tail);
}

static void add_total(struct process_table *table)
{
	const struct process_report *report = table->report;
	struct process_sum sides[2];
	struct text_row *row = text_table_add(&table->text);
	const char *count;
	size_t n;

	if (!row)
		return;
	sides[0] = report->sides[0].total;
	sides[1] = report->sides[1].total;
	count = processes_cell(table, sides);
	row->cells[0] = table->report->by == PROCESS_BY_PID ? "" : count;
	n = add_amounts(table, row, sides, true);
	if (table->users)
		row->cells[n++] = "";
	row->cells[n] =
		table->report->by == PROCESS_BY_PID
			? text_table_format(&table->text, "all %s of them",
					    count ? count : "")
			: "all of them";
}

static void leave_out(struct process_table *table,
		      const struct process_row *row)
{
	table->more++;
	table->more_kib = sum_plus(table->more_kib, row->kib);
	table->more_known &= row->measure == table->main && row->compared;
}

static void add_rows(struct process_table *table)
{
	const struct process_report *report = table->report;
	const struct output_options *options = table->options;
	size_t most = options->top_given ? options->top : ROWS_SHOWN;
	bool all = options->top_given && !options->top;
	size_t shown = 0, i;

	table->more_known = true;
	for (i = 0; i < report->row_count; i++) {
		const struct process_row *row = &report->rows[i];

		if (!all && is_unchanged(table, row)) {
			table->unchanged++;
		} else if (output_is_small_process(row, options) ||
			   (!all && shown == most)) {
			leave_out(table, row);
		} else {
			add_row(table, row);
			shown++;
		}
	}
	add_total(table);
}

/* ---- what is not there ---- */

static void write_more(const struct process_table *table, FILE *file)
{
	char count[QUANTITY_CAPACITY], size[QUANTITY_CAPACITY];

	if (table->more) {
		fprintf(file, "%s more", quantity_count(table->more, count));
		if (table->more_known)
			fprintf(file, " (%s%s)",
				is_diff(table)
					? growth_text(table, table->more_kib,
						      size)
					: size_text(table,
						    (uint64_t)table->more_kib,
						    size),
				table->options->kib ? " kB" : "");
		fputs(table->options->min_bytes
			      ? ", those below --min among them\n"
			      : ": --top=0 shows all\n",
		      file);
	}
	if (table->unchanged)
		fprintf(file, "%s unchanged: --top=0 shows all\n",
			quantity_count(table->unchanged, count));
}

bool text_process_rows_write(const struct process_report *report,
			     const struct output_options *options, FILE *file)
{
	struct process_table table = {.report = report, .options = options};
	bool done;

	choose_columns(&table);
	set_columns(&table);
	add_rows(&table);
	text_table_write(&table.text, options->width, options->colour, file);
	done = !table.text.no_memory;
	if (done)
		write_more(&table, file);
	text_table_deinit(&table.text);
	return done;
}
