/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel that a text is of at the place that was reached, and the
 * symbolizer for it, which is made when the first frame is asked for. A log
 * may go on with another kernel.
 */
#ifndef PAGEOWL_CLI_TEXT_KERNEL_H
#define PAGEOWL_CLI_TEXT_KERNEL_H

#include "cli/frame_teller.h"
#include "cli/kernel_mention.h"
#include "cli/settings.h"
#include "cli/symbol_gaps.h"

/* Zeroed, but for cli, nothing is known. */
struct text_kernel {
	struct cli *cli;
	struct symbolizer *symbolizer;	       /* NULL: nothing was asked yet */
	char release[KERNEL_RELEASE_CAPACITY]; /* empty: not known */
	char build_id[41];		       /* empty: not known */
	bool assumed;	 /* the release is that of the running kernel */
	bool unanswered; /* --vmlinux did not answer for a frame */
	bool answered;	 /* ... and did for one */
	bool gaps_told;	 /* what no file was found for */
	size_t told;	 /* warnings of the symbolizer that were said */
	unsigned changes;
	bool lost; /* too many of them */
};

void text_kernel_deinit(struct text_kernel *kernel);

/* Whether mention is of another kernel than the frames up to it. */
bool text_kernel_differs(const struct text_kernel *kernel,
			 const struct kernel_mention *mention);

/* From here on the text is of what mention tells. False: no memory. */
bool text_kernel_enter(struct text_kernel *kernel,
		       const struct kernel_mention *mention);

/* Answers for the frames of this place. */
struct frame_teller text_kernel_teller(struct text_kernel *kernel);

/* At the end: whether --vmlinux was of no use. A file that a few odd frames
 * at the beginning do not fit may be the right one. */
bool text_kernel_is_useless(const struct text_kernel *kernel);

/*
 * "no debug information was found for …", and what may have it; empty where
 * that is not the reason. Counts as told.
 */
void text_kernel_gaps(struct text_kernel *kernel,
		      char ret[SYMBOL_GAPS_CAPACITY]);

/* Warn of what was found to say since the last time. */
void text_kernel_warn(struct text_kernel *kernel);

#endif
