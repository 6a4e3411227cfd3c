/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/live_folder.h"

static void the_release_is_that_of_uname_or_of_files(void **state)
{
	struct live_probe probe = folder_probe(state);
	struct live_machine *machine = probed(&probe);

	assert_null(live_machine_release(machine));
	live_machine_destroy(machine);
	folder_file("proc/version", "Linux version 5.10.89-x (gcc) #1\n");
	machine = probed(&probe);
	assert_string_equal(live_machine_release(machine), "5.10.89-x");
	live_machine_destroy(machine);
	folder_file("proc/sys/kernel/osrelease", "6.1.0-9\n");
	machine = probed(&probe);
	assert_string_equal(live_machine_release(machine), "6.1.0-9");
	live_machine_destroy(machine);
	probe.release = "6.12.1";
	machine = probed(&probe);
	assert_string_equal(live_machine_release(machine), "6.12.1");
	live_machine_destroy(machine);
}

static void a_folder_is_not_live(void **state)
{
	struct live_machine *machine;
	struct error err;

	folder_file("proc/sys/kernel/osrelease", "6.1.0-9\n");
	folder_file("proc/sys/kernel/random/boot_id", "1234-5\n");
	assert_true(live_machine_create(*state, &machine, &err));
	assert_false(live_machine_is_live(machine));
	assert_string_equal(live_machine_release(machine), "6.1.0-9");
	assert_string_equal(live_machine_boot_id(machine), "1234-5");
	live_machine_destroy(machine);
}

static enum answer older(void **state, const char *release, unsigned major,
			 unsigned minor)
{
	struct live_probe probe = folder_probe(state);
	struct live_machine *machine;
	enum answer answer;

	probe.release = release;
	machine = probed(&probe);
	answer = live_machine_older(machine, major, minor);
	live_machine_destroy(machine);
	return answer;
}

static void releases_are_compared_as_numbers(void **state)
{
	assert_int_equal(older(state, "6.9.1", 6, 10), ANSWER_YES);
	assert_int_equal(older(state, "6.10-rc1", 6, 10), ANSWER_NO);
	assert_int_equal(older(state, "5.15.0", 6, 1), ANSWER_YES);
	assert_int_equal(older(state, "7.0", 6, 1), ANSWER_NO);
	assert_int_equal(older(state, "next", 6, 1), ANSWER_UNKNOWN);
}

static void texts_may_be_compressed_or_plain_but_no_links(void **state)
{
	char path[LIVE_PATH_CAPACITY], expected[LIVE_PATH_CAPACITY];
	struct live_machine *machine = folder_machine(state);

	folder_file("proc/meminfo.xz", "");
	folder_file("proc/stat", "");
	folder_link("proc/uptime", "stat");
	folder_link("sys", "proc");
	assert_true(live_machine_locate(machine, "proc/meminfo", path,
					sizeof(path)));
	snprintf(expected, sizeof(expected), "%s/proc/meminfo.xz",
		 (char *)*state);
	assert_string_equal(path, expected);
	assert_true(
		live_machine_locate(machine, "proc/stat", path, sizeof(path)));
	assert_false(live_machine_locate(machine, "proc/uptime", path,
					 sizeof(path)));
	assert_false(
		live_machine_locate(machine, "sys/stat", path, sizeof(path)));
	assert_false(live_machine_locate(machine, "proc", path, sizeof(path)));
	live_machine_destroy(machine);
}

static enum page_owner_state owner(void **state, const char *command_line)
{
	struct live_machine *machine;
	enum page_owner_state found;

	folder_file("proc/cmdline", command_line);
	machine = folder_machine(state);
	found = live_machine_page_owner(machine);
	live_machine_destroy(machine);
	return found;
}

static void page_owner_is_on_where_its_file_is(void **state)
{
	assert_int_equal(owner(state, "quiet\n"), PAGE_OWNER_OFF);
	assert_int_equal(owner(state, "page_owner=on page_owner=off\n"),
			 PAGE_OWNER_OFF);
	/* The kernel may have been built without it. */
	assert_int_equal(owner(state, "page_owner=on\n"), PAGE_OWNER_UNKNOWN);
	assert_int_equal(owner(state, ""), PAGE_OWNER_UNKNOWN);
	folder_file("sys/kernel/debug/page_owner", "");
	assert_int_equal(owner(state, ""), PAGE_OWNER_ON);
}

static void stacks_are_unknown_where_debugfs_is_not_seen(void **state)
{
	struct live_machine *machine = folder_machine(state);

	assert_int_equal(live_machine_page_owner_stacks(machine),
			 ANSWER_UNKNOWN);
	folder_file("sys/kernel/debug/x", "");
	assert_int_equal(live_machine_page_owner_stacks(machine), ANSWER_NO);
	folder_file("sys/kernel/debug/page_owner_stacks/show_stacks", "");
	assert_int_equal(live_machine_page_owner_stacks(machine), ANSWER_YES);
	live_machine_destroy(machine);
}

static void the_last_parameter_wins_up_to_those_of_init(void **state)
{
	struct live_machine *machine;
	struct span value;

	folder_file("proc/cmdline", "a=1 slub_debug b=x a=2 a -- b=y a=3\n");
	machine = folder_machine(state);
	assert_true(live_machine_parameter(machine, SPAN("a"), &value));
	assert_span(value, "2");
	assert_true(live_machine_parameter(machine, SPAN("b"), &value));
	assert_span(value, "x");
	assert_true(
		live_machine_parameter(machine, SPAN("slub_debug"), &value));
	assert_null(value.at);
	assert_false(live_machine_parameter(machine, SPAN("slub"), &value));
	live_machine_destroy(machine);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_release_is_that_of_uname_or_of_files),
		TEST(a_folder_is_not_live),
		TEST(releases_are_compared_as_numbers),
		TEST(texts_may_be_compressed_or_plain_but_no_links),
		TEST(page_owner_is_on_where_its_file_is),
		TEST(stacks_are_unknown_where_debugfs_is_not_seen),
		TEST(the_last_parameter_wins_up_to_those_of_init),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
