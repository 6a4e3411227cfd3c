/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A span borrows a piece of text: a pointer and a length, no terminator.
 * The span_take_…() scanners consume from its front; one that fails leaves
 * the span as it was. They are inline: the parsers spend their time in them.
 */
#ifndef PAGEOWL_BASE_SPAN_H
#define PAGEOWL_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
	const char *at;
	size_t length;
};

/* A span over a string literal. */
#define SPAN(literal) ((struct span){(literal), sizeof(literal) - 1})

static inline struct span span_of(const char *string)
{
	return (struct span){string, strlen(string)};
}

static inline struct span span_between(const char *begin, const char *end)
{
	return (struct span){begin, (size_t)(end - begin)};
}

static inline const char *span_end(struct span span)
{
	return span.at + span.length;
}

static inline bool span_equal(struct span a, struct span b)
{
	return a.length == b.length &&
	       (!a.length || memcmp(a.at, b.at, a.length) == 0);
}

static inline bool span_starts_with(struct span span, struct span prefix)
{
	return span.length >= prefix.length &&
	       memcmp(span.at, prefix.at, prefix.length) == 0;
}

static inline bool span_ends_with(struct span span, struct span suffix)
{
	return span.length >= suffix.length &&
	       memcmp(span_end(span) - suffix.length, suffix.at,
		      suffix.length) == 0;
}

/* The span without its first n bytes; n must not exceed its length. */
static inline struct span span_skip(struct span span, size_t n)
{
	return (struct span){span.at + n, span.length - n};
}

static inline bool span_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool span_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The span without spaces, tabs and CR at its end. */
static inline struct span span_trim_end(struct span span)
{
	while (span.length && (span_is_blank(span_end(span)[-1]) ||
			       span_end(span)[-1] == '\r'))
		span.length--;
	return span;
}

/* Byte order, a prefix before what it begins: for sorting. */
int span_compare(struct span a, struct span b);

/* Where needle first occurs in span, or NULL. */
const char *span_find(struct span span, struct span needle);

/* Where c last occurs in span, or NULL. */
const char *span_find_last(struct span span, char c);

/* The line of text that at lies in, without its newline. */
struct span span_line_around(struct span text, const char *at);

/* Whether word is one of the parts of list that separator divides. */
bool span_has_word(struct span list, struct span word, char separator);

/*
 * Take the next line with its newline; ret_line is without the newline. The
 * last line may lack it. False when the span is empty.
 */
bool span_take_line(struct span *span, struct span *ret_line);

/* How many newlines are in span. */
uint64_t span_count_lines(struct span span);

/* Take literal from the front. */
static inline bool span_take(struct span *span, struct span literal)
{
	if (!span_starts_with(*span, literal))
		return false;
	*span = span_skip(*span, literal.length);
	return true;
}

/* Take spaces and tabs; false: there were none. */
static inline bool span_take_blanks(struct span *span)
{
	const char *begin = span->at;

	while (span->length && span_is_blank(span->at[0]))
		*span = span_skip(*span, 1);
	return span->at > begin;
}

/*
 * Take "64", "64K", "1M", "2GiB": digits, and K, M or G for powers of 1024;
 * false on none or on overflow.
 */
bool span_take_size(struct span *span, uint64_t *ret);

/* Take what stands before the next blank; false: nothing. */
bool span_take_word(struct span *span, struct span *ret);

/* Take one or more decimal digits, as text; false on none. */
bool span_take_digits(struct span *span, struct span *ret);

/* The largest number that a u64 holds has as many digits. */
#define SPAN_U64_DIGITS 20

/* The decimal digits of value, which are put into buffer. */
struct span span_from_u64(uint64_t value, char buffer[SPAN_U64_DIGITS]);

/* Take one or more decimal digits; false on none or on overflow. */
static inline bool span_take_u64(struct span *span, uint64_t *ret)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < span->length; i++) {
		unsigned digit = (unsigned char)span->at[i] - '0';

		if (digit > 9)
			break;
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, digit, &value))
			return false;
	}
	if (i == 0)
		return false;
	*span = span_skip(*span, i);
	*ret = value;
	return true;
}

static inline int span_hex_digit(char c)
{
	unsigned digit = (unsigned char)c - '0';

	if (digit <= 9)
		return (int)digit;
	digit = ((unsigned char)c | 0x20) - 'a';
	return digit <= 5 ? (int)digit + 10 : -1;
}

/* Take "0x" and hexadecimal digits; false on none or on overflow. */
static inline bool span_take_hex(struct span *span, uint64_t *ret)
{
	uint64_t value = 0;
	size_t i;

	if (!span_starts_with(*span, SPAN("0x")))
		return false;
	for (i = 2; i < span->length; i++) {
		int digit = span_hex_digit(span->at[i]);

		if (digit < 0)
			break;
		if (value >> 60)
			return false;
		value = value << 4 | (unsigned)digit;
	}
	if (i == 2)
		return false;
	*span = span_skip(*span, i);
	*ret = value;
	return true;
}

/* Drop decimal digits from the back; false on none or on overflow. */
static inline bool span_drop_u64(struct span *span, uint64_t *ret)
{
	size_t begin = span->length;
	struct span digits;

	while (begin > 0 && span_is_digit(span->at[begin - 1]))
		begin--;
	digits = span_skip(*span, begin);
	if (!span_take_u64(&digits, ret))
		return false;
	span->length = begin;
	return true;
}

/* Drop literal from the back. */
static inline bool span_drop(struct span *span, struct span literal)
{
	if (!span_ends_with(*span, literal))
		return false;
	span->length -= literal.length;
	return true;
}

#endif
