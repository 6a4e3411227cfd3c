/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the counters of a manifest tell: how a capture of pageowl's own was
 * taken, and what became of each member. All text is untrusted and borrowed
 * from the counters.
 */
#ifndef PAGEOWL_MODEL_MANIFEST_VIEW_H
#define PAGEOWL_MODEL_MANIFEST_VIEW_H

#include "model/counters.h"
#include "model/record.h"

struct manifest_view {
	struct span machine; /* "live", or "folder": copies of such files */
	struct span date;    /* when it began */
	struct span boot_id; /* or empty */
	struct span outcome; /* "whole", or why it ended early; or empty */
	uint64_t began_ns, ended_ns; /* or TS_NONE */
};

struct manifest_member {
	struct span path;	     /* the kernel's own */
	struct span status;	     /* "whole", "part", "failed", … */
	struct span why;	     /* or empty */
	uint64_t began_ns, ended_ns; /* or TS_NONE */
};

/* False: the capture has no manifest. */
bool manifest_view(const struct counters *counters, struct manifest_view *ret);

/* It ended without having all that was to be taken. */
bool manifest_view_is_early(const struct manifest_view *view);

/* False: the manifest, if there is one, does not tell of this path. */
bool manifest_view_member(const struct counters *counters, struct span path,
			  struct manifest_member *ret);

/*
 * The next member that is not whole; *at, NULL at first, is where to go on.
 * False: there is none.
 */
bool manifest_view_next(const struct counters *counters,
			const struct counter_entry **at,
			struct manifest_member *ret);

/* Some of it is there, or should be: the kernel has it, and reading failed. */
bool manifest_member_is_lost(const struct manifest_member *member);

/*
 * When the member at path began to be read, by a clock that is nearest to
 * that of allocation times; TS_NONE: not known. A manifest of another boot
 * than the counters beside it tells nothing.
 */
uint64_t manifest_view_began(const struct counters *counters, struct span path);

#endif
