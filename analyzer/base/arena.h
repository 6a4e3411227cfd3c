/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An arena hands out memory that is given back all at once. It suits what
 * dies with a snapshot: stack texts, rows, names. Each piece is aligned for
 * any type; a piece larger than a chunk gets a chunk of its own.
 */
#ifndef PAGEOWL_BASE_ARENA_H
#define PAGEOWL_BASE_ARENA_H

#include <stddef.h>

#include "base/span.h"

struct arena_chunk;

/* Zeroed is empty and valid. */
struct arena {
	struct arena_chunk *chunks; /* newest first */
	char *at;		    /* next free byte of the newest chunk */
	size_t left;		    /* bytes left in it */
};

void arena_deinit(struct arena *arena);

/* Zeroed memory, or NULL when there is none. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of text that lives in the arena; false when memory ran out. */
bool arena_copy(struct arena *arena, struct span text, struct span *ret);

/* The same with a zero byte behind it; NULL when memory ran out. */
char *arena_string(struct arena *arena, struct span text);

#endif
