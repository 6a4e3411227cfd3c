/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The two halves of show_stacks: show_stacks_handles tells the stacks of
 * handles, show_handles their pages. They are joined by handle, in whichever
 * order they come.
 */
#ifndef PAGEOWL_FORMATS_HANDLE_STACKS_H
#define PAGEOWL_FORMATS_HANDLE_STACKS_H

#include "base/arena.h"
#include "base/table.h"
#include "formats/format.h"

struct handle_stack {
	UT_hash_handle hh;
	struct span stack; /* in the arena */
	uint64_t pages;
	uint64_t line;		   /* where the pages were told */
	struct handle_stack *next; /* the one counted after it */
	uint32_t handle;	   /* the key */
	bool has_stack;
	bool has_pages;
};

/* Zeroed is empty. */
struct handle_stacks {
	struct handle_stack *table;	    /* uthash head */
	struct handle_stack *first_counted; /* in the order of show_handles */
	struct handle_stack *last_counted;
	uint64_t repeated; /* handles counted more than once */
	bool has_names;	   /* a handle came with its stack */
	struct arena arena;
};

void handle_stacks_deinit(struct handle_stacks *handles);

/*
 * This is the stack, which is copied, of handle. It means one stack until the
 * next boot: the first that is told holds. False: no memory.
 */
bool handle_stacks_name(struct handle_stacks *handles, uint32_t handle,
			struct span stack, struct error *err);

/*
 * So many pages has handle, as this line says. Where it comes again the pages
 * are counted anew, not added. False: no memory.
 */
bool handle_stacks_count(struct handle_stacks *handles, uint32_t handle,
			 uint64_t pages, uint64_t line, struct error *err);

struct handle_text {
	char bytes[40];
};

/* Its stack, or what stands for the stack of a handle that nobody names. */
struct span handle_stack_text(const struct handle_stack *entry,
			      struct handle_text *buffer);

/* Tell what is missing of either half, and what came twice. */
void handle_stacks_remark(const struct handle_stacks *handles,
			  struct sink *sink);

#endif
