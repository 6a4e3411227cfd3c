/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is read with pread() alone, some bytes changed on the way. */
#ifndef SYMBOLIZE_MENDED_FILE_H
#define SYMBOLIZE_MENDED_FILE_H

#include "symbolize/line_patches.h"

/* Without patches it is read as it is. */
struct mended_file {
	struct line_patches patches;
	uint64_t size; /* in bytes */
	int fd;	       /* borrowed */
};

struct file_range {
	uint64_t at, size;
};

/* Where .debug_line is, and what else line_files.h wants to know. */
struct line_layout {
	struct file_range lines;
	struct file_range relocations; /* empty in what is linked */
	bool wide, has_addends, big;
};

void mended_file_deinit(struct mended_file *file);

/*
 * Read size bytes at offset at, fewer where the file ends. Returns how many,
 * -1 when they cannot be read.
 */
int64_t mended_file_read(const struct mended_file *file, void *buffer,
			 size_t size, uint64_t at);

/* Mend the tables of files, once. False: no memory; some may be unmended. */
bool mended_file_mend_lines(struct mended_file *file,
			    const struct line_layout *layout);

#endif
