/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/process_path.h"

/* A pid has 22 bits. */
#define PID_DIGITS 10

static struct span drop_part(struct span *path)
{
	const char *slash = path->length ? span_find_last(*path, '/') : NULL;
	struct span part = *path;

	if (!slash) {
		path->length = 0;
		return part;
	}
	*path = span_between(path->at, slash);
	return span_between(slash + 1, span_end(part));
}

struct span process_path_name(struct span path)
{
	return drop_part(&path);
}

struct span process_path_pid(struct span path)
{
	struct span pid, digits, rest;

	drop_part(&path);
	rest = pid = drop_part(&path);
	if (!span_take_digits(&rest, &digits) || rest.length ||
	    pid.length > PID_DIGITS || pid.at[0] == '0' ||
	    !span_equal(drop_part(&path), SPAN("proc")))
		return SPAN("");
	return pid;
}
