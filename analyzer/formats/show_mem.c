/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the kernel prints of its memory when it runs out of it, when an
 * allocation fails, or when asked (sysrq-m), as a capture: mm/show_mem.c,
 * before 6.5 in mm/page_alloc.c and lib/show_mem.c, and mm/oom_kill.c.
 *
 *   "python3 invoked oom-killer: gfp_mask=…, order=0, …"
 *   "Mem-Info:"
 *   "active_anon:3060 inactive_anon:1925 …"	pages; several lines in one
 *   " active_file:5208 …"			message
 *   "Node 0 active_anon:12240kB …"		a node, since 4.8
 *   "Node 0 DMA free:904kB boost:0kB …"		a zone; without NUMA no
 * node "lowmem_reserve[]: 0 194 194 194 194"	pages, of the zone above "Node 0
 * DMA: 4*4kB (UM) … = 904kB"		free blocks "Node 0 hugepages_total=0 …"
 *   "11692 total pagecache pages", "72535 pages RAM" …
 *   "Unreclaimable slab info:"			4.15 on, where it is large
 *   "Tasks state (memory values in pages):"
 *   "oom-kill:constraint=…", "Out of memory: Killed process …"
 *
 * A log may have many. The last one that is whole is given, from finish(), in
 * the words of /proc; what a report does not print is not made up. One of a
 * memory cgroup has no Mem-Info, and tells nothing of the machine.
 */
#include "formats/colours.h"
#include "formats/count_remark.h"
#include "formats/log_prefix.h"
#include "formats/show_mem_facts.h"
#include "formats/show_mem_fields.h"
#include "formats/show_mem_nodes.h"
#include "formats/show_mem_tasks.h"
#include "model/line_map.h"

#define NS_PER_SECOND 1000000000u

/* More than any line of a report is long. */
#define LINE_ROOM 4096

struct show_mem {
	struct text_cursor cursor; /* of the block now read */
	struct span head;	   /* what was taken off the line now read */
	char plain[LINE_ROOM];	   /* that line, without colours */
	uint64_t line;		   /* lines read */
	bool open;		   /* `now` has begun */
	/* The report that lines are of: one of two, or NULL. */
	struct show_mem_report *target;
	struct show_mem_report now, best;
	enum show_mem_rank best_rank;
	uint64_t seen[SHOW_MEM_RANKS]; /* reports */
	uint64_t tasks_line; /* of the last one that lists tasks, or 0 */
};

/* ---- reports ---- */

static void close_report(struct show_mem *state)
{
	enum show_mem_rank rank;

	state->target = NULL;
	if (!state->open)
		return;
	state->open = false;
	rank = show_mem_report_rank(&state->now);
	state->seen[rank]++;
	if (state->now.tasks && rank > SHOW_MEM_CGROUP)
		state->tasks_line = state->now.line;
	/* What several print comes one after the other, and not by time. */
	if (rank > state->best_rank ||
	    (rank == state->best_rank && rank > SHOW_MEM_NOTHING &&
	     state->now.line >= state->best.line)) {
		show_mem_report_deinit(&state->best);
		state->best = state->now;
		state->best_rank = rank;
		state->now = (struct show_mem_report){0};
	}
	show_mem_report_deinit(&state->now);
}

/* With the line now read a report begins. */
static void open_report(struct show_mem *state, const struct sink *sink)
{
	struct span caller = log_prefix_parse(state->cursor.raw).caller;
	struct show_mem_report *now = &state->now;

	close_report(state);
	state->open = true;
	state->target = now;
	if (caller.length && caller.length <= sizeof(now->caller)) {
		memcpy(now->caller, caller.at, caller.length);
		now->caller_length = caller.length;
	}
	now->line = sink->places
			    ? line_map_find(sink->places, state->cursor.line)
			    : state->cursor.line;
	now->time_ns = show_mem_time(state->head);
}

static bool is_of(const struct show_mem_report *report, struct span caller)
{
	return span_equal(caller,
			  (struct span){report->caller, report->caller_length});
}

/*
 * The rest of a report may come when another thread has begun the next. What
 * has no caller goes on with what came before it.
 */
static void find_target(struct show_mem *state)
{
	struct span caller = log_prefix_parse(state->cursor.raw).caller;

	if (!caller.length)
		return;
	state->target = NULL;
	if (state->open && is_of(&state->now, caller))
		state->target = &state->now;
	else if (state->best_rank && is_of(&state->best, caller))
		state->target = &state->best;
}

/* The lines that tell of memory begin here; who asked may have been told. */
static void begin_info(struct show_mem *state, bool again,
		       const struct sink *sink)
{
	if (state->target != &state->now || again)
		open_report(state, sink);
	state->now.has_info = true;
}

/* ---- lines ---- */

static bool is_info(struct span line)
{
	return span_equal(line, SPAN("Mem-Info:"));
}

static bool is_first_row(struct span line)
{
	return span_starts_with(line, SPAN("active_anon:"));
}

/* Begin a report where line is one that begins it. */
static void look_for_report(struct show_mem *state, struct span line,
			    const struct sink *sink)
{
	bool again = state->now.has_info;
	uint64_t pages;

	if (is_first_row(line))
		again = show_mem_value(&state->now, "meminfo", "Active(anon)",
				       &pages);
	if (show_mem_is_head(line))
		open_report(state, sink);
	else if (is_info(line) || is_first_row(line))
		begin_info(state, again, sink);
}

static const struct {
	enum show_mem_line (*take)(struct show_mem_report *report,
				   struct span line);
	const char *expected;
} kinds[] = {
	{show_mem_take_head, ""},
	{show_mem_take_pages, "\"<label>:<pages> ...\""},
	{show_mem_take_node, "\"Node <number> <label>:<number>kB ...\""},
	{show_mem_take_zone,
	 "\"[Node <number> ]<zone> <label>:<number>kB ...\""},
	{show_mem_take_reserve, "\"lowmem_reserve[]: <numbers>\""},
	{show_mem_take_blocks, "\"<zone>: <number>*<size>kB ... = <sum>kB\""},
	{show_mem_take_huge, "\"Node <number> hugepages_total=<number> ...\""},
	{show_mem_take_lists, "\"CPU <number>: hi: ..., usd: <number>\""},
	{show_mem_take_total, "\"Free swap = <number>kB\""},
	{show_mem_take_cgroup, ""},
	{show_mem_take_slab_head, ""},
	{show_mem_take_slab, "\"<cache> <number>KB <number>KB\""},
	{show_mem_take_task_head, "\"[ pid ] uid tgid ... name\""},
	{show_mem_take_kill, ""},
};

static void damage(struct show_mem *state, struct sink *sink,
		   const char *expected)
{
	sink->damage(sink, &(struct damage){
				   .line = state->cursor.line,
				   .expected = expected,
				   .found = state->cursor.raw,
			   });
}

static void take_line(struct show_mem *state, struct span line,
		      struct sink *sink)
{
	enum show_mem_line found = SHOW_MEM_OTHER;
	size_t i;

	look_for_report(state, line, sink);
	if (!state->target)
		return;
	state->target->in_tasks = false;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		found = kinds[i].take(state->target, line);
		if (found == SHOW_MEM_DAMAGED)
			damage(state, sink, kinds[i].expected);
		if (found != SHOW_MEM_OTHER)
			return;
	}
	found = show_mem_take_task(state->target, line, state->head);
	if (found == SHOW_MEM_DAMAGED)
		damage(state, sink, "a row of the table of tasks");
}

/* The last line may have been cut in a number. */
static bool is_cut(const struct show_mem *state, struct span line)
{
	return span_end(state->cursor.raw) == state->cursor.rest.at &&
	       line.length && span_is_digit(span_end(line)[-1]);
}

/*
 * Of a message of several lines /dev/kmsg prints the breaks as "\x0a"; the
 * journal prints blanks before the second and what follows.
 */
static void take_lines(struct show_mem *state, struct span line,
		       struct sink *sink)
{
	static const struct span escape = {"\\x0a", 4};
	bool more = true;

	while (more) {
		const char *at = span_find(line, escape);
		struct span piece = line;

		more = at;
		if (at) {
			piece = span_between(line.at, at);
			line = span_between(at + escape.length, span_end(line));
		}
		span_take_blanks(&piece);
		piece = span_trim_end(piece);
		if (piece.length && !(is_cut(state, piece) && !more))
			take_line(state, piece, sink);
	}
}

static bool show_mem_block(void *context, struct span lines, struct sink *sink,
			   struct error *err)
{
	struct show_mem *state = context;
	struct span line;

	state->cursor = (struct text_cursor){
		.rest = lines,
		.line = state->line,
		.prefixed = true,
	};
	while (text_cursor_next(&state->cursor, &line)) {
		state->head = span_between(state->cursor.raw.at, line.at);
		line = colours_take_off(line, state->plain,
					sizeof(state->plain));
		find_target(state);
		take_lines(state, line, sink);
	}
	state->line = state->cursor.line;
	return (!state->now.no_memory && !state->best.no_memory) ||
	       error_no_memory(err);
}

/* ---- the end ---- */

/* Terminated; what does not fit is left out. */
static void say(struct sink *sink, struct counter_scope *text)
{
	if (text->length == sizeof(text->bytes))
		text->length--;
	text->bytes[text->length] = '\0';
	sink->remark(sink, text->bytes);
}

/* "line 1234, 621.42 s after boot", as far as it is known. */
static void add_place(const struct show_mem_report *report,
		      struct counter_scope *text)
{
	uint64_t hundredths = report->time_ns / (NS_PER_SECOND / 100);

	counter_scope_add(text, SPAN("line "));
	counter_scope_add_number(text, report->line);
	if (report->time_ns == TS_NONE)
		return;
	counter_scope_add(text, SPAN(", "));
	counter_scope_add_number(text, hundredths / 100);
	counter_scope_add(text, SPAN("."));
	counter_scope_add_number(text, hundredths / 10 % 10);
	counter_scope_add_number(text, hundredths % 10);
	counter_scope_add(text, SPAN(" s after boot"));
}

static void tell_choice(const struct show_mem *state, struct sink *sink)
{
	const struct show_mem_report *best = &state->best;
	uint64_t whole = state->seen[SHOW_MEM_WHOLE];
	uint64_t cut = state->seen[SHOW_MEM_CUT];
	struct counter_scope text = {0};

	if (state->best_rank == SHOW_MEM_CUT) {
		counter_scope_add(&text,
				  SPAN("the report on memory that begins at "));
		add_place(best, &text);
		counter_scope_add(
			&text,
			SPAN(", is cut off: some of its lines are missing"));
		say(sink, &text);
		cut--;
	} else if (whole > 1) {
		counter_scope_add_number(&text, whole);
		counter_scope_add(&text,
				  SPAN(" reports on memory in it: the last one "
				       "is taken, which begins at "));
		add_place(best, &text);
		say(sink, &text);
	}
	text.length = 0;
	if (!best->tasks && state->tasks_line) {
		counter_scope_add(&text,
				  SPAN("it lists no tasks; the report that "
				       "begins at line "));
		counter_scope_add_number(&text, state->tasks_line);
		counter_scope_add(&text, SPAN(" does"));
		say(sink, &text);
	}
	count_remark(sink, cut,
		     "report on memory that is cut off is passed over",
		     "reports on memory that are cut off are passed over");
}

static void tell(const struct show_mem *state, struct sink *sink)
{
	if (state->best_rank > SHOW_MEM_CGROUP)
		tell_choice(state, sink);
	count_remark(sink, state->seen[SHOW_MEM_CGROUP],
		     "report of a memory cgroup that ran out of memory tells "
		     "nothing of the machine's",
		     "reports of memory cgroups that ran out of memory tell "
		     "nothing of the machine's");
	if (state->best_rank == SHOW_MEM_CGROUP && state->best.tasks)
		sink->remark(sink, "the tasks are those of a memory cgroup");
	if (state->best.in_tasks)
		sink->remark(sink, "the log ends in the list of tasks: some "
				   "may be missing");
}

static bool show_mem_finish(void *context, enum ending ending,
			    struct sink *sink, struct error *err)
{
	struct show_mem *state = context;
	bool done = true;

	(void)ending;
	close_report(state);
	sink->lines = state->line;
	if (state->best_rank > SHOW_MEM_NOTHING &&
	    (!sink->replace || sink->replace(sink, state->best_rank))) {
		tell(state, sink);
		done = show_mem_report_give(&state->best, sink, err);
	}
	show_mem_report_deinit(&state->best);
	return done;
}

/* ---- what it is known by ---- */

static bool decides(struct span line, struct span rest)
{
	struct show_mem_report report = {0};

	(void)rest;
	span_take_blanks(&line);
	return show_mem_is_head(line) || is_info(line) || is_first_row(line) ||
	       span_equal(line, SPAN("Unreclaimable slab info:")) ||
	       show_mem_take_task_head(&report, line) == SHOW_MEM_TAKEN ||
	       span_starts_with(line, SPAN("oom-kill:constraint=")) ||
	       span_find(line, SPAN(" total-vm:"));
}

static const char *show_mem_sniff(struct span head)
{
	static const char *const needles[] = {
		" invoked oom-killer: ",
		"page allocation failure: order:",
		"Mem-Info:",
		"active_anon:",
		"Unreclaimable slab info:",
		"Tasks state (memory values in",
		"total_vm",
		"oom-kill:constraint=",
		"Killed process ",
	};
	const char *found = NULL;
	size_t i;

	for (i = 0; i < sizeof(needles) / sizeof(needles[0]); i++) {
		const char *at = counter_text_find(
			head, "show_mem", span_of(needles[i]), decides);

		if (!at)
			continue;
		found = at;
		head = span_between(head.at, at);
	}
	return found;
}

/* What one thread prints is one report: its parts do not end each other. */
static const char *const inner[] = {"show_mem", NULL};

static const char *const paths[] = {NULL};

const struct format format_show_mem = {
	.name = "show_mem",
	.title = "memory as OOM and allocation failures report it in a log",
	.state_size = sizeof(struct show_mem),
	.paths = paths,
	.counts = true,
	.reported = true,
	.second_hand = true,
	.inner = inner,
	.sniff = show_mem_sniff,
	.block = show_mem_block,
	.finish = show_mem_finish,
};
