/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/memory_row.h"

static void a_row_is_an_amount_or_something_else(void **state)
{
	static const struct {
		const char *line;
		enum memory_row_kind kind;
		uint64_t kib;
	} cases[] = {
		{"Rss:                5640 kB", MEMORY_ROW_AMOUNT, 5640},
		{"VmRSS:\t    5640 kB", MEMORY_ROW_AMOUNT, 5640},
		{"Rss:18446744073709551615 kB \r", MEMORY_ROW_AMOUNT,
		 UINT64_MAX},
		{"Rss: 18446744073709551616 kB", MEMORY_ROW_DAMAGED, 0},
		{"Rss: -1 kB", MEMORY_ROW_DAMAGED, 0},
		{"Rss: 5 x kB", MEMORY_ROW_DAMAGED, 0},
		{"Rss: 5kB", MEMORY_ROW_DAMAGED, 0},
		{"Rss: kB", MEMORY_ROW_DAMAGED, 0},
		{"Rss: 5 MB", MEMORY_ROW_OTHER, 0},
		{"Rss: 5", MEMORY_ROW_OTHER, 0},
		{"VmFlags: rd ex mr", MEMORY_ROW_OTHER, 0},
		{"VmFlags:", MEMORY_ROW_OTHER, 0},
		{"Rss 5 kB", MEMORY_ROW_NONE, 0},
		{": 5 kB", MEMORY_ROW_NONE, 0},
		{"5: 5 kB", MEMORY_ROW_NONE, 0},
		{" Rss: 5 kB", MEMORY_ROW_NONE, 0},
		{"R\x1bss: 5 kB", MEMORY_ROW_NONE, 0},
		{"Rss", MEMORY_ROW_NONE, 0},
		{"", MEMORY_ROW_NONE, 0},
	};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(cases); i++) {
		struct memory_row row = {0};

		if (memory_row_parse(span_of(cases[i].line), &row) !=
		    cases[i].kind)
			fail_msg("%s", cases[i].line);
		if (cases[i].kind == MEMORY_ROW_AMOUNT)
			assert_u64(row.kib, cases[i].kib);
	}
}

static void label_and_value_are_told(void **state)
{
	struct memory_row row;

	(void)state;
	memory_row_parse(SPAN("Uid:\t1000\t1001 "), &row);
	assert_span(row.label, "Uid");
	assert_span(row.value, "1000\t1001");
}

static void a_mapping_begins_with_addresses_and_a_mode(void **state)
{
	static const char *const good[] = {
		"00400000-0040b000 r-xp 00000000 08:01 1310  /bin/x",
		"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [v]",
		"1-2 rw-s ",
	};
	static const char *const bad[] = {
		"",	     "1-2",	 "1-2 rw-s",  "x-2 rw-s ", "1-x rw-s ",
		"1-2 rwxq ", "-2 rw-s ", "1 2 rw-s ", "Rss: 5 kB",
	};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(good); i++)
		assert_true(memory_row_is_mapping(span_of(good[i])));
	for (size_t i = 0; i < TEST_COUNT(bad); i++)
		if (memory_row_is_mapping(span_of(bad[i])))
			fail_msg("%s", bad[i]);
}

static void the_rollup_has_no_device_and_no_rights(void **state)
{
	static const char *const bad[] = {
		"1-2 ---p 00000000 08:01 7    [rollup]",
		"1-2 ---p 00000000 00:00 7    [rollup]",
		"1-2 r--p 00000000 00:00 0    [rollup]",
		"1-2 ---p 00000000 00:00 0    /x/[rollup]",
		"1-2 ---p 00000000 00:00 0    [anon:[rollup]",
		"1-2 ---p 00000000 00:00 0    [rollup] (deleted)",
		"1-2 ---p 00000000 00:00 0 ",
	};

	(void)state;
	assert_true(memory_row_is_rollup(
		SPAN("55c0-7ffe ---p 00000000 00:00 0            [rollup]")));
	for (size_t i = 0; i < TEST_COUNT(bad); i++)
		if (memory_row_is_rollup(span_of(bad[i])))
			fail_msg("%s", bad[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_is_an_amount_or_something_else),
		cmocka_unit_test(label_and_value_are_told),
		cmocka_unit_test(a_mapping_begins_with_addresses_and_a_mode),
		cmocka_unit_test(the_rollup_has_no_device_and_no_rights),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
