/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/count_remark.h"

#define TEXT_MAX 256

void count_remark(struct sink *sink, uint64_t count, const char *one,
		  const char *many)
{
	struct span rest = span_of(count == 1 ? one : many), number;
	char digits[SPAN_U64_DIGITS], text[TEXT_MAX], *at = text;

	if (!count)
		return;
	number = span_from_u64(count, digits);
	memcpy(at, number.at, number.length);
	at += number.length;
	*at++ = ' ';
	if (rest.length > (size_t)(text + sizeof(text) - 1 - at))
		rest.length = (size_t)(text + sizeof(text) - 1 - at);
	memcpy(at, rest.at, rest.length);
	at[rest.length] = '\0';
	sink->remark(sink, text);
}
