/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a Linux kernel tells of its memory, in the order in which a capture
 * takes it: what is small and changes fast first, page_owner last. One table
 * serves the capture and the check. All paths are below a root: "" is the
 * machine itself.
 */
#ifndef PAGEOWL_LIVE_LIVE_SOURCES_H
#define PAGEOWL_LIVE_LIVE_SOURCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct live_machine;

struct live_source {
	const char *name; /* "page_owner", "counters", "processes" */
	const char *adds; /* what a capture has from it, in one line */
	/*
	 * "proc/meminfo"; '*' stands for any part of a name, '#' for a number.
	 * Ended by NULL; read in this order.
	 */
	const char *const *paths;
	/* Where the paths with a '*' differ, whose links are recorded as such
	 * and not followed: the aliases of slab caches. */
	bool links;
	/* Reading it has killed the reader, or the machine: all else is on
	 * the disk before. */
	bool risky;
	bool quick_omits; /* --quick leaves it out */
	/* Said where none of it is there; else it goes without a word. */
	bool expected;
	/*
	 * Why it is not there, or cannot be read, and what to do: how to
	 * switch it on. error is the errno of opening the first path.
	 */
	void (*explain)(const struct live_machine *machine, const char *path,
			int error, char *ret, size_t capacity);
	/* What switching it on takes, "page_owner=on", and what it costs. */
	const char *enable;
};

/* In the order of reading, ended by an empty name. */
extern const struct live_source live_sources[];

/* What is known of the machine before anything is taken. */
bool live_machine_create(const char *root, struct live_machine **ret,
			 struct error *err);
void live_machine_destroy(struct live_machine *machine);

const char *live_machine_root(const struct live_machine *machine);
/* As uname has it, "6.12.117-lab"; of a root that is not live, from its
 * proc/sys/kernel/osrelease or proc/version; NULL: not known. */
const char *live_machine_release(const struct live_machine *machine);
const char *live_machine_boot_id(const struct live_machine *machine);
/* Whether root/proc is that of the running kernel. */
bool live_machine_is_live(const struct live_machine *machine);

/*
 * Call back for each file of source that exists, in order; path is without
 * the root, link is the target of a link or NULL. Stops when visit is false.
 */
bool live_source_visit(const struct live_machine *machine,
		       const struct live_source *source,
		       bool (*visit)(void *context, const char *path,
				     const char *link, struct error *err),
		       void *context, struct error *err);

/*
 * Whether reading path can hang this machine, as far as is known; why tells
 * it. The traces of kmalloc caches with objects of 16 bytes, where page_owner
 * is on and has page_owner_stacks (6.9 and newer): see lab notes in
 * docs/capture.md.
 */
bool live_path_hangs(const struct live_machine *machine, const char *path,
		     char *why, size_t capacity);

/* Why path, of source, cannot be read: error is an errno. Never empty. */
void live_source_explain(const struct live_machine *machine,
			 const struct live_source *source, const char *path,
			 int error, char *ret, size_t capacity);

#endif
