/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memrchr */
#include "cli/annotate.h"

#include <stdlib.h>

#include "cli/frame_lead.h"

void annotator_deinit(struct annotator *annotator)
{
	frame_book_deinit(&annotator->book);
	free(annotator->seen);
	annotator->seen = NULL;
	annotator->seen_count = 0;
	annotator->seen_capacity = 0;
}

/* ---- which frames there are ---- */

/* Where the search for frames stands. */
struct walk {
	struct span lines;
	const char *line; /* where the line at hand begins */
	const char *at;	  /* behind the frame before; or line */
	const char *perf; /* where the line behind one of perf's begins */
};

static bool add_seen(struct annotator *annotator, struct seen_frame seen)
{
	size_t capacity = annotator->seen_capacity;
	struct seen_frame *fresh;

	if (annotator->seen_count == capacity) {
		capacity = capacity ? capacity * 2 : 256;
		fresh = realloc(annotator->seen, capacity * sizeof(seen));
		if (!fresh)
			return false;
		annotator->seen = fresh;
		annotator->seen_capacity = capacity;
	}
	annotator->seen[annotator->seen_count++] = seen;
	return true;
}

/* Find the line of at, which is not before walk->at. */
static void walk_to(struct walk *walk, const char *at)
{
	const char *newline = memrchr(walk->at, '\n', (size_t)(at - walk->at));

	if (!newline)
		return;
	walk->line = newline + 1;
	walk->at = walk->line;
}

/* perf has the sample itself first, then return addresses. */
static bool leads_perf(struct walk *walk, const struct frame_match *match)
{
	const char *end = span_end(walk->lines);
	const char *behind = span_end(match->text), *newline;
	bool leads = walk->perf != walk->line;

	/* Of several in a line the first has found its end. */
	if (walk->perf && walk->perf > behind)
		return true;
	newline = memchr(behind, '\n', (size_t)(end - behind));
	walk->perf = newline ? newline + 1 : end;
	return leads;
}

static bool see_frame(struct annotator *annotator, struct walk *walk,
		      const struct frame_match *match)
{
	struct seen_frame seen = {
		.begin = match->text.at,
		.end = span_end(match->text),
	};
	struct frame_lead lead;

	walk_to(walk, seen.begin);
	frame_lead_read(span_between(walk->at, seen.begin),
			span_between(seen.end, span_end(walk->lines)),
			walk->at == walk->line, &lead);
	walk->at = seen.end;
	if (!match->size)
		lead.exact = leads_perf(walk, match);
	if (match->told) {
		annotator->told++;
		return true;
	}
	annotator->frames++;
	if (!frame_book_find(&annotator->book, match, lead.exact, &seen.frame))
		return false;
	if (!seen.frame || frame_book_lacks(seen.frame))
		return true;
	seen.line = lead.alone ? walk->line : NULL;
	seen.prefix = lead.prefix;
	return add_seen(annotator, seen);
}

static bool see_frames(struct annotator *annotator, struct span lines)
{
	struct walk walk = {
		.lines = lines,
		.line = lines.at,
		.at = lines.at,
		.perf = annotator->perf_goes_on ? lines.at : NULL,
	};
	struct frame_match match;
	const char *from = lines.at;

	annotator->seen_count = 0;
	while (frame_scan_next(lines, from, &match)) {
		if (!see_frame(annotator, &walk, &match))
			return false;
		from = span_end(match.text);
	}
	annotator->perf_goes_on = walk.perf && walk.perf == span_end(lines);
	return true;
}

/* ---- what is written ---- */

static void put(struct annotator *annotator, struct span text)
{
	if (text.length)
		fwrite(text.at, 1, text.length, annotator->out);
}

/* Space as wide as text; tabs stay what they are. */
static void put_space(struct annotator *annotator, struct span text)
{
	size_t i;

	for (i = 0; i < text.length; i++)
		putc(text.at[i] == '\t' ? '\t' : ' ', annotator->out);
}

static bool ends_with_return(struct span lines, const char *at)
{
	const char *end = span_end(lines);
	const char *newline = memchr(at, '\n', (size_t)(end - at));

	return newline && newline[-1] == '\r';
}

/* A line for each inlined function, as far to the right as the frame. */
static void put_inlined(struct annotator *annotator, struct span lines,
			const struct seen_frame *seen)
{
	const struct frame_notes *notes = frame_book_notes(seen->frame);
	const char *rest = seen->line + seen->prefix;
	bool returns = ends_with_return(lines, seen->end);
	size_t i;

	for (i = 0; i < notes->inlined_count; i++) {
		put(annotator, span_between(seen->line, rest));
		put_space(annotator, span_between(rest, seen->begin));
		put(annotator, notes->inlined[i].text);
		put(annotator, returns ? SPAN("\r\n") : SPAN("\n"));
	}
}

/* Places that have no line of their own, innermost first. */
static void put_chain(struct annotator *annotator,
		      const struct frame_notes *notes)
{
	size_t i;

	for (i = 0; i < notes->inlined_count; i++) {
		put(annotator, notes->inlined[i].place);
		put(annotator, SPAN(" "));
	}
}

/* Text from *at on, up to the end of the frame and its note. */
static void put_frame(struct annotator *annotator, struct span lines,
		      const struct seen_frame *seen, const char **at)
{
	const struct frame_notes *notes = frame_book_notes(seen->frame);

	if (!notes->place.length)
		return;
	if (seen->line && notes->inlined_count) {
		put(annotator, span_between(*at, seen->line));
		put_inlined(annotator, lines, seen);
		*at = seen->line;
	}
	put(annotator, span_between(*at, seen->end));
	put(annotator, SPAN(" ("));
	if (!seen->line)
		put_chain(annotator, notes);
	put(annotator, notes->place);
	put(annotator, SPAN(")"));
	*at = seen->end;
	annotator->annotated++;
}

bool annotator_add(struct annotator *annotator, struct span lines)
{
	const char *at = lines.at;
	size_t i;

	if (!see_frames(annotator, lines) ||
	    !frame_book_ask(&annotator->book, annotator->teller))
		return false;
	for (i = 0; i < annotator->seen_count; i++)
		put_frame(annotator, lines, &annotator->seen[i], &at);
	put(annotator, span_between(at, span_end(lines)));
	return true;
}
