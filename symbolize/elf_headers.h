/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the headers of an ELF file tell, of 32 or 64 bit and either byte order.
 * The file is read with pread() and in small pieces, for one that is cut while
 * we look must not be our end, and what its headers claim is checked.
 */
#ifndef SYMBOLIZE_ELF_HEADERS_H
#define SYMBOLIZE_ELF_HEADERS_H

#include "symbolize/build_id.h"
#include "symbolize/reason.h"

#include <stdint.h>

/* Bytes of the file. */
struct elf_extent {
	uint64_t offset, size; /* size 0: there are none */
};

struct elf_headers {
	struct build_id build_id;
	bool has_debug_info; /* .debug_info with content, also compressed */
	bool has_symbols;    /* a symbol table with content */
	bool is_relocatable; /* as modules are, and no kernel is */
	unsigned machine;    /* EM_... */
	/* Where its release is: .modinfo of a module, .rodata of a kernel. */
	struct elf_extent release_text;
};

/* Read the headers of the file of so many bytes behind fd. */
bool elf_headers_read(int fd, uint64_t size, struct elf_headers *ret,
		      struct reason *why);

#endif
