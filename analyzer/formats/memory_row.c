/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/memory_row.h"

static bool is_label_char(char c)
{
	return span_is_digit(c) || c == '_' ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool take_label(struct span *line, struct span *ret)
{
	size_t length = 0;

	while (length < line->length && is_label_char(line->at[length]))
		length++;
	if (!length || span_is_digit(line->at[0]) || length == line->length ||
	    line->at[length] != ':')
		return false;
	*ret = (struct span){line->at, length};
	*line = span_skip(*line, length + 1);
	return true;
}

enum memory_row_kind memory_row_parse(struct span line, struct memory_row *ret)
{
	struct span rest;

	if (!take_label(&line, &ret->label))
		return MEMORY_ROW_NONE;
	span_take_blanks(&line);
	ret->value = rest = span_trim_end(line);
	if (!span_drop(&rest, SPAN("kB")))
		return MEMORY_ROW_OTHER;
	return span_take_u64(&rest, &ret->kib) && span_take_blanks(&rest) &&
			       !rest.length
		       ? MEMORY_ROW_AMOUNT
		       : MEMORY_ROW_DAMAGED;
}

/* Without "0x", as in no other place. */
static bool take_address(struct span *line)
{
	size_t length = 0;

	while (length < line->length && span_hex_digit(line->at[length]) >= 0)
		length++;
	*line = span_skip(*line, length);
	return length > 0;
}

/* "55c0a000-55c0b000 r-xp "; the mode goes to ret. */
static bool take_mapping(struct span *line, struct span *ret)
{
	struct span rest = *line;

	if (!take_address(&rest) || !span_take(&rest, SPAN("-")) ||
	    !take_address(&rest) || !span_take(&rest, SPAN(" ")) ||
	    rest.length < 5 || rest.at[4] != ' ')
		return false;
	for (size_t i = 0; i < 4; i++)
		if (!memchr("rwxsp-", rest.at[i], 6))
			return false;
	*ret = (struct span){rest.at, 4};
	*line = span_skip(rest, 5);
	return true;
}

bool memory_row_is_mapping(struct span line)
{
	struct span mode;

	return take_mapping(&line, &mode);
}

/* A file may be called "[rollup]", too; but it has a device. */
bool memory_row_is_rollup(struct span line)
{
	struct span mode;

	return take_mapping(&line, &mode) && span_equal(mode, SPAN("---p")) &&
	       span_take(&line, SPAN("00000000 00:00 0 ")) &&
	       (span_take_blanks(&line), true) &&
	       span_equal(span_trim_end(line), SPAN("[rollup]"));
}
