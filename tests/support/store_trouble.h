/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The calls of a store, of which one may go wrong: the disk is full from the
 * n-th on, or we are killed in its place. Calls that only look are not
 * counted.
 */
#ifndef PAGEOWL_TESTS_SUPPORT_STORE_TROUBLE_H
#define PAGEOWL_TESTS_SUPPORT_STORE_TROUBLE_H

#include <stdint.h>

#include "store/store_io.h"

struct store_trouble {
	uint64_t at;	  /* the number of the first call in trouble; 0: none */
	uint64_t calls;	  /* so far */
	int reason;	  /* errno of what fails; 0: be killed */
	uint64_t free;	  /* what statvfs() tells; 0: the truth */
	uint64_t behind;  /* calls of sync_file_range() */
	uint64_t dropped; /* how far fadvise() was told of all there is */
};

extern struct store_trouble store_trouble;

extern const struct store_io store_io_troubled;

#endif
