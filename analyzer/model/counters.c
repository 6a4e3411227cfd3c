/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/counters.h"

#include <stdlib.h>

void counters_deinit(struct counters *counters)
{
	HASH_CLEAR(hh, counters->table);
	arena_deinit(&counters->arena);
	*counters = (struct counters){0};
}

static char *put(char *at, struct span text)
{
	memcpy(at, &text.length, sizeof(text.length));
	at += sizeof(text.length);
	if (text.length)
		memcpy(at, text.at, text.length);
	return at + text.length;
}

/* The key: group, scope and name, each behind its length. */
static size_t key_length(const struct counter *counter)
{
	return 3 * sizeof(size_t) + counter->group.length +
	       counter->scope.length + counter->name.length;
}

static void put_key(const struct counter *counter, char *at)
{
	at = put(at, counter->group);
	at = put(at, counter->scope);
	put(at, counter->name);
}

static struct counter_entry *find(const struct counters *counters,
				  const char *key, size_t length)
{
	struct counter_entry *entry;

	HASH_FIND_BYHASHVALUE(hh, counters->table, key, length,
			      table_hash(key, length), entry);
	return entry;
}

static bool copy(struct arena *arena, struct counter *counter)
{
	return arena_copy(arena, counter->group, &counter->group) &&
	       arena_copy(arena, counter->scope, &counter->scope) &&
	       arena_copy(arena, counter->name, &counter->name) &&
	       arena_copy(arena, counter->text, &counter->text);
}

/* The number in "node 12 zone Normal"; false: there is none that is listed. */
static bool node_of(struct span scope, uint64_t *ret)
{
	return span_take(&scope, SPAN("node ")) && span_take_u64(&scope, ret) &&
	       *ret < COUNTERS_NODES;
}

static bool list(struct counters *counters, struct counter_entry *entry)
{
	struct counter_node *node;
	uint64_t number;

	if (!node_of(entry->counter.scope, &number))
		return true;
	if (!counters->nodes) {
		counters->nodes =
			arena_alloc(&counters->arena,
				    COUNTERS_NODES * sizeof(*counters->nodes));
		if (!counters->nodes)
			return false;
	}
	node = &counters->nodes[number];
	if (node->last)
		node->last->next_of_node = entry;
	else
		node->first = entry;
	node->last = entry;
	return true;
}

static bool add(struct counters *counters, const struct counter *counter,
		struct span key)
{
	struct counter_entry *entry;

	entry = arena_alloc(&counters->arena, sizeof(*entry));
	if (!entry || !arena_copy(&counters->arena, key, &key))
		return false;
	entry->counter = *counter;
	entry->room = counter->text.length;
	if (!copy(&counters->arena, &entry->counter))
		return false;
	HASH_ADD_KEYPTR_BYHASHVALUE(hh, counters->table, key.at, key.length,
				    table_hash(key.at, key.length), entry);
	if (!entry->hh.tbl)
		return false;
	counters->count++;
	return list(counters, entry);
}

/* In the old place if it fits: a text may come again and again. */
static bool replace_text(struct counters *counters, struct counter_entry *entry,
			 struct span text)
{
	char *place = (char *)entry->counter.text.at;

	if (text.length > entry->room) {
		if (!arena_copy(&counters->arena, text, &entry->counter.text))
			return false;
		entry->room = text.length;
		return true;
	}
	if (text.length)
		memcpy(place, text.at, text.length);
	entry->counter.text.length = text.length;
	return true;
}

static bool replace(struct counters *counters, struct counter_entry *entry,
		    const struct counter *counter)
{
	counters->replaced++;
	entry->counter.value = counter->value;
	entry->counter.unit = counter->unit;
	return replace_text(counters, entry, counter->text);
}

bool counters_add(struct counters *counters, const struct counter *counter,
		  struct error *err)
{
	char room[512], *key = room;
	size_t length = key_length(counter);
	struct counter_entry *entry;
	bool done = true;

	if (length > sizeof(room)) {
		key = malloc(length);
		if (!key)
			return error_no_memory(err);
	}
	put_key(counter, key);
	entry = find(counters, key, length);
	if (entry)
		done = replace(counters, entry, counter);
	else if (counters->count < COUNTERS_MAX)
		done = add(counters, counter, (struct span){key, length});
	else
		counters->dropped++;
	if (key != room)
		free(key);
	return done || error_no_memory(err);
}

const struct counter *counters_find(const struct counters *counters,
				    const char *group, struct span scope,
				    const char *name)
{
	const struct counter wanted = {
		.group = span_of(group),
		.scope = scope,
		.name = span_of(name),
	};
	const struct counter_entry *entry;
	char key[512];

	/* No name that anybody asks for is longer. */
	if (key_length(&wanted) > sizeof(key))
		return NULL;
	put_key(&wanted, key);
	entry = find(counters, key, key_length(&wanted));
	return entry ? &entry->counter : NULL;
}

const struct counter_entry *counters_next(const struct counters *counters,
					  struct span scope,
					  const struct counter_entry *after)
{
	uint64_t node;

	if (!node_of(scope, &node))
		return after ? after->hh.next : counters->table;
	if (after)
		return after->next_of_node;
	return counters->nodes ? counters->nodes[node].first : NULL;
}

bool counters_value(const struct counters *counters, const char *group,
		    struct span scope, const char *name, uint64_t *ret)
{
	const struct counter *counter =
		counters_find(counters, group, scope, name);

	if (!counter || counter->unit == COUNTER_TEXT)
		return false;
	*ret = counter->value;
	return true;
}
