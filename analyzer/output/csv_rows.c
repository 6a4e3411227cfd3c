/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/csv_rows.h"

bool csv_rows_write(const struct report *report,
		    const struct output_options *options, FILE *file,
		    struct error *err)
{
	(void)report;
	(void)options;
	(void)file;
	(void)err;
	return true;
}
