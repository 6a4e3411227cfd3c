/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel's page_owner, opened to be read from any page frame on. One read
 * gives one record; which offset belongs to a page frame depends on the age of
 * the kernel, and is found by reading a record.
 */
#ifndef PAGEOWL_LIVE_OWNER_FILE_H
#define PAGEOWL_LIVE_OWNER_FILE_H

#include "live/reader.h"

struct owner_file {
	const struct owner_io *io;
	int fd;
	uint64_t delta; /* page frame number minus offset */
};

/*
 * 0, or an errno; ESPIPE where page frames cannot be found by offset, so that
 * the file can only be read from its start on. buffer has RECORD_ROOM bytes.
 */
int owner_file_open(struct owner_file *file, const struct owner_io *io,
		    const char *path, char *buffer);
void owner_file_close(struct owner_file *file);

/*
 * Read the first record of page frame *pfn or above, and put its page frame
 * into *pfn. Returns its length; 0 is the end of the file; less is an errno,
 * negative: ENOMEM is a record that the kernel cannot print, ESPIPE one that
 * has no page frame number, or a lower one.
 */
ssize_t owner_file_read(const struct owner_file *file, uint64_t *pfn,
			char *buffer);

/* The page frame number of a record's text; false: it has none. */
bool owner_record_pfn(struct span record, uint64_t *ret);

#endif
