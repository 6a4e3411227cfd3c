/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a member held, taken into the capture: the member is listed, its loss
 * told, and what it counted kept.
 */
#ifndef PAGEOWL_INPUT_MEMBER_RESULT_H
#define PAGEOWL_INPUT_MEMBER_RESULT_H

#include "input/member_place.h"

/* Of a member with counters. Deinits the snapshot. */
bool member_result_counters(struct member_reader *reader,
			    const struct format *format,
			    struct snapshot *snapshot, struct error *err);

/* Of one with stacks; the snapshot is no longer the caller's. */
bool member_result_stacks(struct member_reader *reader,
			  struct capture_source *source,
			  struct snapshot *snapshot, struct error *err);

#endif
