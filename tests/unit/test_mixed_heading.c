/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "input/mixed_heading.h"

static void assert_heading(const char *line, const char *path,
			   const char *format)
{
	struct mixed_heading heading;

	assert_true(mixed_heading_parse(span_of(line), &heading));
	assert_span(heading.path, path);
	if (format)
		assert_string_equal(heading.format->name, format);
	else
		assert_null(heading.format);
}

static void assert_none(const char *line)
{
	struct mixed_heading heading;

	assert_false(mixed_heading_parse(span_of(line), &heading));
}

static void tail_tells_which_file_follows(void **state)
{
	(void)state;
	assert_heading("==> /proc/meminfo <==", "/proc/meminfo", "meminfo");
	assert_heading("==> t1/proc/vmstat <==\r", "t1/proc/vmstat", "vmstat");
	assert_heading("==> standard input <==", "standard input", NULL);
	assert_none("==>  <==");
	assert_none("==> a\x01 <==");
	assert_none("==> a");
	assert_none("x ==> a <==");
}

static void other_headings_have_a_path_that_is_known(void **state)
{
	(void)state;
	assert_heading("--- /proc/meminfo ---", "/proc/meminfo", "meminfo");
	assert_none("--- /proc/interrupts ---");
	assert_none("--- a/meminfo ---");
	assert_none("--- /proc/meminfo");
}

static void a_command_at_a_prompt_is_a_heading(void **state)
{
	(void)state;
	assert_heading("# cat /proc/meminfo", "/proc/meminfo", "meminfo");
	assert_heading("root@h:~# cat /proc/meminfo", "/proc/meminfo",
		       "meminfo");
	assert_heading("u@h:~$ sudo cat /proc/slabinfo", "/proc/slabinfo",
		       "slabinfo");
	assert_heading("# /bin/cat /proc/vmstat", "/proc/vmstat", "vmstat");
	assert_none("# cat /proc/interrupts");
	assert_none("# cat /proc/meminfo /proc/vmstat");
	assert_none("then cat /proc/meminfo");
	assert_none("[    1.000000] init: # cat /proc/meminfo");
}

static void the_first_heading_of_a_text_is_found(void **state)
{
	static const char text[] = "==> a\n--- b\ncat /\n# cat /proc/meminfo\n"
				   "==> a <==\n";

	(void)state;
	assert_ptr_equal(mixed_heading_find(span_of(text)),
			 strstr(text, "# cat"));
	assert_null(mixed_heading_find(SPAN("==> a\n")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tail_tells_which_file_follows),
		cmocka_unit_test(other_headings_have_a_path_that_is_known),
		cmocka_unit_test(a_command_at_a_prompt_is_a_heading),
		cmocka_unit_test(the_first_heading_of_a_text_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
