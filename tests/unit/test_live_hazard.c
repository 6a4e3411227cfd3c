/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/stat.h>

#include "tests/support/live_folder.h"

#define DEBUG "sys/kernel/debug/"

/* Linux 6.12 with page_owner=on slub_debug=U. */
static void make_kernel(void)
{
	folder_file("proc/cmdline", "page_owner=on slub_debug=U\n");
	folder_file(DEBUG "page_owner", "");
	folder_file(DEBUG "page_owner_stacks/show_stacks", "");
}

static void add_cache(const char *name, const char *size)
{
	char path[256];

	snprintf(path, sizeof(path), "sys/kernel/slab/%s/object_size", name);
	folder_file(path, size);
}

static bool hangs(const struct live_machine *machine, const char *cache)
{
	char path[256], why[400] = "";
	bool found;

	snprintf(path, sizeof(path), DEBUG "slab/%s/free_traces", cache);
	found = live_path_hangs(machine, path, why, sizeof(why));
	snprintf(path, sizeof(path), DEBUG "slab/%s/alloc_traces", cache);
	assert_int_equal(live_path_hangs(machine, path, why, sizeof(why)),
			 found);
	assert_int_equal(strstr(why, "--risky reads it") != NULL, found);
	return found;
}

static void every_kmalloc_cache_of_16_bytes_is_left_out(void **state)
{
	struct live_machine *machine;

	make_kernel();
	add_cache("kmalloc-16", "16\n");
	machine = folder_machine(state);
	assert_true(hangs(machine, "kmalloc-16"));
	assert_true(hangs(machine, "kmalloc-cg-16"));
	assert_true(hangs(machine, "kmalloc-rcl-16"));
	assert_true(hangs(machine, "kmalloc-rnd-07-16"));
	assert_true(hangs(machine, "dma-kmalloc-16"));
	assert_true(hangs(machine, ":0000016"));
	assert_true(hangs(machine, ":A-0000016"));
	assert_false(hangs(machine, "kmalloc-8"));
	assert_false(hangs(machine, "kmalloc-32"));
	assert_false(hangs(machine, "kmalloc-16k"));
	assert_false(hangs(machine, "sixteen-16"));
	assert_false(hangs(machine, ":0000160"));
	live_machine_destroy(machine);
}

static void only_traces_hang(void **state)
{
	struct live_machine *machine;
	char why[400];

	make_kernel();
	machine = folder_machine(state);
	assert_false(live_path_hangs(
		machine, "sys/kernel/slab/kmalloc-16/order", why, sizeof(why)));
	assert_false(
		live_path_hangs(machine, DEBUG "page_owner", why, sizeof(why)));
	assert_true(live_path_hangs(machine,
				    "sys/kernel/slab/kmalloc-16/alloc_calls",
				    why, sizeof(why)));
	live_machine_destroy(machine);
}

static void an_alias_of_such_a_cache_is_left_out(void **state)
{
	struct live_machine *machine;

	make_kernel();
	add_cache(":0000016-mine", "16\n");
	folder_link("sys/kernel/slab/kmalloc-16", ":0000016-mine");
	folder_link("sys/kernel/slab/numa_policy", ":0000016-mine");
	add_cache("other16", "16\n");
	machine = folder_machine(state);
	assert_true(hangs(machine, "numa_policy"));
	assert_true(hangs(machine, ":0000016-mine"));
	/* Of the same size, and yet another cache. */
	assert_false(hangs(machine, "other16"));
	live_machine_destroy(machine);
}

static void without_16_bytes_the_next_size_is_left_out(void **state)
{
	struct live_machine *machine;

	make_kernel();
	add_cache("kmalloc-128", "128\n");
	add_cache("kmalloc-64", "64\n");
	add_cache("kmalloc-8", "8\n");
	machine = folder_machine(state);
	assert_true(hangs(machine, "kmalloc-64"));
	assert_true(hangs(machine, "kmalloc-rcl-64"));
	assert_true(hangs(machine, "kmalloc-16"));
	assert_false(hangs(machine, "kmalloc-128"));
	assert_false(hangs(machine, "kmalloc-8"));
	live_machine_destroy(machine);
}

static void the_attribute_tells_the_size_besides_the_name(void **state)
{
	struct live_machine *machine;

	make_kernel();
	add_cache("kmalloc-24", "16\n");
	add_cache("kmalloc-16", "24\n");
	machine = folder_machine(state);
	assert_true(hangs(machine, "kmalloc-24"));
	assert_true(hangs(machine, "kmalloc-16"));
	live_machine_destroy(machine);
}

static void with_32_bits_8_bytes_are_left_out_as_well(void **state)
{
	struct live_probe probe = folder_probe(state);
	struct live_machine *machine;

	make_kernel();
	probe.is_narrow = true;
	machine = probed(&probe);
	assert_true(hangs(machine, "kmalloc-8"));
	assert_true(hangs(machine, "kmalloc-16"));
	assert_false(hangs(machine, "kmalloc-32"));
	live_machine_destroy(machine);
}

static void without_page_owner_or_its_stacks_nothing_hangs(void **state)
{
	struct live_machine *machine;

	/* 6.9 and newer without page_owner=on: no folder page_owner_stacks. */
	folder_file("proc/cmdline", "slub_debug=U\n");
	folder_file(DEBUG "slab/kmalloc-16/alloc_traces", "");
	machine = folder_machine(state);
	assert_false(hangs(machine, "kmalloc-16"));
	live_machine_destroy(machine);
	/* 6.1: page_owner has no stacks. */
	folder_file("proc/cmdline", "slub_debug=U page_owner=on\n");
	folder_file(DEBUG "page_owner", "");
	machine = folder_machine(state);
	assert_false(hangs(machine, "kmalloc-16"));
	folder_file(DEBUG "page_owner_stacks/show_stacks", "");
	assert_true(hangs(machine, "kmalloc-16"));
	live_machine_destroy(machine);
}

static bool no(const char *path)
{
	(void)path;
	return false;
}

static void what_cannot_be_told_is_left_out(void **state)
{
	struct live_probe probe = folder_probe(state);
	struct live_machine *machine;

	folder_file("proc/cmdline", "page_owner=on\n");
	probe.is_debugfs = no;
	machine = probed(&probe);
	assert_true(hangs(machine, "kmalloc-16"));
	live_machine_destroy(machine);
	/* But page_owner cannot be on without having been asked for. */
	folder_file("proc/cmdline", "quiet\n");
	machine = probed(&probe);
	assert_false(hangs(machine, "kmalloc-16"));
	live_machine_destroy(machine);
}

static void copies_of_files_hang_nothing(void **state)
{
	struct live_probe probe = folder_probe(state);
	struct live_machine *machine;

	make_kernel();
	probe.is_live = false;
	probe.is_debugfs = no;
	machine = probed(&probe);
	assert_false(hangs(machine, "kmalloc-16"));
	assert_true(live_hazard_hangs(machine));
	live_machine_destroy(machine);
}

static bool panics(void **state, const char *release)
{
	struct live_probe probe = folder_probe(state);
	struct live_machine *machine;
	char why[400];
	bool found;

	probe.release = release;
	machine = probed(&probe);
	found = live_path_panics(machine, DEBUG "page_owner", why, sizeof(why));
	assert_false(
		live_path_panics(machine, DEBUG "kmemleak", why, sizeof(why)));
	live_machine_destroy(machine);
	return found;
}

static void page_owner_panics_where_an_oops_is_known_and_a_panic(void **state)
{
	make_kernel();
	assert_false(panics(state, "6.12.117"));
	folder_file("proc/sys/kernel/panic_on_oops", "1\n");
	assert_true(panics(state, "6.12.117"));
	assert_false(panics(state, "6.1.192"));
	assert_false(panics(state, "6.120.1"));
	folder_file("proc/cgroups", "#subsys_name\ncpu\t1\t1\t1\n");
	assert_false(panics(state, "6.12.117"));
	folder_file("proc/cgroups", "#subsys_name\nmemory\t1\t1\t1\n");
	assert_true(panics(state, "6.12.117"));
	folder_file("proc/cmdline", "page_owner=on cgroup_disable=memory\n");
	assert_false(panics(state, "6.12.117"));
	folder_file("proc/cmdline", "page_owner=on\n");
	folder_file("proc/sys/kernel/panic_on_oops", "0\n");
	assert_false(panics(state, "6.12.117"));
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_kmalloc_cache_of_16_bytes_is_left_out),
		TEST(only_traces_hang),
		TEST(an_alias_of_such_a_cache_is_left_out),
		TEST(without_16_bytes_the_next_size_is_left_out),
		TEST(the_attribute_tells_the_size_besides_the_name),
		TEST(with_32_bits_8_bytes_are_left_out_as_well),
		TEST(without_page_owner_or_its_stacks_nothing_hangs),
		TEST(what_cannot_be_told_is_left_out),
		TEST(copies_of_files_hang_nothing),
		TEST(page_owner_panics_where_an_oops_is_known_and_a_panic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
