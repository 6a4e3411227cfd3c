/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/text_cursor.h"

#include "formats/log_prefix.h"

bool text_cursor_next(struct text_cursor *cursor, struct span *ret)
{
	struct span line;
	size_t i;

	if (!span_take_line(&cursor->rest, &line))
		return false;
	cursor->raw = line;
	cursor->line++;
	if (line.length && span_end(line)[-1] == '\r')
		line.length--;
	if (cursor->prefixed)
		line = span_skip(line, log_prefix_length(line));
	for (i = 0; i < cursor->indent && line.length &&
		    (line.at[0] == ' ' || line.at[0] == '\t');
	     i++)
		line = span_skip(line, 1);
	*ret = line;
	return true;
}
