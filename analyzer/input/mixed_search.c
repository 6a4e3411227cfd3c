/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/mixed_search.h"

#include "formats/log_prefix.h"
#include "formats/sniff_line.h"
#include "input/mixed_heading.h"

/*
 * After a hit the next one of its kind is looked for in pieces that grow by
 * this factor: what is searched again behind each hit stays in proportion.
 */
enum {
	PIECE_FIRST = 2 << 10,
	PIECE_GROWTH = 4,
	/* What follows a line may be part of what decides. */
	PIECE_MARGIN = 2 << 10,
};

bool mixed_search_knows(const struct format *format)
{
	return format->sniff && !format->at_head && !format->of_symbols &&
	       !format->of_process && !format->ours;
}

static void add(struct mixed_search *search, enum mixed_mark mark,
		const struct format *format)
{
	if (search->count < MIXED_MARKS_MAX)
		search->finders[search->count++] =
			(struct mixed_finder){.mark = mark, .format = format};
}

void mixed_search_init(struct mixed_search *search, const struct format *only)
{
	size_t i;

	*search = (struct mixed_search){0};
	add(search, MARK_HEADING, NULL);
	add(search, MARK_VERSION, NULL);
	add(search, MARK_ZERO, NULL);
	for (i = 0; formats[i]; i++) {
		if (!mixed_search_knows(formats[i]) ||
		    (only && only != formats[i]))
			continue;
		add(search, MARK_FORMAT, formats[i]);
		if (formats[i]->openings)
			add(search, MARK_OPENING, formats[i]);
	}
}

void mixed_search_window(struct mixed_search *search, struct span window)
{
	size_t i;

	search->window = window;
	for (i = 0; i < search->count; i++)
		search->finders[i].next = NULL;
}

static struct span without_prefix(struct span line)
{
	return span_skip(line, log_prefix_length(line));
}

int mixed_search_opening(const struct format *format, struct span line)
{
	int i;

	line = without_prefix(line);
	for (i = 0; format->openings && format->openings[i]; i++)
		if (span_starts_with(line, span_of(format->openings[i])))
			return i;
	return -1;
}

static bool is_version(struct span head, struct span line)
{
	(void)head;
	return span_starts_with(without_prefix(line), SPAN("Linux version "));
}

static bool is_zero(struct span head, struct span line)
{
	(void)head;
	return log_prefix_parse(line).time_ns == 0;
}

static const char *find_opening(const struct format *format, struct span text)
{
	const char *first = NULL;
	size_t i;

	for (i = 0; format->openings[i]; i++) {
		struct span mark = span_of(format->openings[i]), rest = text;
		const char *at;

		while ((at = span_find(rest, mark))) {
			struct span line = span_line_around(text, at);

			rest = span_between(span_end(line), span_end(text));
			if (mixed_search_opening(format, line) < 0 ||
			    format->sniff(line) != line.at)
				continue;
			first = line.at;
			text = span_between(text.at, first);
			break;
		}
	}
	return first;
}

static const char *find(const struct mixed_finder *finder, struct span text)
{
	switch (finder->mark) {
	case MARK_FORMAT:
		return finder->format->sniff(text);
	case MARK_OPENING:
		return find_opening(finder->format, text);
	case MARK_HEADING:
		return mixed_heading_find(text);
	case MARK_VERSION:
		return sniff_line(text, SPAN("Linux version "), is_version);
	case MARK_ZERO:
		return sniff_line(text, SPAN("[    0.000000]"), is_zero);
	}
	return NULL;
}

/* The first piece of text of about that length, in whole lines. */
static struct span piece_of(struct span text, size_t length)
{
	const char *newline;

	if (length >= text.length)
		return text;
	newline = memchr(text.at + length, '\n', text.length - length);
	return newline ? span_between(text.at, newline + 1) : text;
}

static const char *look(const struct mixed_finder *finder, struct span text,
			bool whole)
{
	size_t length = whole ? text.length : PIECE_FIRST;
	const char *at;

	for (;; length *= PIECE_GROWTH) {
		struct span piece = piece_of(text, length);

		at = piece.length ? find(finder, piece) : NULL;
		if (piece.length == text.length)
			return at ? at : span_end(text);
		if (at && span_end(piece) - at >= PIECE_MARGIN)
			return at;
	}
}

static bool is_inner(const struct format *outer, const struct format *format)
{
	return outer && outer->inner && format &&
	       format_is_listed(format, outer->inner);
}

static bool is_asked(const struct mixed_finder *finder,
		     const struct format *current)
{
	if (finder->mark == MARK_OPENING)
		return finder->format == current;
	if (finder->mark == MARK_FORMAT)
		return !current || (finder->format != current &&
				    !is_inner(current, finder->format));
	return true;
}

const struct mixed_finder *mixed_search_next(struct mixed_search *search,
					     const char *from,
					     const struct format *current)
{
	const struct mixed_finder *first = NULL;
	const char *end = span_end(search->window);
	size_t i;

	for (i = 0; i < search->count; i++) {
		struct mixed_finder *finder = &search->finders[i];

		if (!is_asked(finder, current))
			continue;
		if (!finder->next || finder->next < from)
			finder->next = look(finder, span_between(from, end),
					    from == search->window.at);
		if (finder->next < end &&
		    (!first || finder->next < first->next))
			first = finder;
	}
	return first;
}
