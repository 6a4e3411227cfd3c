/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of one thread or CPU among those of others, in a log that tells
 * them apart ("[    T12]"). A lane keeps what it has of a record until the
 * next one begins, so that channels see whole ones.
 */
#ifndef PAGEOWL_INPUT_MIXED_LANE_H
#define PAGEOWL_INPUT_MIXED_LANE_H

#include "input/mixed_channel.h"

/* More than print at once. The one that was silent longest makes room. */
#define MIXED_LANES 64

/* What a lane keeps at most, and what all keep: a report has no more. */
#define MIXED_LANE_SIZE	 ((size_t)512 << 10)
#define MIXED_LANES_SIZE ((size_t)4 << 20)

/*
 * A report is over when so much text follows its deciding line: what a thread
 * prints later is something else.
 */
#define MIXED_REPORT_SIZE ((size_t)1 << 20)

struct mixed_lane {
	struct mixed_channel *channel; /* NULL: what it prints is of none */
	char caller[24];
	size_t caller_length;
	uint64_t used; /* the tick of its last line */
	size_t since;  /* bytes since its deciding line */
	char *text;    /* kept lines … */
	size_t length, capacity;
	uint64_t *places; /* … and the number of each in the input */
	size_t lines, room;
};

/* Zeroed is ready. */
struct mixed_lanes {
	struct mixed_lane lanes[MIXED_LANES];
	size_t count;
	size_t last; /* the lane of the last line, from 1; 0: it had none */
	uint64_t ticks;
	size_t open; /* lanes that have a channel */
	size_t kept; /* bytes that all keep */
};

void mixed_lanes_deinit(struct mixed_lanes *lanes);

/* The line that caller prints next begins a record of channel. */
bool mixed_lanes_begin(struct mixed_lanes *lanes, struct span caller,
		       struct mixed_channel *channel, struct error *err);

/* The channel of caller, or NULL. */
struct mixed_channel *mixed_lanes_channel(const struct mixed_lanes *lanes,
					  struct span caller);

/*
 * Whether the line that decides, which caller prints next, is of the report
 * that its lane has: it is taken as such then.
 */
bool mixed_lanes_go_on(struct mixed_lanes *lanes, struct span caller,
		       const struct mixed_channel *channel, struct span line);

/*
 * Take a line with its newline. One without a caller follows the one before.
 * *ret_taken: a channel is to have it.
 */
bool mixed_lanes_line(struct mixed_lanes *lanes, struct span line,
		      uint64_t number, bool *ret_taken, struct error *err);

/* Give what is kept for channel to it; no lane has it then. */
bool mixed_lanes_end_of(struct mixed_lanes *lanes,
			const struct mixed_channel *channel, struct error *err);

/* Give all that is kept to its channels; no lane has one then. */
bool mixed_lanes_end(struct mixed_lanes *lanes, struct error *err);

#endif
