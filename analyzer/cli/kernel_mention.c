/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kernel_mention.h"

static bool is_release_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       span_is_digit(c) || memchr("._+~-", c, 5);
}

/* A word that can be a release; it becomes part of paths: no '/'. */
static bool take_release(struct span *text, struct span *ret)
{
	struct span word;
	size_t i;

	if (!span_take_word(text, &word) ||
	    word.length >= KERNEL_RELEASE_CAPACITY ||
	    !span_is_digit(word.at[0]) || !memchr(word.at, '.', word.length))
		return false;
	for (i = 0; i < word.length; i++)
		if (!is_release_byte(word.at[i]))
			return false;
	*ret = word;
	return true;
}

/* "Linux version 6.1.0-56-amd64 (…)"; prose has no bracket there. */
static bool read_banner(struct span text, struct kernel_mention *ret)
{
	return take_release(&text, &ret->release) &&
	       span_starts_with(text, SPAN(" ("));
}

/* With CONFIG_STACKTRACE_BUILD_ID it is the last word. */
static struct span find_build_id(struct span text)
{
	struct span word, last = {0};
	size_t i;

	do {
		span_take_blanks(&text);
		last = span_take_word(&text, &word) ? word : last;
	} while (text.length);
	last = span_trim_end(last);
	if (last.length != 40)
		return (struct span){0};
	for (i = 0; i < last.length; i++)
		if (span_hex_digit(last.at[i]) < 0)
			return (struct span){0};
	return last;
}

/*
 * Behind "Not t" or "T", "ainted: G        W  O       6.1.0-56-amd64 #1 …":
 * the flags, the release and the build number.
 */
static bool read_taint(struct span text, struct kernel_mention *ret)
{
	struct span word;

	span_take(&text, SPAN(":"));
	for (;;) {
		span_take_blanks(&text);
		/* Before 2.6.27 both are in brackets. */
		span_take(&text, SPAN("("));
		if (!text.length)
			return false;
		if (span_is_digit(text.at[0]))
			break;
		if (!span_take_word(&text, &word))
			return false;
	}
	if (!take_release(&text, &ret->release) ||
	    !span_starts_with(text, SPAN(" #")))
		return false;
	ret->build_id = find_build_id(text);
	return true;
}

/* What follows the last needle in line; a task's name may have one, too. */
static bool find_last(struct span line, struct span needle, struct span *ret)
{
	const char *at;
	bool found = false;

	while ((at = span_find(line, needle))) {
		line = span_between(at + needle.length, span_end(line));
		found = true;
	}
	*ret = line;
	return found;
}

static bool read_line(struct span line, struct kernel_mention *ret)
{
	struct span text;

	ret->build_id = (struct span){0};
	return (find_last(line, SPAN("Linux version "), &text) &&
		read_banner(text, ret)) ||
	       (find_last(line, SPAN("ainted"), &text) &&
		read_taint(text, ret));
}

/*
 * Where needle is next; was is where it was found before: NULL means that it
 * is nowhere, and is not searched for again.
 */
static const char *find_next(struct span rest, struct span needle,
			     const char *was)
{
	return was && was <= rest.at ? span_find(rest, needle) : was;
}

void kernel_mentions_init(struct kernel_mentions *mentions, struct span lines)
{
	*mentions = (struct kernel_mentions){lines, lines.at, lines.at};
}

bool kernel_mentions_next(struct kernel_mentions *mentions,
			  struct kernel_mention *ret)
{
	struct span *rest = &mentions->rest;
	struct kernel_mention mention;
	const char *at;
	bool known;

	do {
		mentions->banner = find_next(*rest, SPAN("Linux version "),
					     mentions->banner);
		mentions->taint =
			find_next(*rest, SPAN("ainted"), mentions->taint);
		at = mentions->banner;
		if (!at || (mentions->taint && mentions->taint < at))
			at = mentions->taint;
		if (!at)
			return false;
		mention.line = span_line_around(*rest, at);
		known = read_line(mention.line, &mention);
		if (span_end(mention.line) < span_end(*rest))
			mention.line.length++;
		*rest = span_between(span_end(mention.line), span_end(*rest));
	} while (!known);
	*ret = mention;
	return true;
}
