/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two captures come from one build, and from one boot. */
#ifndef PAGEOWL_DIFF_STACK_MATCH_H
#define PAGEOWL_DIFF_STACK_MATCH_H

#include "model/report.h"

/*
 * Decide how stacks are to be matched: functions that both captures name have
 * the same size in one build, and hardly ever all in two. ret_reason is a
 * literal.
 */
bool stack_match_choose(const struct snapshot *old, const struct snapshot *new,
			enum report_match *ret, const char **ret_reason,
			struct error *err);

/*
 * Early pages have the time at which page_owner started, to the nanosecond;
 * pages that live in both captures keep theirs. Times of 0 say nothing.
 */
enum same_boot stack_match_boot(const struct snapshot *old,
				const struct snapshot *new);

#endif
