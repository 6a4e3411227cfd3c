/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Source lines for the frames of one machine's kernel. Stands alone: it knows
 * nothing of captures. Nothing is looked for before it is asked.
 */
#ifndef SYMBOLIZE_SYMBOLIZER_H
#define SYMBOLIZE_SYMBOLIZER_H

#include "symbolize/frame_answer.h"
#include "symbolize/reason.h"

/* What it points to is borrowed for as long as the symbolizer lives. */
struct symbolizer_options {
	const char *vmlinux;		/* --vmlinux; or NULL */
	const char *const *directories; /* --debug-dir, ended by NULL */
	const char *release;		/* of the kernel; or NULL */
	bool usual_places;		/* look where debuggers do, too */
	bool keep;			/* answers in the user's cache */
	unsigned processes;		/* 0: one for each CPU */
	/* Told before what may take long, and NULL when it is over; or NULL. */
	void (*progress)(void *context, const char *text);
	void *progress_context;
};

struct symbolizer;

/* Whether this program was built with libbfd. */
bool symbolizer_is_built(void);

/* NULL: no memory. */
struct symbolizer *symbolizer_create(const struct symbolizer_options *options);
void symbolizer_destroy(struct symbolizer *symbolizer);

/*
 * The build id that the kernel, or a module of it, has from now on, as
 * hexadecimal digits: a file of another one is refused. A query may have one
 * of its own. What is no build id is ignored. module NULL: the kernel.
 */
bool symbolizer_expect(struct symbolizer *symbolizer, const char *module,
		       const char *build_id);

/*
 * Answer queries, each once however often it is asked. The answers live as
 * long as the symbolizer. False: no memory.
 */
bool symbolizer_resolve(struct symbolizer *symbolizer,
			const struct frame_query *queries, size_t count,
			struct frame_answer *answers);

/* Nothing more is asked: find words for what was left open until now. */
void symbolizer_conclude(struct symbolizer *symbolizer);

/* What the user has to know: a file that does not fit, one that could not be
 * read. Each once. NULL when index is past the last. */
const char *symbolizer_warning(const struct symbolizer *symbolizer,
			       size_t index);

/* A file that was used; for --verbose and machine outputs. */
struct symbolizer_object {
	const char *module; /* NULL: the kernel */
	const char *path;   /* NULL: all answers were kept, or none found */
	bool refused;	    /* its lines are not to be believed */
	bool told;	    /* a warning says why there is no file */
	size_t frames, resolved, cached;
};

/* In the order of first use; false when index is past the last. */
bool symbolizer_object(const struct symbolizer *symbolizer, size_t index,
		       struct symbolizer_object *ret);

#endif
