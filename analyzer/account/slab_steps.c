/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What it takes for the kernel to note who allocates from a cache: user
 * tracking, "U" of slub_debug (slab_debug since 6.9; the older name works up
 * to 7.1). It keeps the cache from being merged with others; what was merged
 * into it before goes elsewhere, under a name that nobody could foresee,
 * unless nothing is merged at all.
 */
#include <string.h>

#include "account/slab_caches.h"
#include "base/quote.h"

#define LINES_CAPACITY 4096

/* Lines; what does not fit is left out, which takes longer names than the
 * quoted ones are. */
struct lines {
	char text[LINES_CAPACITY];
	size_t length;
};

struct steps {
	const struct slab_view *view;
	struct lines lines;
};

static void put(struct lines *lines, const char *text)
{
	size_t length = strlen(text);

	if (length >= sizeof(lines->text) - lines->length)
		return;
	memcpy(lines->text + lines->length, text, length + 1);
	lines->length += length;
}

static void take_back(struct lines *lines, size_t length)
{
	lines->length = length;
	lines->text[length] = '\0';
}

static void put_name(struct lines *lines, struct span name)
{
	char quoted[QUOTE_CAPACITY];

	quote_text(name, QUOTE_LIMIT, quoted, sizeof(quoted));
	put(lines, quoted);
}

/* What a parameter of the kernel can hold as the name of a cache. */
static bool is_parameter(struct span name)
{
	size_t i;

	for (i = 0; i < name.length; i++) {
		char c = name.at[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '-' && c != '_' && c != '.')
			return false;
	}
	return name.length && name.length <= QUOTE_LIMIT;
}

enum wanted {
	WANTED_ALL,
	WANTED_BOOT,	/* the kernel does not note who allocates */
	WANTED_CAPTURE, /* it does, and the capture has not got it */
	WANTED_NO,
};

static enum wanted wanted_of(const struct slab_cache *cache)
{
	if (cache->has_stacks)
		return WANTED_NO;
	return cache->traced == FLAG_YES ? WANTED_CAPTURE : WANTED_BOOT;
}

/* Put the names of the leading caches that are wanted so; 0: there is none. */
static size_t put_names(struct steps *steps, enum wanted wanted)
{
	size_t leaders = slab_view_leaders(steps->view), count = 0, i;

	for (i = 0; i < leaders; i++) {
		const struct slab_cache *cache = &steps->view->caches[i];
		enum wanted found = wanted_of(cache);

		if (found == WANTED_NO ||
		    (wanted != WANTED_ALL && found != wanted))
			continue;
		put(&steps->lines, count++ ? ", " : "");
		put_name(&steps->lines, cache->name);
	}
	return count;
}

/* "slub_debug=U,kmalloc-2k,dentry"; all caches where one cannot be named. */
static void put_parameter(struct steps *steps)
{
	size_t leaders = slab_view_leaders(steps->view), i;
	bool named = true;

	for (i = 0; i < leaders; i++)
		if (wanted_of(&steps->view->caches[i]) == WANTED_BOOT)
			named &= is_parameter(steps->view->caches[i].name);
	put(&steps->lines, "slub_debug=U");
	for (i = 0; named && i < leaders; i++) {
		const struct slab_cache *cache = &steps->view->caches[i];

		if (wanted_of(cache) != WANTED_BOOT)
			continue;
		put(&steps->lines, ",");
		put_name(&steps->lines, cache->name);
	}
}

/* Whether some of the caches that are to be traced hold others' objects. */
static enum known_flag merged(const struct steps *steps)
{
	size_t leaders = slab_view_leaders(steps->view), i;
	enum known_flag flag = FLAG_NO;

	for (i = 0; i < leaders; i++) {
		const struct slab_cache *cache = &steps->view->caches[i];

		if (wanted_of(cache) != WANTED_BOOT)
			continue;
		if (cache->aliases || span_starts_with(cache->name, SPAN(":")))
			return FLAG_YES;
		if (!cache->aliases_known)
			flag = FLAG_UNKNOWN;
	}
	return flag;
}

static void put_boot(struct steps *steps)
{
	struct lines *lines = &steps->lines;
	enum known_flag flag = merged(steps);

	put(lines, "  boot with  ");
	put_parameter(steps);
	put(lines, flag == FLAG_YES ? " slab_nomerge\n" : "\n");
	if (flag == FLAG_YES)
		put(lines, "    slab_nomerge, since caches of other names are "
			   "merged into these\n");
	if (flag == FLAG_UNKNOWN)
		put(lines, "    and slab_nomerge, if caches of other names "
			   "may be merged into these\n");
}

/* Other caches have traces in the capture, these have none. */
static void put_gap(struct lines *lines)
{
	put(lines, ", but the capture has no traces of these:\n"
		   "    a kernel has no file for some that it made early at "
		   "boot, and those\n"
		   "    that hang a machine are not read (pageowl capture "
		   "--check)\n");
}

char *slab_caches_steps(struct slab_view *view, const struct report *objects,
			struct arena *arena)
{
	struct steps steps = {.view = view};
	struct lines *lines = &steps.lines;
	struct error err;
	size_t before;
	bool boot;

	if (!slab_caches_mark(view, objects, &err))
		return NULL;
	put(lines, view->compared ? "No stacks are known of what grew in "
				  : "No stacks are known of what is in ");
	if (!put_names(&steps, WANTED_ALL))
		return arena_string(arena, SPAN(""));
	put(lines, ". To have them:\n");
	before = lines->length;
	put(lines, "  the kernel notes them of ");
	if (!put_names(&steps, WANTED_CAPTURE))
		take_back(lines, before);
	else if (objects)
		put_gap(lines);
	else
		put(lines, " already\n");
	before = lines->length;
	boot = put_names(&steps, WANTED_BOOT);
	take_back(lines, before);
	if (boot)
		put_boot(&steps);
	if (boot || !objects)
		put(lines, "  then read them as root with  pageowl capture\n");
	return arena_string(arena, span_of(lines->text));
}
