/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each distinct string once, then a small number. Strings are bytes; they
 * may hold anything. Ids count from 0 in the order of first sight.
 */
#ifndef PAGEOWL_BASE_STRING_POOL_H
#define PAGEOWL_BASE_STRING_POOL_H

#include "base/arena.h"
#include "base/error.h"

typedef struct {
	uint32_t index;
} string_id;

struct string_entry;

/* Zeroed is empty and valid. */
struct string_pool {
	struct string_entry *table;    /* uthash head */
	struct string_entry **entries; /* by id */
	struct arena arena;
	uint32_t count;
	uint32_t capacity; /* of entries */
};

void string_pool_deinit(struct string_pool *pool);

/* False: the text is not in the pool. */
bool string_pool_find(const struct string_pool *pool, struct span text,
		      string_id *ret);

bool string_pool_intern(struct string_pool *pool, struct span text,
			string_id *ret, struct error *err);

struct span string_pool_text(const struct string_pool *pool, string_id id);

#endif
