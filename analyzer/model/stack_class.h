/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the frames of a stack, and its records, say about the memory: filled
 * by account/classify.h, kept with the stack.
 */
#ifndef PAGEOWL_MODEL_STACK_CLASS_H
#define PAGEOWL_MODEL_STACK_CLASS_H

#include "model/category.h"

/* Bits of what the records of a stack said besides their frames. */
enum evidence {
	EVIDENCE_EARLY_MASK = 1 << 0,  /* "mask 0x0()": before page_owner */
	EVIDENCE_SLAB_LINE = 1 << 1,   /* the line "Slab cache page" */
	EVIDENCE_RECLAIMABLE = 1 << 2, /* type Reclaimable, or the gfp flag */
	EVIDENCE_MOVABLE = 1 << 3,     /* type Movable; confirms FLAG_LRU */
	EVIDENCE_FLAG_SLAB = 1 << 4,   /* page flags from here on */
	EVIDENCE_FLAG_LRU = 1 << 5,
	EVIDENCE_FLAG_SWAPBACKED = 1 << 6,
	/* The source tells that the frames are those who called vmalloc(). */
	EVIDENCE_VMALLOC = 1 << 7,
	EVIDENCE_OBJECT = 1 << 8, /* an object in a slab cache, no page */
	/* kmemleak's: an object, with kmemleak itself innermost of a stack. */
	EVIDENCE_UNREFERENCED = 1 << 9,
};

struct stack_class {
	enum category category;
	/* The category whose counter covers these pages. It differs from the
	 * above where debugging overhead lives in slab or vmalloc pages. */
	enum category counted_as;
	/* Index of the blamed frame; frame_count when there is none. */
	size_t blamed;
	/* Module of the blamed frame, or of the first caller that has one
	 * where the blamed frame is the kernel's own; empty: none. */
	struct span module;
	/* The frames alone say little: page flags may say more. */
	bool wants_flags;
	/* A module frame below do_one_initcall() that is no init function:
	 * freed init text that now prints as somebody else's symbol. */
	bool stale_symbol;
};

#endif
