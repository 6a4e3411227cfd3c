/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* nftw() */
#include "tests/support/folder_maker.h"

#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The fuzzers' drivers link this too: no cmocka here. */
static void must(bool done, const char *what)
{
	if (done)
		return;
	perror(what);
	abort();
}

int folder_setup(void **state)
{
	char *path = strdup("/tmp/pageowl_folder.XXXXXX");

	must(path && mkdtemp(path) && chdir(path) == 0, "mkdtemp");
	*state = path;
	return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind,
		      struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

int folder_teardown(void **state)
{
	must(chdir("/") == 0 &&
		     nftw(*state, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0,
	     *state);
	free(*state);
	return 0;
}

static void make_above(const char *path)
{
	char above[512];

	for (const char *at = strchr(path, '/'); at; at = strchr(at + 1, '/')) {
		snprintf(above, sizeof(above), "%.*s", (int)(at - path), path);
		mkdir(above, 0755);
	}
}

void folder_bytes(const char *path, const void *bytes, size_t length)
{
	FILE *file;

	make_above(path);
	file = fopen(path, "w");
	must(file && fwrite(bytes, 1, length, file) == length &&
		     fclose(file) == 0,
	     path);
}

void folder_file(const char *path, const char *text)
{
	folder_bytes(path, text, strlen(text));
}

void folder_link(const char *path, const char *target)
{
	make_above(path);
	must(symlink(target, path) == 0, path);
}
