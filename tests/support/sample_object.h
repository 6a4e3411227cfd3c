/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Object files of the samples, to be asked, or damaged before that. */
#ifndef PAGEOWL_TESTS_SUPPORT_SAMPLE_OBJECT_H
#define PAGEOWL_TESTS_SUPPORT_SAMPLE_OBJECT_H

#include "symbolize/frame_answer.h"
#include "tests/support/text_buffer.h"

#define SAMPLE_MODULE "samples/symbols/leaky_pages.ko.gz"

/* What a packed sample holds. */
void sample_object_read(struct text_buffer *ret, const char *path);

/* A descriptor of a file, without a name, that holds the bytes. */
int sample_object_file(struct span bytes);

/*
 * Queries about each function in the symbol table: at its begin, inside and at
 * its end. Names are borrowed from the bytes, queries are to be freed.
 */
struct frame_query *sample_object_queries(struct span bytes, size_t *ret_count);

/* Where in the bytes the header of a section is; fails the test if nowhere. */
size_t sample_object_section(struct span bytes, const char *name);

#endif
