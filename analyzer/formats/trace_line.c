/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_line.h"

#include "model/record.h"

/* ---- the time ---- */

#define NS_PER_S 1000000000u

static bool is_word_start(struct span before, const char *at)
{
	return at == before.at || span_is_blank(at[-1]);
}

/* "123" and "456789" in nanoseconds; perf prints nine digits if asked to. */
static uint64_t time_of(struct span seconds, struct span fraction)
{
	size_t digits = fraction.length;
	uint64_t whole, part;

	if (digits > 9 || !span_take_u64(&seconds, &whole) ||
	    !span_take_u64(&fraction, &part) ||
	    __builtin_mul_overflow(whole, NS_PER_S, &whole))
		return TS_NONE;
	for (; digits < 9; digits++)
		part *= 10;
	return whole > TS_NONE - NS_PER_S ? TS_NONE : whole + part;
}

/* Drop "  12us+" and "  12us " of the latency format: since the first event. */
static bool drop_relative(struct span *before)
{
	struct span rest = *before;
	uint64_t ignored;

	if (rest.length < 4 || !memchr(" +!#*@$", span_end(rest)[-1], 7))
		return false;
	rest.length--;
	if (!span_drop(&rest, SPAN("us")) || !span_drop_u64(&rest, &ignored))
		return false;
	*before = rest;
	return true;
}

/* Longer than what the verbose form ends with. */
#define VERBOSE_LENGTH 80

/* Drop "[0012ab] 1.234ms (+0.001ms)" of its verbose form. */
static bool drop_verbose(struct span *before)
{
	size_t skip = before->length > VERBOSE_LENGTH
			      ? before->length - VERBOSE_LENGTH
			      : 0;
	const char *open;

	if (!span_ends_with(*before, SPAN(")")))
		return false;
	open = span_find_last(span_skip(*before, skip), '[');
	if (!open ||
	    !span_find(span_between(open, span_end(*before)), SPAN(" (+")))
		return false;
	*before = span_between(before->at, open);
	return true;
}

/* Take the time from the back of what stands before a colon. */
static bool drop_time(struct span *before, uint64_t *ret_ns)
{
	const char *end = span_end(*before), *at = end, *dot;

	while (at > before->at && span_is_digit(at[-1]))
		at--;
	dot = at;
	if (dot < end && dot > before->at && dot[-1] == '.')
		for (at--; at > before->at && span_is_digit(at[-1]); at--)
			;
	if (at == end || !is_word_start(*before, at)) {
		*ret_ns = TS_NONE;
		return drop_relative(before) || drop_verbose(before);
	}
	/* A clock that counts: cycles, or events. */
	*ret_ns = TS_NONE;
	if (at < dot)
		*ret_ns = time_of(span_between(at, dot - 1),
				  span_between(dot, end));
	*before = span_between(before->at, at);
	return true;
}

/* ---- the event ---- */

/* Names of events are shorter. */
#define NAME_LENGTH 256

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       span_is_digit(c) || c == '_' || c == '-';
}

/* Take "<stack trace>". */
static bool take_marker(struct span *rest, struct span *ret)
{
	size_t most = rest->length < NAME_LENGTH ? rest->length : NAME_LENGTH;
	const char *close;

	if (!rest->length || rest->at[0] != '<')
		return false;
	close = memchr(rest->at, '>', most);
	if (!close)
		return false;
	*ret = span_between(rest->at, close + 1);
	*rest = span_between(close + 1, span_end(*rest));
	return true;
}

/* Take "kfree:". */
static bool take_name(struct span *rest, struct span *ret)
{
	size_t i = 0;

	while (i < rest->length && is_name(rest->at[i]))
		i++;
	if (i == 0 || i == rest->length || rest->at[i] != ':')
		return false;
	*ret = (struct span){rest->at, i};
	*rest = span_skip(*rest, i + 1);
	return true;
}

/* Take "kfree: ", "kmem:kfree: ", "<stack trace>". */
static bool take_event(struct span *rest, struct span *ret)
{
	struct span system;

	if (take_marker(rest, ret))
		return true;
	/* "kmem:kfree": the system that the event is of. */
	if (!take_name(rest, &system))
		return false;
	if (!rest->length || !is_name(rest->at[0])) {
		*ret = system;
		return true;
	}
	return take_name(rest, ret) && (!rest->length || !is_name(rest->at[0]));
}

/* perf prints a period, "1", before the event where it was asked to. */
static void take_period(struct span *rest)
{
	struct span after = *rest, ignored;

	if (span_take_digits(&after, &ignored) && span_take_blanks(&after))
		*rest = after;
}

/* perf without times: "bash 1234 [001] kmem:kfree: …" */
static bool split_timeless(struct span before, struct span after,
			   struct trace_line *ret)
{
	const char *at = span_end(before);
	struct span event;

	while (at > before.at && (is_name(at[-1]) || at[-1] == ':'))
		at--;
	event = span_between(at, span_end(before));
	if (!is_word_start(before, at) || !span_take(&event, SPAN("kmem:")))
		return false;
	before = span_trim_end(span_between(before.at, at));
	*ret = (struct trace_line){
		.task = before,
		.event = event,
		.fields = after,
		.ts_ns = TS_NONE,
	};
	return true;
}

bool trace_line_split(struct span line, struct trace_line *ret)
{
	struct span rest = line;
	const char *colon;

	while (rest.length && (colon = memchr(rest.at, ':', rest.length))) {
		struct span before = span_between(line.at, colon);
		uint64_t ts_ns;

		rest = span_between(colon + 1, span_end(line));
		if (!rest.length || rest.at[0] != ' ')
			continue;
		if (drop_time(&before, &ts_ns)) {
			struct span fields = rest, event;

			span_take_blanks(&fields);
			take_period(&fields);
			if (!take_event(&fields, &event))
				continue;
			*ret = (struct trace_line){before, event, fields,
						   ts_ns};
			return true;
		}
		if (split_timeless(before, rest, ret))
			return true;
	}
	return false;
}

/* ---- the task ---- */

static struct span drop_digits(struct span *text)
{
	const char *at = span_end(*text);
	struct span digits;

	while (at > text->at && span_is_digit(at[-1]))
		at--;
	digits = span_between(at, span_end(*text));
	*text = span_between(text->at, at);
	return digits;
}

/* Drop "[001] d..1." from the back; false: there is none. */
static bool drop_cpu(struct span *task, struct span *ret)
{
	const char *close = span_find_last(*task, ']');
	struct span rest, cpu;

	if (!close)
		return false;
	rest = span_between(task->at, close);
	cpu = drop_digits(&rest);
	if (!cpu.length || !span_drop(&rest, SPAN("[")))
		return false;
	*task = span_trim_end(rest);
	*ret = cpu;
	return true;
}

/* Drop "  1d..2." of the latency format, where the task stands before it. */
static bool drop_latency(struct span *task, struct span *ret)
{
	struct span rest = span_trim_end(*task), word, cpu;
	const char *blank = span_find_last(rest, ' ');

	if (!blank)
		return false;
	word = span_between(blank + 1, span_end(rest));
	if (!span_take_digits(&word, &cpu) || !word.length || word.at[0] == '/')
		return false;
	*task = span_trim_end(span_between(rest.at, blank));
	*ret = cpu;
	return true;
}

static bool drop_either_cpu(struct span *task, struct span *ret)
{
	return drop_cpu(task, ret) || drop_latency(task, ret);
}

uint32_t trace_line_cpu(const struct trace_line *line)
{
	struct span task = line->task, digits;
	uint64_t cpu;

	if (!drop_either_cpu(&task, &digits) || !span_take_u64(&digits, &cpu) ||
	    cpu >= TRACE_CPU_NONE)
		return TRACE_CPU_NONE;
	return (uint32_t)cpu;
}

/* "(   1230)", "(-------)" */
static void drop_tgid(struct span *task, struct span *ret)
{
	const char *open = span_find_last(*task, '(');
	struct span inside;

	if (!open || !span_ends_with(*task, SPAN(")")))
		return;
	inside = span_between(open + 1, span_end(*task) - 1);
	span_take_blanks(&inside);
	if (!span_take_digits(&inside, ret) && !span_take(&inside, SPAN("-")))
		return;
	*task = span_trim_end(span_between(task->at, open));
}

void trace_line_task(const struct trace_line *line, struct trace_task *ret)
{
	struct span task = span_trim_end(line->task);
	struct trace_task found = {0};

	*ret = found;
	drop_either_cpu(&task, &found.cpu);
	/* "[003]" */
	while (found.cpu.length > 1 && found.cpu.at[0] == '0')
		found.cpu = span_skip(found.cpu, 1);
	span_take_blanks(&task);
	drop_tgid(&task, &found.tgid);
	found.pid = drop_digits(&task);
	/* perf prints the process, then the thread: "1230/1234". */
	if (found.pid.length && span_drop(&task, SPAN("/")))
		found.tgid = drop_digits(&task);
	if (!found.pid.length ||
	    (!span_drop(&task, SPAN("-")) &&
	     !(task.length && span_is_blank(span_end(task)[-1])))) {
		ret->cpu = found.cpu;
		return;
	}
	found.comm = span_trim_end(task);
	*ret = found;
}

/* ---- lost events ---- */

static bool take_number_behind(struct span line, struct span mark,
			       uint64_t *ret)
{
	const char *at = span_find(line, mark);
	struct span rest;

	if (!at)
		return false;
	rest = span_between(at + mark.length, span_end(line));
	return span_take_u64(&rest, ret);
}

/* "CPU:1 [12 EVENTS DROPPED]", of trace-cmd report */
static bool take_dropped(struct span line, uint64_t *ret)
{
	const char *at = span_find(line, SPAN(" EVENTS DROPPED]"));
	struct span rest;

	if (!at)
		return false;
	rest = span_between(line.at, at);
	return span_drop_u64(&rest, ret);
}

/* "# entries-in-buffer/entries-written: 140080/250280   #P:4" */
static bool take_overwritten(struct span line, uint64_t *ret)
{
	uint64_t kept, written;
	const char *slash;
	struct span rest;

	if (!take_number_behind(line, SPAN("/entries-written: "), &kept))
		return false;
	slash = span_find_last(line, '/');
	rest = span_between(slash + 1, span_end(line));
	if (!span_take_u64(&rest, &written) || written < kept)
		return false;
	*ret = written - kept;
	return true;
}

bool trace_line_lost(struct span line, uint64_t *ret)
{
	/* The common case, and lines that only quote one of these. */
	if (span_starts_with(line, SPAN("# entries-in-buffer/")))
		return take_overwritten(line, ret);
	if (span_starts_with(line, SPAN("CPU:"))) {
		if (span_find(line, SPAN("[LOST EVENTS]"))) {
			*ret = 0;
			return true;
		}
		return take_number_behind(line, SPAN(" [LOST "), ret) ||
		       take_dropped(line, ret);
	}
	if (span_starts_with(line, SPAN("LOST ")) &&
	    span_find(line, SPAN(" events!")))
		return take_number_behind(line, SPAN("LOST "), ret);
	return take_number_behind(line, SPAN(" PERF_RECORD_LOST lost "), ret);
}
