/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page_owner that behaves like the kernel's: one record for each read, its
 * offset a page frame number, records that it refuses. It may kill or detain
 * whoever reads. Made before the readers are forked; what is counted lies in
 * memory that they share.
 */
#ifndef PAGEOWL_TESTS_SUPPORT_FAKE_OWNER_H
#define PAGEOWL_TESTS_SUPPORT_FAKE_OWNER_H

#include <stdatomic.h>

#include "live/reader.h"
#include "tests/support/dice.h"
#include "tests/support/text_buffer.h"

struct fake_record {
	uint64_t pfn;
	size_t at, length; /* of its text */
	bool refused;
};

struct fake_counts {
	atomic_uint_fast64_t walked; /* page frames */
	atomic_uint_fast64_t reads;
};

struct fake_owner {
	struct owner_io io;
	uint64_t min_low_pfn;
	bool since_6_1;	     /* offsets are page frame numbers */
	bool hex;	     /* page frame numbers, since 6.5 */
	bool passes_refused; /* the position moves on behind a refused one */
	uint64_t kill_at, detain_at, fail_at; /* the n-th read; 0: none */
	struct fake_record *records;
	size_t count, capacity;
	struct text_buffer text;
	uint64_t position; /* of read(), in each process */
	struct fake_counts *counts;
};

void fake_owner_init(struct fake_owner *owner);
void fake_owner_deinit(struct fake_owner *owner);

/* A record at a page frame above all others, with frames bytes of frames. */
void fake_owner_add(struct fake_owner *owner, uint64_t pfn, unsigned order,
		    const char *comm, size_t frames);

/* Add about this many, with holes, high orders, odd names, refused ones. */
void fake_owner_fill(struct fake_owner *owner, struct dice *dice, size_t count);

struct span fake_owner_text(const struct fake_owner *owner, size_t record);

/* The text of the records that can be read, up to a page frame. */
void fake_owner_all(const struct fake_owner *owner, uint64_t end,
		    struct text_buffer *ret);

#endif
