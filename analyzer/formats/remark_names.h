/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that a remark lists: each once, the first few of many. */
#ifndef PAGEOWL_FORMATS_REMARK_NAMES_H
#define PAGEOWL_FORMATS_REMARK_NAMES_H

#include "formats/format.h"

#define REMARK_NAMES_MAX 8

/* Zeroed is empty. */
struct remark_names {
	uint64_t count; /* how often one was added, again ones too */
	size_t listed;	/* at most REMARK_NAMES_MAX */
	bool more;	/* some are not listed */
	size_t length;
	char text[120]; /* "a, b", escaped */
};

/* Add name, which is untrusted. */
void remark_names_add(struct remark_names *names, struct span name);

/*
 * Tell sink "<count> <text>: a, b", one where the count is 1; nothing where
 * it is 0.
 */
void remark_names_tell(const struct remark_names *names, struct sink *sink,
		       const char *one, const char *many);

#endif
