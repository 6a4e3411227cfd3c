/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the user's cache is, as the XDG base directories have it. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "symbolize/symbol_cache.h"

static bool is_mine(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode) &&
	       status.st_uid == geteuid();
}

static char *join(const char *front, const char *back)
{
	size_t length = strlen(front);
	char *path = malloc(length + strlen(back) + 1);

	if (path) {
		memcpy(path, front, length);
		strcpy(path + length, back);
	}
	return path;
}

/* Whether it is ours; or can be, since the nearest that is there is. */
static bool may_be_mine(const char *path)
{
	char *above = strdup(path), *slash;
	bool mine = false;

	while (above && !mine) {
		struct stat status;

		mine = is_mine(above);
		slash = strrchr(above, '/');
		if (!slash || slash == above || lstat(above, &status) == 0)
			break;
		*slash = '\0';
	}
	free(above);
	return mine;
}

/*
 * sudo keeps $HOME: root would leave files in it that its user cannot remove,
 * and believe what the user has written.
 */
char *symbol_cache_directory(void)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char *below, *path;

	if (cache && cache[0] == '/')
		return may_be_mine(cache) ? join(cache, "/pageowl/symbols")
					  : NULL;
	if (!home || home[0] != '/' || !is_mine(home))
		return NULL;
	below = join(home, "/.cache");
	path = below && may_be_mine(below) ? join(below, "/pageowl/symbols")
					   : NULL;
	free(below);
	return path;
}
