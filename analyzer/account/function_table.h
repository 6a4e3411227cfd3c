/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known of kernel functions by name: which only allocate on behalf
 * of their callers, and what others want pages for. The lists are data, in
 * allocator_functions.c, memory_functions.c and subsystem_functions.c; a new
 * kernel's function is one more word in one of them.
 */
#ifndef PAGEOWL_ACCOUNT_FUNCTION_TABLE_H
#define PAGEOWL_ACCOUNT_FUNCTION_TABLE_H

#include "base/span.h"
#include "model/category.h"

/* For functions that do not tell what the memory is for. */
#define FUNCTION_NO_CATEGORY CATEGORY_COUNT

enum function_role {
	/* Allocates for its callers: never blamed while one can be. */
	FUNCTION_HELPER = 1 << 0,
	/* Its name is too plain to be believed of a module's function. */
	FUNCTION_KERNEL_ONLY = 1 << 1,
	/* Its callers may know better what the memory is for. */
	FUNCTION_WEAK = 1 << 2,
	/* Tells something only as the first that is no helper: it calls too
	 * many others that take memory for purposes of their own. */
	FUNCTION_DIRECT = 1 << 3,
	/* Knows better than the vmalloc() it calls; what is debugging
	 * overhead, better than any allocator. */
	FUNCTION_OVERRIDES = 1 << 4,
	/* What called it has nothing to do with the allocation: interrupts,
	 * page faults, reclaim. */
	FUNCTION_BARRIER = 1 << 5,
	/* Where the kernel is entered, or a callback is called: never blamed
	 * in place of what runs there, helper or not. */
	FUNCTION_ENTRY = 1 << 6,
};

struct function_group {
	/* Without leading underscores and compiler suffixes, in byte order; a
	 * name that ends in '*' stands for all that begin like it. */
	const char *const *names;
	size_t count;
	enum category category;
	unsigned roles; /* enum function_role bits */
};

/* The parts of the table, in this order; the first group that has a name
 * decides. */
extern const struct function_group allocator_functions[];
extern const size_t allocator_function_groups;
extern const struct function_group memory_functions[];
extern const size_t memory_function_groups;
extern const struct function_group subsystem_functions[];
extern const size_t subsystem_function_groups;

/* The group of a function (folded name), NULL where it is in none. */
const struct function_group *function_table_find(struct span name,
						 bool in_module);

/* What a module that exists for one purpose takes pages for. */
enum category function_table_module(struct span module);

#endif
