/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *	"pageowl symbols 3\n"
 *	checksum of the rest  8, XXH3
 *	build id              its length 1, its bytes
 *	count of answers      4
 *	answers               length of the key 4, of the value 4; both
 */
#include "symbolize/cache_file.h"

#include <stdlib.h>

/*
 * The number is to be raised when the layout changes, and also when another
 * answer would be given to the same question: old ones are gone then.
 */
static const char magic[] = "pageowl symbols 2\n";

#define MAGIC_LENGTH  (sizeof(magic) - 1)
#define HEAD_LENGTH   (MAGIC_LENGTH + 8)
#define ANSWER_LENGTH 8

/* ---- reading ---- */

/* Take what stands before the answers. */
static bool take_head(struct byte_cursor *file, const struct build_id *id,
		      uint64_t *ret_count)
{
	const unsigned char *bytes;
	uint64_t checksum, length;

	return file->left <= CACHE_FILE_MAX &&
	       byte_cursor_take(file, MAGIC_LENGTH, &bytes) &&
	       memcmp(bytes, magic, MAGIC_LENGTH) == 0 &&
	       byte_cursor_number(file, 8, &checksum) &&
	       checksum == XXH3_64bits(file->at, file->left) &&
	       byte_cursor_number(file, 1, &length) && length == id->length &&
	       byte_cursor_take(file, length, &bytes) &&
	       memcmp(bytes, id->bytes, length) == 0 &&
	       byte_cursor_number(file, 4, ret_count) &&
	       *ret_count <= CACHE_ANSWERS_MAX;
}

static bool take_answer(struct byte_cursor *file, struct byte_cursor *ret_key,
			struct byte_cursor *ret_value)
{
	uint64_t key, value;

	if (!byte_cursor_number(file, 4, &key) ||
	    !byte_cursor_number(file, 4, &value) ||
	    !byte_cursor_take(file, key, &ret_key->at) ||
	    !byte_cursor_take(file, value, &ret_value->at))
		return false;
	ret_key->left = key;
	ret_value->left = value;
	return true;
}

/* A checksum is no proof: somebody may have made the file on purpose. */
static bool is_valid(struct byte_cursor file, uint64_t count)
{
	struct byte_cursor key, value;

	for (; count; count--)
		if (!take_answer(&file, &key, &value) ||
		    !kept_key_is_valid(key) || !kept_value_is_valid(value))
			return false;
	return !file.left;
}

bool cache_file_decode(struct byte_cursor file, const struct build_id *id,
		       struct answer_table *table)
{
	struct byte_cursor key, value;
	uint64_t count;

	if (!take_head(&file, id, &count) || !is_valid(file, count))
		return false;
	for (; count && take_answer(&file, &key, &value); count--)
		if (!answer_table_find(table, key) &&
		    !answer_table_add(table, key, value))
			return false;
	return true;
}

/* ---- writing ---- */

/* Answers as they go into the file. */
struct draft {
	unsigned char *bytes;
	size_t length;
	uint32_t count;
};

static size_t answer_room(const struct table_answer *answer)
{
	return ANSWER_LENGTH + answer->key.left + answer->value.left;
}

static void put_answer(struct draft *draft, const struct table_answer *answer)
{
	unsigned char *at = draft->bytes + draft->length;

	if (draft->count == CACHE_ANSWERS_MAX ||
	    answer_room(answer) > CACHE_FILE_MAX - draft->length)
		return;
	at = byte_put_number(at, 4, answer->key.left);
	at = byte_put_number(at, 4, answer->value.left);
	at = byte_put(at, answer->key.at, answer->key.left);
	byte_put(at, answer->value.at, answer->value.left);
	draft->length += answer_room(answer);
	draft->count++;
}

static void put_answers(struct draft *draft, const struct answer_table *table,
			bool used)
{
	const struct table_answer *answer;

	for (answer = table->answers; answer; answer = answer->hh.next)
		if (answer->used == used)
			put_answer(draft, answer);
}

/* Room for all of them, but for no more than a file may have. */
static size_t room_of(const struct answer_table *table, size_t head)
{
	const struct table_answer *answer = table->answers;
	size_t room = head;

	for (; answer && room < CACHE_FILE_MAX; answer = answer->hh.next)
		room += answer_room(answer);
	return room < CACHE_FILE_MAX ? room : CACHE_FILE_MAX;
}

bool cache_file_encode(const struct answer_table *table,
		       const struct build_id *id, unsigned char **ret,
		       size_t *ret_length)
{
	const size_t head = HEAD_LENGTH + 1 + id->length + 4;
	struct draft draft = {.length = head};
	unsigned char *at;

	at = draft.bytes = malloc(room_of(table, head));
	if (!at)
		return false;
	put_answers(&draft, table, true);
	put_answers(&draft, table, false);
	at = byte_put(at, magic, MAGIC_LENGTH) + 8;
	at = byte_put_number(at, 1, id->length);
	at = byte_put(at, id->bytes, id->length);
	byte_put_number(at, 4, draft.count);
	byte_put_number(draft.bytes + MAGIC_LENGTH, 8,
			XXH3_64bits(draft.bytes + HEAD_LENGTH,
				    draft.length - HEAD_LENGTH));
	*ret = draft.bytes;
	*ret_length = draft.length;
	return true;
}
