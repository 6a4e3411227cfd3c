/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text read by the format of a name. Inline: what is linked to the fuzzers
 * has no cmocka.
 */
#ifndef PAGEOWL_TESTS_SUPPORT_DUMP_TEXT_H
#define PAGEOWL_TESTS_SUPPORT_DUMP_TEXT_H

#include "tests/support/check.h"
#include "tests/support/collector.h"

/*
 * Read text in blocks of several sizes, which must not matter; path may be
 * NULL. What was there before is released.
 */
static inline void dump_text_read(struct collector *dump, const char *name,
				  struct span text, const char *path)
{
	const struct format *format = format_named(name);
	static const size_t blocks[] = {0, 1, 40, 100};
	struct text_buffer first = {0};
	size_t i;

	assert_non_null(format);
	collector_deinit(dump);
	for (i = 0; i < TEST_COUNT(blocks); i++) {
		const struct collector_way way = {
			.block = blocks[i],
			.path = path,
		};
		struct text_buffer other = {0};
		struct collector found;

		collector_read(&found, format, text, &way);
		if (i == 0) {
			collector_print(&found, &first);
			*dump = found;
			continue;
		}
		collector_print(&found, &other);
		assert_string_equal(other.at, first.at);
		text_buffer_deinit(&other);
		collector_deinit(&found);
	}
	text_buffer_deinit(&first);
}

#endif
