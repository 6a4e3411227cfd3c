/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names are not quite stable within a boot: the memory of freed init code and
 * of unloaded modules is given to others, so that a frame prints as a bare
 * address in one capture and as another function in the next.
 */
#ifndef PAGEOWL_DIFF_STALE_FRAMES_H
#define PAGEOWL_DIFF_STALE_FRAMES_H

#include "model/row_set.h"

/*
 * Pair rows that have no partner and differ only in frames of which one side
 * is an address or a stale symbol. lone and counts are OLD's and NEW's rows;
 * the n pairs found are put first in both, in the same order. Returns n.
 */
size_t stale_frames_pair(const struct keyed_row **lone[2],
			 const size_t counts[2]);

#endif
