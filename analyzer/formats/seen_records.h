/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which records of a log were there before: a kernel may report one page or
 * object time and again. So many are remembered that a log of a boot can hold;
 * from then on none is taken for a repeat that was not remembered.
 */
#ifndef PAGEOWL_FORMATS_SEEN_RECORDS_H
#define PAGEOWL_FORMATS_SEEN_RECORDS_H

#include "base/span.h"

/* Zeroed is empty and valid to deinit. */
struct seen_records {
	uint64_t *slots;   /* hashes; 0: free */
	size_t capacity;   /* a power of two, or 0 */
	size_t count;	   /* at most 3/4 of it */
	uint64_t left_out; /* that found no room: they are known by no one */
};

void seen_records_deinit(struct seen_records *seen);

/*
 * Whether what is made of these pieces was noted before; notes it. *ret is
 * left alone when memory runs out, which is false.
 */
bool seen_records_note(struct seen_records *seen, const struct span *pieces,
		       size_t count, bool *ret);

/* Whether it was noted. */
bool seen_records_has(const struct seen_records *seen,
		      const struct span *pieces, size_t count);

#endif
