/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes taken from the front of a text that is not to be trusted, and put
 * behind one that has room. Numbers are little-endian.
 */
#ifndef SYMBOLIZE_BYTE_CURSOR_H
#define SYMBOLIZE_BYTE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct byte_cursor {
	const unsigned char *at;
	size_t left;
};

/* Take count bytes; false: there are fewer. */
static inline bool byte_cursor_take(struct byte_cursor *cursor, size_t count,
				    const unsigned char **ret)
{
	if (count > cursor->left)
		return false;
	*ret = cursor->at;
	cursor->at += count;
	cursor->left -= count;
	return true;
}

/* A number of so many bytes, at most 8. */
static inline bool byte_cursor_number(struct byte_cursor *cursor, size_t size,
				      uint64_t *ret)
{
	const unsigned char *bytes;
	uint64_t value = 0;

	if (!byte_cursor_take(cursor, size, &bytes))
		return false;
	for (size_t i = 0; i < size; i++)
		value |= (uint64_t)bytes[i] << (8 * i);
	*ret = value;
	return true;
}

/* An unsigned number in LEB128; what is above 64 bits is lost. */
static inline bool byte_cursor_leb128(struct byte_cursor *cursor, uint64_t *ret)
{
	const unsigned char *byte;
	uint64_t value = 0;

	for (unsigned shift = 0; byte_cursor_take(cursor, 1, &byte);
	     shift = shift < 64 ? shift + 7 : shift) {
		if (shift < 64)
			value |= (uint64_t)(*byte & 0x7f) << shift;
		if (!(*byte & 0x80)) {
			*ret = value;
			return true;
		}
	}
	return false;
}

/* Both return where the next bytes go. */
static inline unsigned char *byte_put(unsigned char *at, const void *bytes,
				      size_t count)
{
	if (count)
		memcpy(at, bytes, count);
	return at + count;
}

static inline unsigned char *byte_put_number(unsigned char *at, size_t size,
					     uint64_t value)
{
	for (size_t i = 0; i < size; i++)
		at[i] = (unsigned char)(value >> (8 * i));
	return at + size;
}

#endif
