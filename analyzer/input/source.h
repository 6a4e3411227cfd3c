/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An opened input: a file, a pipe or a live kernel file, compressed or not. It
 * yields text; that of a tar archive is the archive: see package.h. Damage of
 * the input is told by source_loss(); an error is what keeps us from reading
 * anything at all.
 */
#ifndef PAGEOWL_INPUT_SOURCE_H
#define PAGEOWL_INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/span.h"

enum source_kind {
	/* A file or a pipe: any part may be read at any time. */
	SOURCE_STREAM,
	/*
	 * A kernel file that prints one record per read(2), refuses a record
	 * that does not fit with ENOMEM, and moves on to the next one.
	 */
	SOURCE_RECORDS,
};

/* What could not be read; the caller puts the name in front. */
struct source_loss {
	uint64_t unreadable_records; /* refused by the kernel with ENOMEM */
	char text[512];		     /* damage in one line, or empty */
	/* Reading it again would kill whoever reads, or hang, once more. */
	bool harmful;
};

/* Where bytes come from. What follows the context may be NULL. */
struct source_io {
	/* Like read(2), with errno. */
	ssize_t (*read)(void *context, void *buffer, size_t length);
	void *context;
	/* After read() told the end, or failed: add what is known to be lost.
	 */
	void (*loss)(void *context, struct source_loss *loss);
	/*
	 * How many bytes were read, where that is not what read() gave. May be
	 * called from another thread.
	 */
	uint64_t (*progress)(void *context);
	/* Once, when nothing will be read any more. */
	void (*close)(void *context);
};

struct source;

/*
 * Open path; "-" is standard input. Fails when it cannot be opened or read,
 * is a directory, or is compressed in a way that we do not know.
 */
bool source_create(const char *path, struct source **ret, struct error *err);

/* The same with a descriptor, which is the source's then, also on failure. */
bool source_create_fd(int fd, const char *path, struct source **ret,
		      struct error *err);

/*
 * The same with bytes from io, which must stay valid as long as the source,
 * and is closed with it, also on failure; path is only used in messages.
 */
bool source_create_io(struct source_io io, enum source_kind kind,
		      const char *path, struct source **ret, struct error *err);
void source_destroy(struct source *source);

/* What opens a path in the place of source_create(), as that would. */
struct source_opener {
	bool (*open)(void *context, const char *path, struct source **ret,
		     struct error *err);
	void *context;
};

/* By opener, or without one by source_create(). */
bool source_open(const struct source_opener *opener, const char *path,
		 struct source **ret, struct error *err);

/*
 * The first bytes of the text, as far as they tell an archive; they stay to be
 * read. Only before the first source_read(). Borrowed until then.
 */
bool source_peek(struct source *source, struct span *ret, struct error *err);

/*
 * Put text into buffer: as much as fits, or less when a live kernel file
 * needs more room for its next record. *ret_length 0 means the end.
 */
bool source_read(struct source *source, void *buffer, size_t capacity,
		 size_t *ret_length, struct error *err);

/*
 * Whether threads may pread() the text themselves, because the source is a
 * regular file that is not compressed and not empty. The descriptor stays
 * the source's.
 */
bool source_plain(const struct source *source, int *ret_fd, uint64_t *ret_size);

/*
 * How many bytes were read, as stored, of how many; a total of 0 is unknown.
 * May be called from another thread. Does not see the pread()s of others.
 */
void source_progress(const struct source *source, uint64_t *ret_done,
		     uint64_t *ret_total);

/* Complete once source_read() has told the end; borrowed. */
const struct source_loss *source_loss(const struct source *source);

#endif
