/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is asked of debug information, and what it answers. A frame is a
 * return address as the kernel prints it, "symbol+0xoffset/0xsize [module]".
 */
#ifndef SYMBOLIZE_FRAME_ANSWER_H
#define SYMBOLIZE_FRAME_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text is borrowed and ends with a NUL. */
struct frame_query {
	const char *module; /* NULL: the kernel itself */
	const char *symbol; /* with its suffixes: "foo.constprop.0" */
	uint64_t offset;    /* bytes into the symbol */
	/*
	 * Bytes to the next symbol, as kallsyms counts them: padding is part
	 * of it, so it may exceed the size in ELF. 0: not known.
	 */
	uint64_t size;
	/*
	 * The offset is that of the instruction meant, as in the RIP line of
	 * an oops; else of the one behind the call, which is at offset - 1.
	 */
	bool exact;
	/* Hexadecimal digits, where the frame has one; NULL: as expected. */
	const char *build_id;
};

enum frame_status {
	FRAME_UNASKED,	  /* nobody has looked yet */
	FRAME_RESOLVED,	  /* lines has one entry or more */
	FRAME_NO_LINE,	  /* the symbol is there, a source line is not */
	FRAME_NO_SYMBOL,  /* the file has no such symbol */
	FRAME_OTHER_SIZE, /* it has one, but not of this size */
	FRAME_AMBIGUOUS,  /* several of this name and size, of other lines */
	FRAME_NO_OBJECT,  /* no file was found for the module */
	FRAME_REFUSED,	  /* the file is not the one that ran */
	FRAME_FAILED,	  /* the file could not be read */
};
#define FRAME_STATUSES (FRAME_FAILED + 1)

struct source_line {
	const char *function; /* demangled; NULL: not known */
	const char *file;     /* as the compiler had it; NULL: not known */
	unsigned line;	      /* from 1; 0: not known */
};

/*
 * Lines are innermost first: each but the last is of a function that was
 * inlined into the next; the last is of the symbol itself.
 */
struct frame_answer {
	enum frame_status status;
	const struct source_line *lines; /* in a text_pool */
	size_t line_count;
	unsigned candidates; /* different lines that fit, where ambiguous */
};

#endif
