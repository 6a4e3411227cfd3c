/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Of the files that may be those of one kernel or module, the best: of the
 * build id that is wanted, or else of the release, and with debug information.
 */
#ifndef SYMBOLIZE_OBJECT_CONTEST_H
#define SYMBOLIZE_OBJECT_CONTEST_H

#include "symbolize/object_release.h"

#include <sys/types.h>

/* Files that one contest opens: what a hostile tree costs is bounded. */
#define CONTEST_FILES_MAX 256

struct object_contest {
	const char *module;	       /* NULL: the kernel */
	const struct build_id *wanted; /* NULL: not known */
	const char *release;	       /* of the kernel; NULL: not known */
	unsigned machine;	       /* EM_... of the kernel; 0: not known */
	bool only_wanted; /* what has no build id is not taken, either */

	struct object_file best; /* without a path: none; owned */
	char *other; /* one of another build id or release; owned, or NULL */
	struct build_id other_id;
	char other_release[OBJECT_RELEASE_CAPACITY]; /* "": the id differs */
	struct reason failure; /* of the first that could not be read */
	size_t count;
	struct {
		dev_t device;
		ino_t inode;
	} seen[CONTEST_FILES_MAX];
};

/* The best is not closed: it is the caller's from then on. */
void object_contest_deinit(struct object_contest *contest);

/*
 * Look at the file at path, which need not exist. context is the contest; this
 * is a place_offer. True: there cannot be a better one.
 */
bool object_contest_offer(void *context, const char *path);

/* Take a file that was opened. It is the contest's from then on. */
bool object_contest_take(struct object_contest *contest,
			 struct object_file *file);

/* Whether there cannot be a better one. */
bool object_contest_is_won(const struct object_contest *contest);

/* Say that the other one does not fit; false, as reason_set(). */
bool object_contest_tell_other(const struct object_contest *contest,
			       struct reason *ret);

#endif
