/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "base/span.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

int span_compare(struct span a, struct span b)
{
	size_t shorter = a.length < b.length ? a.length : b.length;
	int order = shorter ? memcmp(a.at, b.at, shorter) : 0;

	if (order != 0)
		return order;
	return (a.length > b.length) - (a.length < b.length);
}

#ifdef __SSE2__
/*
 * Sixteen places at a time, by the first and the last byte of needle, which is
 * several times as fast as memmem(). *ret_left is what is not searched yet.
 */
static const char *find_by_16(struct span span, struct span needle,
			      struct span *ret_left)
{
	const __m128i first = _mm_set1_epi8(needle.at[0]);
	const __m128i last = _mm_set1_epi8(needle.at[needle.length - 1]);
	const char *at = span.at;
	const char *end = span_end(span) - (needle.length - 1);

	for (; end - at >= 16; at += 16) {
		const __m128i *front = (const void *)at;
		const __m128i *back = (const void *)(at + needle.length - 1);
		__m128i fits = _mm_and_si128(
			_mm_cmpeq_epi8(first, _mm_loadu_si128(front)),
			_mm_cmpeq_epi8(last, _mm_loadu_si128(back)));
		unsigned bits = (unsigned)_mm_movemask_epi8(fits);

		for (; bits; bits &= bits - 1) {
			const char *hit = at + __builtin_ctz(bits);

			if (memcmp(hit, needle.at, needle.length) == 0)
				return hit;
		}
	}
	*ret_left = span_between(at, span_end(span));
	return NULL;
}
#endif

const char *span_find(struct span span, struct span needle)
{
	if (!span.length)
		return NULL;
#ifdef __SSE2__
	if (needle.length > 1 && span.length >= needle.length + 15) {
		const char *hit = find_by_16(span, needle, &span);

		if (hit)
			return hit;
	}
#endif
	return memmem(span.at, span.length, needle.at, needle.length);
}

const char *span_find_last(struct span span, char c)
{
	const char *at;

	/* An empty one may have no place at all. */
	if (!span.length)
		return NULL;
	at = span_end(span);
	while (at > span.at)
		if (*--at == c)
			return at;
	return NULL;
}

struct span span_line_around(struct span text, const char *at)
{
	const char *begin = at, *end = span_end(text);
	const char *newline = memchr(at, '\n', (size_t)(end - at));

	while (begin > text.at && begin[-1] != '\n')
		begin--;
	return span_between(begin, newline ? newline : end);
}

bool span_has_word(struct span list, struct span word, char separator)
{
	const char *at = list.at, *end = span_end(list);

	while (at < end) {
		const char *stop = memchr(at, separator, (size_t)(end - at));

		if (!stop)
			stop = end;
		if (span_equal(span_between(at, stop), word))
			return true;
		at = stop + 1;
	}
	return false;
}

bool span_take_line(struct span *span, struct span *ret_line)
{
	const char *newline;

	if (!span->length)
		return false;
	newline = memchr(span->at, '\n', span->length);
	if (!newline) {
		*ret_line = *span;
		*span = span_skip(*span, span->length);
		return true;
	}
	*ret_line = span_between(span->at, newline);
	*span = span_between(newline + 1, span_end(*span));
	return true;
}

/* Take the first bytes; false: there are none. */
static bool take_front(struct span *span, size_t length, struct span *ret)
{
	if (!length)
		return false;
	*ret = (struct span){span->at, length};
	*span = span_skip(*span, length);
	return true;
}

bool span_take_word(struct span *span, struct span *ret)
{
	size_t length = 0;

	while (length < span->length && !span_is_blank(span->at[length]))
		length++;
	return take_front(span, length, ret);
}

bool span_take_digits(struct span *span, struct span *ret)
{
	size_t length = 0;

	while (length < span->length && span_is_digit(span->at[length]))
		length++;
	return take_front(span, length, ret);
}

bool span_take_size(struct span *span, uint64_t *ret)
{
	static const char units[] = "KMGkmg";
	struct span rest = *span;
	const char *unit = NULL;
	uint64_t size;

	if (!span_take_u64(&rest, &size))
		return false;
	if (rest.length)
		unit = memchr(units, rest.at[0], sizeof(units) - 1);
	if (unit) {
		if (__builtin_mul_overflow(
			    size, (uint64_t)1024 << 10 * ((unit - units) % 3),
			    &size))
			return false;
		rest = span_skip(rest, 1);
		if (!span_take(&rest, SPAN("iB")))
			span_take(&rest, SPAN("B"));
	}
	*span = rest;
	*ret = size;
	return true;
}

struct span span_from_u64(uint64_t value, char buffer[SPAN_U64_DIGITS])
{
	char *end = buffer + SPAN_U64_DIGITS, *at = end;

	do
		*--at = (char)('0' + value % 10);
	while (value /= 10);
	return span_between(at, end);
}

uint64_t span_count_lines(struct span span)
{
	const char *at = span.at, *end = span_end(span);
	uint64_t lines = 0;

	while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
		lines++;
		at++;
	}
	return lines;
}
