/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mixed text, and what is found in it as lines of text. */
#ifndef PAGEOWL_TESTS_SUPPORT_MIXED_READER_H
#define PAGEOWL_TESTS_SUPPORT_MIXED_READER_H

#include "input/mixed_text.h"
#include "tests/support/text_buffer.h"

struct mixed_way {
	size_t part;	   /* bytes a read gives; 0: all */
	size_t block_size; /* 0: default */
	const struct format *only;
};

/*
 * Parts in order, then counters; of a part its format, the path of its
 * heading, what it counted, its remarks, its first damage and its rows:
 *
 *   "allocinfo /proc/allocinfo 2 records of 3, 4096 units, 0 skipped\n"
 *   "  remark\n"
 *   "  line 3: \"found\"\n"
 *   " f x.c:1 = 3\n"
 *   "meminfo MemTotal = 1\n"
 *
 * False, with the reason in err, where memory ran out. Aborts where records
 * got lost.
 */
bool mixed_reader_read(struct span bytes, const struct mixed_way *way,
		       struct text_buffer *ret, struct mixed_facts *ret_facts,
		       struct error *err);

#endif
