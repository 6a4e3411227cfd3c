/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the frames of an allocation stack: what the memory is used for
 * (category), who is to be named for it (the blamed frame), and whose module
 * that is. Driven by tables of function names; the innermost match wins.
 */
#ifndef PAGEOWL_ACCOUNT_CLASSIFY_H
#define PAGEOWL_ACCOUNT_CLASSIFY_H

#include "model/frame.h"
#include "model/stack_class.h"

/*
 * Classify a stack, innermost frame first. evidence holds enum evidence bits
 * of all records of the stack.
 */
void classify_stack(const struct frame *frames, size_t frame_count,
		    unsigned evidence, struct stack_class *ret);

/*
 * Whether a function (folded name) is an allocator, a wrapper of one or a
 * generic helper, which is never blamed while another frame can be.
 */
bool classify_is_helper(struct span name);

#endif
