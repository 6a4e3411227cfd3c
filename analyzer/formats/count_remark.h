/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remarks on a whole dump that begin with a number. */
#ifndef PAGEOWL_FORMATS_COUNT_REMARK_H
#define PAGEOWL_FORMATS_COUNT_REMARK_H

#include "formats/format.h"

/* Tell sink "<count> <text>", one where count is 1; 0 is not told. */
void count_remark(struct sink *sink, uint64_t count, const char *one,
		  const char *many);

#endif
