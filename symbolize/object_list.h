/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The objects that were asked for, by module and build id: within one log a
 * module may be built anew and loaded again.
 */
#ifndef SYMBOLIZE_OBJECT_LIST_H
#define SYMBOLIZE_OBJECT_LIST_H

#include "symbolize/debug_object.h"

struct module_name;

/* Zeroed is empty and valid. */
struct object_list {
	struct debug_object *first, *last; /* in order of first use */
	struct module_name *names;	   /* uthash head */
	/* Of all modules beyond those that any machine has; or NULL. */
	struct debug_object *overflow;
	struct text_pool pool;
};

/*
 * The object of a module, NULL being the kernel, that has a build id; with
 * NULL the one that was expected last. NULL: no memory.
 */
struct debug_object *object_list_get(struct object_list *list,
				     const char *module,
				     const struct build_id *id);

/* From now on the module is the one with that build id. False: no memory. */
bool object_list_expect(struct object_list *list, const char *module,
			const struct build_id *id);

void object_list_deinit(struct object_list *list);

#endif
