/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The checksum of a tar header keeps a fuzzer from changing what is in it: so
 * the sum is made to fit again.
 */
#ifndef PAGEOWL_TESTS_FUZZ_TAR_MENDER_H
#define PAGEOWL_TESTS_FUZZ_TAR_MENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In each block of data that says of itself that it is a header. */
void tar_mender_run(uint8_t *data, size_t size);

/*
 * A file in memory with that data, mended if asked for; returns its
 * descriptor, to close, and a path that opens it.
 */
int tar_mender_file(const uint8_t *data, size_t size, bool mended,
		    char path[32]);

#endif
