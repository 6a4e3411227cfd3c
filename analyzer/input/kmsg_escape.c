/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/kmsg_escape.h"

#include "formats/log_prefix.h"

static const struct span newline_mark = {"\\x0a", 4};

bool kmsg_escape_is_in(struct span text)
{
	return span_find(text, newline_mark) != NULL;
}

/* Take "\x0a" and the like; false: something else stands there. */
static bool take_escape(struct span *text, char *ret)
{
	int high, low;

	if (text->length < 4 || !span_starts_with(*text, SPAN("\\x")))
		return false;
	high = span_hex_digit(text->at[2]);
	low = span_hex_digit(text->at[3]);
	if (high < 0 || low < 0)
		return false;
	*ret = (char)(high << 4 | low);
	*text = span_skip(*text, 4);
	return true;
}

struct span kmsg_escape_undo(struct span line, char *buffer)
{
	struct log_prefix prefix = log_prefix_parse(line);
	struct span rest = span_skip(line, prefix.length);
	size_t length = prefix.length;

	if (!prefix.of_kmsg || !kmsg_escape_is_in(rest))
		return line;
	memcpy(buffer, line.at, length);
	while (rest.length) {
		char c;

		if (!take_escape(&rest, &c)) {
			c = rest.at[0];
			rest = span_skip(rest, 1);
		}
		buffer[length++] = c;
	}
	return (struct span){buffer, length};
}
