/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where all of MemTotal is, as text. */
#ifndef PAGEOWL_OUTPUT_TEXT_ACCOUNT_H
#define PAGEOWL_OUTPUT_TEXT_ACCOUNT_H

#include "output/output.h"

bool text_account_write(const struct account_report *report,
			const struct output_options *options, FILE *file,
			struct error *err);

#endif
