/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/known_frames.h"

#include <stdlib.h>
#include <string.h>

/* A symbol, the NUL behind it, and the numbers. */
static bool make_key(struct known_frames *frames,
		     const struct frame_query *query, size_t *ret_length)
{
	const uint64_t numbers[] = {query->size, query->offset, query->exact};
	size_t symbol = strlen(query->symbol) + 1;
	size_t length = symbol + sizeof(numbers);

	if (length > frames->key_capacity) {
		char *key = realloc(frames->key, 2 * length);

		if (!key)
			return false;
		frames->key = key;
		frames->key_capacity = 2 * length;
	}
	memcpy(frames->key, query->symbol, symbol);
	memcpy(frames->key + symbol, numbers, sizeof(numbers));
	*ret_length = length;
	return true;
}

/* Its key is the begin of the frame's: the symbol, the NUL and the size. */
static bool add_function(struct known_frames *frames, struct text_pool *pool,
			 const struct known_frame *frame, const char *key)
{
	const size_t length = strlen(key) + 1 + sizeof(uint64_t);
	struct known_function *function;

	HASH_FIND(hh, frames->functions, key, length, function);
	if (function)
		return true;
	function = text_pool_alloc(pool, sizeof(*function));
	if (!function)
		return false;
	function->frame = frame;
	HASH_ADD_KEYPTR(hh, frames->functions, key, length, function);
	return function->hh.tbl != NULL;
}

static struct known_frame *add(struct known_frames *frames,
			       struct text_pool *pool,
			       const struct frame_query *query, size_t length)
{
	struct known_frame *frame = text_pool_alloc(pool, sizeof(*frame));
	char *key = text_pool_copy(pool, frames->key, length);

	if (!frame || !key)
		return NULL;
	frame->query = *query;
	frame->query.symbol = key;
	frame->query.module = NULL;
	HASH_ADD_KEYPTR(hh, frames->table, key, length, frame);
	if (!frame->hh.tbl || !add_function(frames, pool, frame, key))
		return NULL;
	return frame;
}

struct known_frame *known_frames_intern(struct known_frames *frames,
					struct text_pool *pool,
					const struct frame_query *query)
{
	struct known_frame *frame;
	size_t length;

	if (!make_key(frames, query, &length))
		return NULL;
	HASH_FIND(hh, frames->table, frames->key, length, frame);
	return frame ? frame : add(frames, pool, query, length);
}

void known_frames_deinit(struct known_frames *frames)
{
	HASH_CLEAR(hh, frames->table);
	HASH_CLEAR(hh, frames->functions);
	free(frames->key);
	*frames = (struct known_frames){0};
}
