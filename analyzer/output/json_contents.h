/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a capture holds, its counters with their values. For json.c. */
#ifndef PAGEOWL_OUTPUT_JSON_CONTENTS_H
#define PAGEOWL_OUTPUT_JSON_CONTENTS_H

#include "output/output.h"

bool json_contents_write(const struct contents *contents,
			 const struct output_options *options, FILE *file,
			 struct error *err);

#endif
