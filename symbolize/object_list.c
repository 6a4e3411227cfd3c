/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/object_list.h"

#include <string.h>

enum {
	MODULES_MAX = 8192, /* a distribution builds some 5,000 */
	BUILDS_MAX = 16,    /* of one module */
	NAME_CAPACITY = 64,
};

/* A module's name, '-' being '_'; "" is the kernel. */
struct module_name {
	UT_hash_handle hh;
	struct debug_object *builds; /* by same_name, the newest first */
	struct debug_object *current;
	size_t build_count;
};

static struct debug_object *add_object(struct object_list *list,
				       const char *module)
{
	struct debug_object *object =
		text_pool_alloc(&list->pool, sizeof(*object));

	if (!object)
		return NULL;
	if (module) {
		object->module =
			text_pool_copy(&list->pool, module, strlen(module));
		if (!object->module)
			return NULL;
	}
	if (list->last)
		list->last->next = object;
	else
		list->first = object;
	list->last = object;
	return object;
}

/* The kernel's own names have 55 bytes; longer ones are somebody's joke. */
static size_t fold(const char *module, char ret[NAME_CAPACITY])
{
	size_t length = 0;

	for (; *module && length < NAME_CAPACITY; module++)
		ret[length++] = *module == '-' ? '_' : *module;
	return length;
}

static struct module_name *find_name(struct object_list *list,
				     const char *module)
{
	char folded[NAME_CAPACITY], *key;
	size_t length = fold(module ? module : "", folded);
	struct module_name *name;

	HASH_FIND(hh, list->names, folded, length, name);
	if (name)
		return name;
	name = text_pool_alloc(&list->pool, sizeof(*name));
	key = text_pool_copy(&list->pool, folded, length);
	if (!name || !key)
		return NULL;
	HASH_ADD_KEYPTR(hh, list->names, key, length, name);
	return name->hh.tbl ? name : NULL;
}

static struct debug_object *add_build(struct object_list *list,
				      struct module_name *name,
				      const char *module)
{
	struct debug_object *object = add_object(list, module);

	if (!object)
		return NULL;
	object->same_name = name->builds;
	name->builds = object;
	name->build_count++;
	return object;
}

static struct debug_object *build_of(struct object_list *list,
				     struct module_name *name,
				     const char *module,
				     const struct build_id *id)
{
	struct debug_object *object;

	for (object = name->builds; object; object = object->same_name)
		if (build_id_equal(&object->expected, id))
			return object;
	/* One of which nothing was asked may as well be this one. */
	object = name->current;
	if (!object || object->expected.length || object->frames.table) {
		if (name->build_count == BUILDS_MAX)
			return name->current;
		object = add_build(list, name, module);
	}
	if (object)
		object->expected = *id;
	return object;
}

/* So many modules no machine has: their frames stay as they are. */
static struct debug_object *overflow_of(struct object_list *list)
{
	if (!list->overflow) {
		list->overflow = add_object(list, "");
		if (list->overflow)
			list->overflow->searched = true;
	}
	return list->overflow;
}

static bool is_full(const struct object_list *list)
{
	return HASH_COUNT(list->names) >= MODULES_MAX;
}

static struct debug_object *get(struct object_list *list, const char *module,
				const struct build_id *id, bool expect)
{
	struct module_name *name = find_name(list, module);
	struct debug_object *object;

	if (!name)
		return NULL;
	if (!name->current && is_full(list))
		object = overflow_of(list);
	else if (id && id->length)
		object = build_of(list, name, module, id);
	else if (name->current)
		object = name->current;
	else
		object = add_build(list, name, module);
	if (object && (expect || !name->current))
		name->current = object;
	return object;
}

struct debug_object *object_list_get(struct object_list *list,
				     const char *module,
				     const struct build_id *id)
{
	return get(list, module, id, false);
}

bool object_list_expect(struct object_list *list, const char *module,
			const struct build_id *id)
{
	return get(list, module, id, true) != NULL;
}

void object_list_deinit(struct object_list *list)
{
	struct debug_object *object;

	for (object = list->first; object; object = object->next)
		debug_object_deinit(object);
	HASH_CLEAR(hh, list->names);
	text_pool_deinit(&list->pool);
	*list = (struct object_list){0};
}
