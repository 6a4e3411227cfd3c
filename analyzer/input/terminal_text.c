/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/terminal_text.h"

#include "formats/colours.h"

static const struct span returns = {"\r\r\n", 3};

bool terminal_text_is_in(struct span text)
{
	return text.length && (memchr(text.at, '\033', text.length) ||
			       span_find(text, returns));
}

/* One line may have "\r\r\r\n", too. */
static size_t drop_returns(char *text, size_t length)
{
	while (length >= 3 && memcmp(text + length - 3, returns.at, 3) == 0) {
		length--;
		text[length - 1] = '\n';
	}
	return length;
}

struct span terminal_text_clean(struct span line, char *buffer)
{
	size_t length = colours_drop(line, buffer);

	return (struct span){buffer, drop_returns(buffer, length)};
}
