/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/process_path.h"

static void the_pid_is_the_folder_below_proc(void **state)
{
	static const char *const paths[][2] = {
		{"proc/812/status", "812"},
		{"/proc/1/comm", "1"},
		{"t1/proc/4194304/smaps.txt.gz", "4194304"},
		{"proc/9999999999/smaps", "9999999999"},
		{"proc/99999999999/smaps", ""},
		{"proc/0/status", ""},
		{"proc/0812/status", ""},
		{"proc/8x/status", ""},
		{"proc/self/status", ""},
		{"proc//status", ""},
		{"proc/status", ""},
		{"812/status", ""},
		{"proc/812/task/813", ""},
		{"812", ""},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(paths); i++)
		assert_span(process_path_pid(span_of(paths[i][0])),
			    paths[i][1]);
	assert_span(process_path_pid((struct span){0}), "");
}

static void the_name_is_the_last_part(void **state)
{
	(void)state;
	assert_span(process_path_name(SPAN("proc/812/status.gz")), "status.gz");
	assert_span(process_path_name(SPAN("smaps")), "smaps");
	assert_span(process_path_name(SPAN("")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pid_is_the_folder_below_proc),
		cmocka_unit_test(the_name_is_the_last_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
