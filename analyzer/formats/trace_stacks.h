/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The distinct stacks of a trace, by number. The lines of a stack are taken
 * apart the first time they are seen; then their hash tells.
 */
#ifndef PAGEOWL_FORMATS_TRACE_STACKS_H
#define PAGEOWL_FORMATS_TRACE_STACKS_H

#include "base/string_pool.h"
#include "formats/stack_text.h"

/* Distinct stacks that are kept; what is beyond has none. */
#define TRACE_STACKS_MAX ((uint32_t)1 << 20)

struct trace_seen;

/* Zeroed is empty and valid. */
struct trace_stacks {
	struct string_pool texts; /* as struct record wants them */
	struct trace_seen *seen;  /* a table: lines to number */
	size_t capacity;	  /* of seen; a power of two */
	size_t count;		  /* in seen */
	uint64_t beyond;	  /* how often a stack was one too many */
	struct stack_text text;	  /* the one that is put together */
};

void trace_stacks_deinit(struct trace_stacks *stacks);

/* The number of the stack that these lines are of; innermost first. */
bool trace_stacks_of_lines(struct trace_stacks *stacks, struct span lines,
			   uint32_t *ret, struct error *err);

/* The number of the stack of one frame, as call_site= has it; or empty. */
bool trace_stacks_of_site(struct trace_stacks *stacks, struct span site,
			  uint32_t *ret, struct error *err);

struct span trace_stacks_text(const struct trace_stacks *stacks,
			      uint32_t stack);

#endif
