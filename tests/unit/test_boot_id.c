/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "boot_id", span_of(text),
			  "proc/sys/kernel/random/boot_id");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

#define ID "0c3b1e1e-7d38-4f4b-8f65-2b0F6c4e9a10"

static void a_uuid_is_kept(void **state)
{
	(void)state;
	read_text(ID "\n");
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "", "boot_id", ID);
}

static void what_is_no_uuid_gives_no_counter(void **state)
{
	(void)state;
	assert_rubbish("boot_id", "rubbish\n", NULL);
	assert_rubbish("boot_id", ID "0\n", NULL);
	assert_rubbish("boot_id", "0c3b1e1e-7d38-4f4b-8f65-2b0f6c4e9a1\n",
		       NULL);
	assert_rubbish("boot_id", "0c3b1e1e-7d38-4f4b-8f65-2b0f6c4e9a1g\n",
		       NULL);
	assert_rubbish("boot_id", "0c3b1e1e07d38-4f4b-8f65-2b0f6c4e9a10\n",
		       NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_uuid_is_kept),
		TEST(what_is_no_uuid_gives_no_counter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
