/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text read by a format of counters, and looked at. Inline: what is linked
 * to the fuzzers has no cmocka.
 */
#ifndef PAGEOWL_TESTS_SUPPORT_COUNTER_DUMP_H
#define PAGEOWL_TESTS_SUPPORT_COUNTER_DUMP_H

#include "tests/support/dump_text.h"

/* As dump_text_read(), of a format that must be one of counters. */
static inline void counter_dump_read(struct collector *dump, const char *name,
				     struct span text, const char *path)
{
	const struct format *format = format_named(name);

	assert_non_null(format);
	assert_true(format->counts);
	dump_text_read(dump, name, text, path);
}

/* Hand to check what is read of text that was cut, at each length in turn. */
static inline void counter_dump_cut(const char *format, struct span text,
				    const char *path,
				    void (*check)(const struct collector *dump,
						  size_t length))
{
	struct collector dump = {0};
	size_t length;

	for (length = 0; length <= text.length; length++) {
		counter_dump_read(&dump, format, (struct span){text.at, length},
				  path);
		check(&dump, length);
	}
	collector_deinit(&dump);
}

/* No damage, and so many counters. */
#define assert_clean(dump, counters_)                                \
	do {                                                         \
		assert_int_equal((dump)->damage_count, 0);           \
		assert_int_equal((dump)->counters.count, counters_); \
	} while (0)

static inline const struct counter *counter_dump_find(
	const struct collector *dump, const char *scope, const char *name)
{
	struct span group = SPAN("");

	/* A format has one group: that of its first counter. */
	if (dump->counters.table)
		group = dump->counters.table->counter.group;
	return counters_find(&dump->counters, group.at, span_of(scope), name);
}

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
static inline void assert_rubbish(const char *format, const char *text,
				  const char *path)
{
	struct collector dump = {0};

	counter_dump_read(&dump, format, span_of(text), path);
	assert_int_equal(dump.counters.count, 0);
	assert_true(dump.damage_count > 0);
	collector_deinit(&dump);
}

#endif
