/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

/* Large enough that malloc() hardly shows, small beside the 16 MB we allow. */
#define CHUNK_SIZE ((size_t)64 << 10)

struct arena_chunk {
	struct arena_chunk *older;
	alignas(max_align_t) char bytes[];
};

void arena_deinit(struct arena *arena)
{
	while (arena->chunks) {
		struct arena_chunk *chunk = arena->chunks;

		arena->chunks = chunk->older;
		free(chunk);
	}
	arena->at = NULL;
	arena->left = 0;
}

static struct arena_chunk *add_chunk(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk;

	if (size > SIZE_MAX - sizeof(*chunk))
		return NULL;
	chunk = calloc(1, sizeof(*chunk) + size);
	if (!chunk)
		return NULL;
	chunk->older = arena->chunks;
	arena->chunks = chunk;
	return chunk;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size_t align = alignof(max_align_t);
	struct arena_chunk *chunk;
	void *piece;

	if (size > SIZE_MAX - align)
		return NULL;
	size = (size + align - 1) & ~(align - 1);
	/* Even nothing has an address: NULL means that memory ran out. */
	if (size > arena->left || !arena->at) {
		chunk = add_chunk(arena, size > CHUNK_SIZE ? size : CHUNK_SIZE);
		if (!chunk)
			return NULL;
		if (size > CHUNK_SIZE)
			return chunk->bytes; /* the current rest stays usable */
		arena->at = chunk->bytes;
		arena->left = CHUNK_SIZE;
	}
	piece = arena->at;
	arena->at += size;
	arena->left -= size;
	return piece;
}

bool arena_copy(struct arena *arena, struct span text, struct span *ret)
{
	char *copy = arena_alloc(arena, text.length + 1);

	if (!copy)
		return false;
	if (text.length)
		memcpy(copy, text.at, text.length);
	*ret = (struct span){copy, text.length};
	return true;
}

char *arena_string(struct arena *arena, struct span text)
{
	char *copy = arena_alloc(arena, text.length + 1);

	if (copy && text.length)
		memcpy(copy, text.at, text.length);
	return copy;
}
