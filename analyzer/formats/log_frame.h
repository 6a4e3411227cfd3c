/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A frame of a stack as logs and reports print it, which is more than what
 * page_owner prints: unreliable frames, marks of stacks, build ids, and what
 * scripts/decode_stacktrace.sh or syzbot put behind a frame.
 */
#ifndef PAGEOWL_FORMATS_LOG_FRAME_H
#define PAGEOWL_FORMATS_LOG_FRAME_H

#include "formats/stack_text.h"

enum log_frame_kind {
	LOG_FRAME_WHOLE, /* "sym+0x1/0x2 [mod]", "0xffffffffc0123456" */
	/* " ? sym+0x1/0x2": left on the stack, nobody knows by whom */
	LOG_FRAME_DOUBTFUL,
	LOG_FRAME_MARK,	  /* "<TASK>", "</IRQ>" */
	LOG_FRAME_INLINE, /* "sym file.c:12 [inline]": inlined into the next */
};

struct log_frame {
	enum log_frame_kind kind;
	/*
	 * The frame as the kernel prints it, without "[<address>] " before it
	 * and without the build id of its module; of an inlined one its name.
	 */
	struct span text;
	struct span module; /* "[mod]", where text ends before it; or empty */
	struct span file;   /* of a symbolized report: "mm/slab.c"; or empty */
	uint64_t line;	    /* in file */
};

/* Take line, without a log's prefix; false: it is no such line. */
bool log_frame_parse(struct span line, struct log_frame *ret);

/*
 * Add a frame to a stack as page_owner would print it, with the source places
 * of a symbolized report around it (model/told_text.h). Doubtful frames and
 * marks are none of a stack: nothing is added. False where there is no room.
 */
bool log_frame_add(struct stack_text *stack, const struct log_frame *frame);

/*
 * The stack that was put together so: functions at its end that were inlined
 * into a frame which did not come are taken off.
 */
struct span log_frame_stack(struct stack_text *stack);

#endif
