/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmocka, with what it wants to be included first, and spans for it. */
#ifndef PAGEOWL_TESTS_SUPPORT_CHECK_H
#define PAGEOWL_TESTS_SUPPORT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/span.h"

static inline void check_span(struct span span, const char *expected,
			      const char *file, int line)
{
	if (span.length == strlen(expected) &&
	    (!span.length || memcmp(span.at, expected, span.length) == 0))
		return;
	print_error("\"%.*s\" is not \"%s\"\n", (int)span.length,
		    span.at ? span.at : "", expected);
	_fail(file, line);
}

#define assert_span(span, expected) \
	check_span((span), (expected), __FILE__, __LINE__)

/* For u64, which cmocka's assert_int_equal() would print badly. */
static inline void check_u64(uint64_t value, uint64_t expected,
			     const char *file, int line)
{
	if (value == expected)
		return;
	print_error("%llu is not %llu\n", (unsigned long long)value,
		    (unsigned long long)expected);
	_fail(file, line);
}

#define assert_u64(value, expected) \
	check_u64((value), (expected), __FILE__, __LINE__)

/* fail_msg() would cut the text. */
static inline void check_text(const char *text, const char *needle, bool there,
			      const char *file, int line)
{
	if ((strstr(text, needle) != NULL) == there)
		return;
	fputs(text, stderr);
	print_error("%s \"%s\"\n", there ? "no" : "there is", needle);
	_fail(file, line);
}

#define assert_text_has(text, needle) \
	check_text((text), (needle), true, __FILE__, __LINE__)
#define assert_text_lacks(text, needle) \
	check_text((text), (needle), false, __FILE__, __LINE__)

#define TEST_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
