/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Limits as people write them: "512K", "300 pages per iteration", "20% and
 * 16M". Errors tell what was expected and what was found, without a place.
 */
#ifndef PAGEOWL_GATE_LIMIT_TEXT_H
#define PAGEOWL_GATE_LIMIT_TEXT_H

#include "base/error.h"
#include "model/gate_result.h"

/* 'expected EXPECTED, found "FOUND"'; returns false. */
bool limit_text_refuse(const char *expected, struct span found,
		       struct error *err);

/* text without spaces, tabs and CR at both ends. */
struct span limit_text_trim(struct span text);

/* Read all of text, which is trimmed; each measure at most once. */
bool limit_text_read(struct span text, struct gate_limit ret[GATE_LIMITS_MAX],
		     size_t *ret_count, struct error *err);

/*
 * The maximum of a suppression: "8M", "4000 objects", or both with "and". Sets
 * has_bytes and the like alone.
 */
bool limit_text_read_maximum(struct span text, struct suppression *ret,
			     struct error *err);

#endif
