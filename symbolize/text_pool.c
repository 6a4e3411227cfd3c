/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/text_pool.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_CAPACITY = 64 << 10 };

struct text_chunk {
	struct text_chunk *next;
	size_t used, capacity;
	_Alignas(max_align_t) char bytes[];
};

static struct text_chunk *add_chunk(struct text_pool *pool, size_t size)
{
	size_t capacity = size > CHUNK_CAPACITY ? size : CHUNK_CAPACITY;
	struct text_chunk *chunk;

	if (capacity > SIZE_MAX - sizeof(*chunk))
		return NULL;
	chunk = calloc(1, sizeof(*chunk) + capacity);
	if (!chunk)
		return NULL;
	chunk->capacity = capacity;
	chunk->next = pool->chunks;
	pool->chunks = chunk;
	return chunk;
}

void *text_pool_alloc(struct text_pool *pool, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	struct text_chunk *chunk = pool->chunks;
	void *piece;

	if (size > SIZE_MAX - align)
		return NULL;
	size = (size + align - 1) / align * align;
	if (!chunk || chunk->capacity - chunk->used < size)
		chunk = add_chunk(pool, size);
	if (!chunk)
		return NULL;
	piece = chunk->bytes + chunk->used;
	chunk->used += size;
	return piece;
}

char *text_pool_copy(struct text_pool *pool, const char *text, size_t length)
{
	char *copy =
		length < SIZE_MAX ? text_pool_alloc(pool, length + 1) : NULL;

	if (copy && length)
		memcpy(copy, text, length);
	return copy;
}

void text_pool_deinit(struct text_pool *pool)
{
	struct text_chunk *chunk = pool->chunks, *next;

	for (; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	pool->chunks = NULL;
}
