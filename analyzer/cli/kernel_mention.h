/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel that a text is of, where it says so: the banner of a boot, or the
 * line of an oops that tells whether the kernel is tainted.
 */
#ifndef PAGEOWL_CLI_KERNEL_MENTION_H
#define PAGEOWL_CLI_KERNEL_MENTION_H

#include "base/span.h"

/* As uname(2) has it, with its NUL. */
#define KERNEL_RELEASE_CAPACITY 65

struct kernel_mention {
	struct span line;     /* with its newline, if it has one */
	struct span release;  /* shorter than KERNEL_RELEASE_CAPACITY */
	struct span build_id; /* hexadecimal; empty: not told */
};

/* Where the search of lines stands. */
struct kernel_mentions {
	struct span rest;   /* lines that were not searched yet */
	const char *banner; /* where the next may be: see .c */
	const char *taint;
};

void kernel_mentions_init(struct kernel_mentions *mentions, struct span lines);

/* The next one; false: there is none. */
bool kernel_mentions_next(struct kernel_mentions *mentions,
			  struct kernel_mention *ret);

#endif
