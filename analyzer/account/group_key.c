/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/group_key.h"

static struct span stack_of(const struct snapshot *snapshot,
			    const struct row *row)
{
	(void)snapshot;
	return row->key.stack->text;
}

static struct span function_of(const struct snapshot *snapshot,
			       const struct row *row)
{
	const struct frame *blamed = stack_blamed(row->key.stack);

	(void)snapshot;
	if (!blamed)
		return (struct span){"", 0};
	return frame_is_address(blamed) ? blamed->text : blamed->name;
}

static struct span module_of(const struct snapshot *snapshot,
			     const struct row *row)
{
	(void)snapshot;
	return row->key.stack->class.module;
}

static struct span category_of(const struct snapshot *snapshot,
			       const struct row *row)
{
	(void)snapshot;
	return span_of(category_info(row_category(row))->name);
}

/* allocinfo has no stacks, but tells the line itself. */
static struct span line_of(const struct snapshot *snapshot,
			   const struct row *row)
{
	const struct source_place *place = stack_place(row->key.stack);

	if (place)
		return place->file_line;
	return string_pool_text(&snapshot->names, row->key.values[FIELD_SITE]);
}

static struct span file_of(const struct snapshot *snapshot,
			   const struct row *row)
{
	const struct source_place *place = stack_place(row->key.stack);

	if (place)
		return place->file;
	return source_file_of(line_of(snapshot, row));
}

const struct group_key group_keys[] = {
	{"stack", "the whole stack", stack_of, 0},
	{"function", "the blamed frame: the innermost that is no allocator",
	 function_of, 0},
	{"module", "the module of the blamed frame", module_of, 0},
	{"category", "what the memory is used for (pageowl help categories)",
	 category_of, 0},
	{"file", "the source file of the blamed frame", file_of, 0},
	{"line", "the source file and line of the blamed frame", line_of, 0},
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
	{"cache", "slab cache (slab_traces and the like)", NULL, FIELD_CACHE},
	{"site", "file and line of the allocation (allocinfo)", NULL,
	 FIELD_SITE},
	{"kind", "vmalloc … (vmallocinfo); why a page was dumped (dump_page)",
	 NULL, FIELD_KIND},
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

bool group_key_wants_places(const struct group_key *key)
{
	return key->of_row == file_of || key->of_row == line_of;
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

bool grouping_wants_places(const struct grouping *grouping)
{
	size_t i;

	for (i = 0; i < grouping->count; i++)
		if (group_key_wants_places(grouping->keys[i]))
			return true;
	return false;
}
