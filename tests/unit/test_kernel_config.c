/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "kernel_config", span_of(text),
			  "boot/config-6.12.0");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void options_that_matter_are_kept(void **state)
{
	(void)state;
	read_text("#\n"
		  "# Linux/x86 6.12.0 Kernel Configuration\n"
		  "#\n"
		  "CONFIG_CC_VERSION_TEXT=\"gcc (Debian) 12\"\n"
		  "CONFIG_HZ_250=y\n"
		  "CONFIG_HZ=250\n"
		  "CONFIG_PAGE_SHIFT=12\n"
		  "CONFIG_VMAP_STACK=y\n"
		  "# CONFIG_PAGE_OWNER is not set\n"
		  "# CONFIG_RANDOMIZE_BASE is not set\n"
		  "# CONFIG_XFS_FS is not set\n"
		  "CONFIG_ZSWAP=m\n");
	assert_clean(&dump, 6);
	assert_counter(&dump, "", "CONFIG_HZ", 250, COUNTER_NUMBER);
	assert_counter(&dump, "", "CONFIG_PAGE_SHIFT", 12, COUNTER_NUMBER);
	assert_counter_text(&dump, "", "CONFIG_VMAP_STACK", "y");
	assert_counter_text(&dump, "", "CONFIG_PAGE_OWNER", "n");
	assert_counter_text(&dump, "", "CONFIG_RANDOMIZE_BASE", "n");
	assert_counter_text(&dump, "", "CONFIG_ZSWAP", "m");
}

static void what_is_no_option_is_told(void **state)
{
	(void)state;
	read_text("CONFIG_HZ=abc\n"
		  "CONFIG_PAGE_SHIFT=99999999999999999999\n"
		  "CONFIG_NUMA=\n"
		  "rubbish\n"
		  "CONFIG_HZ\n"
		  "CONFIG_HZ=25");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 4);
	assert_int_equal(dump.stray, 2);
}

static void assert_sniffed(const char *text, size_t at)
{
	const struct format *format = format_sniff(span_of(text));

	assert_non_null(format);
	assert_string_equal(format->name, "kernel_config");
	assert_ptr_equal(format->sniff(span_of(text)), text + at);
}

static void the_title_of_the_file_decides(void **state)
{
	(void)state;
	assert_sniffed("#\n# Linux/x86 6.12.0 Kernel Configuration\n#\n", 2);
	assert_null(format_sniff(SPAN("CONFIG_HZ=250\n")));
	assert_null(format_sniff(SPAN("see Kernel Configuration\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(options_that_matter_are_kept),
		TEST(what_is_no_option_is_told),
		TEST(the_title_of_the_file_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
