/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of CPUs or nodes, as the kernel prints it with %*pbl: "0-3,7". */
#ifndef PAGEOWL_MODEL_NUMBER_SET_H
#define PAGEOWL_MODEL_NUMBER_SET_H

#include "base/span.h"

#define NUMBER_SET_WORDS 16
#define NUMBER_SET_BITS	 (NUMBER_SET_WORDS * 64)

/* Zeroed is empty. */
struct number_set {
	uint64_t bits[NUMBER_SET_WORDS];
	bool more; /* holds numbers that are too large to be kept */
};

/* Add the numbers of a list; false, and nothing added, when it is none. */
bool number_set_add_list(struct number_set *set, struct span list);

void number_set_add(struct number_set *set, const struct number_set *other);

bool number_set_is_empty(const struct number_set *set);

/*
 * The list, cut at a comma with ",…" behind it where it does not fit, and
 * where the set holds more; returns ret.
 */
const char *number_set_text(const struct number_set *set, char *ret,
			    size_t capacity);

#endif
