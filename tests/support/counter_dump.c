/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

void counter_dump_read(struct collector *dump, const char *name,
		       struct span text, const char *path)
{
	const struct format *format = format_named(name);
	static const size_t blocks[] = {0, 1, 40};
	struct text_buffer first = {0};
	size_t i;

	assert_non_null(format);
	assert_true(format->counts);
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

void counter_dump_cut(const char *format, struct span text, const char *path,
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

const struct counter *counter_dump_find(const struct collector *dump,
					const char *scope, const char *name)
{
	struct span group = SPAN("");

	/* A format has one group: that of its first counter. */
	if (dump->counters.table)
		group = dump->counters.table->counter.group;
	return counters_find(&dump->counters, group.at, span_of(scope), name);
}

void assert_rubbish(const char *format, const char *text, const char *path)
{
	struct collector dump = {0};

	counter_dump_read(&dump, format, span_of(text), path);
	assert_int_equal(dump.counters.count, 0);
	assert_true(dump.damage_count > 0);
	collector_deinit(&dump);
}
