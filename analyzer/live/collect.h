/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Takes a capture: all of live_sources in their order, each member by a
 * reader, into a store, with a line in the manifest. Whatever a member does,
 * the next one is tried; when the disk is full or we are asked to stop, what
 * there is is finished.
 */
#ifndef PAGEOWL_LIVE_COLLECT_H
#define PAGEOWL_LIVE_COLLECT_H

#include "live/live_sources.h"
#include "store/manifest.h"

struct collect_options {
	const char *root;   /* "" is the machine */
	const char *output; /* see member_store.h */
	unsigned jobs;	    /* readers of page_owner; 0: one for each CPU */
	bool quick, risky, kmemleak_scan;
};

/* Who watches. Each function may be NULL. */
struct collect_watch {
	/* Asked between pieces and after signals: why to stop, or NULL. */
	const char *(*stop)(void *context);
	/* Of the member being read: bytes of text, and records, so far. */
	void (*moves)(void *context, const char *path, uint64_t bytes,
		      uint64_t records);
	/* What goes into the manifest. */
	void (*noted)(void *context, const struct member_note *note);
	void *context;
};

struct collect_summary {
	size_t members[MEMBER_STATUSES]; /* by status */
	uint64_t text_bytes, stored_bytes;
	uint64_t records; /* of page_owner */
	uint64_t began_ns, ended_ns;
	bool in_memory; /* the output lies in tmpfs: it measures itself */
	char ended_early[1100]; /* why; or empty */
};

/*
 * False where no capture could be begun, or its manifest not be written: then
 * nothing, or an unfinished capture, is there.
 */
bool collect(const struct collect_options *options,
	     const struct collect_watch *watch, struct collect_summary *ret,
	     struct error *err);

#endif
