/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An object file as libbfd reads it: sections, symbols, source lines. The one
 * place that includes <bfd.h>, and it runs in a process that can do nothing
 * but answer (object_reader.h): whatever the file makes libbfd do, stays there.
 */
#ifndef SYMBOLIZE_BFD_OBJECT_H
#define SYMBOLIZE_BFD_OBJECT_H

#include "symbolize/frame_answer.h"
#include "symbolize/reason.h"

struct bfd_object;

struct object_section {
	const char *name;
	uint64_t address; /* where it was linked to; 0 in a module */
	uint64_t size;	  /* bytes */
	bool code;
};

struct object_symbol {
	const char *name; /* as in the file: mangled */
	/* Linked: the address. Of a module: the offset in its section. */
	uint64_t address;
	unsigned section; /* index in sections */
};

/* Whether this program was built with libbfd. */
bool bfd_object_is_built(void);

/*
 * Open the file behind fd, which is read with pread() alone. What is returned
 * holds until close.
 */
bool bfd_object_open(struct bfd_object **ret, int fd, uint64_t size,
		     struct reason *why);
void bfd_object_close(struct bfd_object *object);

/* Whether it is a module: sections that have no address yet. */
bool bfd_object_is_relocatable(const struct bfd_object *object);

const struct object_section *bfd_object_sections(
	const struct bfd_object *object, size_t *ret_count);

/* Symbols of sections that are loaded, in no order. */
const struct object_symbol *bfd_object_symbols(const struct bfd_object *object,
					       size_t *ret_count);

/* Called for each line of a chain, innermost first; text is borrowed. */
typedef void (*object_line)(void *context, const struct source_line *line);

/*
 * The source lines of the byte at offset in a section. False: there are none,
 * and line was not called. The last line has no function where DWARF has none:
 * of assembly, and of functions that were folded into equal ones.
 */
bool bfd_object_lines(struct bfd_object *object, unsigned section,
		      uint64_t offset, object_line line, void *context);

/*
 * Whether the DWARF can be read, for when a question had no answer: false when
 * libbfd meets errors and none of some functions has a line, so that what has
 * no line may well have one.
 */
bool bfd_object_answers(struct bfd_object *object);

#endif
