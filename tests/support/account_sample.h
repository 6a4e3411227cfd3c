/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports of `account` made by hand, for tests of how they are shown. */
#ifndef PAGEOWL_TESTS_SUPPORT_ACCOUNT_SAMPLE_H
#define PAGEOWL_TESTS_SUPPORT_ACCOUNT_SAMPLE_H

#include "model/account_report.h"
#include "output/output.h"
#include "tests/support/dump_reader.h"
#include "tests/support/text_buffer.h"

/* Zeroed is valid to deinit. */
struct account_sample {
	struct account_report report;
	struct arena arena; /* of what the report points to */
	struct text_buffer dumps[2];
	struct dump_reading readings[2];
	struct report holders;
};

/*
 * One capture, or two, of a machine with 980 MiB: the numbers of a real one.
 * The sides have no coverages, no checks, no nodes and no stacks.
 */
void account_sample_init(struct account_sample *sample, unsigned sides);
void account_sample_deinit(struct account_sample *sample);

/* Stacks in no counter; leaky_rx_refill() grows between the captures. */
void account_sample_add_holders(struct account_sample *sample);

/* A row more, of 0 terms if group is NULL, or one; the name may be anything. */
struct budget_row *account_sample_add_row(struct account_sample *sample,
					  struct budget *budget, const char *id,
					  enum budget_kind kind, int64_t kib);

/* Two kinds of memory that agree by counters and stacks. */
void account_sample_add_coverages(struct account_sample *sample,
				  struct account_side *side);

/* Two checks that agree, and one that the counters are missing for. */
void account_sample_add_checks(struct account_sample *sample,
			       struct account_side *side);

/* Two nodes that share the machine. */
void account_sample_add_nodes(struct account_sample *sample,
			      struct account_side *side);

typedef bool account_sample_output(const struct account_report *report,
				   const struct output_options *options,
				   FILE *file, struct error *err);

/* What an output writes of it; the caller frees it. */
char *account_sample_write(const struct account_sample *sample,
			   account_sample_output *output,
			   const struct output_options *options);

#endif
