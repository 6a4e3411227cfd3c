/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/slub_line.h"

#define RULE_LEAST 20

static bool parse_rule(struct span line, struct slub_line *ret)
{
	size_t i;

	line = span_trim_end(line);
	if (line.length < RULE_LEAST || !memchr("=-", line.at[0], 2))
		return false;
	for (i = 1; i < line.length; i++)
		if (line.at[i] != line.at[0])
			return false;
	ret->kind = SLUB_LINE_RULE;
	return true;
}

/*
 * " (Not tainted): ", " (Tainted: G    B   O): ": the name of a cache may hold
 * anything before it.
 */
static bool split_taint(struct span rest, struct slub_line *ret)
{
	const char *open = span_find(rest, SPAN(" (Not tainted"));
	const char *close;

	if (!open)
		open = span_find(rest, SPAN(" (Tainted: "));
	if (!open || open == rest.at)
		return false;
	close = span_find(span_between(open, span_end(rest)), SPAN("): "));
	if (!close)
		return false;
	ret->cache = span_between(rest.at, open);
	ret->text = span_between(close + 3, span_end(rest));
	return true;
}

/*
 * "Objects remaining in %s on kmem_cache_close()", "… on
 * __kmem_cache_shutdown()"; no name from 6.12.y and 6.17 on.
 */
static bool is_remaining(struct span text)
{
	return span_starts_with(text, SPAN("Objects remaining in ")) ||
	       span_starts_with(text, SPAN("Objects remaining on "));
}

static bool parse_bug(struct span line, struct slub_line *ret)
{
	if (!span_take(&line, SPAN("BUG ")) || !split_taint(line, ret))
		return false;
	ret->kind = is_remaining(ret->text) ? SLUB_LINE_REMAINING
					    : SLUB_LINE_CORRUPTED;
	return true;
}

/* "0x00000000c9d0efb0", "0x(____ptrval____)" of early boot */
static bool take_pointer(struct span *line, struct span *ret)
{
	return span_starts_with(*line, SPAN("0x")) && span_take_word(line, ret);
}

static bool parse_slab(struct span line, struct slub_line *ret)
{
	if (!span_take(&line, SPAN("Slab ")) ||
	    !take_pointer(&line, &ret->address) ||
	    !span_take(&line, SPAN(" objects=")) ||
	    !span_take_u64(&line, &ret->slab_objects) ||
	    !span_take(&line, SPAN(" used=")) ||
	    !span_take_u64(&line, &ret->used) ||
	    !span_starts_with(line, SPAN(" ")))
		return false;
	ret->kind = SLUB_LINE_SLAB;
	return true;
}

static bool parse_object(struct span line, struct slub_line *ret)
{
	if (!span_take(&line, SPAN("Object ")) ||
	    !take_pointer(&line, &ret->address) ||
	    !span_take(&line, SPAN(" @offset=")) ||
	    !span_take_digits(&line, &ret->offset))
		return false;
	ret->kind = span_starts_with(line, SPAN(" fp=")) ? SLUB_LINE_DUMPED
							 : SLUB_LINE_OBJECT;
	return ret->kind == SLUB_LINE_DUMPED || !span_trim_end(line).length;
}

/* "f+0x1/0x2 [mod] age=1 cpu=0 pid=7"; a symbol may hold spaces */
static bool take_track(struct span line, struct slub_line *ret)
{
	const char *at = span_find(line, SPAN(" age="));
	struct span rest;

	if (!at || at == line.at)
		return false;
	rest = span_between(at + 5, span_end(line));
	if (!span_take_u64(&rest, &ret->age) ||
	    !span_take(&rest, SPAN(" cpu=")) ||
	    !span_take_digits(&rest, &ret->cpu) ||
	    !span_take(&rest, SPAN(" pid=")))
		return false;
	ret->pid = rest;
	if (!span_take_u64(&rest, &ret->pid_number) ||
	    ret->pid_number > UINT32_MAX || span_trim_end(rest).length)
		return false;
	ret->pid = span_between(ret->pid.at, rest.at);
	ret->symbol = span_between(line.at, at);
	return true;
}

static bool parse_track(struct span line, struct slub_line *ret)
{
	if (span_equal(span_trim_end(line),
		       SPAN("object allocation/free stack trace missing"))) {
		ret->kind = SLUB_LINE_NO_STACK;
		return true;
	}
	if (span_take(&line, SPAN("Allocated in ")))
		ret->kind = SLUB_LINE_ALLOCATED;
	else if (span_take(&line, SPAN("Freed in ")))
		ret->kind = SLUB_LINE_FREED;
	else
		return false;
	return take_track(line, ret);
}

/* The caller is told by the warning of 5.17 and newer. */
static bool parse_destroy(struct span line, struct slub_line *ret)
{
	static const struct span what = {": Slab cache still has objects", 30};
	const char *at;

	if (!span_take(&line, SPAN("kmem_cache_destroy ")))
		return false;
	at = span_find(line, what);
	if (!at || at == line.at)
		return false;
	ret->cache = span_between(line.at, at);
	line = span_between(at + what.length, span_end(line));
	if (span_take(&line, SPAN(" when called from ")))
		ret->caller = span_trim_end(line);
	ret->kind = SLUB_LINE_DESTROY;
	return true;
}

bool slub_line_parse(struct span line, struct slub_line *ret)
{
	struct slub_line found = {0};

	span_take(&line, SPAN("INFO: "));
	if (!parse_object(line, &found) && !parse_track(line, &found) &&
	    !parse_slab(line, &found) && !parse_bug(line, &found) &&
	    !parse_rule(line, &found) && !parse_destroy(line, &found))
		return false;
	*ret = found;
	return true;
}
