/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds kernel frames in any text, as the kernel prints them with %pS, %pB
 * and their kin: "symbol+0x1a/0x2c [module 40-hex-digits]". perf script has
 * them as "symbol+0x1a ([kernel.kallsyms])".
 */
#ifndef PAGEOWL_CLI_FRAME_SCAN_H
#define PAGEOWL_CLI_FRAME_SCAN_H

#include "base/span.h"

/* Twice KSYM_NAME_LEN: no longer name is taken for a symbol. */
#define FRAME_SYMBOL_MAX 1024

struct frame_match {
	struct span text;     /* symbol, offset and what tells the module */
	struct span symbol;   /* with its suffixes */
	struct span module;   /* empty: the kernel itself */
	struct span build_id; /* hexadecimal; empty: not printed */
	uint64_t offset;
	uint64_t size; /* bytes to the next symbol; 0: as perf prints it */
	bool told;     /* a source line stands behind it already */
};

/*
 * The next frame of text at or behind from, which points into text or at its
 * end. A frame lies within one line; text may have many.
 */
bool frame_scan_next(struct span text, const char *from,
		     struct frame_match *ret);

#endif
