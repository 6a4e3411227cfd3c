/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two ways to one number, by counters that know nothing of each other. Made
 * by account/cross_checks.
 */
#ifndef PAGEOWL_MODEL_CROSS_CHECK_H
#define PAGEOWL_MODEL_CROSS_CHECK_H

#include "model/sum.h"

enum check_state {
	CHECK_AGREES,
	CHECK_DIFFERS,
	CHECK_IMPOSSIBLE, /* no healthy kernel prints this */
	CHECK_MISSING,	  /* the capture lacks one of the sides */
};

struct cross_check {
	const char *id;	   /* "anon-lru" */
	const char *title; /* "anonymous LRU lists" */
	enum check_state state;
	const char *left_name; /* "LRU lists" */
	struct sum left;
	const char *right_name; /* "AnonPages + Shmem" */
	struct sum right;
	int64_t difference_kib; /* left less right */
	int64_t tolerance_kib;	/* up to here they agree */
	bool at_most;		/* the left side may be less by any amount */
	/*
	 * One sentence: what the difference means and what to do next; of
	 * CHECK_MISSING, what the capture lacks; else what was compared.
	 */
	const char *meaning;
};

#endif
