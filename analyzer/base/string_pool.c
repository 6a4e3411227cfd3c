/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/string_pool.h"

#include <stdlib.h>

#include "base/table.h"

struct string_entry {
	UT_hash_handle hh;
	struct span text;
	string_id id;
};

void string_pool_deinit(struct string_pool *pool)
{
	HASH_CLEAR(hh, pool->table);
	free(pool->entries);
	arena_deinit(&pool->arena);
	*pool = (struct string_pool){0};
}

static bool make_room(struct string_pool *pool)
{
	uint32_t capacity = pool->capacity ? pool->capacity * 2 : 64;
	struct string_entry **entries;

	if (pool->count < pool->capacity)
		return true;
	if (capacity < pool->capacity)
		return false;
	entries = realloc(pool->entries, capacity * sizeof(*entries));
	if (!entries)
		return false;
	pool->entries = entries;
	pool->capacity = capacity;
	return true;
}

static struct string_entry *find(const struct string_pool *pool,
				 struct span text, unsigned hash)
{
	struct string_entry *entry;

	HASH_FIND_BYHASHVALUE(hh, pool->table, text.at, text.length, hash,
			      entry);
	return entry;
}

/* A field that is not there has no address; memcmp() wants one. */
static struct span place_of(struct span text)
{
	return text.length ? text : SPAN("");
}

bool string_pool_find(const struct string_pool *pool, struct span text,
		      string_id *ret)
{
	const struct string_entry *entry;

	text = place_of(text);
	entry = find(pool, text, table_hash(text.at, text.length));
	if (!entry)
		return false;
	*ret = entry->id;
	return true;
}

bool string_pool_intern(struct string_pool *pool, struct span text,
			string_id *ret, struct error *err)
{
	struct string_entry *entry;
	unsigned hash;

	text = place_of(text);
	hash = table_hash(text.at, text.length);
	entry = find(pool, text, hash);
	if (entry) {
		*ret = entry->id;
		return true;
	}
	entry = arena_alloc(&pool->arena, sizeof(*entry));
	if (!entry || !make_room(pool) ||
	    !arena_copy(&pool->arena, text, &entry->text))
		return error_no_memory(err);
	entry->id.index = pool->count;
	HASH_ADD_KEYPTR_BYHASHVALUE(hh, pool->table, entry->text.at,
				    entry->text.length, hash, entry);
	if (!entry->hh.tbl)
		return error_no_memory(err);
	pool->entries[pool->count++] = entry;
	*ret = entry->id;
	return true;
}

struct span string_pool_text(const struct string_pool *pool, string_id id)
{
	return pool->entries[id.index]->text;
}
