/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text read by a format of counters, and looked at. */
#ifndef PAGEOWL_TESTS_SUPPORT_COUNTER_DUMP_H
#define PAGEOWL_TESTS_SUPPORT_COUNTER_DUMP_H

#include "tests/support/check.h"
#include "tests/support/collector.h"

/*
 * Read text in blocks of several sizes, which must not matter; path may be
 * NULL. What was there before is released.
 */
void counter_dump_read(struct collector *dump, const char *format,
		       struct span text, const char *path);

/* All that is well-formed in text up to any length: it must not crash. */
void counter_dump_cut(const char *format, struct span text, const char *path,
		      void (*check)(const struct collector *dump,
				    size_t length));

/* No damage, and so many counters. */
#define assert_clean(dump, counters_)                                \
	do {                                                         \
		assert_int_equal((dump)->damage_count, 0);           \
		assert_int_equal((dump)->counters.count, counters_); \
	} while (0)

const struct counter *counter_dump_find(const struct collector *dump,
					const char *scope, const char *name);

#define assert_counter(dump, scope, name, expected, unit_)          \
	do {                                                        \
		const struct counter *found_ =                      \
			counter_dump_find((dump), (scope), (name)); \
		assert_non_null(found_);                            \
		assert_u64(found_->value, (expected));              \
		assert_int_equal(found_->unit, (unit_));            \
	} while (0)

#define assert_counter_text(dump, scope, name, expected)            \
	do {                                                        \
		const struct counter *found_ =                      \
			counter_dump_find((dump), (scope), (name)); \
		assert_non_null(found_);                            \
		assert_span(found_->text, (expected));              \
		assert_int_equal(found_->unit, COUNTER_TEXT);       \
	} while (0)

/* Nothing but rubbish: damage, and no counter. */
void assert_rubbish(const char *format, const char *text, const char *path);

#endif
