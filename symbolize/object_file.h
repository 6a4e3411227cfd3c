/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An object file on disk: opened, unpacked when it is compressed, and told
 * apart by its build id. Reads headers only, and believes nothing in them.
 */
#ifndef SYMBOLIZE_OBJECT_FILE_H
#define SYMBOLIZE_OBJECT_FILE_H

#include "symbolize/reason.h"

#include <stddef.h>
#include <stdint.h>

/* SHA-1 has 20; kernels print at most that; others may be shorter. */
#define BUILD_ID_MAX 20

struct build_id {
	unsigned char bytes[BUILD_ID_MAX];
	size_t length; /* 0: none */
};

struct object_file {
	char *path; /* as it was found; owned */
	int fd;	    /* of the file, or of its unpacked copy in memory */
	uint64_t size;
	struct build_id build_id;
	bool has_debug_info; /* .debug_info, also compressed */
	bool has_symbols;    /* .symtab */
};

/*
 * Open an ELF file, which may be compressed with gzip, xz or zstd as the
 * kernel's modules are. what is no ELF file is refused, and so is one that
 * unpacks to more than 4 GiB.
 */
bool object_file_open(struct object_file *file, const char *path,
		      struct reason *why);
/* Safe on a zeroed struct. */
void object_file_close(struct object_file *file);

/* The build id in ELF notes, as /sys/kernel/notes has them, of either byte
 * order; false: there is none. */
bool build_id_of_notes(const unsigned char *notes, size_t length,
		       struct build_id *ret);

bool build_id_equal(const struct build_id *a, const struct build_id *b);

/* As hexadecimal digits; ret has room for 2 * BUILD_ID_MAX + 1. */
void build_id_text(const struct build_id *id, char *ret);

#endif
