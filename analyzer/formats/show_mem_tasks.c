/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/show_mem_tasks.h"

/* ---- slab caches ---- */

/* dump_unreclaimable_slab(): two lines say what it is. */
enum show_mem_line show_mem_take_slab_head(struct show_mem_report *report,
					   struct span line)
{
	if (span_equal(line, SPAN("Unreclaimable slab info:"))) {
		report->table = SHOW_MEM_SLABS;
		return SHOW_MEM_TAKEN;
	}
	if (report->table != SHOW_MEM_SLABS || !span_take(&line, SPAN("Name")))
		return SHOW_MEM_OTHER;
	span_take_blanks(&line);
	if (!span_take(&line, SPAN("Used")) || !span_take_blanks(&line) ||
	    !span_equal(line, SPAN("Total")))
		return SHOW_MEM_OTHER;
	return SHOW_MEM_TAKEN;
}

/* "  2048KB" at the end of line */
static bool drop_amount(struct span *line, uint64_t *ret)
{
	struct span rest = *line;

	if (!span_drop(&rest, SPAN("KB")) || !span_drop_u64(&rest, ret) ||
	    !rest.length || !span_is_blank(span_end(rest)[-1]))
		return false;
	*line = span_trim_end(rest);
	return true;
}

enum show_mem_line show_mem_take_slab(struct show_mem_report *report,
				      struct span line)
{
	struct counter_scope scope = {0};
	uint64_t used, total;

	if (report->table != SHOW_MEM_SLABS || !drop_amount(&line, &total) ||
	    !drop_amount(&line, &used) || !line.length ||
	    !counter_text_is_clean(line))
		return SHOW_MEM_OTHER;
	if (used > total || !counter_scope_add(&scope, SPAN("slab ")) ||
	    !counter_scope_add(&scope, line))
		return SHOW_MEM_DAMAGED;
	show_mem_add(report, "show_mem", counter_scope_span(&scope), "used",
		     used, COUNTER_KIB);
	show_mem_add(report, "show_mem", counter_scope_span(&scope), "total",
		     total, COUNTER_KIB);
	return SHOW_MEM_TAKEN;
}

/* ---- tasks ---- */

static enum show_mem_column column_of(struct span name)
{
	static const struct {
		const char *name;
		enum show_mem_column column;
	} columns[] = {
		{"uid", TASK_UID},
		{"tgid", TASK_TGID},
		{"total_vm", TASK_TOTAL_VM},
		{"rss", TASK_RSS},
		{"rss_anon", TASK_RSS_ANON},
		{"rss_file", TASK_RSS_FILE},
		{"rss_shmem", TASK_RSS_SHMEM},
		{"nr_ptes", TASK_TABLE_PAGES},
		{"nr_pmds", TASK_TABLE_PAGES},
		{"nr_puds", TASK_TABLE_PAGES},
		{"pgtables_bytes", TASK_TABLE_BYTES},
		{"swapents", TASK_SWAP},
		{"oom_score_adj", TASK_SCORE},
	};
	size_t i;

	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (span_equal(name, span_of(columns[i].name)))
			return columns[i].column;
	return TASK_OTHER;
}

/* "[ pid ]", with more blanks since 4.19 */
static bool take_pid_head(struct span *line)
{
	struct span rest = *line;

	if (!span_take(&rest, SPAN("[")) || !span_take_blanks(&rest) ||
	    !span_take(&rest, SPAN("pid")) || !span_take_blanks(&rest) ||
	    !span_take(&rest, SPAN("]")))
		return false;
	*line = rest;
	return true;
}

enum show_mem_line show_mem_take_task_head(struct show_mem_report *report,
					   struct span line)
{
	enum show_mem_column columns[TASK_COLUMNS_MAX];
	unsigned count = 0;
	struct span name;

	if (span_starts_with(line, SPAN("Tasks state (memory values in "))) {
		report->table = SHOW_MEM_NO_TABLE;
		return SHOW_MEM_TAKEN;
	}
	if (!take_pid_head(&line))
		return SHOW_MEM_OTHER;
	report->table = SHOW_MEM_NO_TABLE;
	/* A second report, whose first line was lost. */
	if (report->tasks)
		return SHOW_MEM_TAKEN;
	while (span_take_blanks(&line) && span_take_word(&line, &name)) {
		if (span_equal(name, SPAN("name")) && !line.length && count) {
			memcpy(report->columns, columns, sizeof(columns));
			report->column_count = count;
			report->table = SHOW_MEM_TASKS;
			report->in_tasks = true;
			return SHOW_MEM_TAKEN;
		}
		if (count == TASK_COLUMNS_MAX)
			break;
		columns[count++] = column_of(name);
	}
	return SHOW_MEM_DAMAGED;
}

struct task {
	uint64_t pid;
	uint64_t values[TASK_SCORE + 1];
	bool known[TASK_SCORE + 1];
	struct span score; /* may be negative */
	struct span name;  /* as it stands there: may be empty */
};

/* "812" of "[    812]", the last bracket in front of the columns. */
static bool pid_before(struct span head, uint64_t *ret)
{
	const char *open;

	head = span_trim_end(head);
	if (!span_drop(&head, SPAN("]")))
		return false;
	open = span_find_last(head, '[');
	if (!open)
		return false;
	head = span_between(open + 1, span_end(head));
	span_take_blanks(&head);
	return span_take_u64(&head, ret) && !head.length;
}

/* Where prefixes are not taken for one: "[    812]" */
static bool take_pid(struct span *line, uint64_t *ret)
{
	struct span rest = *line;

	if (!span_take(&rest, SPAN("[")))
		return false;
	span_take_blanks(&rest);
	if (!span_take_u64(&rest, ret) || !span_take(&rest, SPAN("]")))
		return false;
	*line = rest;
	return true;
}

static bool take_value(struct span *line, enum show_mem_column column,
		       struct task *task)
{
	struct span text;
	uint64_t value;
	bool minus;

	span_take_blanks(line);
	text = *line;
	minus = span_take(line, SPAN("-"));
	if (!span_take_u64(line, &value))
		return false;
	text.length = (size_t)(line->at - text.at);
	if (column == TASK_SCORE)
		task->score = text;
	/* The kernel prints it with a sign. */
	if (minus)
		value = column == TASK_UID && value <= UINT32_MAX
				? (uint32_t)-value
				: 0;
	if (__builtin_add_overflow(task->values[column], value,
				   &task->values[column]))
		return false;
	task->known[column] = true;
	return true;
}

/* The name is whatever stands behind the one blank after the numbers. */
static bool take_columns(const struct show_mem_report *report, struct span line,
			 struct task *task)
{
	unsigned i;

	for (i = 0; i < report->column_count; i++)
		if (!take_value(&line, report->columns[i], task))
			return false;
	if (!task->known[TASK_TGID] || !task->known[TASK_RSS] ||
	    (line.length && !span_take(&line, SPAN(" "))))
		return false;
	task->name = line;
	return counter_text_is_clean(line);
}

/* As /proc/PID/status names it. */
static void add_task(struct show_mem_report *report, const struct task *task)
{
	static const struct {
		enum show_mem_column column;
		const char *name;
		enum counter_unit unit;
	} rows[] = {
		{TASK_UID, "Uid", COUNTER_NUMBER},
		{TASK_TOTAL_VM, "VmSize", COUNTER_PAGES},
		{TASK_RSS, "VmRSS", COUNTER_PAGES},
		{TASK_RSS_ANON, "RssAnon", COUNTER_PAGES},
		{TASK_RSS_FILE, "RssFile", COUNTER_PAGES},
		{TASK_RSS_SHMEM, "RssShmem", COUNTER_PAGES},
		{TASK_TABLE_PAGES, "VmPTE", COUNTER_PAGES},
		{TASK_TABLE_BYTES, "VmPTE", COUNTER_BYTES},
		{TASK_SWAP, "VmSwap", COUNTER_PAGES},
	};
	char digits[SPAN_U64_DIGITS];
	/* Where the first thread has ended another one's pid is printed. */
	struct span scope = span_from_u64(task->values[TASK_TGID], digits);
	const struct counters *counters = &report->counters;
	size_t i;

	if (counters_find(counters, "status", scope, "Name"))
		return;
	show_mem_add_text(report, "status", scope, "Name", task->name);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (task->known[rows[i].column])
			show_mem_add(report, "status", scope, rows[i].name,
				     task->values[rows[i].column],
				     rows[i].unit);
	if (task->known[TASK_SCORE])
		show_mem_add_text(report, "status", scope, "oom_score_adj",
				  task->score);
	report->tasks++;
}

enum show_mem_line show_mem_take_task(struct show_mem_report *report,
				      struct span line, struct span head)
{
	struct task task = {0};

	if (report->table != SHOW_MEM_TASKS ||
	    (!take_pid(&line, &task.pid) && !pid_before(head, &task.pid)))
		return SHOW_MEM_OTHER;
	if (!take_columns(report, line, &task))
		return SHOW_MEM_DAMAGED;
	report->in_tasks = true;
	add_task(report, &task);
	return SHOW_MEM_TAKEN;
}
