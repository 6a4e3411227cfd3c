/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entry of a rules file: the lines below "suppress". */
#ifndef PAGEOWL_GATE_SUPPRESS_BLOCK_H
#define PAGEOWL_GATE_SUPPRESS_BLOCK_H

#include "base/error.h"
#include "model/gate_result.h"

/* Zeroed is one without a line. */
struct suppress_block {
	struct suppression entry;
	unsigned seen; /* a bit for each word that it had */
};

/* Whether word begins a line of an entry. */
bool suppress_block_has(struct span word);

/*
 * Take the line of word, which suppress_block_has(), and value, which is
 * trimmed and borrowed. The error tells what was expected and what was found,
 * without a place.
 */
bool suppress_block_take(struct suppress_block *block, struct span word,
			 struct span value, struct error *err);

/* Whether all lines are there that an entry must have, and none too many. */
bool suppress_block_end(const struct suppress_block *block, struct error *err);

#endif
