/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One kind of stacks that a capture holds, and the members it comes from. */
#ifndef PAGEOWL_INPUT_CAPTURE_SOURCE_H
#define PAGEOWL_INPUT_CAPTURE_SOURCE_H

#include "input/ingest.h"
#include "model/contents.h"

/* What goes before where a capture has two dumps of a kind; later, better. */
enum source_rank {
	SOURCE_OF_LOG,	 /* reported there */
	SOURCE_OF_PART,	 /* a part of a text that holds several */
	SOURCE_FOUND,	 /* by its content */
	SOURCE_IN_PLACE, /* the kernel's own path led to it */
};

struct capture_source {
	const struct format *format;
	struct snapshot snapshot; /* of all its members */
	const char *path;	  /* of the first one */
	size_t members;
	void *state;	      /* of a joined format, until all is read */
	struct content *last; /* member, as it was listed */
	enum source_rank rank;
	/* Of a format with times: T0 as it was known before it was read, or
	 * TS_NONE; and from what. */
	uint64_t asked_ns;
	enum began_from began_from;
	struct span own;	   /* the kernel's own path, or empty */
	struct object_sizes sizes; /* of the objects in slab caches */
};

/* path must live as long as the source. Fails when memory runs out. */
bool capture_source_init(struct capture_source *source,
			 const struct format *format, const char *path);
void capture_source_deinit(struct capture_source *source);

/* Add what a member held; snapshot is the source's from now on. */
bool capture_source_add(struct capture_source *source,
			struct snapshot *snapshot, struct error *err);

/* All members have been read. */
bool capture_source_finish(struct capture_source *source,
			   const struct tally_plan *plan, struct error *err);

/* Whether several members make one source: it is joined, or one per cache. */
bool capture_source_takes_many(const struct format *format);

/* Whether it was read, and says that there is nothing. */
bool capture_source_is_blank(const struct capture_source *source);

#endif
