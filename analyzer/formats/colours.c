/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/colours.h"

#include "formats/log_prefix.h"

size_t colours_drop(struct span line, char *ret)
{
	size_t length = 0;

	while (line.length) {
		if (log_prefix_take_control(&line))
			continue;
		ret[length++] = line.at[0];
		line = span_skip(line, 1);
	}
	return length;
}

struct span colours_take_off(struct span line, char *room, size_t capacity)
{
	if (!line.length || line.length > capacity ||
	    !memchr(line.at, '\033', line.length))
		return line;
	return (struct span){room, colours_drop(line, room)};
}
