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

bool string_pool_intern(struct string_pool *pool, struct span text,
			string_id *ret, struct error *err)
{
	struct string_entry *entry;
	unsigned hash;

	/* A field that is not there has no address; memcmp() wants one. */
	if (!text.length)
		text = SPAN("");
	hash = table_hash(text.at, text.length);
	HASH_FIND_BYHASHVALUE(hh, pool->table, text.at, text.length, hash,
			      entry);
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
