/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The engine of the format fuzzers: any bytes as text of one format. What is
 * told of it must not depend on how the text was divided into blocks, nor on
 * the short cuts of the quick way, nor on the vector code; nothing may be told
 * twice; and a sink that fails is to be left alone.
 */
#ifndef PAGEOWL_TESTS_FUZZ_FORMAT_FUZZER_H
#define PAGEOWL_TESTS_FUZZ_FORMAT_FUZZER_H

#include <stddef.h>
#include <stdint.h>

#include "formats/format.h"

/*
 * Read the text behind data[0], which says how to divide it: into blocks, and,
 * where the format is joined, into two members. path is that of the member.
 * Aborts when something is not as it should be.
 */
void format_fuzzer_run(const struct format *format, const char *path,
		       const uint8_t *data, size_t size);

/* What the libraries of fuzzers call. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
