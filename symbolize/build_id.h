/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tells one build of a kernel or module from all others. */
#ifndef SYMBOLIZE_BUILD_ID_H
#define SYMBOLIZE_BUILD_ID_H

#include <stdbool.h>
#include <stddef.h>

/* SHA-1 has 20; kernels print at most that; others may be shorter. */
#define BUILD_ID_MAX 20

struct build_id {
	unsigned char bytes[BUILD_ID_MAX];
	size_t length; /* 0: none */
};

/*
 * The build id in ELF notes, as /sys/kernel/notes has them, of either byte
 * order; false: there is none.
 */
bool build_id_of_notes(const unsigned char *notes, size_t length,
		       struct build_id *ret);

/* No build id is equal to nothing, not even to none. */
bool build_id_equal(const struct build_id *a, const struct build_id *b);

/* As hexadecimal digits; ret has room for 2 * BUILD_ID_MAX + 1. */
void build_id_text(const struct build_id *id, char *ret);

/* The other way; false: text is none. */
bool build_id_of_text(const char *text, struct build_id *ret);

#endif
