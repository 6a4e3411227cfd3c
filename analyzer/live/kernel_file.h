/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file that is read from its start to its end, as it is: the kernel's, or a
 * copy of one. Of a copy that is only there compressed (below a root that is
 * an unpacked capture), the text is read.
 */
#ifndef PAGEOWL_LIVE_KERNEL_FILE_H
#define PAGEOWL_LIVE_KERNEL_FILE_H

#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct kernel_file {
	char path[PATH_MAX];   /* empty: none is open */
	int fd;		       /* or -1 */
	struct source *source; /* of a compressed copy, or NULL */
	bool log;	       /* one record for each read: /dev/kmsg */
	size_t ask;	       /* at most for each read */
	uint64_t lost;	       /* records that could not be read */
	uint64_t overwritten;  /* times that the log had moved on */
};

/*
 * 0, or an errno. Below the first root bytes of path, unless that is 0, no link
 * is followed: others may change what lies there while we look. Opens regular
 * files, for a log also a character device; else it is EINVAL. note is why,
 * where errno does not tell.
 */
int kernel_file_open(struct kernel_file *file, const char *path, size_t root,
		     bool log, char *note, size_t note_size);
void kernel_file_close(struct kernel_file *file);

/*
 * Read into room bytes, at least FILE_ROOM; 0 is the end, less is an errno,
 * negative. moves is bumped for each read.
 */
ssize_t kernel_file_read(struct kernel_file *file, char *buffer, size_t room,
			 atomic_uint_fast64_t *moves);

/* What was lost, once the end was read; nothing is added for nothing. */
void kernel_file_note(const struct kernel_file *file, char *note,
		      size_t note_size);

#endif
