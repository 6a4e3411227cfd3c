/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/live_root.h"

#include "base/quote.h"
#include "live/live_sources.h"

/* One will do. */
static bool note(void *context, const char *path, const char *link,
		 struct error *err)
{
	bool *found = context;

	(void)path;
	(void)link;
	*found = true;
	return error_set(err, ERROR_FULL, "enough");
}

static bool has(const char *root, const char *name)
{
	struct stat at;

	return live_file_look(root, name, &at) == 0 && S_ISDIR(at.st_mode);
}

bool live_root_check(const struct live_machine *machine, struct error *err)
{
	const struct live_source *source = live_sources;
	const char *root = live_machine_root(machine);
	char quoted[QUOTE_PATH_CAPACITY];
	bool found = false;

	for (; source->name[0]; source++)
		if (!live_source_visit(machine, source, note, &found, err))
			return found;
	quote_path(root[0] ? root : "/", quoted);
	return error_set(err, ERROR_IO,
			 "nothing to take below '%s'; it holds %s", quoted,
			 has(root, "proc") || has(root, "sys")
				 ? "no file that pageowl knows of"
				 : "neither proc nor sys");
}
