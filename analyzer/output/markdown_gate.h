/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules say to a report, for markdown.c. */
#ifndef PAGEOWL_OUTPUT_MARKDOWN_GATE_H
#define PAGEOWL_OUTPUT_MARKDOWN_GATE_H

#include "output/markdown_writer.h"
#include "output/output.h"

/* The heading, the table of what fails, and what became of suppressions. */
void markdown_gate(struct markdown *markdown, const struct report *report,
		   const struct output_options *options);

/* The stacks of what fails, folded. */
void markdown_gate_stacks(struct markdown *markdown,
			  const struct report *report,
			  const struct output_options *options);

#endif
