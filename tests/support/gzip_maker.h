/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text packed as a gzip member, by zlib itself. */
#ifndef PAGEOWL_TESTS_SUPPORT_GZIP_MAKER_H
#define PAGEOWL_TESTS_SUPPORT_GZIP_MAKER_H

#include "tests/support/text_buffer.h"

/* Add to ret a member that holds text. */
void gzip_make(struct span text, struct text_buffer *ret);

#endif
