/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/count_remark.h"

#define TEXT_MAX 256

void count_remark(struct sink *sink, uint64_t count, const char *one,
		  const char *many)
{
	struct span rest = span_of(count == 1 ? one : many);
	char digits[20], text[TEXT_MAX];
	size_t i = sizeof(digits);

	if (!count)
		return;
	for (; count; count /= 10)
		digits[--i] = (char)('0' + count % 10);
	memcpy(text, digits + i, sizeof(digits) - i);
	i = sizeof(digits) - i;
	text[i++] = ' ';
	if (rest.length > sizeof(text) - 1 - i)
		rest.length = sizeof(text) - 1 - i;
	memcpy(text + i, rest.at, rest.length);
	text[i + rest.length] = '\0';
	sink->remark(sink, text);
}
