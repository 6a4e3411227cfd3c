/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slab caches of an account for people, and who fills the leading ones. */
#ifndef PAGEOWL_OUTPUT_TEXT_SLAB_H
#define PAGEOWL_OUTPUT_TEXT_SLAB_H

#include "output/output.h"

bool text_slab_write(const struct account_report *report,
		     const struct output_options *options, FILE *file,
		     struct error *err);

#endif
