/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memrchr */
#include "formats/member_path.h"

const char *const member_text_suffixes[] = {
	"", ".txt", ".log", ".out", ".dump", NULL,
};

const char *const member_packed_suffixes[] = {
	"", ".gz", ".xz", ".zst", ".bz2", ".lz4", ".lz", NULL,
};

bool member_take_part(struct span *path, struct span *ret)
{
	const char *slash;

	if (!path->length)
		return false;
	slash = memchr(path->at, '/', path->length);
	if (!slash) {
		*ret = *path;
		*path = span_skip(*path, path->length);
		return true;
	}
	*ret = span_between(path->at, slash);
	*path = span_between(slash + 1, span_end(*path));
	return true;
}

/* Drop the last part and the slash before it; an empty path has none. */
static bool drop_part(struct span *path, struct span *ret)
{
	const char *slash;

	if (!path->length)
		return false;
	slash = memrchr(path->at, '/', path->length);
	if (!slash) {
		*ret = *path;
		path->length = 0;
		return true;
	}
	*ret = span_between(slash + 1, span_end(*path));
	*path = span_between(path->at, slash);
	return true;
}

bool member_part_is_open(struct span pattern)
{
	return pattern.length && (memchr(pattern.at, '*', pattern.length) ||
				  memchr(pattern.at, '#', pattern.length));
}

/* Take what the first character of pattern stands for, which is no '*'. */
static bool take_like(struct span *pattern, struct span *name)
{
	struct span digits;

	if (!pattern->length)
		return false;
	if (pattern->at[0] == '#') {
		if (!span_take_digits(name, &digits))
			return false;
	} else if (pattern->at[0] == name->at[0]) {
		*name = span_skip(*name, 1);
	} else {
		return false;
	}
	*pattern = span_skip(*pattern, 1);
	return true;
}

bool member_name_matches(struct span pattern, struct span name)
{
	struct span rest = {0}, again = {0};
	bool star = false;

	/* After a mismatch the latest '*' takes one character more. */
	while (name.length) {
		if (pattern.length && pattern.at[0] == '*') {
			pattern = span_skip(pattern, 1);
			rest = pattern;
			again = name;
			star = true;
		} else if (!take_like(&pattern, &name)) {
			if (!star)
				return false;
			again = span_skip(again, 1);
			pattern = rest;
			name = again;
		}
	}
	while (span_take(&pattern, SPAN("*")))
		;
	return !pattern.length;
}

static bool is_number(struct span part)
{
	uint64_t value;

	return span_take_u64(&part, &value) && !part.length;
}

/*
 * Whether a mere name in this folder may be what it says: that of a process
 * has other files of the same names.
 */
static bool is_plain_folder(struct span folder, bool any_number)
{
	struct span part;
	bool number = false;

	while (member_take_part(&folder, &part)) {
		if (span_equal(part, SPAN("proc")) ||
		    span_equal(part, SPAN("sys")))
			return false;
		number = !any_number && is_number(part);
	}
	return !number;
}

/* How many parts pattern matches at the end of path, or 0; and where. */
static size_t match_end(const struct format *format, struct span pattern,
			struct span path, size_t *ret_at)
{
	struct span pattern_part, part;
	const char *begin = path.at;
	size_t count = 0, at = 0;

	while (drop_part(&pattern, &pattern_part)) {
		if (!drop_part(&path, &part) || !part.length ||
		    !member_name_matches(pattern_part, part))
			return 0;
		at = (size_t)(part.at - begin);
		count++;
	}
	*ret_at = at;
	if (count == 1 && !is_plain_folder(path, format->ours))
		return 0;
	return count;
}

/* The format with the pattern of most parts; of equals, the first one. */
static const struct format *match_list(const struct format *const *list,
				       struct span path, size_t *ret_at)
{
	const struct format *best = NULL;
	size_t most = 0;

	for (size_t i = 0; list[i]; i++) {
		for (size_t k = 0; list[i]->paths && list[i]->paths[k]; k++) {
			size_t at;
			size_t count = match_end(
				list[i], span_of(list[i]->paths[k]), path, &at);

			if (count <= most)
				continue;
			most = count;
			best = list[i];
			*ret_at = at;
		}
	}
	return best;
}

static void drop_suffix(struct span *path, const char *const *suffixes)
{
	for (size_t i = 1; suffixes[i]; i++)
		if (span_drop(path, span_of(suffixes[i])))
			return;
}

static struct span drop_start(struct span path)
{
	while (span_take(&path, SPAN("/")) || span_take(&path, SPAN("./")))
		;
	return path;
}

const struct format *format_by_path_of(const struct format *const *list,
				       struct span path, struct span *ret_root,
				       struct span *ret_own)
{
	const struct format *found = NULL;
	struct span tries[3];
	size_t at = 0;

	/* A kernel file may itself be called like that: kern.log. */
	tries[2] = drop_start(path);
	tries[1] = tries[2];
	drop_suffix(&tries[1], member_packed_suffixes);
	tries[0] = tries[1];
	drop_suffix(&tries[0], member_text_suffixes);
	*ret_root = *ret_own = (struct span){tries[2].at, 0};
	for (size_t i = 0; i < 3 && !found; i++) {
		found = match_list(list, tries[i], &at);
		if (!found)
			continue;
		*ret_root = (struct span){tries[i].at, at};
		*ret_own = span_skip(tries[i], at);
	}
	return found;
}

const struct format *format_by_path(struct span path, struct span *ret_root,
				    struct span *ret_own)
{
	return format_by_path_of(formats, path, ret_root, ret_own);
}
