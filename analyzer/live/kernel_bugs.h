/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bugs and limits of kernels that somebody who takes a capture should know of,
 * with what a capture does about each. Files are asked before versions.
 */
#ifndef PAGEOWL_LIVE_KERNEL_BUGS_H
#define PAGEOWL_LIVE_KERNEL_BUGS_H

#include "base/arena.h"
#include "live/live_sources.h"

struct kernel_bug {
	const char *title;   /* what happens */
	const char *applies; /* why it is thought to apply here */
	const char *handled; /* what a capture does about it */
	bool severe;	     /* the machine itself is in danger */
};

enum { KERNEL_BUGS_MAX = 12 };

/* Those that apply to the kernel whose files these are; texts lie in arena. */
bool kernel_bugs_find(const struct live_machine *machine, struct arena *arena,
		      struct kernel_bug ret[KERNEL_BUGS_MAX], size_t *ret_count,
		      struct error *err);

#endif
