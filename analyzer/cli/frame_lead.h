/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands around a frame in its line tells what the frame means: a call
 * trace and most of what the kernel prints is return addresses, "RIP:" and
 * its like are the instruction itself.
 */
#ifndef PAGEOWL_CLI_FRAME_LEAD_H
#define PAGEOWL_CLI_FRAME_LEAD_H

#include "base/span.h"

struct frame_lead {
	size_t prefix; /* bytes that a log or mail has put before the line */
	bool exact;    /* no return address */
	/*
	 * Nothing but what a line of a stack, or a register, has before its
	 * frame: lines may be put above it.
	 */
	bool alone;
};

/*
 * before: of the line, up to the frame; behind: from the frame's end on.
 * whole: the line begins where before begins.
 */
void frame_lead_read(struct span before, struct span behind, bool whole,
		     struct frame_lead *ret);

#endif
