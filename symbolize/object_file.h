/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An object file on disk: opened, unpacked when it is compressed, and told
 * apart by its build id. Reads headers only, and believes nothing in them.
 */
#ifndef SYMBOLIZE_OBJECT_FILE_H
#define SYMBOLIZE_OBJECT_FILE_H

#include "symbolize/build_id.h"
#include "symbolize/elf_headers.h"
#include "symbolize/reason.h"

#include <stdint.h>

struct object_file {
	char *path; /* as it was found; owned */
	int fd;	    /* of the file, or of its unpacked copy in memory */
	uint64_t size;
	struct build_id build_id;
	bool has_debug_info;		/* .debug_info, also compressed */
	bool has_symbols;		/* .symtab */
	bool is_relocatable;		/* as modules are, and no kernel is */
	unsigned machine;		/* EM_... */
	struct elf_extent release_text; /* object_release.h reads it */
};

/*
 * Open an ELF file, which may be compressed with gzip, xz or zstd as the
 * kernel's modules are. What is no ELF file is refused, and so is one that
 * unpacks to more than 4 GiB.
 */
bool object_file_open(struct object_file *file, const char *path,
		      struct reason *why);
/* Safe on a zeroed struct. */
void object_file_close(struct object_file *file);

#endif
