/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Of several logs in one capture one is read for all that logs tell: two may
 * be of two boots, and what they have in common would count twice. Which one
 * does not depend on the order of the members. One that reports something goes
 * before one that does not, then what the kernel has now before what was
 * written to files, those before the ones that were rotated away, the newest
 * of these, and last the one with the most in it.
 */
#ifndef PAGEOWL_INPUT_LOG_CHOICE_H
#define PAGEOWL_INPUT_LOG_CHOICE_H

#include "input/capture.h"

struct member_reader;

struct log_candidate {
	const char *path; /* in messages; NULL: none */
	size_t parts;	  /* reports that it has, by format */
	unsigned group;	  /* of its name; lower ones go first */
	uint64_t age;	  /* by its name; lower is newer */
	uint64_t entries; /* in all of its parts */
};

struct left_log {
	struct left_log *next;
	const char *path;
};

struct log_choice {
	struct log_candidate best;
	struct left_log *left; /* logs that have something, too */
};

/* What was read of the best log so far, while another one is read. */
struct log_stash {
	struct capture_source sources[CAPTURE_SOURCES_MAX];
	size_t source_count;
	struct counters told, reported;
	const char *reported_path;
};

/* What a log is by its path; NULL may not be given. */
void log_candidate_name(struct log_candidate *candidate, struct span path);

/* Whether a goes before b. */
bool log_candidate_is_better(const struct log_candidate *a,
			     const struct log_candidate *b);

/* A log is read next: put aside what the others have told. */
void log_choice_begin(struct member_reader *reader, struct log_stash *stash);

/* It was read, which `done` tells, with so many parts: keep one of the two. */
bool log_choice_end(struct member_reader *reader, struct log_stash *stash,
		    bool done, size_t parts, struct error *err);

/* Tell which logs are left out. */
bool log_choice_conclude(struct member_reader *reader, struct error *err);

#endif
