/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory for answers: given out piece by piece, freed all at once. */
#ifndef SYMBOLIZE_TEXT_POOL_H
#define SYMBOLIZE_TEXT_POOL_H

#include <stddef.h>

struct text_chunk;

/* Zeroed is empty and valid. */
struct text_pool {
	struct text_chunk *chunks;
};

/* Zeroed memory, aligned for any type; NULL when there is none. */
void *text_pool_alloc(struct text_pool *pool, size_t size);

/* A copy of length bytes with a NUL behind it; NULL when memory ran out. */
char *text_pool_copy(struct text_pool *pool, const char *text, size_t length);

void text_pool_deinit(struct text_pool *pool);

#endif
