/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A comparison and what a gate could say to it, made by hand: no judge is
 * needed to test what is shown. Memory running out ends the test.
 */
#ifndef PAGEOWL_TESTS_SUPPORT_FINDING_SAMPLE_H
#define PAGEOWL_TESTS_SUPPORT_FINDING_SAMPLE_H

#include "model/gate_result.h"
#include "output/output.h"
#include "tests/support/dump_reader.h"
#include "tests/support/text_buffer.h"

/* Findings, in their order. */
enum {
	SAMPLE_LEAK,	    /* fails: do_leak, 3.0 MiB, 3 allocations */
	SAMPLE_UNACCOUNTED, /* fails: 20.0 MiB in no counter */
	SAMPLE_EXCEEDED,    /* churn_warm_fill, 2.0 MiB of at most 1M */
	SAMPLE_SUPPRESSED,  /* module pool, 1.0 MiB of at most 4M */
	SAMPLE_FINDINGS,
};

/* Suppressions, in their order. */
enum {
	SAMPLE_USED,
	SAMPLE_PASSED, /* its maximum is */
	SAMPLE_UNUSED,
	SAMPLE_EXPIRED,
	SAMPLE_SUPPRESSIONS,
};

struct finding_sample {
	struct text_buffer dumps[2];
	struct dump_reading readings[2];
	struct report report; /* its gate is result */
	struct gate_rule rules[3];
	struct suppression suppressions[SAMPLE_SUPPRESSIONS];
	struct finding findings[SAMPLE_FINDINGS];
	struct gate_result result;
};

/*
 * leaf is the frame that leaks; NULL: "do_leak+0x1b/0x30 [leaky]". Three
 * iterations of the workload lie between the captures.
 */
void finding_sample_init(struct finding_sample *sample, const char *leaf);

/* The same where nothing grew, and nothing is found. */
void finding_sample_init_clean(struct finding_sample *sample);

void finding_sample_deinit(struct finding_sample *sample);

/* What the output of that name writes of it; the caller frees it. */
char *finding_sample_write(const struct finding_sample *sample,
			   const char *output,
			   const struct output_options *options);

#endif
