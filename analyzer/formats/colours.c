/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/colours.h"

struct span colours_take_off(struct span line, char *room, size_t capacity)
{
	size_t length = 0, i = 0;

	if (!line.length || line.length > capacity ||
	    !memchr(line.at, '\033', line.length))
		return line;
	while (i < line.length) {
		if (line.at[i] != '\033') {
			room[length++] = line.at[i++];
			continue;
		}
		while (i < line.length && line.at[i] != 'm')
			i++;
		i += i < line.length;
	}
	return (struct span){room, length};
}
