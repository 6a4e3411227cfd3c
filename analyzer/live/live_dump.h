/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the running kernel prints page_owner, and how it is opened; and when
 * it does not, why not and what to do about it.
 */
#ifndef PAGEOWL_LIVE_LIVE_DUMP_H
#define PAGEOWL_LIVE_LIVE_DUMP_H

#include "input/source.h"
#include "live/live_machine.h"
#include "live/reader.h"

/*
 * Write the path of the dump to ret_path. When the file cannot be opened, err
 * gives the most fundamental reason that can be known, and the remedy.
 */
bool live_dump_find(const struct live_machine *machine, char *ret_path,
		    size_t capacity, struct error *err);

/* The same, asking this machine; root is "", or a directory for tests. */
bool live_dump_path(const char *root, char *ret_path, size_t capacity,
		    struct error *err);

struct live_dump_opener {
	unsigned jobs;		   /* readers; 0: one for each CPU */
	const struct owner_io *io; /* NULL: the kernel's files */
	const char *dump;	   /* what live_dump_find() found, or NULL */
	/* Whose files they are; NULL: asked when there is something to ask. */
	const struct live_machine *machine;
};

/*
 * For a struct source_opener, whose context is a struct live_dump_opener: what
 * the running kernel prints as page_owner is read by other processes, which it
 * may kill or let hang; all else by source_create(). Traces of a slab cache
 * that can hang the machine are refused: opening them is enough for that.
 */
bool live_dump_open(void *context, const char *path, struct source **ret,
		    struct error *err);

#endif
