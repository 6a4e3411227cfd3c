/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/series_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/span.h"
#include "store/manifest.h"
#include "store/member_store.h"

/* A number has so many digits, with zeros in front; larger ones have more. */
#define DIGITS_LEAST 4
#define DIGITS_MOST  18

void capture_paths_deinit(struct capture_paths *paths)
{
	free(paths->paths);
	arena_deinit(&paths->arena);
	*paths = (struct capture_paths){0};
}

static bool add_path(struct capture_paths *paths, const char *path,
		     struct error *err)
{
	if (paths->count + 1 >= paths->capacity) {
		size_t capacity = paths->capacity ? 2 * paths->capacity : 16;
		const char **grown =
			realloc(paths->paths, capacity * sizeof(*grown));

		if (!grown)
			return error_no_memory(err);
		paths->paths = grown;
		paths->capacity = capacity;
	}
	paths->paths[paths->count++] = path;
	paths->paths[paths->count] = NULL;
	return true;
}

/* ---- names ---- */

/* One capture of a series by its name. */
struct member {
	struct member *next;
	uint64_t number;
	struct span stem;   /* "night-" of an archive; empty: a folder */
	struct span suffix; /* ".tar.gz"; empty: a folder */
	const char *name;
};

/* The number at the end of text, which is taken away from it. */
static bool drop_number(struct span *text, uint64_t *ret)
{
	size_t digits = 0;
	struct span number;

	while (digits < text->length &&
	       text->at[text->length - 1 - digits] >= '0' &&
	       text->at[text->length - 1 - digits] <= '9')
		digits++;
	number = span_skip(*text, text->length - digits);
	if (digits < DIGITS_LEAST || digits > DIGITS_MOST ||
	    (digits > DIGITS_LEAST && number.at[0] == '0'))
		return false;
	text->length -= digits;
	*ret = 0;
	for (; number.length; number = span_skip(number, 1))
		*ret = *ret * 10 + (uint64_t)(number.at[0] - '0');
	return true;
}

static bool member_parse(const char *name, struct member *ret)
{
	ret->suffix = member_store_suffix(name);
	ret->stem = span_of(name);
	span_drop(&ret->stem, ret->suffix);
	ret->name = name;
	if (!drop_number(&ret->stem, &ret->number))
		return false;
	return ret->suffix.length ? span_ends_with(ret->stem, SPAN("-"))
				  : !ret->stem.length;
}

/* ---- a folder ---- */

static bool is_folder(int folder, const char *name)
{
	struct stat status;

	return fstatat(folder, name, &status, 0) == 0 &&
	       S_ISDIR(status.st_mode);
}

static bool is_capture(int folder)
{
	struct stat status;

	return is_folder(folder, "proc") || is_folder(folder, "sys") ||
	       fstatat(folder, MANIFEST_PATH, &status, 0) == 0;
}

/* Folders of processes have numbers for names, too. */
static bool is_capture_at(int folder, const char *name)
{
	int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool is = inner >= 0 && is_capture(inner);

	if (inner >= 0)
		close(inner);
	return is;
}

/* What is found in a folder while it is gone through. */
struct finds {
	struct member *members;
	size_t count;
	size_t captures; /* folders that are one by what is in them */
	bool mixed;	 /* of more than one series */
	struct arena *arena;
};

static bool add_member(struct finds *finds, int folder, const char *name,
		       struct error *err)
{
	struct member found, *member;

	if (!member_parse(name, &found) ||
	    is_folder(folder, name) == (found.suffix.length != 0))
		return true;
	member = arena_alloc(finds->arena, sizeof(*member));
	name = arena_string(finds->arena, span_of(name));
	if (!member || !name)
		return error_no_memory(err);
	member_parse(name, member);
	member->next = finds->members;
	finds->mixed |= finds->count &&
			(!span_equal(member->stem, finds->members->stem) ||
			 !span_equal(member->suffix, finds->members->suffix));
	finds->captures += member->suffix.length || is_capture_at(folder, name);
	finds->members = member;
	finds->count++;
	return true;
}

static bool find_members(int folder, DIR *stream, struct finds *finds,
			 struct error *err)
{
	const struct dirent *entry;

	while ((entry = readdir(stream)))
		if (!add_member(finds, folder, entry->d_name, err))
			return false;
	return true;
}

static int compare_members(const void *left, const void *right)
{
	const struct member *a = *(const struct member *const *)left;
	const struct member *b = *(const struct member *const *)right;

	return (a->number > b->number) - (a->number < b->number);
}

static const char *join(struct arena *arena, const char *folder,
			const char *name)
{
	size_t length = strlen(folder);
	bool slash = length && folder[length - 1] == '/';
	size_t room = length + 1 + strlen(name) + 1;
	char *path = arena_alloc(arena, room);

	if (path)
		snprintf(path, room, "%s%s%s", folder, slash ? "" : "/", name);
	return path;
}

static bool add_members(struct capture_paths *paths, const char *folder,
			const struct finds *finds, struct error *err)
{
	const struct member **sorted, *member;
	size_t count = 0, i;
	bool done = true;

	sorted = malloc(finds->count * sizeof(const struct member *));
	if (!sorted)
		return error_no_memory(err);
	for (member = finds->members; member; member = member->next)
		sorted[count++] = member;
	qsort(sorted, count, sizeof(*sorted), compare_members);
	for (i = 0; done && i < count; i++) {
		const char *path = join(&paths->arena, folder, sorted[i]->name);

		done = path ? add_path(paths, path, err) : error_no_memory(err);
	}
	free(sorted);
	return done;
}

bool capture_paths_add(struct capture_paths *paths, const char *operand,
		       struct error *err)
{
	struct finds finds = {.arena = &paths->arena};
	DIR *stream = strcmp(operand, "-") == 0 ? NULL : opendir(operand);
	bool done = true;

	/* What cannot be opened is for the reader of captures to tell. */
	if (!stream)
		return add_path(paths, operand, err);
	if (!is_capture(dirfd(stream)))
		done = find_members(dirfd(stream), stream, &finds, err);
	closedir(stream);
	if (!done)
		return false;
	return finds.captures >= 2 && !finds.mixed
		       ? add_members(paths, operand, &finds, err)
		       : add_path(paths, operand, err);
}
