/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small ELF files, written byte by byte. */
#ifndef PAGEOWL_TESTS_SUPPORT_ELF_MAKER_H
#define PAGEOWL_TESTS_SUPPORT_ELF_MAKER_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct made_section {
	const char *name; /* NULL ends a list of them */
	uint32_t type;	  /* SHT_... */
	uint64_t flags, address;
	const void *bytes; /* NULL: size zeros; none for SHT_NOBITS */
	size_t size;
	uint32_t link, info;
	uint64_t align, entry_size;
};

/* What a file has; zeroed is a linked program of 64 bit with nothing in it. */
struct elf_recipe {
	bool narrow;	      /* of 32 bit */
	bool big;	      /* the most significant byte comes first */
	unsigned type;	      /* ET_...; 0: ET_EXEC */
	const char *build_id; /* hexadecimal; NULL: none */
	bool other_note;      /* a note of Linux before that of the build id */
	bool in_segment;      /* the notes are in a segment, in no section */
	bool debug_info;      /* a section .debug_info, which is nonsense */
	bool symbols;	      /* a .symtab with one symbol */
	bool large_counts;    /* numbers of sections are in section 0 */
	const struct made_section *sections; /* others; or NULL */
};

struct made_elf {
	unsigned char *bytes; /* to be freed */
	size_t length;
};

struct made_elf elf_make(const struct elf_recipe *recipe);

/* Write it to the file at path, and make the folders above it. */
void elf_file(const char *path, const struct elf_recipe *recipe);

/* Shorthands: of a build id or NULL, with debug information or without. */
void elf_kernel(const char *path, const char *build_id, bool debug_info);
void elf_module(const char *path, const char *build_id, bool debug_info);

#endif
