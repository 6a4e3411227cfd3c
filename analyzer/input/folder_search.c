/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "input/folder_search.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/quote.h"
#include "formats/member_path.h"

/* ---- the path of what is looked at ---- */

/* Put name at the end of the path; false when it is too long. */
static bool path_push(struct folder_search *search, struct span name,
		      const char *behind)
{
	size_t length = search->length + name.length + strlen(behind);

	if (length >= sizeof(search->path))
		return false;
	memcpy(search->path + search->length, name.at, name.length);
	strcpy(search->path + search->length + name.length, behind);
	search->length = length;
	return true;
}

static void path_cut(struct folder_search *search, size_t length)
{
	search->length = length;
	search->path[length] = '\0';
}

/* The end of the path cannot be opened: that it is not there is no news. */
static void note_unreadable(struct folder_search *search, int reason)
{
	if (reason == ENOENT || reason == ENOTDIR || !reason)
		return;
	if (!search->unreadable++) {
		search->unreadable_errno = reason;
		memcpy(search->unreadable_path, search->path,
		       search->length + 1);
	}
}

/* ---- what is not to be read ---- */

void passed_files_add(struct passed_files *passed, const char *path)
{
	char quoted[QUOTE_CAPACITY];
	size_t used = strlen(passed->names);

	quote_text(span_of(path), QUOTE_LIMIT, quoted, sizeof(quoted));
	passed->count++;
	/* Of one that has no room, and of those behind, only the number. */
	if (passed->named < 3 && passed->named + 1 == passed->count &&
	    used + strlen(quoted) + 5 < sizeof(passed->names)) {
		snprintf(passed->names + used, sizeof(passed->names) - used,
			 "%s'%s'", used ? ", " : "", quoted);
		passed->named++;
	}
}

bool folder_leads_out(const char *top, const char *path)
{
	char given[PATH_MAX], real[PATH_MAX];
	size_t length = strlen(top);

	if (snprintf(given, sizeof(given), "%s/%s", top, path) >=
		    (int)sizeof(given) ||
	    !realpath(given, real))
		return true;
	/* The root of all has its slash. */
	while (length && top[length - 1] == '/')
		length--;
	return strncmp(real, top, length) != 0 || real[length] != '/';
}

/* The path is that of something, and not of a file. */
static void note_odd(struct folder_search *search, mode_t mode)
{
	/* Names alone are those of many folders. */
	if (!search->refusals || !search->named ||
	    (S_ISDIR(mode) && !search->placed))
		return;
	passed_files_add(&search->refusals->odd, search->path);
}

/* ---- files ---- */

bool folder_has_file(int fd, const char *name, uint64_t *ret_size,
		     mode_t *ret_mode)
{
	struct stat status;

	*ret_mode = 0;
	if (fstatat(fd, name, &status, 0) != 0)
		return false;
	errno = 0;
	*ret_mode = status.st_mode;
	/* The files of debugfs and procfs claim to be empty. */
	*ret_size = status.st_size > 0 ? (uint64_t)status.st_size : UINT64_MAX;
	return S_ISREG(status.st_mode);
}

/* What the path is by all that the formats have. */
static void know_by_path(const struct folder_search *search,
			 struct listed_member *ret)
{
	struct span below = span_of(search->path + search->root), root, own;

	ret->format = format_by_path_of(search->formats, below, &root, &own);
	ret->root = search->root + root.length;
	ret->own = own.length;
}

/*
 * The path is that of a file, with so many bytes of suffixes: a member, if it
 * is of this format, and not the same as one before same_end.
 */
static bool take_file(struct folder_search *search, uint64_t size,
		      size_t suffix, size_t same_end, struct error *err)
{
	struct listed_member member = {
		.path = search->path,
		.size = size,
		.format = search->format,
		.root = search->root,
		.own = search->length - search->root - suffix,
	};

	/* Where parts are missing, only we know which. */
	if (!search->cut)
		know_by_path(search, &member);
	if (member.format != search->format)
		return true;
	search->found = search->format_found = true;
	if (search->probe || member_list_has(search->list, search->format_first,
					     same_end, &member))
		return true;
	if (search->top && folder_leads_out(search->top, search->path)) {
		if (search->refusals)
			passed_files_add(&search->refusals->outside,
					 search->path);
		return true;
	}
	return member_list_add(search->list, member, err);
}

/*
 * The file `name` in the folder of fd, with a suffix behind it unless it was
 * listed; *ret_there: it is one.
 */
static bool try_file(struct folder_search *search, int fd, struct span name,
		     const char *behind, bool *ret_there, struct error *err)
{
	size_t length = search->length;
	/* Of a name that was listed the whole listing may have others. */
	size_t same_end = behind ? search->pattern_first : search->list->count;
	uint64_t size;
	mode_t mode;
	bool done = true;

	*ret_there = false;
	if (!path_push(search, name, behind ? behind : ""))
		return true;
	*ret_there = folder_has_file(fd, search->path + length, &size, &mode);
	if (*ret_there)
		done = take_file(search, size, behind ? strlen(behind) : 0,
				 same_end, err);
	else if (mode)
		note_odd(search, mode);
	else
		note_unreadable(search, errno);
	path_cut(search, length);
	return done;
}

/* The file called name, or what it became when somebody packed it. */
static bool try_name(struct folder_search *search, int fd, struct span name,
		     struct error *err)
{
	bool there = false;
	char suffix[16];

	for (size_t i = 0; member_text_suffixes[i]; i++) {
		for (size_t k = 0; member_packed_suffixes[k]; k++) {
			snprintf(suffix, sizeof(suffix), "%s%s",
				 member_text_suffixes[i],
				 member_packed_suffixes[k]);
			if (!try_file(search, fd, name, suffix, &there, err))
				return false;
			if (there)
				return true;
		}
	}
	return true;
}

/* ---- folders ---- */

static bool search_below(struct folder_search *search, int fd,
			 struct span pattern, struct error *err);

/*
 * Whether name in the folder of fd is a link to a folder beside it. The caches
 * that SLUB has merged are such links; what they show would count once for
 * each name. A counter does not add up, it has a name.
 */
static bool is_alias(const struct folder_search *search, int fd,
		     const char *name, int opened)
{
	struct stat link, above, here;

	if (search->format->counts ||
	    fstatat(fd, name, &link, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !S_ISLNK(link.st_mode))
		return false;
	return fstatat(opened, "..", &above, 0) == 0 && fstat(fd, &here) == 0 &&
	       above.st_dev == here.st_dev && above.st_ino == here.st_ino;
}

/*
 * A process is there and its folder may not be entered: its file becomes a
 * member all the same, for opening it to tell who it is that is missing.
 */
static bool take_hidden(struct folder_search *search, struct span pattern,
			struct error *err)
{
	struct listed_member member = {
		.path = search->path,
		.format = search->format,
		.root = search->root,
		.size = UINT64_MAX,
	};
	size_t length = search->length;
	bool done = true;

	if (search->probe)
		return true;
	if (path_push(search, SPAN("/"), "") &&
	    path_push(search, pattern, "")) {
		member.own = search->length - search->root;
		done = member_list_add(search->list, member, err);
	}
	path_cut(search, length);
	return done;
}

/* Whether what is left of a pattern is a file of a process. */
static bool is_of_process(const struct folder_search *search,
			  struct span pattern)
{
	return search->format->of_process && pattern.length &&
	       !memchr(pattern.at, '/', pattern.length);
}

/* Go into the folder `name` of fd with what is left of a pattern. */
static bool enter(struct folder_search *search, int fd, struct span name,
		  struct span pattern, struct error *err)
{
	size_t length = search->length;
	bool done = true;
	int opened;

	if (!path_push(search, name, ""))
		return true;
	opened = openat(fd, search->path + length,
			O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
	if (opened < 0 && (errno == EACCES || errno == EPERM) &&
	    is_of_process(search, pattern))
		done = take_hidden(search, pattern, err);
	else if (opened < 0)
		note_unreadable(search, errno);
	else if (!is_alias(search, fd, search->path + length, opened) &&
		 path_push(search, SPAN("/"), ""))
		done = search_below(search, opened, pattern, err);
	if (opened >= 0)
		close(opened);
	path_cut(search, length);
	return done;
}

/* One name that may match a part that is open. */
static bool try_listed(struct folder_search *search, int fd, struct span part,
		       struct span name, struct span pattern, struct error *err)
{
	bool there;

	/* Whether a file matches is for its whole path to tell. */
	if (!pattern.length) {
		search->named = member_name_matches(part, name);
		return try_file(search, fd, name, NULL, &there, err);
	}
	if (!member_name_matches(part, name))
		return true;
	return enter(search, fd, name, pattern, err);
}

/* All names in fd that part, which is open, may mean. */
static bool search_listing(struct folder_search *search, int fd,
			   struct span part, struct span pattern,
			   struct error *err)
{
	struct name_list names = {0};
	int reason;
	bool done = name_list_read(&names, fd, &reason, err);

	if (done)
		note_unreadable(search, reason);
	for (size_t i = 0; done && i < names.count; i++)
		if (!search->probe || !search->found)
			done = try_listed(search, fd, part,
					  span_of(names.at[i]), pattern, err);
	name_list_deinit(&names);
	return done;
}

static bool search_below(struct folder_search *search, int fd,
			 struct span pattern, struct error *err)
{
	struct span part;

	if (!member_take_part(&pattern, &part))
		return true;
	if (member_part_is_open(part))
		return search_listing(search, fd, part, pattern, err);
	if (!pattern.length) {
		search->named = true;
		return try_name(search, fd, part, err);
	}
	return enter(search, fd, part, pattern, err);
}

/* ---- formats ---- */

static bool search_pattern(struct folder_search *search, int fd,
			   struct span pattern, struct error *err)
{
	search->pattern_first = search->list->count;
	search->placed = memchr(pattern.at, '/', pattern.length);
	return search_below(search, fd, pattern, err);
}

/* Paths that are mere names, or the others. */
static bool search_paths(struct folder_search *search, int fd, bool bare,
			 struct error *err)
{
	const char *const *paths = search->format->paths;

	for (size_t i = 0; paths[i]; i++) {
		if (bare == (strchr(paths[i], '/') != NULL))
			continue;
		if (!search_pattern(search, fd, span_of(paths[i]), err))
			return false;
		if (search->probe && search->found)
			break;
	}
	return true;
}

/* Drop so many parts; false: what is left has no folder and no name. */
static bool drop_parts(struct span *pattern, size_t parts)
{
	struct span part;

	while (parts--)
		if (!member_take_part(pattern, &part))
			return false;
	return memchr(pattern->at, '/', pattern->length) != NULL;
}

/* Whether to look for a pattern of which the first parts are missing. */
static bool is_worth_it(const struct folder_search *search, struct span pattern)
{
	const struct format *format = search->format;
	struct span first = {0}, last = {0};

	member_take_part(&pattern, &first);
	while (member_take_part(&pattern, &last))
		;
	if (member_part_is_open(last))
		return false;
	if (!member_part_is_open(first))
		return true;
	/* Any folder may have a file that tells by itself what it is. */
	return search->depth == FOLDER_TWIG &&
	       !(format->counts && format->sniff);
}

/* All paths without so many parts; *ret_more: there are such. */
static bool search_without(struct folder_search *search, int fd, size_t parts,
			   bool *ret_more, struct error *err)
{
	const char *const *paths = search->format->paths;

	*ret_more = false;
	for (size_t i = 0; paths[i]; i++) {
		struct span pattern = span_of(paths[i]);

		if (!drop_parts(&pattern, parts))
			continue;
		*ret_more = true;
		if (is_worth_it(search, pattern) &&
		    !search_pattern(search, fd, pattern, err))
			return false;
	}
	return true;
}

static bool search_rests(struct folder_search *search, int fd,
			 struct error *err)
{
	bool done = true, more = true;

	search->cut = true;
	search->format_found = false;
	for (size_t parts = 1; done && more && !search->format_found; parts++)
		done = search_without(search, fd, parts, &more, err);
	search->cut = false;
	return done;
}

static bool search_format(struct folder_search *search, int fd,
			  const struct format *format, struct error *err)
{
	search->format = format;
	search->format_first = search->list->count;
	/* "1/status" alone may be anything. */
	if (!format->paths || (search->below && format->mixed) ||
	    (format->of_process && search->depth != FOLDER_ROOT))
		return true;
	if (!(search->depth == FOLDER_ROOT
		      ? search_paths(search, fd, false, err)
		      : search_rests(search, fd, err)))
		return false;
	/* Of logs there are several, each with something else in it. */
	if (search->probe ||
	    (search->list->count > search->format_first && !format->mixed))
		return true;
	return search_paths(search, fd, true, err);
}

bool folder_search_run(struct folder_search *search, int fd, const char *path,
		       struct error *err)
{
	search->length = search->root = 0;
	search->found = false;
	if (!path_push(search, span_of(path), ""))
		return true;
	search->root = search->length;
	for (size_t i = 0; search->formats[i]; i++) {
		if (!search_format(search, fd, search->formats[i], err))
			return false;
		if (search->probe && search->found)
			break;
	}
	return true;
}
