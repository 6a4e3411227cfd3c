/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives and compressed streams for tests, by libarchive's writer. */
#ifndef PAGEOWL_TESTS_SUPPORT_ARCHIVE_MAKER_H
#define PAGEOWL_TESTS_SUPPORT_ARCHIVE_MAKER_H

#ifdef HAVE_ARCHIVE

#include <stddef.h>

#include <archive.h>
#include <archive_entry.h>

struct made_entry {
	const char *path;
	const char *text; /* NULL: none */
	size_t length;	  /* of text; 0: as its zero byte says */
	const char *link; /* where a link leads to */
	unsigned type;	  /* AE_IFREG, ...; 0: a regular file, or hard link */
};

struct made_archive {
	char *bytes;
	size_t length;
	size_t capacity;
};

void made_archive_deinit(struct made_archive *made);

/*
 * Entries, ended by one without a path, in a format ("ustar", "gnutar",
 * "pax", "v7tar", "raw") compressed by a filter ("gzip", "xz", "none", ...).
 */
void made_archive_init(struct made_archive *made, const char *format,
		       const char *filter, const struct made_entry *entries);

/* Write the first length bytes to the file at path. */
void made_archive_write(const struct made_archive *made, size_t length,
			const char *path);

#endif

#endif
