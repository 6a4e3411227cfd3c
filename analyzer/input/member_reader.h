/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the members of a package into a capture, each as what it is. */
#ifndef PAGEOWL_INPUT_MEMBER_READER_H
#define PAGEOWL_INPUT_MEMBER_READER_H

#include "input/capture.h"
#include "input/package.h"

#define MEMBER_PATH_MAX 4096

struct member_reader {
	struct capture *capture;
	const struct capture_options *options;
	struct package *package;
	const char *base;	    /* path of the package, for messages */
	struct tally_plan plan;	    /* with T0 as soon as that is known */
	enum began_from began_from; /* of the plan's T0 */
	struct content *last;	    /* member that was listed */
	struct content *manifest;   /* the same of a manifest, or NULL */
	struct span root;	    /* before the kernel's own paths */
	bool rooted;		    /* root is known */
	bool ambiguous;		    /* an error is one of the whole capture */
	bool too_many;		    /* members; it was said */
	/* Of the member being read: */
	const struct member *member;
	char name[MEMBER_PATH_MAX]; /* as messages call it */
};

/*
 * Read reader->member. What is wrong with one member of several is told in a
 * remark; false when the capture cannot be read.
 */
bool member_reader_read(struct member_reader *reader, struct error *err);

/* Whether the member is a dump that was named itself. */
bool member_reader_is_alone(const struct member_reader *reader);

/* Whether the kernel's own path led to the member. */
bool member_reader_is_in_place(const struct member_reader *reader);

/* The path that tells of which cache the member is; borrowed. */
struct span member_reader_telling_path(const struct member_reader *reader);

#endif
