/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/slab_path.h"

#include "formats/path_prefix.h"
#include "model/cache_name.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static bool is_separator(char c)
{
	return memchr(" ._-", c, 4) != NULL;
}

static bool is_alnum(char c)
{
	return span_is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
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
		    cache_name_take_kmalloc(&rest, &size) &&
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

/* Two of each kind. */
static const struct span words[] = {
	{"alloc_traces", 12},
	{"alloc_calls", 11},
	{"free_traces", 11},
	{"free_calls", 10},
};

bool slab_path_take(enum slab_side side, struct span *line, struct span *ret)
{
	const struct span *names = &words[side == SLAB_ALLOC ? 0 : 2];

	return path_prefix_take(line, names[0], ret) ||
	       path_prefix_take(line, names[1], ret);
}

/* The name of the kernel's file in name, or an empty span. */
static struct span find_word(struct span name)
{
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
