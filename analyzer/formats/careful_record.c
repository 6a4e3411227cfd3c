/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/careful_record.h"

#include "formats/frame_text.h"
#include "formats/log_prefix.h"
#include "formats/owner_text.h"
#include "formats/text_cursor.h"

/*
 * What the kernel keeps of a task's name, its end included: a header can be
 * broken into as many lines at most.
 */
#define COMM_SIZE 16

const char *careful_next_header(const char *at, const char *end)
{
	struct span rest = span_between(at, end);
	const char *hit, *begin;

	while ((hit = span_find(rest, OWNER_HEADER))) {
		struct span before;

		begin = hit;
		while (begin > at && begin[-1] != '\n')
			begin--;
		before = span_between(begin, hit);
		if (before.length > RECORD_TEXT_MAX) {
			rest = span_between(hit + 1, end);
			continue;
		}
		if (log_prefix_length(before) == before.length ||
		    frame_text_is_blank(before))
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
	return is_page_line(frame) || frame_text_is_whole(frame) ||
	       owner_trailer_line(frame, &ignored);
}

void careful_stray(struct careful *careful, struct span text, uint64_t *line_at,
		   struct sink *sink)
{
	struct text_cursor cursor = {.rest = text, .line = *line_at};
	struct span line;

	while (text_cursor_next(&cursor, &line)) {
		struct damage damage = {
			.line = cursor.line,
			.expected = "\"Page allocated via order\"",
			.found = cursor.raw,
		};

		line = span_skip(line, log_prefix_length(line));
		if (frame_text_is_blank(line)) {
			careful->in_record = false;
			continue;
		}
		if (careful->in_record)
			continue;
		careful->in_record = is_record_line(line);
		damage.stray = !careful->in_record;
		sink->damage(sink, &damage);
	}
	*line_at = cursor.line;
}

/* Join the lines of a header; glue is what stands between two of them. */
static struct span join(const struct span *lines, size_t count, char glue,
			char *ret)
{
	char *at = ret;
	size_t i;

	for (i = 0; i < count; i++) {
		size_t length = lines[i].length;

		/* What wrapped lines may also have left spaces behind. */
		while (glue == ' ' && length && lines[i].at[length - 1] == ' ')
			length--;
		if (i)
			*at++ = glue;
		memcpy(at, lines[i].at, length);
		at += length;
	}
	return span_between(ret, at);
}

/* A name that breaks lines is one that the kernel printed: 15 bytes at most. */
static bool is_broken_header(struct span text, struct owner_header *ret)
{
	return owner_header_parse(text, ret) &&
	       (ret->comm.length < COMM_SIZE ||
		!memchr(ret->comm.at, '\n', ret->comm.length));
}

/* Whether lines are a header that was broken into them. */
static bool is_header(struct careful *careful, const struct span *lines,
		      size_t count, struct owner_header *ret)
{
	return is_broken_header(join(lines, count, '\n', careful->header),
				ret) ||
	       is_broken_header(join(lines, count, ' ', careful->header), ret);
}

/*
 * Take the header, which ends before the PFN line: a task name may break it
 * into lines, and so may a mail program. *ret_open: there is no PFN line in
 * sight, but more text may bring one.
 *
 * A task may be named ")\nPFN 1 Block 1", which ends a header and begins a PFN
 * line. It leaves no room for a time, and one line at most for the rest of the
 * name: a header with a name and no time is believed when no longer one fits.
 */
static bool take_header(struct careful *careful, struct text_cursor *cursor,
			struct owner_header *ret, bool *ret_open)
{
	struct text_cursor ahead = *cursor, behind_short = *cursor;
	struct span lines[COMM_SIZE], next;
	size_t count = 0, short_count = 0;

	*ret_open = false;
	while (count < COMM_SIZE && (!short_count || count < short_count + 2) &&
	       text_cursor_next(&ahead, &lines[count])) {
		struct text_cursor peek = ahead;

		count++;
		*ret_open = !text_cursor_next(&peek, &next);
		/* "\nPFN 1 Block 1" is a name too: go on. */
		if (*ret_open || !is_page_line(next) ||
		    !is_header(careful, lines, count, ret))
			continue;
		if (ret->ts_ns != TS_NONE || !ret->comm.at) {
			*cursor = ahead;
			return true;
		}
		if (!short_count) {
			short_count = count;
			behind_short = ahead;
		}
	}
	if (short_count) {
		*cursor = behind_short;
		return is_header(careful, lines, short_count, ret);
	}
	/* No PFN line: the header tells the pages all the same. */
	return text_cursor_next(cursor, &next) &&
	       is_broken_header(join(&next, 1, ' ', careful->header), ret);
}

/* A cursor that takes off what stands before the header from all lines. */
static struct text_cursor cursor_of(struct span text, uint64_t line)
{
	struct text_cursor cursor = {.rest = text, .line = line};
	size_t indent = 0;

	while (indent < text.length &&
	       (text.at[indent] == ' ' || text.at[indent] == '\t'))
		indent++;
	if (span_starts_with(span_skip(text, indent), OWNER_HEADER))
		cursor.indent = indent;
	else
		cursor.prefixed = true;
	return cursor;
}

/* Whether a line closes a record. One of spaces only is a frame without text.
 */
static bool is_closing(const struct text_cursor *cursor, struct span line)
{
	if (cursor->prefixed)
		return frame_text_is_blank(line);
	return frame_text_is_blank(line) && !span_starts_with(line, SPAN(" "));
}

bool careful_extent(struct careful *careful, struct span text, bool whole,
		    size_t *ret)
{
	struct text_cursor cursor;
	struct owner_header ignored;
	struct span line;
	bool open, first = true;

	if (text.length > RECORD_TEXT_MAX) {
		text.length = RECORD_TEXT_MAX;
		whole = true;
	}
	cursor = cursor_of(text, 0);
	take_header(careful, &cursor, &ignored, &open);
	/* A blank line may still turn out to be part of a task name. */
	if (open && !whole)
		return false;
	while (text_cursor_next(&cursor, &line)) {
		if (is_closing(&cursor, line)) {
			*ret = text.length - cursor.rest.length;
			return true;
		}
		/* Another record's, whose header cannot be read. */
		if (!first && is_page_line(line)) {
			*ret = (size_t)(cursor.raw.at - text.at);
			return true;
		}
		first = false;
	}
	*ret = text.length;
	return whole || text.length == RECORD_TEXT_MAX;
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
	bool trailed;	 /* a line behind the stack was seen: it is whole */
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
		/* A handle stands for a stack, and may be cut as one. */
		record->trailed |= !span_starts_with(line, SPAN("handle: "));
		/* A header may have been glued to a name that was cut. */
		record->last_whole =
			!span_find(record->trailer.memcg, OWNER_HEADER);
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

static void gather(struct careful *careful, struct text_cursor *cursor,
		   struct sink *sink, struct gathered *record)
{
	struct span line;

	record->stack_end = careful->stack;
	while (text_cursor_next(cursor, &line)) {
		if (is_closing(cursor, line)) {
			record->closed = true;
		} else if (!frame_text_is_blank(line) &&
			   !gather_line(record, line, careful->stack)) {
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

static bool deliver(struct careful *careful, const struct gathered *gathered,
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
	record.stack = span_between(careful->stack, gathered->stack_end);
	if (!record.stack.length && gathered->trailer.handle.length) {
		/* mode=handle: the depot's number stands for the frames. */
		char *at = careful->stack;

		memcpy(at, " handle:", 8);
		memcpy(at + 8, gathered->trailer.handle.at,
		       gathered->trailer.handle.length);
		at += 8 + gathered->trailer.handle.length;
		*at++ = '\n';
		record.stack = span_between(careful->stack, at);
	}
	return sink->record(sink, &record, err);
}

bool careful_record(struct careful *careful, struct span text,
		    uint64_t *line_at, bool at_end, struct sink *sink,
		    struct error *err)
{
	struct text_cursor cursor = cursor_of(text, *line_at);
	struct gathered record = {0};
	uint64_t line = *line_at + 1;
	struct span first = {0};
	struct text_cursor ahead = cursor;
	bool glued;
	bool open;

	careful->in_record = false;
	*line_at += span_count_lines(text);
	text_cursor_next(&ahead, &first);
	if (!take_header(careful, &cursor, &record.header, &open)) {
		skip(sink, line, "\"order N, mask 0x..., pid N, ts N ns\"",
		     ahead.raw);
		return true;
	}
	gather(careful, &cursor, sink, &record);
	/* Another header was glued to the line that this record was cut in. */
	glued = !record.closed && !at_end && text.length < RECORD_TEXT_MAX &&
		!span_ends_with(text, SPAN("\n"));
	if (glued ||
	    (!record.closed && (!record.last_whole || !record.has_page))) {
		skip(sink, cursor.line, "the rest of the record", cursor.raw);
		return true;
	}
	if (!record.closed && record.trailer.memcg.length &&
	    !span_ends_with(text, SPAN("\n"))) {
		const struct damage damage = {
			.line = cursor.line,
			.expected = "a whole line",
			.found = cursor.raw,
			.stray = true,
		};

		/* How the name goes on is not known. */
		record.trailer.memcg.length = 0;
		sink->damage(sink, &damage);
	}
	return deliver(careful, &record, line,
		       at_end && !record.closed && !record.trailed, sink, err);
}
