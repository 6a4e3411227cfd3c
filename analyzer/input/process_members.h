/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files that each process has: thousands of them, many of which we may not
 * read, or which are gone by the time that we come to them.
 */
#ifndef PAGEOWL_INPUT_PROCESS_MEMBERS_H
#define PAGEOWL_INPUT_PROCESS_MEMBERS_H

#include "input/member_place.h"

/* Whether the member is such a file, by its path. */
bool process_member_is_one(const struct member_reader *reader);

/* It is one that nobody asked for. */
bool process_member_is_unwanted(const struct member_reader *reader);

/*
 * Its smaps_rollup was read, and smaps, from which the kernel makes that, is
 * the slowest of all; `contents` has both.
 */
bool process_member_is_known(const struct member_reader *reader);

/*
 * Whether to read one more, which is counted then. They have bounds of their
 * own, so that they leave room for what comes behind them in an archive: the
 * slab caches, the stacks.
 */
bool process_member_takes_room(struct member_reader *reader);

/*
 * Reading it failed as err says. *ret_done: no more has to be said. Whose it
 * is that may not be read becomes a counter: "unreadable".
 */
bool process_member_failed(struct member_reader *reader, bool *ret_done,
			   struct error *err);

/* Say what there is to be said of all of them; once, at the end. */
bool process_members_conclude(struct member_reader *reader, struct error *err);

#endif
