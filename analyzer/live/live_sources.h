/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a Linux kernel tells of its memory, in the order in which a capture
 * takes it: what is small and changes fast first, page_owner last. One table
 * serves the capture and the check.
 */
#ifndef PAGEOWL_LIVE_LIVE_SOURCES_H
#define PAGEOWL_LIVE_LIVE_SOURCES_H

#include "live/live_machine.h"

struct live_source {
	const char *name; /* "page_owner", "counters", "processes" */
	const char *adds; /* what a capture has from it, in one line */
	/*
	 * "proc/meminfo"; '*' stands for any part of a name, '#' for a number.
	 * Ended by NULL; read in this order. The first one stands for the
	 * source where none of it is there.
	 */
	const char *const *paths;
	/* Links where a path has a '*' are recorded as such: the aliases of
	 * slab caches. They are never followed, recorded or not. */
	bool links;
	/* Reading it has killed the reader, or the machine: all else is on
	 * the disk before. */
	bool risky;
	/* Seconds that a file may take without moving; 0: the usual. Many may
	 * hang at once. */
	unsigned patience_s;
	bool quick_omits; /* --quick leaves it out */
	/* Said where none of it is there; else it goes without a word. */
	bool expected;
	/* Whether a file that exists is not wanted, since another one tells
	 * the same; or NULL. */
	bool (*passes)(const struct live_machine *machine, const char *path);
	/*
	 * Why it is not there, or cannot be read, and what to do: how to
	 * switch it on. error is the errno of opening the first path.
	 */
	void (*explain)(const struct live_machine *machine, const char *path,
			int error, char *ret, size_t capacity);
	/*
	 * What can be read tells less than it might: why, and what to do.
	 * False where there is nothing to say; or NULL.
	 */
	bool (*limits)(const struct live_machine *machine, char *ret,
		       size_t capacity);
	/* What it takes, "boot with page_owner=on"; NULL: it is always on. */
	const char *enable;
	const char *price; /* what the machine pays while it is on; or NULL */
};

/* In the order of reading, ended by an empty name. */
extern const struct live_source live_sources[];

const struct live_source *live_source_named(const char *name);

/*
 * Call back for each file of source that exists, in order; path is without
 * the root, nor with the suffix of a compression that it has there; link is
 * the target of a link or NULL. Where a path has a wildcard, names are in the
 * order of bytes, numbers in them by value. Stops when visit is false.
 */
bool live_source_visit(const struct live_machine *machine,
		       const struct live_source *source,
		       bool (*visit)(void *context, const char *path,
				     const char *link, struct error *err),
		       void *context, struct error *err);

/*
 * Whether reading path can hang this machine, as far as is known; why tells
 * it. The traces of kmalloc caches with objects of 16 bytes, where page_owner
 * is on and has page_owner_stacks (6.9 and newer): see docs/capture.md. Never
 * of files that no kernel prints.
 */
bool live_path_hangs(const struct live_machine *machine, const char *path,
		     char *why, size_t capacity);

/* The same of what would make the machine panic: page_owner, where reading it
 * is known to oops, and the machine is set to panic then. */
bool live_path_panics(const struct live_machine *machine, const char *path,
		      char *why, size_t capacity);

/* Whether the kernel that the files are of has these bugs, live or not. */
bool live_hazard_hangs(const struct live_machine *machine);
bool live_hazard_oopses(const struct live_machine *machine);
/* An oops is a panic there. */
bool live_hazard_panics(const struct live_machine *machine);

/* Why path, of source, cannot be read: error is an errno. Never empty. */
void live_source_explain(const struct live_machine *machine,
			 const struct live_source *source, const char *path,
			 int error, char *ret, size_t capacity);

/* Whether path is one of those that pattern stands for. */
bool live_path_matches(const char *pattern, const char *path);

#endif
