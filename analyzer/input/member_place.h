/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A member while it is read, and what its place in the capture tells. */
#ifndef PAGEOWL_INPUT_MEMBER_PLACE_H
#define PAGEOWL_INPUT_MEMBER_PLACE_H

#include "input/capture.h"
#include "input/log_choice.h"
#include "input/package.h"

#define MEMBER_PATH_MAX 4096

/* Of the files of processes. */
struct process_members {
	uint64_t read;
	uint64_t left_out;   /* behind as many as we take */
	uint64_t refused;    /* we may not read them */
	const char *refusal; /* why, the first of them */
	const char *path;    /* of that one */
};

struct mixed_part;

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
	struct process_members processes;
	struct log_choice logs;
	/* Of the member being read: */
	const struct member *member;
	char name[MEMBER_PATH_MAX]; /* as messages call it */
	/* Of a mixed text, the part that is being taken; else NULL. */
	const struct mixed_part *part;
};

/* Whether the member is a dump that was named itself. */
bool member_is_alone(const struct member_reader *reader);

/* Whether the kernel's own path led to the member. */
bool member_is_in_place(const struct member_reader *reader);

/* What a source that is taken from the member goes by, where two have one. */
enum source_rank member_rank(const struct member_reader *reader);

/* The path that tells of which cache the member is; borrowed. */
struct span member_telling_path(const struct member_reader *reader);

#endif
