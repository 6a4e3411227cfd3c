/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What gzip members hold, as zlib has it: a second opinion. */
#ifndef PAGEOWL_TESTS_SUPPORT_GZIP_READER_H
#define PAGEOWL_TESTS_SUPPORT_GZIP_READER_H

#include "tests/support/text_buffer.h"

/* Add the text of all members; fails the test where they are damaged. */
void gzip_reader_add(struct text_buffer *text, struct span packed);

#endif
