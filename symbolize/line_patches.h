/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of a file that are to be read as others. */
#ifndef SYMBOLIZE_LINE_PATCHES_H
#define SYMBOLIZE_LINE_PATCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LINE_PATCH_MAX = 31 };

struct line_patch {
	uint64_t at; /* offset in the file */
	unsigned char length;
	unsigned char bytes[LINE_PATCH_MAX];
};

/* Zeroed is empty and valid. */
struct line_patches {
	struct line_patch *items; /* once sorted by offset */
	size_t count, capacity;
};

void line_patches_deinit(struct line_patches *patches);

/* At most LINE_PATCH_MAX bytes, copied. False: no memory. */
bool line_patches_add(struct line_patches *patches, uint64_t at,
		      const void *bytes, size_t length);

/* To be called after the last was added. */
void line_patches_sort(struct line_patches *patches);

/* Patch what was read from the file at offset at. They are sorted. */
void line_patches_apply(const struct line_patches *patches, void *buffer,
			size_t size, uint64_t at);

#endif
