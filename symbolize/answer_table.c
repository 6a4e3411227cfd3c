/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/answer_table.h"

void answer_table_deinit(struct answer_table *table)
{
	HASH_CLEAR(hh, table->answers);
	text_pool_deinit(&table->pool);
	table->answers = NULL;
}

struct table_answer *answer_table_find(const struct answer_table *table,
				       struct byte_cursor key)
{
	struct table_answer *answer;

	HASH_FIND(hh, table->answers, key.at, key.left, answer);
	return answer;
}

struct table_answer *answer_table_add(struct answer_table *table,
				      struct byte_cursor key,
				      struct byte_cursor value)
{
	struct table_answer *answer =
		text_pool_alloc(&table->pool, sizeof(*answer));
	char *copy =
		text_pool_copy(&table->pool, (const char *)key.at, key.left);

	if (!answer || !copy)
		return NULL;
	answer->key = (struct byte_cursor){(unsigned char *)copy, key.left};
	answer->value = value;
	HASH_ADD_KEYPTR(hh, table->answers, answer->key.at, answer->key.left,
			answer);
	return answer->hh.tbl ? answer : NULL;
}
