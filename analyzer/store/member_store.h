/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a capture is written: a folder, each member compressed as PATH.gz; a
 * tar of the same (FILE.tar); or a compressed tar of the plain texts
 * (FILE.tar.gz, FILE.tgz), whose gzip members are put together as they come.
 * At any moment what was written so far can be read; the header of a member
 * in an archive that has more than one piece is written anew with each.
 * Archives begin with a folder of their own name, so that unpacking scatters
 * nothing.
 */
#ifndef PAGEOWL_STORE_MEMBER_STORE_H
#define PAGEOWL_STORE_MEMBER_STORE_H

#include <stdint.h>

#include "base/error.h"
#include "base/span.h"

/*
 * Kept free of what users other than root may take, for the manifest; of a
 * file system with little room at the start a sixteenth of that. The same of
 * the length that an archive may have (ulimit -f).
 */
enum { STORE_RESERVE = 4 << 20 };

struct member_store;
struct store_io;

/* What makes path the name of an archive: ".tar.gz", ".tgz", ".tar"; or "". */
struct span member_store_suffix(const char *path);

/*
 * Make what path names; what is there already is not touched, but for an
 * empty folder: then it fails.
 */
bool member_store_create(const char *path, struct member_store **ret,
			 struct error *err);

/* The same through other calls than the kernel's own: for tests. */
bool member_store_create_io(const char *path, const struct store_io *io,
			    struct member_store **ret, struct error *err);

/* What was not finished stays as it is. */
void member_store_destroy(struct member_store *store);

/*
 * Begin a member, "proc/meminfo". It is as if it had not been begun until the
 * first piece of it, or member_store_end(). Until that, or
 * member_store_drop(), no other member, link or text. Fails where path leads
 * out of the store ("..").
 */
bool member_store_begin(struct member_store *store, const char *path,
			struct error *err);

/*
 * Add gzip members that hold text_bytes of text. On failure this piece is not
 * in it, and those before are. ERROR_FULL where the file system has no more
 * than the reserve: then only member_store_put() may still have room.
 */
bool member_store_add(struct member_store *store, struct span packed,
		      uint64_t text_bytes, struct error *err);

/*
 * An empty member is one, too. On failure, too, it is done with: of what was
 * added something may be lost.
 */
bool member_store_end(struct member_store *store, struct error *err);

/* Drop the member that was begun; nothing of it remains. */
bool member_store_drop(struct member_store *store, struct error *err);

/*
 * A member that is whole with this: most are short, and an archive takes them
 * with one write, and packs what tar needs around them. No text: an empty one.
 * On failure it is not there; only on a disk that fails may a part remain.
 */
bool member_store_whole(struct member_store *store, const char *path,
			struct span packed, uint64_t text_bytes,
			struct error *err);

/* A symbolic link, as the kernel has it. */
bool member_store_link(struct member_store *store, const char *path,
		       const char *target, struct error *err);

/*
 * A text of our own, packed only where the archive is packed as a whole; may
 * be put again: the last one holds, and at any moment there is one. Uses the
 * reserve.
 */
bool member_store_put(struct member_store *store, const char *path,
		      struct span text, struct error *err);

/*
 * What will be put has so many bytes by now: of a file system, or a length,
 * that has little room they are kept free, too.
 */
void member_store_expect(struct member_store *store, uint64_t text_bytes);

/*
 * Whether a text of this length can be put, and as much as is expected of the
 * last one can be put afterwards.
 */
bool member_store_spares(const struct member_store *store, size_t length);

/* All of it on the disk, and out of the page cache; at any moment. */
bool member_store_sync(struct member_store *store, struct error *err);

/* Bytes written, as they are stored. */
uint64_t member_store_bytes(const struct member_store *store);

/* Whether it lies in memory (tmpfs, ramfs): then it measures itself. */
bool member_store_is_memory(const struct member_store *store);

/* The end of an archive; sync. May be tried again where it was full. */
bool member_store_finish(struct member_store *store, struct error *err);

#endif
