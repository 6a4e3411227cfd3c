/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A frame is one return address as the kernel prints it with %pS:
 * "symbol+0xoffset/0xsize [module]", or a bare "0xffffffffc0123456" where the
 * kernel had no symbol (an unloaded module, freed init text).
 */
#ifndef PAGEOWL_MODEL_FRAME_H
#define PAGEOWL_MODEL_FRAME_H

#include "model/source_place.h"

struct frame {
	struct span text;   /* the whole frame as printed, no space before it */
	struct span symbol; /* with its compiler suffixes; empty: an address */
	struct span name;   /* symbol with the suffixes folded; borrowed too */
	struct span module; /* without brackets; empty: the kernel itself */
	uint64_t offset;    /* bytes into the symbol, or the bare address */
	uint64_t size;	    /* bytes to the next symbol; 0: not printed */
	/* The kernel printed an address: we looked it up, text and all. */
	bool looked_up;
	/*
	 * Innermost first: each but the last is of a function that was inlined
	 * into the next. None until debug information was asked.
	 */
	const struct source_place *places; /* borrowed */
	size_t place_count;
	bool places_told;  /* by the dump itself: a symbolized report */
	size_t told_place; /* the one to show where there is room for one */
};

/*
 * Split one frame. Text that is neither symbol nor address yields a frame
 * whose symbol is the whole text.
 */
void frame_split(struct span text, struct frame *ret);

/* The place to show where there is room for one; NULL: none is known. */
static inline const struct source_place *frame_place(const struct frame *frame)
{
	return frame->told_place < frame->place_count
		       ? &frame->places[frame->told_place]
		       : NULL;
}

/* Whether the function of a place was inlined into the frame's own. */
static inline bool frame_place_is_inlined(const struct frame *frame,
					  size_t index)
{
	return index + 1 < frame->place_count;
}

/* Whether there is an address only. */
static inline bool frame_is_address(const struct frame *frame)
{
	return frame->symbol.length == 0;
}

/*
 * Whether the kernel printed an address: then another capture of the boot may
 * have another name in its place.
 */
static inline bool frame_was_address(const struct frame *frame)
{
	return frame_is_address(frame) || frame->looked_up;
}

/*
 * The part of a symbol that is the same in every build: without
 * .constprop.N, .isra.N, .part.N, .cold, .llvm.N and _noprof.
 */
struct span frame_fold_name(struct span symbol);

#endif
