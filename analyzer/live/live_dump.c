/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/live_dump.h"

#include <errno.h>
#include <stdio.h>

#include "base/quote.h"
#include "live/live_remedy.h"

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
