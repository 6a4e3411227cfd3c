/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of what a capture holds. For text.c. */
#ifndef PAGEOWL_OUTPUT_TEXT_CONTENTS_H
#define PAGEOWL_OUTPUT_TEXT_CONTENTS_H

#include "output/output.h"

/* options->full: a line for each member instead of each format. */
bool text_contents_write(const struct contents *contents,
			 const struct output_options *options, FILE *file,
			 struct error *err);

#endif
