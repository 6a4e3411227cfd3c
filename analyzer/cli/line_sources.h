/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which symbolizer answers for which capture, and for which frame. */
#ifndef PAGEOWL_CLI_LINE_SOURCES_H
#define PAGEOWL_CLI_LINE_SOURCES_H

#include "cli/reading.h"

/*
 * Give each reading a symbolizer that knows its build ids; captures of one
 * kernel and its modules share one. False: no memory.
 */
bool line_sources_open(struct cli *cli, struct reading *readings, size_t count);

/*
 * Let the symbolizer of another reading answer for one, if it has any and both
 * are of one kernel. False: no memory.
 */
bool line_sources_share(const struct reading *owner, struct reading *reading);

struct frame_range;

/* Whose frames those of stacks are, where there are several symbolizers. */
struct frame_owners {
	struct frame_range *ranges; /* sorted by address */
	size_t count;
};

/* The readings have been opened. False: no memory. */
bool frame_owners_init(struct frame_owners *owners,
		       const struct reading *readings, size_t count);
void frame_owners_deinit(struct frame_owners *owners);

/* The index of the reading that answers for a frame. */
size_t frame_owners_find(const struct frame_owners *owners,
			 const struct frame *frame);

#endif
