/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is to be changed in .debug_line before libbfd (2.40) reads it.
 *
 * A line program begins with file 1, but libbfd begins with file 0 where the
 * table is of DWARF 5. Compilers make file 0 the unit's own and file 1 the
 * first one that has rows: where that is a header, its rows get the name of
 * the unit's file, with the lines of the header, until the program names a
 * file. With entry 0 equal to entry 1 both beginnings are the same.
 *
 * Entries are of any length, and nothing can be inserted: they are changed in
 * place where both have the same length, unless the program says 0 itself.
 */
#ifndef SYMBOLIZE_LINE_FILES_H
#define SYMBOLIZE_LINE_FILES_H

#include "symbolize/line_patches.h"

/* A section, whole. */
struct line_section {
	const unsigned char *bytes;
	size_t size;
	uint64_t at; /* offset in the file */
};

struct line_tables {
	struct line_section lines; /* .debug_line as it is in the file */
	/* Of a module, else empty: what is to be put in lines. */
	struct line_section relocations;
	bool wide;	  /* relocations are of 64 bit */
	bool has_addends; /* RELA, not REL */
	bool big;	  /* the most significant byte comes first */
};

/*
 * Add what is to be changed, sorted. False: no memory, and some is missing.
 * Damaged units are left as they are, and so is what comes behind a damaged
 * length.
 */
bool line_files_mend(const struct line_tables *tables,
		     struct line_patches *patches);

#endif
