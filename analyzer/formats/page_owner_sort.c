/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the kernel's page_owner_sort writes: groups of records that somebody
 * has counted already.
 *
 *   "%d times, %d pages[, PID n][, TGID n][, task_comm_name: s]
 *    [, allocated by SLAB][ (UNRELEASED)][ :]"
 *   "%d times:"	before 5.13 or so: the order below tells the pages
 *
 * followed, unless culled, by the header of one record with its times blanked
 * and by the stack. The PFN lines are gone, and with them the page flags. Some
 * versions print the pid behind TGID.
 */
#include "formats/count_remark.h"
#include "formats/frame_text.h"
#include "formats/owner_text.h"
#include "formats/sniff_line.h"
#include "formats/text_cursor.h"

#define PIECE_MAX ((size_t)64 << 10)

struct page_owner_sort {
	uint64_t line;	    /* lines before the group now kept */
	bool open;	    /* a group is in pending */
	uint64_t no_orders; /* groups that nothing tells the pages of */
	size_t pending_length;
	uint64_t pending_lines;
	char pending[PIECE_MAX];
	char stack[2 * PIECE_MAX];
};

struct group_line {
	uint64_t times, pages;
	bool no_pages; /* it does not say */
	struct span pid, tgid, comm;
};

static struct span take_word(struct span *line)
{
	const char *end =
		line->length ? memchr(line->at, ',', line->length) : NULL;
	struct span word = *line;

	if (end)
		word.length = (size_t)(end - line->at);
	while (word.length && memchr(" :", span_end(word)[-1], 2))
		word.length--;
	*line = span_skip(*line, word.length);
	return word;
}

/* A name may hold commas: it ends before the allocator, or the line's end. */
static struct span take_comm(struct span line)
{
	struct span rest;
	const char *at;

	/* Of 5.18 to 6.6, told to cull by what was freed since. */
	if (!span_drop(&line, SPAN(" (UNRELEASED)")))
		span_drop(&line, SPAN(" (RELEASED)"));
	rest = line;

	while ((at = span_find(rest, SPAN(", allocated by ")))) {
		line = span_between(line.at, at);
		rest = span_between(at + 1, span_end(rest));
	}
	if (span_end(line) == span_end(rest))
		span_drop(&line, SPAN(":"));
	return line;
}

static bool parse_group(struct span line, struct group_line *ret)
{
	struct group_line group = {0};

	if (!span_take_u64(&line, &group.times) ||
	    !span_take(&line, SPAN(" times")))
		return false;
	if (span_equal(span_trim_end(line), SPAN(":"))) {
		group.no_pages = true;
		*ret = group;
		return true;
	}
	if (!span_take(&line, SPAN(", ")) ||
	    !span_take_u64(&line, &group.pages) ||
	    !span_take(&line, SPAN(" pages")))
		return false;
	if (span_take(&line, SPAN(", PID ")))
		group.pid = take_word(&line);
	if (span_take(&line, SPAN(", TGID ")))
		group.tgid = take_word(&line);
	if (span_take(&line, SPAN(", task_comm_name: ")))
		group.comm = take_comm(line);
	*ret = group;
	return true;
}

/* Where the first group line at or behind at starts, or NULL. */
static const char *next_group(const char *at, const char *end)
{
	struct text_cursor cursor = {.rest = span_between(at, end),
				     .prefixed = true};
	struct group_line ignored;
	struct span line;

	while (text_cursor_next(&cursor, &line))
		if (parse_group(line, &ignored))
			return cursor.raw.at;
	return NULL;
}

/* "3 times:" may stand in any text: the header of a record has to follow. */
static bool decides(struct span head, struct span line)
{
	struct text_cursor cursor = {
		.rest = span_between(line.at, span_end(head)),
		.prefixed = true,
	};
	struct group_line group;

	return text_cursor_next(&cursor, &line) && parse_group(line, &group) &&
	       (!group.no_pages || (text_cursor_next(&cursor, &line) &&
				    span_starts_with(line, OWNER_HEADER)));
}

static const char *page_owner_sort_sniff(struct span head)
{
	return sniff_line(head, SPAN(" times"), decides);
}

static void damage(struct sink *sink, uint64_t line, struct span found,
		   bool stray)
{
	const struct damage damage = {
		.line = line,
		.expected = "\"<number> times, <number> pages\"",
		.found = found,
		.stray = stray,
	};

	sink->damage(sink, &damage);
}

/* The order, where all allocations of a group had the same. */
static unsigned order_of(const struct group_line *group)
{
	uint64_t each = group->times ? group->pages / group->times : 0;
	unsigned order = 0;

	if (!each || group->pages % group->times || (each & (each - 1)))
		return 0;
	while (each >> order != 1)
		order++;
	return order < ORDER_MAX ? order : ORDER_MAX;
}

/* Of a group that does not say: what its header does; 0: it has none. */
static uint64_t pages_of(const struct group_line *group,
			 const struct owner_header *header)
{
	uint64_t pages;

	if (!header->order_text.length || header->order > ORDER_MAX ||
	    __builtin_mul_overflow(group->times, (uint64_t)1 << header->order,
				   &pages))
		return 0;
	return pages;
}

/* A header whose task has a name of two lines, which is told as stray. */
static bool take_order(struct span line, struct owner_header *header,
		       const struct text_cursor *cursor, struct sink *sink)
{
	struct span digits;
	uint64_t order;

	if (!span_take(&line, OWNER_HEADER) ||
	    !span_take_digits(&line, &digits) ||
	    !span_starts_with(line, SPAN(", ")))
		return false;
	line = digits;
	if (span_take_u64(&line, &order) && order <= ORDER_MAX) {
		header->order_text = digits;
		header->order = (unsigned)order;
	}
	damage(sink, cursor->line, cursor->raw, true);
	return true;
}

static struct span gather_stack(struct page_owner_sort *state,
				struct text_cursor *cursor, struct sink *sink,
				struct owner_header *header,
				struct owner_trailer *trailer)
{
	char *at = state->stack;
	struct span line, frame;

	while (text_cursor_next(cursor, &line)) {
		if (frame_text_is_blank(line) ||
		    owner_header_parse(line, header) ||
		    take_order(line, header, cursor, sink) ||
		    owner_trailer_line(line, trailer) ||
		    span_starts_with(line, SPAN("PFN ")))
			continue;
		frame = line;
		while (span_take(&frame, SPAN(" ")))
			;
		if (frame.length == line.length &&
		    !frame_text_is_whole(frame)) {
			damage(sink, cursor->line, cursor->raw, true);
			continue;
		}
		*at++ = ' ';
		memcpy(at, frame.at, frame.length);
		at += frame.length;
		*at++ = '\n';
	}
	return span_between(state->stack, at);
}

static bool close_group(struct page_owner_sort *state, struct sink *sink,
			struct error *err)
{
	struct text_cursor cursor = {
		.rest = {state->pending, state->pending_length},
		.line = state->line,
		.prefixed = true,
	};
	struct owner_header header = {.ts_ns = TS_NONE};
	struct owner_trailer trailer = {0};
	struct group_line group = {0};
	struct record record = {0};
	struct span line;

	state->open = false;
	text_cursor_next(&cursor, &line);
	parse_group(line, &group);
	record.stack = gather_stack(state, &cursor, sink, &header, &trailer);
	line = record.stack;
	if (!header.pid.length)
		header.pid = group.pid;
	if (!header.tgid.length)
		header.tgid = group.tgid;
	if (!header.comm.length)
		header.comm = group.comm;
	owner_record_init(&record, &header, NULL);
	owner_record_fields(&record, sink->wanted, &header, NULL, &trailer);
	record.stack = line;
	record.line = state->line + 1;
	record.count = group.times;
	record.units = group.pages;
	if (group.no_pages) {
		record.units = pages_of(&group, &header);
		state->no_orders += !header.order_text.length;
	} else if (!header.order_text.length) {
		record.order = order_of(&group);
	}
	state->line += state->pending_lines;
	return sink->record(sink, &record, err);
}

static void keep(struct page_owner_sort *state, struct span text)
{
	size_t room = PIECE_MAX - state->pending_length;
	size_t length = text.length < room ? text.length : room;

	memcpy(state->pending + state->pending_length, text.at, length);
	state->pending_length += length;
	state->pending_lines += span_count_lines(text);
}

/* Text before the first group belongs to nothing. */
static void pass_preface(struct page_owner_sort *state, struct span text,
			 struct sink *sink)
{
	struct text_cursor cursor = {.rest = text, .line = state->line};
	struct span line;

	while (text_cursor_next(&cursor, &line))
		if (!frame_text_is_blank(line))
			damage(sink, cursor.line, cursor.raw, true);
	state->line = cursor.line;
}

static bool page_owner_sort_block(void *context, struct span lines,
				  struct sink *sink, struct error *err)
{
	struct page_owner_sort *state = context;
	const char *at = lines.at, *end = span_end(lines);

	while (at < end) {
		const char *next = next_group(at, end);
		struct span piece = span_between(at, next ? next : end);

		if (state->open)
			keep(state, piece);
		else
			pass_preface(state, piece, sink);
		if (!next)
			return true;
		if (state->open && !close_group(state, sink, err))
			return false;
		state->open = true;
		state->pending_length = 0;
		state->pending_lines = 0;
		/* The group line itself, so that the search goes on. */
		at = memchr(next, '\n', (size_t)(end - next));
		at = at ? at + 1 : end;
		keep(state, span_between(next, at));
	}
	return true;
}

static bool page_owner_sort_finish(void *context, enum ending ending,
				   struct sink *sink, struct error *err)
{
	struct page_owner_sort *state = context;

	bool done;

	(void)ending;
	done = !state->open || close_group(state, sink, err);
	count_remark(sink, state->no_orders,
		     "group does not tell how many pages it has: it counts "
		     "none",
		     "groups do not tell how many pages they have: they count "
		     "none");
	sink->lines = state->line;
	return done;
}

/* A group ends with one of its records, as the dump had it. */
static const char *const inner[] = {"page_owner", "page_owner_stacks", NULL};

const struct format format_page_owner_sort = {
	.name = "page_owner_sort",
	.title = "output of the kernel's tools/mm/page_owner_sort",
	.state_size = sizeof(struct page_owner_sort),
	.inner = inner,
	.sniff = page_owner_sort_sniff,
	.block = page_owner_sort_block,
	.finish = page_owner_sort_finish,
};
