/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of kmalloc caches: mm/slab_common.c, kmalloc_info[] and new_kmalloc_
 * cache(). dma-kmalloc- is as old as SLUB, kmalloc-rcl- is of 4.20, kmalloc-cg-
 * of 5.14, kmalloc-rnd-01- to -15- of 6.6. Sizes above 512 are "1k" since
 * 4.20 or so, digits before. Up to 5.8 each memory cgroup had copies named
 * "kmalloc-256(1234:name)".
 */
#include "formats/slab_path.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static bool is_separator(char c)
{
	return memchr(" ._-", c, 4) != NULL;
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* ---- kmalloc families ---- */

/* "rnd-07-": two digits are all that there are. */
static bool take_random(struct span *name)
{
	struct span rest = *name;
	size_t i;

	if (!span_take(&rest, SPAN("rnd-")) || rest.length < 3 ||
	    rest.at[2] != '-')
		return false;
	for (i = 0; i < 2; i++)
		if (rest.at[i] < '0' || rest.at[i] > '9')
			return false;
	*name = span_skip(rest, 3);
	return true;
}

/* "64", "1k", "2M" */
static bool take_size(struct span *name, uint64_t *ret)
{
	static const struct {
		struct span letter;
		unsigned shift;
	} units[] = {
		{{"k", 1}, 10}, {{"K", 1}, 10}, {{"M", 1}, 20}, {{"G", 1}, 30}};
	struct span rest = *name;
	unsigned shift = 0;
	uint64_t size;
	size_t i;

	if (!span_take_u64(&rest, &size))
		return false;
	for (i = 0; i < COUNT_OF(units) && !shift; i++)
		if (span_take(&rest, units[i].letter))
			shift = units[i].shift;
	if (size > UINT64_MAX >> shift)
		return false;
	*name = rest;
	*ret = size << shift;
	return true;
}

/* "(1234:name)": the copy of a memory cgroup. */
static void take_cgroup(struct span *name)
{
	const char *close;

	if (!span_starts_with(*name, SPAN("(")))
		return;
	close = memchr(name->at, ')', name->length);
	if (close)
		*name = span_between(close + 1, span_end(*name));
}

static bool take_family(struct span *name, uint64_t *ret)
{
	struct span rest = *name;
	uint64_t size;

	span_take(&rest, SPAN("dma-"));
	if (!span_take(&rest, SPAN("kmalloc-")))
		return false;
	if (!take_random(&rest) && !span_take(&rest, SPAN("rcl-")))
		span_take(&rest, SPAN("cg-"));
	if (!take_size(&rest, &size))
		return false;
	take_cgroup(&rest);
	*name = rest;
	*ret = size;
	return true;
}

bool slab_path_kmalloc_size(struct span cache, uint64_t *ret)
{
	uint64_t size;

	if (!take_family(&cache, &size) || cache.length)
		return false;
	*ret = size;
	return true;
}

/* A kmalloc cache somewhere in text. */
static bool find_family(struct span text, struct span *ret)
{
	struct span search = text;
	const char *hit;

	while ((hit = span_find(search, SPAN("kmalloc-")))) {
		const char *begin = hit;
		struct span rest;
		uint64_t size;

		if (span_ends_with(span_between(text.at, hit), SPAN("dma-")))
			begin -= 4;
		rest = span_between(begin, span_end(text));
		if ((begin == text.at || !is_alnum(begin[-1])) &&
		    take_family(&rest, &size) &&
		    (!rest.length || !is_alnum(rest.at[0]))) {
			*ret = span_between(begin, rest.at);
			return true;
		}
		search = span_between(hit + 1, span_end(text));
	}
	return false;
}

/* ---- paths ---- */

static void trim_separators(struct span *text)
{
	while (text->length && is_separator(text->at[0]))
		*text = span_skip(*text, 1);
	while (text->length && is_separator(span_end(*text)[-1]))
		text->length--;
}

/* Suffixes of texts and of packed files, and separators at the ends. */
static struct span trim(struct span text)
{
	static const struct span suffixes[] = {
		{".txt", 4}, {".log", 4}, {".gz", 3},
		{".xz", 3},  {".zst", 4}, {".bz2", 4},
	};
	size_t length, i;

	do {
		length = text.length;
		for (i = 0; i < COUNT_OF(suffixes); i++)
			span_drop(&text, suffixes[i]);
	} while (text.length != length);
	trim_separators(&text);
	return text;
}

/* The name of the kernel's file in name, or an empty span. */
static struct span find_word(struct span name)
{
	static const struct span words[] = {
		{"alloc_traces", 12},
		{"alloc_calls", 11},
		{"free_traces", 11},
		{"free_calls", 10},
	};
	size_t i;

	for (i = 0; i < COUNT_OF(words); i++) {
		const char *at = span_find(name, words[i]);

		if (at)
			return (struct span){at, words[i].length};
	}
	return (struct span){0};
}

/* What is left of a file's name beside the kernel's own word for it. */
static struct span flat_cache(struct span name, struct span word)
{
	struct span before = trim(span_between(name.at, word.at));
	struct span behind = trim(span_between(span_end(word), span_end(name)));
	struct span cache;

	if (find_family(before, &cache) || find_family(behind, &cache))
		return cache;
	cache = before.length >= behind.length ? before : behind;
	if (span_equal(cache, SPAN("slab")))
		return SPAN("");
	if (cache.length > 5 && span_starts_with(cache, SPAN("slab")) &&
	    is_separator(cache.at[4]))
		cache = span_skip(cache, 5);
	trim_separators(&cache);
	return cache;
}

/* Take the last part of a path off its end. */
static struct span drop_name(struct span *path)
{
	const char *end = span_end(*path), *begin = end;

	while (begin > path->at && begin[-1] != '/')
		begin--;
	path->length = (size_t)(begin - path->at);
	while (path->length && span_end(*path)[-1] == '/')
		path->length--;
	return span_between(begin, end);
}

struct span slab_path_cache(struct span path)
{
	static const struct span general[] = {
		{"slab", 4}, {"debug", 5}, {"kernel", 6}, {".", 1}, {"..", 2}};
	struct span name, word, cache;
	size_t i;

	/* No path is NULL, which has no end. */
	if (!path.length)
		return SPAN("");
	name = drop_name(&path);
	word = find_word(name);
	if (!word.length)
		return SPAN("");
	cache = flat_cache(name, word);
	if (cache.length)
		return cache;
	cache = drop_name(&path);
	for (i = 0; i < COUNT_OF(general); i++)
		if (span_equal(cache, general[i]))
			return SPAN("");
	return cache;
}
