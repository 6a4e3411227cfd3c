/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A folder: the root of a capture, or what such a root lies in, or just some
 * files. Its members are looked for when it is opened.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "input/package_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/quote.h"
#include "formats/member_path.h"
#include "input/clause.h"
#include "input/folder_search.h"

enum {
	/* Folders that are looked into in search of a capture's root. */
	ROOTS_MAX = 4096,
	ROOT_DEPTH_MAX = 2,
	/* Files of a folder that is no capture by its paths. */
	FLAT_MAX = 4096,
	/* Captures that a message names. */
	NAMED_MAX = 3,
};

struct folder {
	char *path;
	int fd;
	struct package_options options;
	const struct format **formats; /* in the order of members */
	struct member_list list;
	size_t next; /* behind the present member */
	struct folder_search search;
	char *top; /* path, without links */
	struct folder_refusals refusals;
	bool probed;
	char loss[768];

	/* Of the search for a root. */
	size_t looked_into;
	size_t roots;		    /* that were found */
	char root[FOLDER_PATH_MAX]; /* the first of them, with a slash */
	char names[NAMED_MAX * (QUOTE_CAPACITY + 8)]; /* "'t1', 't2', " */
};

/* ---- in which order ---- */

enum turn {
	TURN_COUNTERS, /* they are small, and what follows is measured by them
			*/
	TURN_STACKS,
	TURN_PROCESSES, /* so many files that there may be no room for all */
	TURNS,
};

static enum turn turn_of(const struct format *format)
{
	if (format->of_process)
		return TURN_PROCESSES;
	return format->counts ? TURN_COUNTERS : TURN_STACKS;
}

static bool order_formats(struct folder *folder, struct error *err)
{
	int turns = folder->options.processes ? TURNS : TURN_PROCESSES;
	size_t count = 0, used = 0;

	while (formats[count])
		count++;
	folder->formats = calloc(count + 1, sizeof(*folder->formats));
	if (!folder->formats)
		return error_no_memory(err);
	for (int turn = 0; turn < turns; turn++)
		for (size_t i = 0; i < count; i++)
			if ((int)turn_of(formats[i]) == turn &&
			    format_is_listed(formats[i],
					     folder->options.wanted))
				folder->formats[used++] = formats[i];
	return true;
}

static size_t format_rank(const struct folder *folder,
			  const struct format *format)
{
	size_t rank = 0;

	while (folder->formats[rank] && folder->formats[rank] != format)
		rank++;
	return rank;
}

/* ---- where the root of the capture is ---- */

static bool search_root(struct folder *folder, int fd, const char *path,
			bool probe, struct error *err)
{
	folder->search.top = folder->top;
	/* The first probe is of the folder itself, by whole paths. */
	folder->search.refusals =
		probe && folder->probed ? NULL : &folder->refusals;
	folder->search.below = probe && folder->probed;
	folder->probed = true;
	folder->search.formats = folder->formats;
	folder->search.list = &folder->list;
	folder->search.probe = probe;
	return folder_search_run(&folder->search, fd, path, err);
}

static void note_root(struct folder *folder, const char *path)
{
	size_t used = strlen(folder->names);
	char quoted[QUOTE_CAPACITY];
	struct span name = span_of(path);

	if (!folder->roots)
		strcpy(folder->root, path);
	if (folder->roots++ >= NAMED_MAX)
		return;
	span_drop(&name, SPAN("/"));
	quote_text(name, QUOTE_LIMIT, quoted, sizeof(quoted));
	snprintf(folder->names + used, sizeof(folder->names) - used, "'%s', ",
		 quoted);
}

static bool find_roots(struct folder *folder, int fd, const char *path,
		       unsigned depth, struct error *err);

/* Look into the folder `name` of fd, or those in it. Links may go around. */
static bool probe_root(struct folder *folder, int fd, const char *above,
		       const char *name, unsigned depth, struct error *err)
{
	char path[FOLDER_PATH_MAX];
	bool done = true;
	int opened;

	if (folder->looked_into == ROOTS_MAX ||
	    snprintf(path, sizeof(path), "%s%s/", above, name) >=
		    (int)sizeof(path))
		return true;
	opened = openat(fd, name,
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (opened < 0)
		return true;
	folder->looked_into++;
	if (depth > 1)
		done = find_roots(folder, opened, path, depth - 1, err);
	else if (search_root(folder, opened, path, true, err)) {
		if (folder->search.found)
			note_root(folder, path);
	} else {
		done = false;
	}
	close(opened);
	return done;
}

/* Look for roots `depth` levels below fd. */
static bool find_roots(struct folder *folder, int fd, const char *path,
		       unsigned depth, struct error *err)
{
	struct name_list names = {0};
	int reason;
	bool done = name_list_read(&names, fd, &reason, err);

	for (size_t i = 0; done && i < names.count; i++)
		done = probe_root(folder, fd, path, names.at[i], depth, err);
	name_list_deinit(&names);
	return done;
}

static bool refuse_several(const struct folder *folder, struct error *err)
{
	char quoted[QUOTE_CAPACITY];
	struct span names = span_of(folder->names);

	quote_text(span_of(folder->path), QUOTE_LIMIT, quoted, sizeof(quoted));
	span_drop(&names, SPAN(", "));
	return error_set(err, ERROR_USAGE,
			 "'%s' holds several captures: %.*s%s; name one of "
			 "them",
			 quoted, (int)names.length, names.at,
			 folder->roots > NAMED_MAX ? ", …" : "");
}

/* Take what is in the one root that was found. */
static bool take_root(struct folder *folder, struct error *err)
{
	int fd = openat(folder->fd, folder->root,
			O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done;

	if (fd < 0)
		return true;
	done = search_root(folder, fd, folder->root, false, err);
	close(fd);
	return done;
}

/* ---- a folder of files ---- */

static bool take_flat_file(struct folder *folder, const char *name,
			   uint64_t size, struct error *err)
{
	struct listed_member member = {.path = (char *)name, .size = size};
	char quoted[QUOTE_CAPACITY];
	struct span root, own;

	member.format = format_by_path(span_of(name), &root, &own);
	member.own = own.length;
	if (member.format &&
	    member_list_has(&folder->list, 0, folder->list.count, &member)) {
		quote_text(span_of(name), QUOTE_LIMIT, quoted, sizeof(quoted));
		clause_add(folder->loss, sizeof(folder->loss),
			   "'%s' is passed over, the same is there under "
			   "another suffix",
			   quoted);
		return true;
	}
	return member_list_add(&folder->list, member, err);
}

struct ranked {
	size_t rank;
	struct listed_member member;
};

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return strcmp(x->member.path, y->member.path);
}

/* Put what the names tell of before the rest. */
static bool sort_flat(struct folder *folder, struct error *err)
{
	struct member_list *list = &folder->list;
	struct ranked *ranked = calloc(list->count + 1, sizeof(*ranked));

	if (!ranked)
		return error_no_memory(err);
	for (size_t i = 0; i < list->count; i++)
		ranked[i] = (struct ranked){
			format_rank(folder, list->at[i].format), list->at[i]};
	qsort(ranked, list->count, sizeof(*ranked), compare_ranked);
	for (size_t i = 0; i < list->count; i++)
		list->at[i] = ranked[i].member;
	free(ranked);
	return true;
}

static bool is_flat_file(struct folder *folder, const char *name,
			 uint64_t *ret_size)
{
	struct span root, own;
	mode_t mode;

	if (folder_has_file(folder->fd, name, ret_size, &mode)) {
		if (!folder_leads_out(folder->top, name))
			return true;
		passed_files_add(&folder->refusals.outside, name);
	} else if (mode && !S_ISDIR(mode) &&
		   format_by_path(span_of(name), &root, &own)) {
		passed_files_add(&folder->refusals.odd, name);
	}
	return false;
}

static bool take_flat(struct folder *folder, struct error *err)
{
	struct name_list names = {0};
	uint64_t files = 0, size;
	int reason;
	bool done = name_list_read(&names, folder->fd, &reason, err);

	for (size_t i = 0; done && i < names.count; i++)
		if (is_flat_file(folder, names.at[i], &size) &&
		    files++ < FLAT_MAX)
			done = take_flat_file(folder, names.at[i], size, err);
	name_list_deinit(&names);
	if (files > FLAT_MAX)
		clause_add(folder->loss, sizeof(folder->loss),
			   "of %" PRIu64 " files only the first %d are read",
			   files, FLAT_MAX);
	return done && sort_flat(folder, err);
}

/* ---- the folder as a package ---- */

/* Take what is found in the folder itself, if there is anything. */
static bool take_here(struct folder *folder, enum folder_depth depth,
		      bool *ret_found, struct error *err)
{
	folder->search.depth = depth;
	if (!search_root(folder, folder->fd, "", true, err))
		return false;
	*ret_found = folder->search.found;
	/* What the probe has seen will be seen again. */
	if (*ret_found)
		folder->refusals = (struct folder_refusals){0};
	return !*ret_found || search_root(folder, folder->fd, "", false, err);
}

/* Take the one capture that lies below the folder. */
static bool take_below(struct folder *folder, bool *ret_found,
		       struct error *err)
{
	folder->search.depth = FOLDER_ROOT;
	*ret_found = false;
	for (unsigned depth = 1; depth <= ROOT_DEPTH_MAX; depth++) {
		folder->looked_into = 0;
		if (!find_roots(folder, folder->fd, "", depth, err))
			return false;
		if (folder->roots > 1)
			return refuse_several(folder, err);
		*ret_found = folder->roots;
		if (*ret_found)
			return take_root(folder, err);
	}
	return true;
}

/* A folder of captures may look like one of caches; so it goes before. */
static bool find_members(struct folder *folder, struct error *err)
{
	bool found;

	if (!take_here(folder, FOLDER_ROOT, &found, err))
		return false;
	if (!found && !take_here(folder, FOLDER_BRANCH, &found, err))
		return false;
	if (!found && !take_below(folder, &found, err))
		return false;
	if (!found && !take_here(folder, FOLDER_TWIG, &found, err))
		return false;
	return found || take_flat(folder, err);
}

static void tell_passed(struct folder *folder, const char *why,
			const struct passed_files *passed)
{
	if (passed->count > passed->named)
		clause_add(folder->loss, sizeof(folder->loss),
			   "not read, %s: %s and %" PRIu64 " more", why,
			   passed->names, passed->count - passed->named);
	else if (passed->count)
		clause_add(folder->loss, sizeof(folder->loss),
			   "not read, %s: %s", why, passed->names);
}

static void tell_loss(struct folder *folder)
{
	const struct folder_search *search = &folder->search;
	char quoted[QUOTE_CAPACITY];

	if (search->unreadable) {
		quote_text(span_of(search->unreadable_path), QUOTE_LIMIT,
			   quoted, sizeof(quoted));
		clause_add(folder->loss, sizeof(folder->loss),
			   "cannot look into '%s': %s", quoted,
			   strerror(search->unreadable_errno));
	}
	tell_passed(folder, "outside of the folder", &folder->refusals.outside);
	tell_passed(folder, "no regular file", &folder->refusals.odd);
	if (folder->list.refused)
		clause_add(folder->loss, sizeof(folder->loss),
			   "only the first %zu files are read",
			   folder->list.count);
}

static bool folder_next(void *state, struct member *ret, struct error *err)
{
	struct folder *folder = state;
	const struct listed_member *listed;

	(void)err;
	if (folder->next == folder->list.count)
		return true;
	listed = &folder->list.at[folder->next++];
	*ret = (struct member){
		.path = listed->path,
		.root = {listed->path, listed->root},
		.own = {listed->path + listed->root, listed->own},
		.format = listed->format,
		.size = listed->size,
	};
	return true;
}

/*
 * What the kernel prints is for whoever knows how to read it: opening it may
 * be all of the work already, as of the traces of a slab cache.
 */
static bool is_printed(const struct folder *folder,
		       const struct listed_member *member)
{
	const char *path = member->path;
	struct stat status;

	/* Thousands of files, and no harm in any. */
	if (member->format && member->format->of_process)
		return false;
	return folder->options.opener &&
	       fstatat(folder->fd, path, &status, 0) == 0 &&
	       S_ISREG(status.st_mode) && status.st_size == 0;
}

static bool open_printed(const struct folder *folder, const char *path,
			 struct source **ret, struct error *err)
{
	char whole[2 * FOLDER_PATH_MAX];
	int length =
		snprintf(whole, sizeof(whole), "%s/%s", folder->path, path);

	if (length < 0 || (size_t)length >= sizeof(whole))
		return error_set(err, ERROR_IO, "cannot open '%.100s…': %s",
				 path, strerror(ENAMETOOLONG));
	return source_open(folder->options.opener, whole, ret, err);
}

/* What was a file may have become a pipe: opening must not wait. */
static bool open_file(const struct folder *folder, const char *path,
		      struct source **ret, struct error *err)
{
	int fd = openat(folder->fd, path,
			O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	char quoted[QUOTE_CAPACITY];
	struct stat status;
	int reason = errno;

	if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
		return source_create_fd(fd, path, ret, err);
	quote_text(span_of(path), QUOTE_LIMIT, quoted, sizeof(quoted));
	error_set_io(err, fd < 0 ? reason : 0, "cannot open '%s': %s", quoted,
		     fd < 0 ? strerror(reason) : "it is no file any more");
	if (fd >= 0)
		close(fd);
	return false;
}

static bool folder_member(void *state, struct source **ret, struct error *err)
{
	const struct folder *folder = state;
	const struct listed_member *listed = &folder->list.at[folder->next - 1];

	return is_printed(folder, listed)
		       ? open_printed(folder, listed->path, ret, err)
		       : open_file(folder, listed->path, ret, err);
}

static const char *folder_loss(const void *state)
{
	return ((const struct folder *)state)->loss;
}

static void folder_destroy(void *state)
{
	struct folder *folder = state;

	if (folder->fd >= 0)
		close(folder->fd);
	member_list_deinit(&folder->list);
	free(folder->formats);
	free(folder->top);
	free(folder->path);
	free(folder);
}

static bool open_folder(struct folder *folder, struct error *err)
{
	char quoted[QUOTE_CAPACITY];

	if (!folder->path)
		return error_no_memory(err);
	folder->fd = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	folder->top = folder->fd < 0 ? NULL : realpath(folder->path, NULL);
	if (folder->top)
		return true;
	if (errno == ENOMEM)
		return error_no_memory(err);
	quote_text(span_of(folder->path), QUOTE_LIMIT, quoted, sizeof(quoted));
	return error_set(err, ERROR_IO, "cannot open '%s': %s", quoted,
			 strerror(errno));
}

bool package_folder_create(const char *path,
			   const struct package_options *options, void **ret,
			   struct error *err)
{
	struct folder *folder = calloc(1, sizeof(*folder));

	if (!folder)
		return error_no_memory(err);
	folder->fd = -1;
	folder->options = *options;
	folder->path = strdup(path);
	if (!open_folder(folder, err) || !order_formats(folder, err) ||
	    !find_members(folder, err)) {
		folder_destroy(folder);
		return false;
	}
	tell_loss(folder);
	*ret = folder;
	return true;
}

const struct package_reader package_folder = {
	.kind = PACKAGE_FOLDER,
	.next = folder_next,
	.member = folder_member,
	.loss = folder_loss,
	.destroy = folder_destroy,
};
