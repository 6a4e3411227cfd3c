/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/kmemleak_line.h"

/* HEX_MAX_LINES of mm/kmemleak.c, and of what vendors made of it. */
#define HEX_ROWS_MAX 16
#define HEX_ROW_SIZE 16

bool kmemleak_take_tag(struct span *line)
{
	return span_take(line, SPAN("kmemleak: "));
}

static bool take_address(struct span *line, struct kmemleak_head *ret)
{
	struct span rest = *line;

	ret->has_address = span_take_hex(line, &ret->address);
	if (ret->has_address)
		return true;
	span_take(&rest, SPAN("0x"));
	if (!span_take(&rest, SPAN("(____ptrval____)")) &&
	    !span_take(&rest, SPAN("(ptrval)")))
		return false;
	*line = rest;
	return true;
}

/* "unreferenced object ", " (percpu)" and the address */
static bool take_head(struct span *line, struct kmemleak_head *ret)
{
	struct span rest = *line, kind = {0};
	const char *close;

	if (!span_take(&rest, SPAN("unreferenced object ")))
		return false;
	if (!take_address(&rest, ret)) {
		if (!span_take(&rest, SPAN("(")) || !rest.length)
			return false;
		close = memchr(rest.at, ')', rest.length);
		if (!close || close == rest.at || close - rest.at > 16)
			return false;
		kind = span_between(rest.at, close);
		rest = span_between(close + 1, span_end(rest));
		if (!span_take(&rest, SPAN(" ")) || !take_address(&rest, ret))
			return false;
	}
	ret->kind = kind;
	*line = rest;
	return true;
}

bool kmemleak_line_is_head(struct span line)
{
	struct kmemleak_head ignored;

	return take_head(&line, &ignored);
}

bool kmemleak_line_split_head(struct span line, struct kmemleak_head *ret)
{
	struct kmemleak_head head;

	if (!take_head(&line, &head) || !span_take(&line, SPAN(" (size ")) ||
	    !span_take_u64(&line, &head.size) || !span_take(&line, SPAN("):")))
		return false;
	line = span_trim_end(line);
	if (line.length)
		return false;
	*ret = head;
	return true;
}

/* " (age 34.850s)"; negative where jiffies wrapped, which is no age */
static bool take_age(struct span line, uint64_t *ret_ns)
{
	struct span digits;
	uint64_t seconds, thousandths = 0;

	if (!span_take(&line, SPAN(" (age ")) ||
	    !span_take_u64(&line, &seconds) || !span_take(&line, SPAN(".")) ||
	    !span_take_digits(&line, &digits) || digits.length != 3 ||
	    !span_take(&line, SPAN("s)")) || seconds > UINT32_MAX)
		return false;
	span_take_u64(&digits, &thousandths);
	*ret_ns = seconds * 1000000000u + thousandths * 1000000u;
	return true;
}

/* What stands behind the comm, found from the right: it may hold anything. */
static const char *find_pid(struct span line)
{
	const char *found = NULL, *at;
	struct span rest = line;

	while ((at = span_find(rest, SPAN("\", pid ")))) {
		found = at;
		rest = span_between(at + 1, span_end(line));
	}
	return found;
}

bool kmemleak_line_split_task(struct span line, struct kmemleak_task *ret)
{
	const char *quote = find_pid(line);
	struct kmemleak_task task = {0};
	struct span rest;

	if (!quote)
		return false;
	task.comm = span_between(line.at, quote);
	rest = span_between(quote + 7, span_end(line));
	if (!span_take_digits(&rest, &task.pid) ||
	    !span_take(&rest, SPAN(", jiffies ")) ||
	    !span_take_u64(&rest, &task.jiffies) ||
	    (rest.length && !span_is_blank(rest.at[0]) && rest.at[0] != '\r'))
		return false;
	task.has_age = take_age(rest, &task.age_ns);
	*ret = task;
	return true;
}

bool kmemleak_line_is_hex_dump(struct span line, unsigned *ret_rows)
{
	uint64_t bytes;

	if (!span_take(&line, SPAN("hex dump (first ")) ||
	    !span_take_u64(&line, &bytes) || !span_take(&line, SPAN(" byte")))
		return false;
	if (bytes > HEX_ROWS_MAX * HEX_ROW_SIZE)
		bytes = HEX_ROWS_MAX * HEX_ROW_SIZE;
	*ret_rows = (unsigned)((bytes + HEX_ROW_SIZE - 1) / HEX_ROW_SIZE);
	return true;
}

bool kmemleak_line_is_hex_row(struct span line)
{
	return line.length >= 2 && span_hex_digit(line.at[0]) >= 0 &&
	       span_hex_digit(line.at[1]) >= 0 &&
	       (line.length == 2 || span_is_blank(line.at[2]) ||
		line.at[2] == '\r');
}

bool kmemleak_line_is_backtrace(struct span line)
{
	if (!span_take(&line, SPAN("backtrace")))
		return false;
	if (span_take(&line, SPAN(" (crc "))) {
		const char *close =
			line.length ? memchr(line.at, ')', line.length) : NULL;

		if (!close)
			return false;
		line = span_between(close + 1, span_end(line));
	}
	return span_equal(span_trim_end(line), SPAN(":"));
}

bool kmemleak_line_is_dump(struct span line)
{
	uint64_t ignored;

	return span_take(&line, SPAN("Object ")) &&
	       span_take_hex(&line, &ignored) &&
	       span_starts_with(line, SPAN(" (size "));
}

bool kmemleak_line_split_found(struct span line, uint64_t *ret)
{
	struct span rest = line;
	uint64_t count;

	if (!span_take_u64(&rest, &count) ||
	    !span_starts_with(rest, SPAN(" new suspected memory leaks")))
		return false;
	*ret = count;
	return true;
}
