/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/source_path.h"

#include <stdbool.h>
#include <string.h>

static bool is_part(const char *at, size_t length, const char *part)
{
	return length == strlen(part) && memcmp(at, part, length) == 0;
}

/* Where the last part of path, of which length bytes are kept, begins; a
 * slash before it is not part of it. */
static size_t last_part(const char *path, size_t length)
{
	while (length > 0 && path[length - 1] != '/')
		length--;
	return length;
}

/* Append a part to what is kept of path; returns the new length. */
static size_t keep_part(char *path, size_t kept, const char *part,
			size_t length)
{
	size_t last = last_part(path, kept);

	if (!length || is_part(part, length, "."))
		return kept;
	if (is_part(part, length, "..")) {
		if (kept == 1 && path[0] == '/')
			return kept;
		if (kept > last && !is_part(path + last, kept - last, ".."))
			return last > 1 ? last - 1 : last;
	}
	if (kept && path[kept - 1] != '/')
		path[kept++] = '/';
	memmove(path + kept, part, length);
	return kept + length;
}

void source_path_clean(char *path)
{
	size_t kept = path[0] == '/';
	const char *part = path + kept;

	/* What is kept is never longer than what was read of it. */
	while (true) {
		size_t length = strcspn(part, "/");
		bool last = part[length] == '\0';

		kept = keep_part(path, kept, part, length);
		if (last)
			break;
		part += length + 1;
	}
	path[kept] = '\0';
}

size_t source_path_prefix(const char *path, const char *tail)
{
	size_t length = strlen(path), tail_length = strlen(tail), prefix;

	if (length <= tail_length)
		return 0;
	prefix = length - tail_length;
	if (path[prefix - 1] != '/' || strcmp(path + prefix, tail) != 0)
		return 0;
	return prefix;
}
