/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison of pages, and of objects beside it, of rows that are made up. */
#ifndef PAGEOWL_TESTS_SUPPORT_GATE_SAMPLE_H
#define PAGEOWL_TESTS_SUPPORT_GATE_SAMPLE_H

#include "gate/gate.h"

/* Pages have 4 KiB. */
struct sample_row {
	/* "do_leak[leaky] caller 0xffffffffc0001234", the blamed one first */
	const char *frames;
	const char *cache; /* NULL: it is a row of pages */
	enum category category;
	enum verdict verdict;
	uint64_t units[2], records[2];
	uint64_t unsized; /* objects of it */
	bool harmless;	  /* no suspect */
};

/* Borrows from itself: not to be copied. Zeroed is valid to deinit. */
struct gate_sample {
	struct report report, objects;
	struct snapshot snapshots[2]; /* of pages, of objects */
	struct row_set sets[2][2];    /* of each its sides */
	struct stack_table stacks;
	struct gate_input input;
};

void gate_sample_init(struct gate_sample *sample, const struct sample_row *rows,
		      size_t count);
void gate_sample_deinit(struct gate_sample *sample);

#endif
