/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *	key    offset 8, size 8, exact 1, the symbol
 *	value  status 1, candidates 4, count of lines 4, lines
 *	line   number 4, function, file
 *	text   its length + 1, or 0 where it is NULL: 4; its bytes
 */
#include "symbolize/kept_answer.h"

#define VALUE_HEAD 9
#define LINE_LEAST 12

size_t kept_key_make(const struct frame_query *query, unsigned char *ret)
{
	size_t length = strnlen(query->symbol, KEPT_SYMBOL_MAX + 1);
	unsigned char *at = ret;

	if (!length || length > KEPT_SYMBOL_MAX)
		return 0;
	at = byte_put_number(at, 8, query->offset);
	at = byte_put_number(at, 8, query->size);
	at = byte_put_number(at, 1, query->exact);
	at = byte_put(at, query->symbol, length);
	return (size_t)(at - ret);
}

bool kept_key_is_valid(struct byte_cursor bytes)
{
	const size_t head = KEPT_KEY_MAX - KEPT_SYMBOL_MAX;

	return bytes.left > head && bytes.left <= KEPT_KEY_MAX &&
	       bytes.at[head - 1] <= 1 &&
	       !memchr(bytes.at + head, '\0', bytes.left - head);
}

/* Others say what was not there to look at, which may be there next time. */
static bool is_kept(uint64_t status)
{
	switch (status) {
	case FRAME_RESOLVED:
	case FRAME_NO_LINE:
	case FRAME_NO_SYMBOL:
	case FRAME_OTHER_SIZE:
	case FRAME_AMBIGUOUS:
		return true;
	}
	return false;
}

/* ---- into bytes ---- */

static size_t text_room(const char *text)
{
	return 4 + (text ? strnlen(text, KEPT_VALUE_MAX) : 0);
}

/* Bytes that answer takes; above KEPT_VALUE_MAX where it is too long. */
static size_t value_room(const struct frame_answer *answer)
{
	size_t room = VALUE_HEAD;

	for (size_t i = 0; i < answer->line_count && room <= KEPT_VALUE_MAX;
	     i++)
		room += 4 + text_room(answer->lines[i].function) +
			text_room(answer->lines[i].file);
	return room;
}

static unsigned char *put_text(unsigned char *at, const char *text)
{
	size_t length = text ? strlen(text) : 0;

	at = byte_put_number(at, 4, text ? length + 1 : 0);
	return byte_put(at, text, length);
}

bool kept_value_make(const struct frame_answer *answer, struct text_pool *pool,
		     struct byte_cursor *ret)
{
	unsigned char *bytes, *at;
	size_t room = value_room(answer);

	if (!is_kept(answer->status) || room > KEPT_VALUE_MAX ||
	    (answer->status == FRAME_RESOLVED && !answer->line_count))
		return false;
	at = bytes = text_pool_alloc(pool, room);
	if (!bytes)
		return false;
	at = byte_put_number(at, 1, answer->status);
	at = byte_put_number(at, 4, answer->candidates);
	at = byte_put_number(at, 4, answer->line_count);
	for (size_t i = 0; i < answer->line_count; i++) {
		at = byte_put_number(at, 4, answer->lines[i].line);
		at = put_text(at, answer->lines[i].function);
		at = put_text(at, answer->lines[i].file);
	}
	*ret = (struct byte_cursor){bytes, room};
	return true;
}

/* ---- out of bytes ---- */

struct kept_text {
	const char *at; /* NULL: there is none */
	size_t length;
};

static bool take_text(struct byte_cursor *bytes, struct kept_text *ret)
{
	const unsigned char *at = NULL;
	uint64_t length;

	if (!byte_cursor_number(bytes, 4, &length))
		return false;
	if (!length) {
		*ret = (struct kept_text){0};
		return true;
	}
	if (!byte_cursor_take(bytes, length - 1, &at) ||
	    memchr(at, '\0', length - 1))
		return false;
	*ret = (struct kept_text){(const char *)at, length - 1};
	return true;
}

static bool take_head(struct byte_cursor *bytes, struct frame_answer *ret)
{
	uint64_t status, candidates, count;

	if (!byte_cursor_number(bytes, 1, &status) ||
	    !byte_cursor_number(bytes, 4, &candidates) ||
	    !byte_cursor_number(bytes, 4, &count) || !is_kept(status) ||
	    count > bytes->left / LINE_LEAST ||
	    (status == FRAME_RESOLVED && !count))
		return false;
	*ret = (struct frame_answer){
		.status = (enum frame_status)status,
		.line_count = count,
		.candidates = (unsigned)candidates,
	};
	return true;
}

static bool take_line(struct byte_cursor *bytes, uint64_t *ret_line,
		      struct kept_text *ret_function,
		      struct kept_text *ret_file)
{
	return byte_cursor_number(bytes, 4, ret_line) &&
	       take_text(bytes, ret_function) && take_text(bytes, ret_file);
}

bool kept_value_is_valid(struct byte_cursor bytes)
{
	struct kept_text function, file;
	struct frame_answer answer;
	uint64_t line;

	if (bytes.left > KEPT_VALUE_MAX || !take_head(&bytes, &answer))
		return false;
	for (size_t i = 0; i < answer.line_count; i++)
		if (!take_line(&bytes, &line, &function, &file))
			return false;
	return !bytes.left;
}

static bool copy_text(struct kept_text text, struct text_pool *pool,
		      const char **ret)
{
	*ret = NULL;
	if (text.at)
		*ret = text_pool_copy(pool, text.at, text.length);
	return *ret || !text.at;
}

static bool read_line(struct byte_cursor *bytes, struct text_pool *pool,
		      struct source_line *ret)
{
	struct kept_text function, file;
	uint64_t line;

	if (!take_line(bytes, &line, &function, &file) ||
	    !copy_text(function, pool, &ret->function) ||
	    !copy_text(file, pool, &ret->file))
		return false;
	ret->line = (unsigned)line;
	return true;
}

bool kept_value_read(struct byte_cursor bytes, struct text_pool *pool,
		     struct frame_answer *ret)
{
	struct source_line *lines = NULL;
	struct frame_answer answer;

	if (!take_head(&bytes, &answer))
		return false;
	if (answer.line_count) {
		lines = text_pool_alloc(pool,
					answer.line_count * sizeof(*lines));
		if (!lines)
			return false;
	}
	for (size_t i = 0; i < answer.line_count; i++)
		if (!read_line(&bytes, pool, &lines[i]))
			return false;
	answer.lines = lines;
	*ret = answer;
	return true;
}
