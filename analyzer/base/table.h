/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * uthash as we use it: XXH3 over the whole key, and no exit() when memory
 * runs out. After HASH_ADD… an element whose hh.tbl is NULL was not added.
 */
#ifndef PAGEOWL_BASE_TABLE_H
#define PAGEOWL_BASE_TABLE_H

#include <stdint.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static inline unsigned table_hash(const void *key, size_t length)
{
	uint64_t hash = XXH3_64bits(key, length);

	return (unsigned)(hash ^ hash >> 32);
}

#define HASH_NONFATAL_OOM		1
#define HASH_FUNCTION(key, length, ret) ((ret) = table_hash((key), (length)))
#include <uthash.h>

#endif
