/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From bytes to a report, in any of the ways that there are to read. */
#ifndef PAGEOWL_TESTS_SUPPORT_DUMP_READER_H
#define PAGEOWL_TESTS_SUPPORT_DUMP_READER_H

#include "account/rollup.h"
#include "input/ingest.h"

struct way {
	const char *name;
	size_t block_size;   /* 0: default */
	uint64_t range_size; /* 0: default */
	unsigned threads;    /* 0: default */
	size_t part;	     /* bytes a read(2) gives; 0: a plain file */
	bool careful, portable;
};

/* What is asked of a dump. */
struct question {
	const char *by;	   /* or NULL */
	const char *only;  /* or NULL */
	const char * not ; /* or NULL */
	uint64_t since_ns; /* or 0 */
	enum report_match match;
	const uint64_t *before_ns; /* of an older dump, or NULL */
	uint64_t began_ns;	   /* T0; 0: to be learned */
};

/* A dump read and counted. Zeroed is valid to deinit. */
struct dump_reading {
	struct grouping grouping;
	struct filter filter;
	struct snapshot snapshot;
	struct row_set set;
	const struct format *format;
	const char *keys[GROUP_KEYS_MAX + 1];
	bool read;
};

/*
 * Read bytes; false with the reason in err. Ends the test process when the
 * question itself is wrong.
 */
bool dump_reading_init(struct dump_reading *reading, struct span bytes,
		       const struct way *way, const struct question *question,
		       struct error *err);
void dump_reading_deinit(struct dump_reading *reading);

/* Reports that borrow from the readings. Not yet arranged. */
void dump_top(struct dump_reading *reading, struct report *report);
void dump_diff(struct dump_reading *old, struct dump_reading *new,
	       enum report_match match, struct report *report);

/* Both outputs, one after the other; the caller frees it. Arranges. */
char *dump_render(struct report *report);

/* Of bytes that may be no dump at all: the outputs, or the error. */
char *dump_answer(struct span bytes, const struct way *way,
		  const struct question *question);

/* gzip, `members` of them of about one size. The caller frees it. */
char *dump_pack(struct span bytes, unsigned members, size_t *ret_length);

#endif
