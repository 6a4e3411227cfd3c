/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A query and its answer as bytes: what a cache keeps, in memory and on disk.
 */
#ifndef SYMBOLIZE_KEPT_ANSWER_H
#define SYMBOLIZE_KEPT_ANSWER_H

#include "symbolize/byte_cursor.h"
#include "symbolize/frame_answer.h"
#include "symbolize/text_pool.h"

/* No kernel prints a longer name; not kept either: longer chains. */
#define KEPT_SYMBOL_MAX 1024
#define KEPT_KEY_MAX	(KEPT_SYMBOL_MAX + 17)
#define KEPT_VALUE_MAX	((size_t)64 << 10)

/*
 * The key of a query into ret, which has room for KEPT_KEY_MAX. The module is
 * no part of it. 0: it has none.
 */
size_t kept_key_make(const struct frame_query *query, unsigned char *ret);

/* Whether bytes are a key. */
bool kept_key_is_valid(struct byte_cursor bytes);

/* The bytes of an answer, from pool; false: it is not to be kept, or cannot. */
bool kept_value_make(const struct frame_answer *answer, struct text_pool *pool,
		     struct byte_cursor *ret);

/* Whether bytes are an answer. */
bool kept_value_is_valid(struct byte_cursor bytes);

/* The answer in bytes; its text lives in pool. False: it is none, or no
 * memory. */
bool kept_value_read(struct byte_cursor bytes, struct text_pool *pool,
		     struct frame_answer *ret);

#endif
