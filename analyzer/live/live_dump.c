/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "live/live_dump.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/quote.h"
#include "live/live_remedy.h"
#include "live/live_stream.h"

#define DUMP_PATH "sys/kernel/debug/page_owner"

static bool explain(const struct live_machine *machine, const char *path,
		    int error, struct error *err)
{
	char name[4 * 100 + 4], why[400];

	live_explain_page_owner(machine, DUMP_PATH, error, why, sizeof(why));
	quote_text(span_of(path), 100, name, sizeof(name));
	return error_set(err, ERROR_IO, "cannot open '%s': %s%s", name, why,
			 live_machine_is_superuser(machine)
				 ? ""
				 : "; run as root (sudo pageowl top)");
}

bool live_dump_find(const struct live_machine *machine, char *ret_path,
		    size_t capacity, struct error *err)
{
	char path[LIVE_PATH_CAPACITY];
	int error;

	if (!live_file_path(live_machine_root(machine), DUMP_PATH, path,
			    sizeof(path)) ||
	    strlen(path) >= capacity)
		return error_set(err, ERROR_IO, "cannot open '/%s': %s",
				 DUMP_PATH, strerror(ENAMETOOLONG));
	error = live_machine_probe(machine)->try_open(path);
	if (error)
		return explain(machine, path, error, err);
	memcpy(ret_path, path, strlen(path) + 1);
	return true;
}

bool live_dump_path(const char *root, char *ret_path, size_t capacity,
		    struct error *err)
{
	struct live_machine *machine;
	bool found;

	if (!live_machine_create(root, &machine, err))
		return false;
	found = live_dump_find(machine, ret_path, capacity, err);
	live_machine_destroy(machine);
	return found;
}

/* ---- opening it ---- */

/* Whatever links lead to it. */
static bool is_called_page_owner(const char *path)
{
	char *real = realpath(path, NULL);
	bool is = real && span_ends_with(span_of(real), SPAN("/page_owner"));

	free(real);
	return is;
}

/* The files of debugfs claim to be empty. */
static bool is_live(const char *path, const char *dump)
{
	struct stat status;

	if (strcmp(path, "-") == 0 || stat(path, &status) != 0 ||
	    !S_ISREG(status.st_mode) || status.st_size != 0)
		return false;
	return (dump && strcmp(path, dump) == 0) ||
	       (is_called_page_owner(path) && live_path_is_debugfs(path));
}

static bool can_be_opened(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return false;
	close(fd);
	return true;
}

bool live_dump_open(void *context, const char *path, struct source **ret,
		    struct error *err)
{
	const struct live_dump_opener *opener = context;

	/* Why a file cannot be opened is for source_create() to tell. */
	if (!is_live(path, opener->dump) || !can_be_opened(path))
		return source_create(path, ret, err);
	return live_stream_create(path, opener->jobs, opener->io, ret, err);
}
