/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a file of kept answers: what is read must be readable in full,
 * and the same when it is written and read again. Where the first byte is odd
 * the rest is put behind a checksum that is right, which no fuzzer would find.
 */
#include <assert.h>
#include <stdlib.h>

#include "symbolize/cache_file.h"

static const char magic[] = "pageowl symbols 2\n";
static const struct build_id id = {.bytes = {0xa0, 0x0d, 0, 7}, .length = 4};

static unsigned char *with_checksum(const uint8_t *data, size_t size,
				    size_t *ret_length)
{
	const size_t head = sizeof(magic) - 1 + 8;
	unsigned char *file = malloc(head + size), *at;

	if (!file)
		abort();
	at = byte_put(file, magic, sizeof(magic) - 1);
	at = byte_put_number(at, 8, XXH3_64bits(data, size));
	byte_put(at, data, size);
	*ret_length = head + size;
	return file;
}

static void check_text(const char *text)
{
	if (text)
		assert(strlen(text) <= KEPT_VALUE_MAX);
}

static void check_answers(const struct answer_table *table)
{
	const struct table_answer *kept;
	struct frame_answer answer;
	struct text_pool pool = {0};

	for (kept = table->answers; kept; kept = kept->hh.next) {
		assert(answer_table_find(table, kept->key) == kept);
		assert(kept_value_read(kept->value, &pool, &answer));
		for (size_t i = 0; i < answer.line_count; i++) {
			check_text(answer.lines[i].function);
			check_text(answer.lines[i].file);
		}
	}
	text_pool_deinit(&pool);
}

static bool is_same(struct byte_cursor a, struct byte_cursor b)
{
	return a.left == b.left && memcmp(a.at, b.at, a.left) == 0;
}

static void check_again(const struct answer_table *table)
{
	struct answer_table again = {0};
	const struct table_answer *a, *b;
	unsigned char *file;
	size_t length;

	if (!cache_file_encode(table, &id, &file, &length))
		abort();
	assert(cache_file_decode((struct byte_cursor){file, length}, &id,
				 &again));
	for (a = table->answers, b = again.answers; a && b;
	     a = a->hh.next, b = b->hh.next)
		assert(is_same(a->key, b->key) && is_same(a->value, b->value));
	assert(!a && !b);
	answer_table_deinit(&again);
	free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct answer_table table = {0};
	unsigned char *made = NULL;
	struct byte_cursor file;

	if (size < 1)
		return 0;
	file = (struct byte_cursor){data + 1, size - 1};
	if (data[0] & 1) {
		made = with_checksum(data + 1, size - 1, &file.left);
		file.at = made;
	}
	if (cache_file_decode(file, &id, &table)) {
		check_answers(&table);
		check_again(&table);
	} else {
		assert(!table.answers);
	}
	answer_table_deinit(&table);
	free(made);
	return 0;
}
