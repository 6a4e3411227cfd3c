/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/quote.h"

#include <stdio.h>

static size_t sequence_length(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xc2 && first <= 0xdf)
		return 2;
	if (first >= 0xe0 && first <= 0xef)
		return 3;
	if (first >= 0xf0 && first <= 0xf4)
		return 4;
	return 0;
}

/*
 * C0 and C1 controls, marks that turn the direction of what follows, and two
 * that are no characters: XML 1.0 has no way to write them.
 */
static bool is_harmful(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) ||
	       (code >= 0x200b && code <= 0x200f) ||
	       (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
	       code == 0xfffe || code == 0xffff;
}

size_t quote_decode(struct span text, uint32_t *ret_code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *at = (const unsigned char *)text.at;
	size_t length, i;
	uint32_t code;

	if (!text.length)
		return 0;
	length = sequence_length(at[0]);
	if (!length || length > text.length)
		return 0;
	code = length == 1 ? at[0] : at[0] & (0x7fu >> length);
	for (i = 1; i < length; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (at[i] & 0x3f);
	}
	if (code < least[length] || code > 0x10ffff ||
	    (code >= 0xd800 && code <= 0xdfff))
		return 0;
	*ret_code = code;
	return length;
}

size_t quote_utf8(struct span text, uint32_t *ret_code)
{
	uint32_t code;
	size_t length = quote_decode(text, &code);

	if (!length || is_harmful(code))
		return 0;
	*ret_code = code;
	return length;
}

/* Escape one byte into piece, which holds five. */
static void escape_byte(unsigned char byte, char *piece)
{
	switch (byte) {
	case '\n':
		memcpy(piece, "\\n", 3);
		return;
	case '\t':
		memcpy(piece, "\\t", 3);
		return;
	case '\r':
		memcpy(piece, "\\r", 3);
		return;
	case '\\':
		memcpy(piece, "\\\\", 3);
		return;
	default:
		snprintf(piece, 5, "\\x%02x", byte);
	}
}

void quote_text(struct span text, size_t limit, char *ret, size_t capacity)
{
	size_t used = 0, i = 0;

	if (!capacity)
		return;
	while (i < text.length) {
		char piece[8];
		uint32_t code;
		size_t length = quote_utf8(span_skip(text, i), &code);

		if (length && text.at[i] != '\\') {
			memcpy(piece, text.at + i, length);
			piece[length] = '\0';
		} else {
			length = 1;
			escape_byte((unsigned char)text.at[i], piece);
		}
		if (i + length > limit ||
		    used + strlen(piece) + sizeof("...") > capacity) {
			if (used + sizeof("...") <= capacity) {
				memcpy(ret + used, "...", 3);
				used += 3;
			}
			break;
		}
		memcpy(ret + used, piece, strlen(piece));
		used += strlen(piece);
		i += length;
	}
	ret[used] = '\0';
}

/* Take "n", "t", "r", "\\" or "xNN", which stand behind a backslash. */
static bool take_escape(struct span *text, char *ret)
{
	static const char letters[] = "ntr\\", bytes[] = "\n\t\r\\";
	const char *letter;
	int high, low;

	if (!text->length)
		return false;
	letter = memchr(letters, text->at[0], sizeof(letters) - 1);
	if (letter) {
		*ret = bytes[letter - letters];
		*text = span_skip(*text, 1);
		return true;
	}
	if (text->at[0] != 'x' || text->length < 3)
		return false;
	high = span_hex_digit(text->at[1]);
	low = span_hex_digit(text->at[2]);
	if (high < 0 || low < 0 || !(high | low))
		return false;
	*ret = (char)(high << 4 | low);
	*text = span_skip(*text, 3);
	return true;
}

bool quote_undo(struct span text, char *ret, size_t *ret_length)
{
	size_t used = 0;

	while (text.length) {
		if (!span_take(&text, SPAN("\\"))) {
			ret[used++] = text.at[0];
			text = span_skip(text, 1);
		} else if (!take_escape(&text, &ret[used++])) {
			return false;
		}
	}
	*ret_length = used;
	return true;
}

void quote_path(const char *path, char ret[QUOTE_PATH_CAPACITY])
{
	if (strcmp(path, "-") == 0)
		path = "standard input";
	quote_text(span_of(path), 4 * QUOTE_LIMIT, ret, QUOTE_PATH_CAPACITY);
}
