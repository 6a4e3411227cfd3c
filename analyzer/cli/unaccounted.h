/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory in no counter, of two captures that `diff` compares. */
#ifndef PAGEOWL_CLI_UNACCOUNTED_H
#define PAGEOWL_CLI_UNACCOUNTED_H

#include "cli/reading.h"

struct unaccounted {
	bool known;
	int64_t kib[2];	    /* OLD and NEW, as `account OLD NEW` has them */
	const char *reason; /* one line: why it is not known; or NULL */
};

/* Their sources must have been chosen. Fails when memory runs out. */
bool unaccounted_of(struct reading readings[2], const struct settings *settings,
		    struct unaccounted *ret, struct error *err);

#endif
