/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the files with debug information lie: as --vmlinux and --debug-dir
 * say, else where debuggers look. Names of modules are the same with '-' and
 * '_'.
 */
#ifndef SYMBOLIZE_OBJECT_SEARCH_H
#define SYMBOLIZE_OBJECT_SEARCH_H

#include "symbolize/object_file.h"

struct search_options {
	const char *vmlinux;		/* that file only; or NULL */
	const char *const *directories; /* of --debug-dir, ended by NULL */
	const char *release;		/* "6.12.117-lab"; or NULL: not known */
	/* Where debuggers look, too: /usr/lib/debug, /lib/modules, /boot. */
	bool usual_places;
	const char *root; /* put before the usual places; "" but in tests */
	/* Ask debuginfod servers, as the environment names them. */
	bool debuginfod;
	/* Told before what may take long, and NULL when it is over; or NULL. */
	void (*progress)(void *context, const char *text);
	void *progress_context;
};

struct object_search;

/* options and what they point to are borrowed. NULL: no memory. */
struct object_search *object_search_create(
	const struct search_options *options);
void object_search_destroy(struct object_search *search);

/* Called for each sentence worth a warning. */
typedef void (*search_note)(void *context, const char *text);

/*
 * Find and open the file of a module, or with NULL of the kernel. wanted is
 * its build id, or NULL. One of another build id, or where that does not
 * confirm it of another release, is passed over, and note is told of it where
 * no other was found. Of several the one with debug information is taken.
 * False: there is none; what was looked for is in why.
 */
bool object_search_open(struct object_search *search, const char *module,
			const struct build_id *wanted, struct object_file *ret,
			search_note note, void *context, struct reason *why);

#endif
