/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/group_key.h"

static struct span stack_of(const struct row *row)
{
	return row->key.stack->text;
}

static struct span function_of(const struct row *row)
{
	const struct frame *blamed = stack_blamed(row->key.stack);

	if (!blamed)
		return (struct span){"", 0};
	return frame_is_address(blamed) ? blamed->text : blamed->name;
}

static struct span module_of(const struct row *row)
{
	return row->key.stack->class.module;
}

static struct span category_of(const struct row *row)
{
	return span_of(category_info(row_category(row))->name);
}

const struct group_key group_keys[] = {
	{"stack", "the whole stack", stack_of, 0},
	{"function", "the blamed frame: the innermost that is no allocator",
	 function_of, 0},
	{"module", "the module of the blamed frame", module_of, 0},
	{"category", "what the memory is used for (pageowl help categories)",
	 category_of, 0},
	{"comm", "name of the allocating task, at that time", NULL, FIELD_COMM},
	{"pid", "its thread id", NULL, FIELD_PID},
	{"tgid", "its process id", NULL, FIELD_TGID},
	{"order", "allocation of 2^order base pages", NULL, FIELD_ORDER},
	{"gfp", "names of the gfp mask", NULL, FIELD_GFP},
	{"migratetype", "mobility that the gfp mask asked for", NULL,
	 FIELD_MIGRATETYPE},
	{"pageblock", "mobility of the pageblock that the page lies in", NULL,
	 FIELD_PAGEBLOCK},
	{"node", "NUMA node", NULL, FIELD_NODE},
	{"zone", "zone, by its number among those configured", NULL,
	 FIELD_ZONE},
	{"memcg", "memory cgroup that is charged", NULL, FIELD_MEMCG},
	{"cpu", "CPUs that allocated the objects of a stack", NULL, FIELD_CPU},
	{"cache", "slab cache (slab_traces)", NULL, FIELD_CACHE},
	{"site", "file and line of the allocation (allocinfo)", NULL,
	 FIELD_SITE},
	{"kind", "vmalloc, vmap, ioremap … (vmallocinfo)", NULL, FIELD_KIND},
	{0},
};

const struct group_key *group_key_named(struct span name)
{
	const struct group_key *key;

	for (key = group_keys; key->name; key++)
		if (span_equal(span_of(key->name), name))
			return key;
	return NULL;
}

static bool add_key(struct grouping *grouping, struct span name,
		    struct error *err)
{
	const struct group_key *key = group_key_named(name);
	char quoted[QUOTE_CAPACITY];
	size_t i;

	if (!key) {
		quote_text(name, QUOTE_LIMIT, quoted, sizeof(quoted));
		return error_set(err, ERROR_USAGE,
				 "unknown key '%s' for '--by'; "
				 "'pageowl help keys' lists them",
				 quoted);
	}
	for (i = 0; i < grouping->count; i++)
		if (grouping->keys[i] == key)
			return true;
	if (grouping->count == GROUP_KEYS_MAX)
		return error_set(err, ERROR_USAGE,
				 "'--by' takes at most %d keys",
				 GROUP_KEYS_MAX);
	grouping->keys[grouping->count++] = key;
	if (!key->of_row)
		grouping->fields |= 1u << key->field;
	return true;
}

bool grouping_add(struct grouping *grouping, struct span list,
		  struct error *err)
{
	while (true) {
		const char *comma =
			list.length ? memchr(list.at, ',', list.length) : NULL;
		struct span name = list;

		if (comma)
			name = span_between(list.at, comma);
		if (!add_key(grouping, name, err))
			return false;
		if (!comma)
			return true;
		list = span_between(comma + 1, span_end(list));
	}
}
