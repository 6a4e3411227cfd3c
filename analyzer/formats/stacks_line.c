/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/stacks_line.h"

#include "formats/frame_text.h"
#include "formats/log_prefix.h"
#include "formats/path_prefix.h"
#include "formats/sniff_line.h"

/* How far into a line another is looked for. */
#define GLUE_MAX 1025

struct span stacks_line_bare(struct span line)
{
	static const struct span names[] = {{"show_stacks", 11},
					    {"show_handles", 12},
					    {"show_stacks_handles", 19}};
	struct span path;
	size_t i;

	line = span_skip(line, log_prefix_length(line));
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (path_prefix_take(&line, names[i], &path))
			break;
	return line;
}

/* "nr_base_pages: " or its old name; what is left is the number. */
static bool take_count_key(struct span *text)
{
	return span_take(text, SPAN("nr_base_pages: ")) ||
	       span_take(text, SPAN("stack_count: "));
}

static bool take_handle_key(struct span *text)
{
	return span_take(text, SPAN("handle: "));
}

static bool parse_count(struct span text, uint64_t *ret)
{
	return span_take_u64(&text, ret) && frame_text_is_blank(text);
}

/* The 32 bits of a handle, printed with a sign or without. */
static bool parse_handle(struct span text, uint32_t *ret)
{
	bool negative = span_take(&text, SPAN("-"));
	uint64_t value;

	if (!span_take_u64(&text, &value) || !frame_text_is_blank(text) ||
	    value > (negative ? (uint64_t)1 << 31 : UINT32_MAX))
		return false;
	*ret = negative ? (uint32_t)(0 - value) : (uint32_t)value;
	return true;
}

static bool is_frame(struct span text, struct span *ret)
{
	struct span frame = text;

	span_take_blanks(&frame);
	frame = span_trim_end(frame);
	*ret = frame;
	/* "? sym": an address found on the stack that is no caller. */
	span_take(&frame, SPAN("? "));
	return frame.length &&
	       (frame_text_is_whole(frame) ||
		(text.at[0] == ' ' && !frame_text_has_odd_space(frame)));
}

void stacks_line_read(struct span text, struct stacks_line *ret)
{
	if (take_count_key(&text))
		ret->kind = parse_count(text, &ret->pages) ? LINE_COUNT
							   : LINE_BAD_COUNT;
	else if (take_handle_key(&text))
		ret->kind = parse_handle(text, &ret->handle) ? LINE_HANDLE
							     : LINE_BAD_HANDLE;
	else if (frame_text_is_blank(text))
		ret->kind = LINE_BLANK;
	else
		ret->kind =
			is_frame(text, &ret->frame) ? LINE_FRAME : LINE_OTHER;
}

bool stacks_line_is_whole_frame(struct span text)
{
	struct span frame;

	return is_frame(text, &frame) && frame_text_is_whole(frame);
}

/* Whether text is how a line may look that was cut. */
static bool is_cut(struct span text)
{
	static const struct span keys[] = {{"nr_base_pages: ", 15},
					   {"stack_count: ", 13},
					   {"handle: ", 8}};
	size_t i;

	if (span_starts_with(text, SPAN(" ")))
		return !frame_text_has_odd_space(span_skip(text, 1));
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct span rest = text;
		uint64_t ignored;

		if (span_starts_with(keys[i], text))
			return true;
		if (!span_take(&rest, keys[i]))
			continue;
		span_take(&rest, SPAN("-"));
		span_take_u64(&rest, &ignored);
		return !rest.length;
	}
	return false;
}

static bool begins_text(struct span text)
{
	uint32_t ignored;

	if (text.at[0] == ' ')
		return stacks_line_is_whole_frame(text);
	return take_handle_key(&text) && parse_handle(text, &ignored);
}

bool stacks_line_find_glued(struct span text, struct span *ret)
{
	size_t i;

	for (i = 1; i < text.length && i <= GLUE_MAX; i++) {
		struct span rest = span_skip(text, i);

		if (begins_text(rest)) {
			*ret = rest;
			return is_cut(span_between(text.at, rest.at));
		}
	}
	return false;
}

static enum stacks_line_kind kind_of(struct span raw)
{
	struct stacks_line line;

	stacks_line_read(stacks_line_bare(raw), &line);
	return line.kind;
}

static bool is_counting(struct span head, struct span raw)
{
	(void)head;
	return kind_of(raw) == LINE_COUNT;
}

/* What may follow a block of a stack and its handle, from the line at `at`. */
static bool is_block_end(struct span head, const char *at)
{
	const char *end = span_end(head);

	if (kind_of(span_line_around(head, at)) != LINE_BLANK)
		return false;
	at = memchr(at, '\n', (size_t)(end - at));
	return !at || at + 1 == end ||
	       kind_of(span_line_around(head, at + 1)) == LINE_FRAME;
}

/*
 * A handle with a frame above it, and what follows: page_owner will print such
 * lines too, inside of its records.
 */
static bool is_naming(struct span head, struct span raw)
{
	const char *behind = span_end(raw), *end = span_end(head);
	struct span above;

	if (kind_of(raw) != LINE_HANDLE || raw.at == head.at)
		return false;
	above = stacks_line_bare(span_line_around(head, raw.at - 1));
	return stacks_line_is_whole_frame(above) &&
	       (behind == end || behind + 1 == end ||
		is_block_end(head, behind + 1));
}

static const char *earlier(const char *a, const char *b)
{
	if (!a || !b)
		return a ? a : b;
	return a < b ? a : b;
}

const char *stacks_line_sniff(struct span head)
{
	const char *found =
		sniff_line(head, SPAN("nr_base_pages: "), is_counting);

	found = earlier(found,
			sniff_line(head, SPAN("stack_count: "), is_counting));
	return earlier(found, sniff_line(head, SPAN("handle: "), is_naming));
}

bool stacks_line_precedes(struct span line)
{
	return kind_of(line) == LINE_FRAME || kind_of(line) == LINE_HANDLE;
}
