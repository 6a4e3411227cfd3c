/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What this machine can tell before anything is taken: what is there, what is
 * missing and how to switch it on, what reading costs, and which bugs of
 * kernels apply. Reads small files only, none that is risky.
 */
#ifndef PAGEOWL_LIVE_LIVE_CHECK_H
#define PAGEOWL_LIVE_LIVE_CHECK_H

#include "base/arena.h"
#include "live/kernel_bugs.h"
#include "live/live_sources.h"

enum offer_state {
	OFFER_READABLE,
	OFFER_LIMITED, /* readable, but see remedy */
	OFFER_DENIED,  /* it is there and may not be read */
	OFFER_MISSING,
};

/* One source. Texts lie in the arena of the check. */
struct offer {
	const struct live_source *source;
	enum offer_state state;
	uint64_t files;	   /* that exist */
	uint64_t left_out; /* of them, those that could harm the machine */
	/* Estimates; 0: not known, or next to nothing. */
	uint64_t records;
	uint64_t bytes;	    /* of text */
	uint64_t ms;	    /* with one reader */
	const char *how;    /* what is estimated from what; or NULL */
	const char *remedy; /* how to have it, or more of it; or NULL */
};

enum { CHECK_OFFERS_MAX = 32 };

struct live_check {
	const char *root;    /* "" is the machine */
	const char *release; /* or NULL */
	bool live, superuser;
	struct offer offers[CHECK_OFFERS_MAX];
	size_t offer_count;
	struct kernel_bug bugs[KERNEL_BUGS_MAX];
	size_t bug_count;
	struct arena arena;
};

bool live_check_run(const struct live_machine *machine, struct live_check *ret,
		    struct error *err);
void live_check_deinit(struct live_check *check);

#endif
