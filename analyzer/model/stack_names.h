/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a stack that is the same in every build of a kernel. */
#ifndef PAGEOWL_MODEL_STACK_NAMES_H
#define PAGEOWL_MODEL_STACK_NAMES_H

#include "model/stack_table.h"

/*
 * Function names, compiler suffixes folded, and modules: "do_leak [leaky]\n"
 * a frame, from the blamed frame outward: the allocator's insides change most
 * of all. Addresses become "?". False when memory ran out.
 */
bool stack_names(struct arena *arena, const struct stack *stack,
		 struct span *ret);

#endif
