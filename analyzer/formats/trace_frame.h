/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of a stack in a trace:
 *
 *   " => fn", " => fn+0x1/0x2 [mod]"           tracefs
 *   "=> fn+0x1 (ffffffff81234567)"             trace-cmd report
 *   "\tffffffff81234567 fn+0x1 ([kernel.kallsyms])"   perf script
 */
#ifndef PAGEOWL_FORMATS_TRACE_FRAME_H
#define PAGEOWL_FORMATS_TRACE_FRAME_H

#include "formats/stack_text.h"

enum trace_frame_kind {
	TRACE_FRAME_NONE,   /* it is no frame */
	TRACE_FRAME_KERNEL, /* of the kernel: may be added to a stack */
	TRACE_FRAME_USER,   /* of a program, behind those of the kernel */
	TRACE_FRAME_BESIDE, /* of the stack, but no frame: a source line */
};

enum trace_frame_kind trace_frame_kind(struct span line);

/*
 * Add the frame of a line, but for those of the tracer itself that it begins
 * with. False where there is no room.
 */
bool trace_frame_add(struct stack_text *stack, struct span line);

/* Add what call_site= says: "fn+0x1/0x2 [mod]", "ffffffff81234567". */
bool trace_frame_add_site(struct stack_text *stack, struct span site);

#endif
