/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/allocinfo_row.h"

/* What a site can be below zero by, as a number without a sign. */
#define NEGATIVE_FROM ((uint64_t)1 << 63)

const struct span allocinfo_row_mark = {" func:", 6};

static void drop_spaces(struct span *line)
{
	while (line->length && span_is_blank(span_end(*line)[-1]))
		line->length--;
}

/* The binary exponent of "K", "KiB", "kB" …; 0: no unit, or bytes. */
static bool take_unit(struct span *line, unsigned *ret_shift)
{
	static const char letters[] = "KMGTP";
	struct span rest = *line;
	const char *letter;

	*ret_shift = 0;
	if (rest.length) {
		letter = memchr(letters, rest.at[0] & ~0x20, 5);
		if (letter) {
			*ret_shift = 10 * (unsigned)(letter - letters + 1);
			rest = span_skip(rest, 1);
			span_take(&rest, SPAN("i"));
		}
	}
	span_take(&rest, SPAN("B"));
	if (rest.at == line->at || !rest.length || !span_is_blank(rest.at[0]))
		return false;
	*line = rest;
	return true;
}

/* Digits behind the point in 1/10000, more than string_get_size() prints. */
static uint64_t take_fraction(struct span *line)
{
	uint64_t value = 0;
	unsigned place;

	for (place = 0; line->length && span_is_digit(line->at[0]); place++) {
		if (place < 4)
			value = 10 * value + (uint64_t)(line->at[0] - '0');
		*line = span_skip(*line, 1);
	}
	for (; place < 4; place++)
		value *= 10;
	return value;
}

/* "48.0 MiB", "2.8M", "12K": of show_mem(), and of numfmt in any locale. */
static bool scale_size(struct span *line, struct allocinfo_row *row)
{
	uint64_t fraction = 0, part;
	unsigned shift;

	if (span_take(line, SPAN(".")) || span_take(line, SPAN(",")))
		fraction = take_fraction(line);
	span_take_blanks(line);
	if (!take_unit(line, &shift) ||
	    __builtin_mul_overflow(row->size, (uint64_t)1 << shift, &row->size))
		return false;
	part = ((fraction << shift) + 5000) / 10000;
	row->rounded = shift != 0;
	return !__builtin_add_overflow(row->size, part, &row->size);
}

/* "  12345 ", or a size in human units: false where that is none. */
static bool take_size(struct span *line, struct allocinfo_row *row)
{
	struct span rest;

	span_take_blanks(line);
	row->negative = span_take(line, SPAN("-"));
	if (!span_take_u64(line, &row->size) || !line->length)
		return false;
	rest = *line;
	if (span_is_blank(rest.at[0]))
		span_take_blanks(&rest);
	if (rest.length && !span_is_digit(rest.at[0]))
		return scale_size(line, row) && row->size < NEGATIVE_FROM;
	return span_is_blank(line->at[0]) && row->size < NEGATIVE_FROM;
}

static bool take_numbers(struct span *line, struct allocinfo_row *row)
{
	if (!take_size(line, row))
		return false;
	span_take_blanks(line);
	if (!span_take_u64(line, &row->calls) || !line->length ||
	    !span_is_blank(line->at[0]))
		return false;
	span_take_blanks(line);
	return true;
}

/* Split text at the last " func:". */
static bool split_function(struct span text, struct span *ret_tag,
			   struct span *ret_rest)
{
	struct span left = text;
	const char *colon;

	while ((colon = span_find_last(left, ':'))) {
		left = span_between(text.at, colon + 1);
		if (span_drop(&left, allocinfo_row_mark)) {
			*ret_tag = left;
			*ret_rest = span_between(colon + 1, span_end(text));
			return true;
		}
		left.length--;
	}
	return false;
}

/* The name, and " key:value" pairs behind it, whichever come. */
static bool parse_function(struct span rest, struct allocinfo_row *row)
{
	struct span pair;
	const char *colon;
	size_t i;

	for (i = 0; i < rest.length && (unsigned char)rest.at[i] > ' '; i++)
		;
	row->function = span_between(rest.at, rest.at + i);
	if (!i)
		return false;
	rest = span_skip(rest, i);
	while (rest.length) {
		if (!span_take_blanks(&rest) || !span_take_word(&rest, &pair))
			return false;
		colon = memchr(pair.at, ':', pair.length);
		if (!colon || colon == pair.at)
			return false;
		row->inaccurate |= span_equal(pair, SPAN("accurate:no"));
	}
	return true;
}

/*
 * Whether a path with spaces or colons is one: not so where a row that was cut
 * is glued to another. Rows have runs of spaces, and " func:" of their own.
 */
static bool is_path(struct span path)
{
	struct span rest = path;
	uint64_t ignored;

	if (!path.length || span_find(path, SPAN("  ")) ||
	    span_find(path, allocinfo_row_mark))
		return false;
	return !span_take_u64(&rest, &ignored) || !rest.length ||
	       !span_is_blank(rest.at[0]);
}

/* "FILE:LINE", "FILE:LINE [MODULE]" */
static bool parse_tag(struct span tag, struct allocinfo_row *row)
{
	struct span path;
	const char *open;

	if (span_ends_with(tag, SPAN("]"))) {
		open = span_find_last(tag, '[');
		if (!open || open - tag.at < 2 || open[-1] != ' ')
			return false;
		row->module = span_between(open + 1, span_end(tag) - 1);
		if (!row->module.length)
			return false;
		tag = span_between(tag.at, open - 1);
	}
	row->site = path = tag;
	while (path.length && span_is_digit(span_end(path)[-1]))
		path.length--;
	if (path.length == tag.length || !span_drop(&path, SPAN(":")))
		return false;
	if (path.length && !memchr(path.at, ' ', path.length) &&
	    !memchr(path.at, ':', path.length))
		return true;
	return is_path(path);
}

static void cut_at_zero(struct allocinfo_row *row)
{
	if (row->negative)
		row->size = 0;
	/* Calls are printed without a sign. */
	if (row->calls >= NEGATIVE_FROM) {
		row->negative = true;
		row->calls = 0;
	}
}

bool allocinfo_row_parse(struct span line, struct allocinfo_row *row)
{
	struct span tag, rest;
	size_t length = line.length;

	*row = (struct allocinfo_row){.size = 0};
	drop_spaces(&line);
	row->spaced = line.length != length;
	if (!take_numbers(&line, row) || !split_function(line, &tag, &rest) ||
	    !parse_function(rest, row) || !parse_tag(tag, row) ||
	    row->function.length + row->module.length > ALLOCINFO_NAMES_MAX)
		return false;
	cut_at_zero(row);
	return true;
}

bool allocinfo_row_begins(struct span line)
{
	struct allocinfo_row ignored = {.size = 0};

	if (take_numbers(&line, &ignored))
		return true;
	return span_find(line, allocinfo_row_mark) != NULL;
}
