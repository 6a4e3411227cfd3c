/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The manifest below a root that is a capture itself, unpacked: a capture of
 * it is a copy. When its members were read, from which machine and boot, and
 * what of them is lost, is what the old manifest tells, so its lines are taken
 * over; new are only those of members that the copy could not take. Who reads
 * the copy learns the same as from the capture.
 */
#ifndef PAGEOWL_LIVE_OLD_MANIFEST_H
#define PAGEOWL_LIVE_OLD_MANIFEST_H

#include "base/arena.h"
#include "base/error.h"
#include "store/manifest.h"

/* The last line about a path. All text is untrusted. */
struct old_row;

/* Zeroed is that there is none, and valid to deinit. */
struct old_manifest {
	char *text;
	struct span head;     /* the lines before those of members; or empty */
	struct span ended;    /* of the line "ended" what is before the why */
	struct span outcome;  /* the why, as it is escaped; or empty */
	struct old_row *rows; /* uthash head, in order of first sight */
	struct old_row *at;   /* no row before it is unnoted; NULL: not known */
	struct arena arena;
};

/* False only without memory. Text that is no manifest of ours is none. */
bool old_manifest_read(const char *root, struct old_manifest *ret,
		       struct error *err);
void old_manifest_deinit(struct old_manifest *old);

static inline bool old_manifest_is(const struct old_manifest *old)
{
	return old->head.length > 0;
}

/*
 * Add the line that a copy has for note: the old one where all of the member
 * was copied, else that of note with the moments of the old one.
 */
bool old_manifest_note(struct old_manifest *old, const struct member_note *note,
		       struct manifest *manifest, struct error *err);

/* The next member that was taken, and of which nothing was noted; or NULL. */
const char *old_manifest_unnoted(struct old_manifest *old);

/*
 * The lines that are left, about what was never taken, and the end: that of
 * the old one unless there is a reason why the copy ended early. Of a capture
 * that was interrupted the copy has no end.
 */
bool old_manifest_end(struct old_manifest *old, const char *why,
		      struct manifest *manifest, struct error *err);

#endif
