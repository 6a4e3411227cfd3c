/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds the members of a capture in a folder by the paths that the formats
 * have: each part of a path is opened, and only where a pattern has a '*' is
 * a folder listed. A tree of any size costs no more than what is looked for.
 */
#ifndef PAGEOWL_INPUT_FOLDER_SEARCH_H
#define PAGEOWL_INPUT_FOLDER_SEARCH_H

#include <sys/types.h>

#include "input/member_list.h"

enum { FOLDER_PATH_MAX = 4096 };

/* Files that are not read, and the first of their names, quoted. */
struct passed_files {
	uint64_t count;
	uint64_t named;	 /* in names */
	char names[256]; /* of the first three */
};

/* Why a file that is there is no member. */
struct folder_refusals {
	struct passed_files outside; /* links lead out of the folder */
	struct passed_files odd;     /* pipes, devices, sockets, folders */
};

void passed_files_add(struct passed_files *passed, const char *path);

/* How much of the formats' paths is looked for. */
enum folder_depth {
	FOLDER_ROOT, /* all of it */
	/*
	 * What is left without the first parts, as few as lead to anything
	 * that the format has: "kernel/debug/page_owner" where the folder is a
	 * copy of /sys. What is left has a folder and a name without a '*'.
	 */
	FOLDER_BRANCH, /* the folder has a name without a '*', too */
	FOLDER_TWIG,   /* any: of a folder of caches, "kmalloc-64/objects" */
};

struct folder_search {
	const struct format *const *formats; /* ended by NULL */
	struct member_list *list;	     /* what was found is added here */
	bool probe;			     /* one is enough, and not added */
	bool below; /* … of a folder in the one that was named: logs that lie
		     * there make no capture of it */
	enum folder_depth depth;
	/*
	 * The folder that members' paths begin in, as realpath() has it; what
	 * lies elsewhere is no member. NULL: anything may be one.
	 */
	const char *top;
	struct folder_refusals *refusals; /* added to; NULL: not wanted */

	bool found;
	uint64_t unreadable;  /* folders and files that we may not look into */
	int unreadable_errno; /* why the first of them */
	char unreadable_path[FOLDER_PATH_MAX]; /* which it is */

	/* The state of a search. */
	const struct format *format; /* whose paths are looked for */
	size_t format_first;	     /* its first member in the list */
	bool format_found;	     /* it has one */
	size_t pattern_first;	     /* that of the present path */
	size_t root;		     /* bytes of path above the capture */
	bool placed;		     /* the pattern has a folder */
	bool named;		     /* a name that was listed matches */
	bool cut;		     /* parts of the pattern are missing */
	size_t length;		     /* of path */
	char path[FOLDER_PATH_MAX];  /* of what is looked at, with a slash */
};

/*
 * Search the folder of fd, whose path, "" or with a slash at its end, is what
 * members' paths begin with. Patterns of several parts are looked for; and
 * mere names, where a format was not found otherwise, unless we only probe.
 */
bool folder_search_run(struct folder_search *search, int fd, const char *path,
		       struct error *err);

/*
 * Stat what is below fd; false when it is not a regular file: *ret_mode tells
 * what it is instead, or is 0.
 */
bool folder_has_file(int fd, const char *name, uint64_t *ret_size,
		     mode_t *ret_mode);

/* Whether path, below the folder top, is a file outside of it. */
bool folder_leads_out(const char *top, const char *path);

#endif
