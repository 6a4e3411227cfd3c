/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The members of a capture as a table. For csv.c. */
#ifndef PAGEOWL_OUTPUT_CSV_CONTENTS_H
#define PAGEOWL_OUTPUT_CSV_CONTENTS_H

#include "output/output.h"

bool csv_contents_write(const struct contents *contents,
			const struct output_options *options, FILE *file,
			struct error *err);

#endif
