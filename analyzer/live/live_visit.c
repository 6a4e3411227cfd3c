/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which files of a source exist. Each folder is opened from the one before:
 * below a root other than "" no link leads anywhere else. Folders that cannot
 * be opened, and files that vanish meanwhile, are as if they were not there.
 */
#define _GNU_SOURCE /* O_PATH */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/quote.h"
#include "formats/member_path.h"
#include "live/live_sources.h"

struct walk {
	const struct live_machine *machine;
	const struct live_source *source;
	bool (*visit)(void *context, const char *path, const char *link,
		      struct error *err);
	void *context;
	struct error *err;
	bool is_kernel; /* the root is "": links are the kernel's own */
	bool links;	/* are told, at this pattern */
	size_t length;	/* of path */
	char path[LIVE_PATH_CAPACITY];
};

/* Names in a folder; zeroed is empty. */
struct name_list {
	char **names;
	size_t count, capacity;
	int error; /* why there are more that could not be read; or 0 */
};

static bool walk_part(struct walk *walk, int folder, struct span rest);

bool live_path_matches(const char *pattern, const char *path)
{
	struct span left = span_of(pattern), right = span_of(path);
	struct span a, b;

	while (left.length && right.length) {
		if (!member_take_part(&left, &a) ||
		    !member_take_part(&right, &b) || !member_name_matches(a, b))
			return false;
	}
	return !left.length && !right.length;
}

/* The digits at the front of a name without zeros before them. */
static struct span take_value(struct span *name)
{
	struct span digits = {name->at, 0};

	span_take_digits(name, &digits);
	while (digits.length > 1 && digits.at[0] == '0')
		digits = span_skip(digits, 1);
	return digits;
}

/* "node2" before "node10", however long the numbers are. */
static int compare_names(const void *left, const void *right)
{
	struct span a = span_of(*(char *const *)left), whole_a = a;
	struct span b = span_of(*(char *const *)right), whole_b = b;

	while (a.length && b.length) {
		if (span_is_digit(a.at[0]) && span_is_digit(b.at[0])) {
			struct span x = take_value(&a), y = take_value(&b);

			if (x.length != y.length)
				return x.length < y.length ? -1 : 1;
			if (!span_equal(x, y))
				return span_compare(x, y);
		} else if (a.at[0] != b.at[0]) {
			break;
		} else {
			a = span_skip(a, 1);
			b = span_skip(b, 1);
		}
	}
	if (!a.length && !b.length)
		return span_compare(whole_a, whole_b);
	return span_compare(a, b);
}

static bool add_name(struct name_list *list, struct span name,
		     struct error *err)
{
	char *copy;

	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? 2 * list->capacity : 64;
		char **names = realloc(list->names, capacity * sizeof(*names));

		if (!names)
			return error_no_memory(err);
		list->names = names;
		list->capacity = capacity;
	}
	copy = strndup(name.at, name.length);
	if (!copy)
		return error_no_memory(err);
	list->names[list->count++] = copy;
	return true;
}

static void deinit_names(struct name_list *list)
{
	while (list->count)
		free(list->names[--list->count]);
	free(list->names);
}

/*
 * That a folder is not there, or not for us, is for who explains what is
 * missing. Else we cannot tell what there is.
 */
static bool is_absence(int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
	case ELOOP:
	case EACCES:
	case EPERM:
	case ESRCH: /* a process that ended */
		return true;
	default:
		return false;
	}
}

static bool cannot_look(const struct walk *walk, struct error *err)
{
	int error = errno;
	char quoted[QUOTE_PATH_CAPACITY];

	quote_path(walk->path, quoted);
	return error_set(err, ERROR_IO, "cannot look into '%.900s': %s", quoted,
			 strerror(error));
}

/* Without the suffix that tells a compression. */
static struct span plain_name(struct span name)
{
	const char *const *suffix = member_packed_suffixes + 1;

	for (; *suffix; suffix++)
		if (name.length > strlen(*suffix) &&
		    span_drop(&name, span_of(*suffix)))
			break;
	return name;
}

/* The names of a folder that match, once each, sorted. */
static bool list_names(struct walk *walk, int folder, struct span pattern,
		       bool last, struct name_list *ret)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *stream = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	bool done = true;
	size_t i, kept = 0;

	if (!stream) {
		int error = errno;

		if (fd >= 0)
			close(fd);
		errno = error;
		return is_absence(error) || cannot_look(walk, walk->err);
	}
	while (done && (errno = 0, entry = readdir(stream))) {
		struct span name = span_of(entry->d_name);

		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		if (last && !walk->is_kernel)
			name = plain_name(name);
		if (member_name_matches(pattern, name))
			done = add_name(ret, name, walk->err);
	}
	ret->error = done ? errno : 0;
	closedir(stream);
	if (!done)
		return false;
	if (ret->count)
		qsort(ret->names, ret->count, sizeof(*ret->names),
		      compare_names);
	for (i = 0; i < ret->count; i++) {
		if (kept && strcmp(ret->names[i], ret->names[kept - 1]) == 0)
			free(ret->names[i]);
		else
			ret->names[kept++] = ret->names[i];
	}
	ret->count = kept;
	return true;
}

/* Add a part to the path; the caller takes it off again. */
static bool push(struct walk *walk, struct span name, size_t *ret_before)
{
	*ret_before = walk->length;
	if (walk->length + name.length + 2 > sizeof(walk->path))
		return false;
	if (walk->length)
		walk->path[walk->length++] = '/';
	memcpy(walk->path + walk->length, name.at, name.length);
	walk->length += name.length;
	walk->path[walk->length] = '\0';
	return true;
}

static void pop(struct walk *walk, size_t before)
{
	walk->length = before;
	walk->path[before] = '\0';
}

/* Whether the file name is in folder, as it is or compressed. */
static bool is_file(const struct walk *walk, int folder, struct span name)
{
	const char *const *suffix = member_packed_suffixes;
	char whole[NAME_MAX + 1];
	struct stat at;
	int length;

	for (; *suffix; suffix++) {
		length = snprintf(whole, sizeof(whole), "%.*s%s",
				  (int)name.length, name.at, *suffix);
		if (length < 0 || (size_t)length >= sizeof(whole))
			continue;
		/* What cannot be looked at is for the reader to tell. */
		if (fstatat(folder, whole, &at,
			    walk->is_kernel ? 0 : AT_SYMLINK_NOFOLLOW) != 0
			    ? !is_absence(errno)
			    : live_file_is_text(
				      live_machine_root(walk->machine),
				      walk->path, &at))
			return true;
		if (walk->is_kernel)
			break;
	}
	return false;
}

/* Something of that name is in folder, which is for the reader to refuse. */
static bool is_there(const struct walk *walk, int folder, struct span name)
{
	char whole[NAME_MAX + 1];
	struct stat at;

	snprintf(whole, sizeof(whole), "%.*s", (int)name.length, name.at);
	return !walk->is_kernel &&
	       fstatat(folder, whole, &at, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool tell_file(struct walk *walk)
{
	if (walk->source->passes &&
	    walk->source->passes(walk->machine, walk->path))
		return true;
	return walk->visit(walk->context, walk->path, NULL, walk->err);
}

/* Aliases of slab caches name a folder beside them; others are nothing. */
static bool tell_link(struct walk *walk, int folder, const char *name)
{
	char target[NAME_MAX + 1];
	ssize_t length = readlinkat(folder, name, target, sizeof(target));

	if (!walk->links || length <= 0 || (size_t)length == sizeof(target))
		return true;
	target[length] = '\0';
	if (strchr(target, '/') || strcmp(target, "..") == 0 ||
	    strcmp(target, ".") == 0)
		return true;
	return walk->visit(walk->context, walk->path, target, walk->err);
}

static bool descend(struct walk *walk, int folder, const char *name,
		    struct span rest, bool follow)
{
	int fd = openat(folder, name,
			O_PATH | O_DIRECTORY | O_CLOEXEC |
				(follow ? 0 : O_NOFOLLOW));
	bool done;

	if (fd < 0)
		return is_absence(errno) || cannot_look(walk, walk->err);
	done = walk_part(walk, fd, rest);
	close(fd);
	return done;
}

/* A part without a wildcard; rest is what follows it. */
static bool walk_name(struct walk *walk, int folder, struct span name,
		      struct span rest)
{
	char terminated[NAME_MAX + 1];

	if (!rest.length)
		return !(is_file(walk, folder, name) ||
			 is_there(walk, folder, name)) ||
		       tell_file(walk);
	snprintf(terminated, sizeof(terminated), "%.*s", (int)name.length,
		 name.at);
	return descend(walk, folder, terminated, rest, walk->is_kernel);
}

/* One of the names that a wildcard stands for. */
static bool walk_found(struct walk *walk, int folder, const char *name,
		       struct span rest)
{
	struct stat at;
	bool link = fstatat(folder, name, &at, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISLNK(at.st_mode);

	if (link)
		return tell_link(walk, folder, name);
	if (!rest.length)
		return !is_file(walk, folder, span_of(name)) || tell_file(walk);
	return descend(walk, folder, name, rest, false);
}

static bool walk_pattern(struct walk *walk, int folder, struct span pattern,
			 struct span rest)
{
	struct name_list list = {0};
	bool done = list_names(walk, folder, pattern, !rest.length, &list);
	size_t i, before;

	for (i = 0; done && i < list.count; i++) {
		if (push(walk, span_of(list.names[i]), &before))
			done = walk_found(walk, folder, list.names[i], rest);
		pop(walk, before);
	}
	deinit_names(&list);
	errno = list.error;
	if (done && list.error && !is_absence(list.error))
		return cannot_look(walk, walk->err);
	return done;
}

static bool walk_part(struct walk *walk, int folder, struct span rest)
{
	struct span part;
	size_t before;
	bool done = true;

	if (!member_take_part(&rest, &part))
		return true;
	if (member_part_is_open(part))
		return walk_pattern(walk, folder, part, rest);
	if (push(walk, part, &before))
		done = walk_name(walk, folder, part, rest);
	pop(walk, before);
	return done;
}

bool live_source_visit(const struct live_machine *machine,
		       const struct live_source *source,
		       bool (*visit)(void *context, const char *path,
				     const char *link, struct error *err),
		       void *context, struct error *err)
{
	const char *root = live_machine_root(machine);
	struct walk walk = {
		.machine = machine,
		.source = source,
		.visit = visit,
		.context = context,
		.err = err,
		.is_kernel = !root[0],
		.links = source->links,
	};
	const char *const *path = source->paths;
	char quoted[QUOTE_PATH_CAPACITY];
	bool done = true;
	int fd = open(root[0] ? root : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0) {
		int error = errno;

		quote_path(root[0] ? root : "/", quoted);
		return error_set(err, ERROR_IO, "cannot open '%s': %s", quoted,
				 strerror(error));
	}
	for (; done && *path; path++) {
		done = walk_part(&walk, fd, span_of(*path));
		walk.links = false;
	}
	close(fd);
	return done;
}
