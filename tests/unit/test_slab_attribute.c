/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "slab_attribute", span_of(text),
			  "sys/kernel/slab/kmalloc-64/objects");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void a_number_has_cache_and_name_of_its_path(void **state)
{
	(void)state;
	read_text("192\n");
	assert_clean(&dump, 1);
	assert_counter(&dump, "kmalloc-64", "objects", 192, COUNTER_NUMBER);
	counter_dump_read(&dump, "slab_attribute", SPAN("1"),
			  "sys/kernel/slab/:a-0000064/store_user");
	assert_clean(&dump, 1);
	assert_counter(&dump, ":a-0000064", "store_user", 1, COUNTER_NUMBER);
}

static void suffixes_of_the_file_are_no_part_of_the_name(void **state)
{
	(void)state;
	counter_dump_read(&dump, "slab_attribute", SPAN("1"),
			  "sys/kernel/slab/kmalloc-64/store_user.txt.gz");
	assert_clean(&dump, 1);
	assert_counter(&dump, "kmalloc-64", "store_user", 1, COUNTER_NUMBER);
}

static void nodes_have_scopes_of_their_own(void **state)
{
	(void)state;
	read_text("478 N0=300 N12=178\n");
	assert_clean(&dump, 3);
	assert_counter(&dump, "kmalloc-64", "objects", 478, COUNTER_NUMBER);
	assert_counter(&dump, "kmalloc-64 node 0", "objects", 300,
		       COUNTER_NUMBER);
	assert_counter(&dump, "kmalloc-64 node 12", "objects", 178,
		       COUNTER_NUMBER);
}

static void of_objects_and_slabs_the_objects_are_taken(void **state)
{
	(void)state;
	read_text("24(3) C0=16(2) C1=8(1)\n");
	assert_clean(&dump, 3);
	assert_counter(&dump, "kmalloc-64", "objects", 24, COUNTER_NUMBER);
	assert_counter(&dump, "kmalloc-64 cpu 0", "objects", 16,
		       COUNTER_NUMBER);
	assert_counter(&dump, "kmalloc-64 cpu 1", "objects", 8, COUNTER_NUMBER);
	read_text("0(0)\n");
	assert_clean(&dump, 1);
}

static void what_is_no_number_gives_no_counter(void **state)
{
	static const char *const texts[] = {
		"rubbish\n",
		"-5\n",
		"478 N0\n",
		"478 N0=x\n",
		"478 X0=5\n",
		"478 N=5\n",
		"99999999999999999999\n",
		"24(3 C0=1\n",
		"478 N0=5 junk\n",
		"init_once+0x0/0x10\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(texts); i++) {
		read_text(texts[i]);
		assert_int_equal(dump.counters.count, 0);
		assert_int_equal(dump.skipped, 1);
	}
	read_text("cat: /sys/kernel/slab/kmalloc-64/objects: No such file\n");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.stray, 1);
}

static void more_than_a_line_is_stray(void **state)
{
	(void)state;
	read_text("192\n193\n\n");
	assert_int_equal(dump.counters.count, 1);
	assert_counter(&dump, "kmalloc-64", "objects", 192, COUNTER_NUMBER);
	assert_int_equal(dump.stray, 1);
	assert_u64(dump.damages[0].line, 2);
}

static void without_a_path_it_is_not_known_what_is_counted(void **state)
{
	(void)state;
	assert_rubbish("slab_attribute", "192\n", NULL);
	assert_rubbish("slab_attribute", "192\n", "objects");
	assert_rubbish("slab_attribute", "192\n", "/objects");
	assert_rubbish("slab_attribute", "192\n", "kmalloc-64/");
}

static void only_its_path_tells_the_format(void **state)
{
	(void)state;
	assert_null(format_named("slab_attribute")->sniff);
	assert_null(format_sniff(SPAN("192\n")));
	assert_null(format_sniff(SPAN("478 N0=300 N1=178\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_number_has_cache_and_name_of_its_path),
		TEST(suffixes_of_the_file_are_no_part_of_the_name),
		TEST(nodes_have_scopes_of_their_own),
		TEST(of_objects_and_slabs_the_objects_are_taken),
		TEST(what_is_no_number_gives_no_counter),
		TEST(more_than_a_line_is_stray),
		TEST(without_a_path_it_is_not_known_what_is_counted),
		TEST(only_its_path_tells_the_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
