/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where all of MemTotal is. docs/json.md describes each field. */
#ifndef PAGEOWL_OUTPUT_JSON_ACCOUNT_H
#define PAGEOWL_OUTPUT_JSON_ACCOUNT_H

#include "output/output.h"

bool json_account_write(const struct account_report *report,
			const struct output_options *options, FILE *file,
			struct error *err);

#endif
