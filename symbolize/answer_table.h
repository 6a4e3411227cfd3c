/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers kept in memory, found by their queries. */
#ifndef SYMBOLIZE_ANSWER_TABLE_H
#define SYMBOLIZE_ANSWER_TABLE_H

#include "symbolize/kept_answer.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

/* uthash would end the process: what was not added has no hh.tbl. */
#define HASH_NONFATAL_OOM 1
#define HASH_FUNCTION(key, length, ret) \
	((ret) = (unsigned)XXH3_64bits((key), (length)))
#include <uthash.h>

struct table_answer {
	UT_hash_handle hh;
	struct byte_cursor key, value; /* all of their bytes */
	bool used;		       /* asked for, or added, by this run */
};

/* Zeroed is empty and valid. */
struct answer_table {
	struct table_answer *answers; /* uthash head, oldest first */
	struct text_pool pool;
};

void answer_table_deinit(struct answer_table *table);

struct table_answer *answer_table_find(const struct answer_table *table,
				       struct byte_cursor key);

/*
 * Add an answer whose key is not there yet; value has to live as long as the
 * table. NULL: no memory.
 */
struct table_answer *answer_table_add(struct answer_table *table,
				      struct byte_cursor key,
				      struct byte_cursor value);

#endif
