/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /sys/kernel/debug/page_owner, Linux 3.19 to 7.1 and the handle mode to come.
 *
 * A record goes from its header to the next one. Nearly all are as the kernel
 * prints them and are taken by quick_record() where they lie. Any other text
 * (logs around the lines, a task named "x\n\nPFN 0x1 typ", a cut) is taken
 * line by line by careful_record(), which alone defines what is accepted: the
 * quick way takes nothing that the careful way would read differently.
 */
#include "formats/frame_text.h"
#include "formats/log_prefix.h"
#include "formats/owner_text.h"
#include "formats/text_cursor.h"
#include "model/stack_class.h"

/*
 * What we look at of one record. The kernel prints at most a page, 64 KiB on
 * some machines; more than this is somebody else's text.
 */
#define PIECE_MAX ((size_t)64 << 10)

/* A task name has 15 bytes, so a header has at most as many newlines. */
#define COMM_NEWLINES 15

struct page_owner {
	uint64_t line;	      /* lines before the text now looked at */
	struct span previous; /* stack of the last record of this block */
	uint64_t previous_lines;
	struct owner_header quick_header; /* of that record, for the next */
	struct record quick_record;	  /* filled anew for each record */
	bool stray_record;     /* in a record whose header is missing */
	size_t pending_length; /* of the record that has not ended yet */
	char pending[PIECE_MAX];
	char stack[PIECE_MAX + 64]; /* the careful way cleans frames into it */
	char header[PIECE_MAX];
};

/* Where the first header at or behind `at` starts, or NULL. */
static const char *next_header(const char *at, const char *end)
{
	struct span rest = span_between(at, end);
	const char *hit, *begin;

	while ((hit = span_find(rest, OWNER_HEADER))) {
		struct span before;

		begin = hit;
		while (begin > at && begin[-1] != '\n')
			begin--;
		before = span_between(begin, hit);
		if (before.length > PIECE_MAX) {
			rest = span_between(hit + 1, end);
			continue;
		}
		if (log_prefix_length(before) == before.length)
			return begin;
		/*
		 * A record was cut inside a line and this one glued to it,
		 * as by cat. A cgroup, though, may have any name.
		 */
		if (!span_find(before, SPAN("memcg ")))
			return hit;
		rest = span_between(hit + 1, end);
	}
	return NULL;
}

static const char *page_owner_sniff(struct span head)
{
	return next_header(head.at, span_end(head));
}

static const char *page_owner_resync(struct span text)
{
	return next_header(text.at, span_end(text));
}

static uint64_t count_lines(struct span text)
{
	uint64_t lines = 0;
	const char *at = text.at, *end = span_end(text);

	while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
		lines++;
		at++;
	}
	return lines;
}

/* ---- the careful way ---- */

static void skip(struct sink *sink, uint64_t line, const char *expected,
		 struct span found)
{
	const struct damage damage = {
		.line = line, .expected = expected, .found = found};

	sink->damage(sink, &damage);
}

static bool is_page_line(struct span line)
{
	struct owner_page ignored;

	return owner_page_parse(line, &ignored);
}

/* Lines that make text between two headers the rest of a damaged record. */
static bool is_record_line(struct span line)
{
	struct owner_trailer ignored;
	struct span frame = line;

	while (span_take(&frame, SPAN(" ")))
		;
	return is_page_line(line) || frame_text_is_whole(frame) ||
	       owner_trailer_line(line, &ignored);
}

/*
 * Lines that belong to no record: groups of lines that a header is missing
 * from count as a skipped record each, other lines as stray.
 */
static void stray_lines(struct page_owner *po, struct span text,
			struct sink *sink)
{
	struct text_cursor cursor = {.rest = text, .line = po->line};
	struct span line;

	while (text_cursor_next(&cursor, &line)) {
		struct damage damage = {
			.line = cursor.line,
			.expected = "\"Page allocated via order\"",
			.found = cursor.raw,
		};

		line = span_skip(line, log_prefix_length(line));
		if (frame_text_is_blank(line)) {
			po->stray_record = false;
			continue;
		}
		if (po->stray_record)
			continue;
		po->stray_record = is_record_line(line);
		damage.stray = !po->stray_record;
		sink->damage(sink, &damage);
	}
	po->line = cursor.line;
}

/* Join the lines of a header; glue is what stands between two of them. */
static struct span join(const struct span *lines, size_t count, char glue,
			char *ret)
{
	char *at = ret;
	size_t i;

	for (i = 0; i < count; i++) {
		if (i)
			*at++ = glue;
		memcpy(at, lines[i].at, lines[i].length);
		at += lines[i].length;
	}
	return span_between(ret, at);
}

/*
 * Take the header, which ends before the PFN line: a task name may break it
 * into lines, and so may a mail program. ret_seen counts the lines looked at
 * in vain for a PFN line; 0: it was found.
 */
static bool take_header(struct page_owner *po, struct text_cursor *cursor,
			struct owner_header *ret, size_t *ret_seen)
{
	struct span lines[COMM_NEWLINES + 1], next;
	struct text_cursor ahead = *cursor;
	size_t count = 0;

	*ret_seen = 0;
	while (count <= COMM_NEWLINES &&
	       text_cursor_next(&ahead, &lines[count])) {
		struct text_cursor peek = ahead;

		count++;
		if (!text_cursor_next(&peek, &next) || !is_page_line(next))
			continue;
		if (!owner_header_parse(join(lines, count, '\n', po->header),
					ret) &&
		    !owner_header_parse(join(lines, count, ' ', po->header),
					ret))
			break;
		*cursor = ahead;
		return true;
	}
	/* No PFN line: the header tells the pages all the same. */
	*ret_seen = count;
	return text_cursor_next(cursor, &next) &&
	       owner_header_parse(join(&next, 1, '\n', po->header), ret);
}

static bool is_prefixed(struct span text)
{
	return !span_starts_with(text, OWNER_HEADER);
}

/* Whether a line closes a record. One of spaces only is a frame without text.
 */
static bool is_closing(const struct text_cursor *cursor, struct span line)
{
	if (cursor->prefixed)
		return frame_text_is_blank(line);
	return frame_text_is_blank(line) && !span_starts_with(line, SPAN(" "));
}

/*
 * How much of text, which starts with a header and holds no other, is the
 * record. False: its end has not come yet. `whole`: no more text comes.
 */
static bool record_extent(struct page_owner *po, struct span text, bool whole,
			  size_t *ret)
{
	struct text_cursor cursor = {.rest = text,
				     .prefixed = is_prefixed(text)};
	struct owner_header ignored;
	struct span line;
	size_t seen;

	if (text.length > PIECE_MAX) {
		text.length = PIECE_MAX;
		cursor.rest = text;
		whole = true;
	}
	take_header(po, &cursor, &ignored, &seen);
	/* A blank line may still turn out to be part of a task name. */
	if (seen && seen <= COMM_NEWLINES && !whole)
		return false;
	while (text_cursor_next(&cursor, &line)) {
		if (is_closing(&cursor, line)) {
			*ret = text.length - cursor.rest.length;
			return true;
		}
	}
	*ret = text.length;
	return whole || text.length == PIECE_MAX;
}

/* What the careful way has gathered of one record. */
struct gathered {
	struct owner_header header;
	struct owner_page page;
	struct owner_trailer trailer;
	char *stack_end;
	bool has_page;
	bool closed;	 /* by a blank line */
	bool last_whole; /* the last line was a whole frame or trailer */
};

static void add_frame(struct gathered *record, struct span frame)
{
	char *at = record->stack_end;

	*at++ = ' ';
	memcpy(at, frame.at, frame.length);
	at += frame.length;
	*at++ = '\n';
	record->stack_end = at;
}

/* A frame as it goes into the key; false: the line is none. */
static bool frame_of(struct span line, struct span *ret)
{
	struct span frame = line;

	while (span_take(&frame, SPAN(" ")) || span_take(&frame, SPAN("\t")))
		;
	while (frame.length && span_end(frame)[-1] == ' ')
		frame.length--;
	*ret = frame;
	return line.at[0] == ' ' || frame_text_is_whole(frame);
}

/* One line below the header. False: it does not belong to the record. */
static bool gather_line(struct gathered *record, struct span line,
			const char *stack)
{
	struct span frame;

	if (!record->has_page && record->stack_end == stack &&
	    owner_page_parse(line, &record->page)) {
		record->has_page = true;
		record->last_whole = true;
		return true;
	}
	if (owner_trailer_line(line, &record->trailer)) {
		record->last_whole = true;
		return true;
	}
	if (!frame_of(line, &frame))
		/* The wrapped end of a PFN line. */
		return record->has_page && record->stack_end == stack &&
		       (span_starts_with(line, SPAN("Flags ")) ||
			span_starts_with(line, SPAN("type ")) ||
			span_starts_with(line, SPAN("0x")));
	record->last_whole = frame_text_is_whole(frame);
	/* "? sym": an address found on the stack that is no caller. */
	if (!span_starts_with(frame, SPAN("? ")))
		add_frame(record, frame);
	return true;
}

static void gather(struct page_owner *po, struct text_cursor *cursor,
		   struct sink *sink, struct gathered *record)
{
	struct span line;

	record->stack_end = po->stack;
	while (text_cursor_next(cursor, &line)) {
		if (is_closing(cursor, line)) {
			record->closed = true;
		} else if (!frame_text_is_blank(line) &&
			   !gather_line(record, line, po->stack)) {
			const struct damage stray = {
				.line = cursor->line,
				.expected = "a frame",
				.found = cursor->raw,
				.stray = true,
			};

			record->last_whole = false;
			sink->damage(sink, &stray);
		}
	}
}

static bool deliver(struct page_owner *po, const struct gathered *gathered,
		    uint64_t line, bool unfinished, struct sink *sink,
		    struct error *err)
{
	const struct owner_page *page =
		gathered->has_page ? &gathered->page : NULL;
	struct record record = {0};

	owner_record_init(&record, &gathered->header, page);
	owner_record_fields(&record, sink->wanted, &gathered->header, page,
			    &gathered->trailer);
	record.line = line;
	record.unfinished = unfinished;
	record.stack = span_between(po->stack, gathered->stack_end);
	if (!record.stack.length && gathered->trailer.handle.length) {
		/* mode=handle: the depot's number stands for the frames. */
		char *at = po->stack;

		memcpy(at, " handle:", 8);
		memcpy(at + 8, gathered->trailer.handle.at,
		       gathered->trailer.handle.length);
		at += 8 + gathered->trailer.handle.length;
		*at++ = '\n';
		record.stack = span_between(po->stack, at);
	}
	return sink->record(sink, &record, err);
}

/* Take a record that record_extent() has measured. */
static bool careful_record(struct page_owner *po, struct span text, bool at_end,
			   struct sink *sink, struct error *err)
{
	struct text_cursor cursor = {
		.rest = text,
		.line = po->line,
		.prefixed = is_prefixed(text),
	};
	struct gathered record = {0};
	uint64_t line = po->line + 1;
	struct span first = {0};
	struct text_cursor ahead = cursor;
	size_t seen;

	po->previous = (struct span){0};
	po->stray_record = false;
	po->line += count_lines(text);
	text_cursor_next(&ahead, &first);
	if (!take_header(po, &cursor, &record.header, &seen)) {
		skip(sink, line, "\"order N, mask 0x..., pid N, ts N ns\"",
		     ahead.raw);
		return true;
	}
	gather(po, &cursor, sink, &record);
	if (!record.closed && (!record.last_whole || !record.has_page)) {
		skip(sink, line, "a whole record", ahead.raw);
		return true;
	}
	return deliver(po, &record, line, at_end && !record.closed, sink, err);
}

/* ---- the quick way ---- */

/* What is left of a well-formed record behind its stack. */
static const char *quick_trailer(const char *at, const char *end,
				 const struct text_scan *scan,
				 struct owner_trailer *ret, uint64_t *lines)
{
	while (at < end && *at != '\n') {
		const char *newline = scan->newline(at, end);

		if (!newline ||
		    !owner_trailer_line(span_between(at, newline), ret))
			return NULL;
		at = newline + 1;
		++*lines;
	}
	return at < end ? at : NULL;
}

static struct text_run quick_stack(const struct page_owner *po, const char *at,
				   const char *end,
				   const struct text_scan *scan, bool *ret_same)
{
	size_t length = po->previous.length;

	/* Neighbouring pages often were allocated by the same stack. */
	*ret_same = length && (size_t)(end - at) > length &&
		    at[length] != ' ' &&
		    memcmp(at, po->previous.at, length) == 0;
	if (*ret_same)
		return (struct text_run){at + length, po->previous_lines};
	return scan->indented(at, end);
}

/*
 * Take the record at `at` if it lies there whole and as the kernel prints it;
 * returns what is behind it, or NULL: take the careful way. ret_failed tells
 * that the sink has failed.
 */
static const char *quick_record(struct page_owner *po, const char *at,
				const char *end, struct sink *sink,
				bool *ret_failed, struct error *err)
{
	const struct text_scan *scan = sink->scan;
	struct owner_trailer trailer = {0};
	struct owner_header *header = &po->quick_header;
	struct owner_page page;
	struct record *record = &po->quick_record;
	const char *newline, *begin = at;
	struct text_run run;
	uint64_t lines = 3; /* header, PFN, blank */
	bool same;

	newline = scan->newline(at, end);
	if (!newline ||
	    !owner_header_parse_next(span_between(at, newline), header)) {
		header->front.length = 0;
		return NULL;
	}
	at = newline + 1;
	newline = scan->newline(at, end);
	if (!newline || !owner_page_parse(span_between(at, newline), &page))
		return NULL;
	at = newline + 1;
	run = quick_stack(po, at, end, scan, &same);
	if (!run.end || run.end == end)
		return NULL;
	newline = run.end;
	if (*newline != '\n') {
		newline = quick_trailer(newline, end, scan, &trailer, &lines);
		if (!newline || trailer.handle.length)
			return NULL;
	}
	if ((size_t)(newline - begin) >= PIECE_MAX)
		return NULL;
	owner_record_init(record, header, &page);
	owner_record_fields(record, sink->wanted, header, &page, &trailer);
	record->stack = span_between(at, run.end);
	record->same_stack = same;
	record->line = po->line + 1;
	if (!sink->record(sink, record, err)) {
		*ret_failed = true;
		return NULL;
	}
	po->previous = record->stack;
	po->previous_lines = run.lines;
	po->line += lines + run.lines;
	return newline + 1;
}

/* ---- blocks ---- */

/* The start of the first line behind `at`. */
static const char *behind_line(const char *at, const char *end)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));

	return newline ? newline + 1 : end;
}

/*
 * The header after the one that starts at `at`. One that was glued to a cut
 * line starts inside a line, and so does the search for the one after it.
 */
static const char *header_after(const char *at, const char *end)
{
	if (span_starts_with(span_between(at, end), OWNER_HEADER))
		return next_header(at + OWNER_HEADER.length, end);
	return next_header(behind_line(at, end), end);
}

/*
 * A header was seen in an earlier block, its record's end was not: append the
 * new lines and try again. Moves *at behind what was used.
 */
static bool resume(struct page_owner *po, const char **at, const char *end,
		   struct sink *sink, struct error *err)
{
	const char *next = next_header(*at, end);
	size_t fresh = (size_t)((next ? next : end) - *at);
	size_t room = PIECE_MAX - po->pending_length, had, used;
	bool whole = next && fresh <= room;

	if (fresh > room)
		fresh = room;
	memcpy(po->pending + po->pending_length, *at, fresh);
	had = po->pending_length;
	po->pending_length += fresh;
	if (!record_extent(po, (struct span){po->pending, po->pending_length},
			   whole, &used)) {
		*at += fresh;
		return true;
	}
	po->pending_length = 0;
	if (!careful_record(po, (struct span){po->pending, used}, false, sink,
			    err))
		return false;
	if (used < had)
		stray_lines(po,
			    span_between(po->pending + used, po->pending + had),
			    sink);
	else
		*at += used - had;
	return true;
}

/* Take the record at `at`, which starts with a header, or keep its start. */
static bool take_record(struct page_owner *po, const char **at, const char *end,
			struct sink *sink, struct error *err)
{
	const char *next = header_after(*at, end);
	struct span text = span_between(*at, next ? next : end);
	size_t used;

	if (!record_extent(po, text, next != NULL, &used)) {
		memcpy(po->pending, text.at, text.length);
		po->pending_length = text.length;
		*at = end;
		return true;
	}
	text.length = used;
	*at += used;
	return careful_record(po, text, false, sink, err);
}

static bool page_owner_block(void *state, struct span lines, struct sink *sink,
			     struct error *err)
{
	struct page_owner *po = state;
	const char *at = lines.at, *end = span_end(lines), *next;
	bool failed = false;

	po->previous = (struct span){0};
	po->quick_header.front.length = 0;
	if (po->pending_length && !resume(po, &at, end, sink, err))
		return false;
	while (at < end) {
		next = NULL;
		if (!sink->careful)
			next = quick_record(po, at, end, sink, &failed, err);
		if (failed)
			return false;
		if (next) {
			at = next;
			continue;
		}
		next = next_header(at, end);
		if (next == at) {
			if (!take_record(po, &at, end, sink, err))
				return false;
			continue;
		}
		stray_lines(po, span_between(at, next ? next : end), sink);
		at = next ? next : end;
	}
	return true;
}

static bool page_owner_finish(void *state, enum ending ending,
			      struct sink *sink, struct error *err)
{
	struct page_owner *po = state;
	struct span text = {po->pending, po->pending_length};
	size_t used;

	sink->lines = po->line;
	if (!po->pending_length)
		return true;
	record_extent(po, text, true, &used);
	po->pending_length = 0;
	if (!careful_record(po, (struct span){text.at, used},
			    ending == ENDING_INPUT, sink, err))
		return false;
	stray_lines(po, span_skip(text, used), sink);
	sink->lines = po->line;
	return true;
}

const struct format format_page_owner = {
	.name = "page_owner",
	.title = "/sys/kernel/debug/page_owner: every allocated page, "
		 "3.19 and newer",
	.state_size = sizeof(struct page_owner),
	.sniff = page_owner_sniff,
	.block = page_owner_block,
	.finish = page_owner_finish,
	.resync = page_owner_resync,
};
