/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/slab_parameter.h"

static struct span cut_at(struct span *rest, char separator)
{
	const char *at =
		rest->length ? memchr(rest->at, separator, rest->length) : NULL;
	struct span part = at ? span_between(rest->at, at) : *rest;

	*rest = at ? span_between(at + 1, span_end(*rest))
		   : (struct span){span_end(*rest), 0};
	return part;
}

/* No flags are all flags, and the U is that of user tracking. */
static bool has_tracking(struct span flags)
{
	return !flags.length || memchr(flags.at, 'U', flags.length) ||
	       memchr(flags.at, 'u', flags.length);
}

/* "kmalloc-64", or "kmalloc-*": up to the star they must be the same. */
static bool is_named(struct span pattern, struct span cache)
{
	const char *star =
		pattern.length ? memchr(pattern.at, '*', pattern.length) : NULL;

	if (star)
		return span_starts_with(cache, span_between(pattern.at, star));
	return span_equal(pattern, cache);
}

/* "U,kmalloc-64,dentry": without names it is for all caches. */
static bool block_traces(struct span block, struct span cache)
{
	bool named = block.length && memchr(block.at, ',', block.length);
	struct span flags = cut_at(&block, ',');

	if (!has_tracking(flags))
		return false;
	while (block.length)
		if (is_named(cut_at(&block, ','), cache))
			return true;
	return !named;
}

bool slab_parameter_traces(struct span command_line, struct span cache)
{
	bool traces = false;

	while (command_line.length) {
		struct span word = cut_at(&command_line, ' ');

		if (!span_take(&word, SPAN("slub_debug")) &&
		    !span_take(&word, SPAN("slab_debug")))
			continue;
		if (!word.length)
			return true;
		if (!span_take(&word, SPAN("=")))
			continue;
		do {
			traces |= block_traces(cut_at(&word, ';'), cache);
		} while (word.length);
	}
	return traces;
}
