/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a capture holds, member by member. */
#ifndef PAGEOWL_MODEL_CONTENTS_H
#define PAGEOWL_MODEL_CONTENTS_H

#include "model/counters.h"
#include "model/record.h"

/* A member that was read. */
struct content {
	struct content *next;
	const char *path;
	const char *format; /* name */
	const char *noun;   /* of what its records count: "object" */
	bool counts;	    /* it holds counters, not records */
	enum unit unit;
	uint64_t entries; /* records, or counters, as the text has them */
	uint64_t records; /* allocations or objects in them */
	uint64_t units;	  /* of the records, where the text has them */
	uint64_t skipped; /* records and lines that were not understood */
	uint64_t bytes;	  /* of text */
};

struct contents {
	const char *path;    /* as given */
	const char *kernel;  /* release, or NULL */
	const char *boot_id; /* or NULL */
	uint64_t uptime_ns;  /* or TS_NONE */
	const struct content *first;
	size_t count;
	const struct counters *counters;
};

#endif
