/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/csv_contents.h"

bool csv_contents_write(const struct contents *contents,
			const struct output_options *options, FILE *file,
			struct error *err)
{
	(void)contents;
	(void)options;
	(void)file;
	(void)err;
	return true;
}
