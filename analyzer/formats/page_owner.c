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
#include "formats/careful_record.h"
#include "formats/owner_text.h"

struct page_owner {
	uint64_t line;	      /* lines before the text now looked at */
	struct span previous; /* stack of the last record of this block */
	uint64_t previous_lines;
	struct owner_header quick_header; /* of that record, for the next */
	struct record quick_record;	  /* filled anew for each record */
	size_t pending_length; /* of the record that has not ended yet */
	char pending[RECORD_TEXT_MAX];
	struct careful careful;
};

static const char *page_owner_sniff(struct span head)
{
	return careful_next_header(head.at, span_end(head));
}

static const char *page_owner_resync(struct span text)
{
	return careful_next_header(text.at, span_end(text));
}

/* ---- the quick way ---- */

/* What is left of a well-formed record behind its stack. */
static const char *quick_trailer(const char *at, const char *end,
				 const struct text_scan *scan,
				 struct owner_trailer *ret, uint64_t *lines)
{
	while (at < end && *at != '\n') {
		const char *newline = scan->newline(at, end);

		if (!newline || newline[-1] == '\r' ||
		    !owner_trailer_line(span_between(at, newline), ret))
			return NULL;
		at = newline + 1;
		++*lines;
	}
	return at < end ? at : NULL;
}

/*
 * Whether a PFN line is all that the kernel prints, with nothing between its
 * words: no header glued to it where it was cut, and no CR.
 */
static bool is_plain_page(struct span rest)
{
	uint64_t block;
	size_t n = 0;

	if (!span_take(&rest, SPAN(" Block ")) ||
	    !span_take_u64(&rest, &block) || !span_take(&rest, SPAN(" type ")))
		return false;
	while (n < rest.length && rest.at[n] != ' ')
		n++;
	rest = span_skip(rest, n);
	return span_take(&rest, SPAN(" Flags ")) &&
	       span_ends_with(rest, SPAN(")")) &&
	       !memchr(rest.at, ' ', rest.length);
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
		return (struct text_run){at + length, po->previous_lines,
					 false};
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
	if (!newline || !owner_page_parse(span_between(at, newline), &page) ||
	    !is_plain_page(page.rest))
		return NULL;
	at = newline + 1;
	run = quick_stack(po, at, end, scan, &same);
	if (!run.end || run.end == end || run.odd)
		return NULL;
	newline = run.end;
	if (*newline != '\n') {
		newline = quick_trailer(newline, end, scan, &trailer, &lines);
		if (!newline || trailer.handle.length)
			return NULL;
	}
	if ((size_t)(newline - begin) >= RECORD_TEXT_MAX)
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
	po->careful.in_record = false;
	po->previous = record->stack;
	po->previous_lines = run.lines;
	po->line += lines + run.lines;
	return newline + 1;
}

/* ---- blocks ---- */

static bool take_text(struct page_owner *po, struct span text, bool at_end,
		      struct sink *sink, struct error *err)
{
	po->previous = (struct span){0};
	return careful_record(&po->careful, text, &po->line, at_end, sink, err);
}

static void pass_text(struct page_owner *po, struct span text,
		      struct sink *sink)
{
	careful_stray(&po->careful, text, &po->line, sink);
}

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
		return careful_next_header(at + OWNER_HEADER.length, end);
	return careful_next_header(behind_line(at, end), end);
}

/*
 * A header was seen in an earlier block, its record's end was not: append the
 * new lines and try again. Moves *at behind what was used.
 */
static bool resume(struct page_owner *po, const char **at, const char *end,
		   struct sink *sink, struct error *err)
{
	const char *next = careful_next_header(*at, end);
	size_t fresh = (size_t)((next ? next : end) - *at);
	size_t room = RECORD_TEXT_MAX - po->pending_length, had, used;
	bool whole = next && fresh <= room;

	if (fresh > room)
		fresh = room;
	memcpy(po->pending + po->pending_length, *at, fresh);
	had = po->pending_length;
	po->pending_length += fresh;
	if (!careful_extent(&po->careful,
			    (struct span){po->pending, po->pending_length},
			    whole, &used)) {
		*at += fresh;
		return true;
	}
	po->pending_length = 0;
	if (!take_text(po, (struct span){po->pending, used}, false, sink, err))
		return false;
	if (used < had)
		pass_text(po,
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

	if (!careful_extent(&po->careful, text, next != NULL, &used)) {
		memcpy(po->pending, text.at, text.length);
		po->pending_length = text.length;
		*at = end;
		return true;
	}
	text.length = used;
	*at += used;
	return take_text(po, text, false, sink, err);
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
		next = careful_next_header(at, end);
		if (next == at) {
			if (!take_record(po, &at, end, sink, err))
				return false;
			continue;
		}
		pass_text(po, span_between(at, next ? next : end), sink);
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
	careful_extent(&po->careful, text, true, &used);
	po->pending_length = 0;
	if (!take_text(po, (struct span){text.at, used}, ending == ENDING_INPUT,
		       sink, err))
		return false;
	pass_text(po, span_skip(text, used), sink);
	sink->lines = po->line;
	return true;
}

static const char *const page_owner_paths[] = {
	"sys/kernel/debug/page_owner",
	"page_owner",
	NULL,
};

/* Stacks with a handle behind them stand in its records, too. */
static const char *const inner[] = {"page_owner_stacks", NULL};

const struct format format_page_owner = {
	.name = "page_owner",
	.title = "/sys/kernel/debug/page_owner of Linux 3.19 and newer",
	.state_size = sizeof(struct page_owner),
	.paths = page_owner_paths,
	.timed = true,
	.inner = inner,
	.sniff = page_owner_sniff,
	.block = page_owner_block,
	.finish = page_owner_finish,
	.resync = page_owner_resync,
};
