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
#include "live/live_sources.h"
#include "live/live_stream.h"

#define DUMP_PATH   "sys/kernel/debug/page_owner"
#define TRACES_PATH "sys/kernel/debug/slab/"

static bool explain(const struct live_machine *machine, const char *path,
		    int error, struct error *err)
{
	char name[4 * 100 + 4], why[400];

	live_explain_page_owner(machine, DUMP_PATH, error, why, sizeof(why));
	quote_text(span_of(path), 100, name, sizeof(name));
	return error_set(err, ERROR_IO, "cannot open '%s': %s%s", name, why,
			 live_machine_is_superuser(machine) ? ""
							    : "; run as root");
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

/* "…/slab/kmalloc-16/alloc_traces", wherever debugfs is mounted. */
static bool take_traces(struct span real, struct span *ret)
{
	const char *slash;
	struct span rest = real;

	if (!span_drop(&rest, SPAN("/alloc_traces")) &&
	    !span_drop(&rest, SPAN("/free_traces")))
		return false;
	slash = span_find_last(rest, '/');
	if (!slash ||
	    !span_ends_with(span_between(rest.at, slash), SPAN("/slab")))
		return false;
	*ret = span_between(slash + 1, span_end(real));
	return true;
}

static bool refuse_traces(const struct live_machine *machine, const char *path,
			  struct span traces, struct error *err)
{
	char member[LIVE_PATH_CAPACITY], name[4 * 100 + 4], why[400];

	if (!live_machine_probe(machine)->is_debugfs(path) ||
	    snprintf(member, sizeof(member), TRACES_PATH "%.*s",
		     (int)traces.length, traces.at) >= (int)sizeof(member) ||
	    !live_path_hangs(machine, member, why, sizeof(why)))
		return true;
	quote_text(span_of(path), 100, name, sizeof(name));
	return error_set(err, ERROR_IO,
			 "'%s' is not opened: %s (pageowl capture)", name, why);
}

/* Whether path may be opened. */
static bool check_traces(const struct live_dump_opener *opener,
			 const char *path, struct error *err)
{
	char *real = realpath(path, NULL);
	struct live_machine *machine = NULL;
	struct span traces;
	bool done = true;

	if (real && take_traces(span_of(real), &traces)) {
		if (opener->machine)
			done = refuse_traces(opener->machine, path, traces,
					     err);
		else if (live_path_is_debugfs(path))
			done = live_machine_create("", &machine, err) &&
			       refuse_traces(machine, path, traces, err);
		live_machine_destroy(machine);
	}
	free(real);
	return done;
}

/* Whether page_owner may be read: an oops is worse than no answer. */
static bool check_panic(const struct live_dump_opener *opener, const char *path,
			struct error *err)
{
	struct live_machine *machine = NULL;
	char name[4 * 100 + 4], why[400];
	bool panics;

	if (!opener->machine && !live_machine_create("", &machine, err))
		return false;
	panics = live_path_panics(opener->machine ? opener->machine : machine,
				  "sys/kernel/debug/page_owner", why,
				  sizeof(why));
	live_machine_destroy(machine);
	if (!panics)
		return true;
	quote_text(span_of(path), 100, name, sizeof(name));
	return error_set(err, ERROR_IO,
			 "'%s' is not read: %s (pageowl capture)", name, why);
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

	if (!check_traces(opener, path, err))
		return false;
	/* Why a file cannot be opened is for source_create() to tell. */
	if (!is_live(path, opener->dump) || !can_be_opened(path))
		return source_create(path, ret, err);
	if (!check_panic(opener, path, err))
		return false;
	return live_stream_create(path, opener->jobs, opener->io, ret, err);
}
