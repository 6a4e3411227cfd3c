/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/frame_text.h"

bool frame_text_has_odd_space(struct span frame)
{
	const char *at = frame.at, *end = span_end(frame);

	while (at < end && (at = memchr(at, ' ', (size_t)(end - at)))) {
		bool opens = at + 1 < end && at[1] == '[';

		if (!opens && (at == frame.at || at[-1] != ']'))
			return true;
		at++;
	}
	return false;
}

bool frame_text_is_blank(struct span line)
{
	size_t i;

	for (i = 0; i < line.length; i++)
		if (line.at[i] != ' ' && line.at[i] != '\t' &&
		    line.at[i] != '\r')
			return false;
	return true;
}

/* " [module]", perhaps with a build id in it, to the end of the line */
static bool is_module(struct span rest)
{
	return span_take(&rest, SPAN(" [")) && rest.length > 1 &&
	       span_end(rest)[-1] == ']';
}

static bool is_symbol(struct span line)
{
	uint64_t ignored;
	struct span rest;
	const char *plus;

	/* "+0x" may stand in a Rust symbol too: take the last one */
	for (rest = line; (plus = span_find(rest, SPAN("+0x")));
	     rest = span_between(plus + 1, span_end(line))) {
		struct span tail = span_between(plus + 1, span_end(line));

		if (plus == line.at || !span_take_hex(&tail, &ignored) ||
		    !span_take(&tail, SPAN("/")) ||
		    !span_take_hex(&tail, &ignored))
			continue;
		if (!tail.length || is_module(tail))
			return !memchr(line.at, ' ', (size_t)(plus - line.at));
	}
	return false;
}

bool frame_text_is_whole(struct span line)
{
	uint64_t address;
	struct span rest = line;

	if (span_take(&rest, SPAN("[<"))) {
		const char *close = span_find(rest, SPAN(">]"));

		if (!close)
			return false;
		rest = span_between(close + 2, span_end(rest));
		span_take(&rest, SPAN(" "));
		line = rest;
	}
	if (span_take_hex(&rest, &address) && !rest.length)
		return true;
	return is_symbol(line);
}
