/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a frame as the kernel prints it to places in an object file. Pure: it
 * knows no libbfd.
 */
#ifndef SYMBOLIZE_SYMBOL_INDEX_H
#define SYMBOLIZE_SYMBOL_INDEX_H

#include "symbolize/bfd_object.h"

/* Of functions of one name: there are kernels with a hundred "init". */
#define SYMBOL_PLACES_MAX 256

/* A byte of code: that of the instruction which is meant. */
struct symbol_place {
	unsigned section;
	uint64_t offset; /* in the section */
};

struct symbol_index;

/* sections and symbols are borrowed. NULL: no memory. */
struct symbol_index *symbol_index_create(const struct object_section *sections,
					 size_t section_count,
					 const struct object_symbol *symbols,
					 size_t symbol_count, bool relocatable);
void symbol_index_destroy(struct symbol_index *index);

/*
 * The places that query may mean, at most SYMBOL_PLACES_MAX of them, in the
 * order of their addresses. One may lie behind the code of its section, where
 * the size that was printed reaches. Returns
 * FRAME_RESOLVED with one or more, else FRAME_NO_SYMBOL or FRAME_OTHER_SIZE
 * with none.
 */
enum frame_status symbol_index_find(const struct symbol_index *index,
				    const struct frame_query *query,
				    struct symbol_place *ret,
				    size_t *ret_count);

#endif
