/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A capture as a series of members: one dump, a folder in which the kernel's
 * own paths lead to several, or a tar archive. An archive is read in one pass;
 * nothing is written to a disk, and memory does not grow with it. Damage of
 * the archive is data, as that of a member is: package_loss() tells. A folder
 * may be a piece of the kernel's tree; of its files those are members that lie
 * in it, wherever links in it lead.
 */
#ifndef PAGEOWL_INPUT_PACKAGE_H
#define PAGEOWL_INPUT_PACKAGE_H

#include "formats/format.h"
#include "input/source.h"

struct member {
	const char *path; /* within the package; of a file, as given */
	/*
	 * The kernel's own path, "proc/meminfo", and what stands before it,
	 * "t1/"; own is empty where the path tells nothing.
	 */
	struct span own, root;
	const struct format *format; /* by path; NULL: only content can tell */
	uint64_t size; /* bytes as stored; UINT64_MAX: not known */
};

enum package_kind {
	PACKAGE_FILE,	 /* one member, as the opener gives it */
	PACKAGE_FOLDER,	 /* the files that are known by their paths, or all */
	PACKAGE_ARCHIVE, /* the regular files of a tar archive */
};

struct package;

/* How to open one. Zeroed is valid. */
struct package_options {
	/* Opens what is no folder, and what a kernel prints; it must stay
	 * valid as long. NULL: source_create() does. */
	const struct source_opener *opener;
	bool processes; /* the files of processes are members of a folder */
};

/*
 * Open path; "-" is standard input. Fails when it cannot be read, is packed
 * in a way that we do not know, or is a folder that holds several captures.
 * options may be NULL.
 */
bool package_open(const char *path, const struct package_options *options,
		  struct package **ret, struct error *err);
void package_close(struct package *package);

enum package_kind package_kind(const struct package *package);

/*
 * The next member, valid until the next call; *ret is NULL at the end. What
 * was not read of the member before is passed over.
 */
bool package_next(struct package *package, const struct member **ret,
		  struct error *err);

/*
 * Read the member that was returned last; once. The source is the package's
 * and valid until the next package_next(). A failure other than of memory
 * concerns this member alone.
 */
bool package_member(struct package *package, struct source **ret,
		    struct error *err);

/* Begin anew with the first member; fails where the package is a pipe. */
bool package_rewind(struct package *package, struct error *err);
/* Whether it may be opened again; not where reading it did harm. */
bool package_can_rewind(const struct package *package);

/*
 * How many bytes were read, as stored, of how many; a total of 0 is unknown.
 * Of a folder, those of the present member. May be called from another thread
 * as long as the member stays the same.
 */
void package_progress(const struct package *package, uint64_t *ret_done,
		      uint64_t *ret_total);

/*
 * What was lost of the package itself, not of a member, in one line without a
 * final stop, or "". Complete once package_next() has told the end; borrowed.
 */
const char *package_loss(const struct package *package);

#endif
