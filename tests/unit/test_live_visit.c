/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/stat.h>

#include "tests/support/live_folder.h"

static char seen[4096];
static size_t stop_after;

static bool note(void *context, const char *path, const char *link,
		 struct error *err)
{
	size_t *count = context, used = strlen(seen);

	snprintf(seen + used, sizeof(seen) - used, "%s%s%s ", path,
		 link ? "->" : "", link ? link : "");
	if (++*count == stop_after)
		return error_set(err, ERROR_FULL, "enough");
	return true;
}

/* What is visited of the folder that the test is in. */
static bool visit(void **state, const struct live_source *source,
		  struct error *err)
{
	struct live_machine *machine = folder_machine(state);
	size_t count = 0;
	bool done;

	seen[0] = '\0';
	done = live_source_visit(machine, source, note, &count, err);
	live_machine_destroy(machine);
	return done;
}

static void expect(void **state, const struct live_source *source,
		   const char *expected)
{
	struct error err = {0};

	stop_after = 0;
	assert_true(visit(state, source, &err));
	assert_string_equal(seen, expected);
}

static void a_path_matches_in_whole(void **state)
{
	(void)state;
	assert_true(live_path_matches("proc/#/comm", "proc/1/comm"));
	assert_false(live_path_matches("proc/#/comm", "proc/1/comm/x"));
	assert_false(live_path_matches("proc/#/comm", "proc/1"));
}

static void files_come_in_the_order_of_patterns_and_numbers(void **state)
{
	static const char *const paths[] = {"proc/stat", "proc/#/comm",
					    "proc/meminfo", NULL};
	static const struct live_source source = {.paths = paths};

	folder_file("proc/meminfo", "");
	folder_file("proc/stat", "");
	folder_file("proc/10/comm", "");
	folder_file("proc/9/comm", "");
	folder_file("proc/2/none", "");
	folder_file("proc/9x/comm", "");
	folder_file("proc/18446744073709551616/comm", "");
	expect(state, &source,
	       "proc/stat proc/9/comm proc/10/comm "
	       "proc/18446744073709551616/comm proc/meminfo ");
}

static void a_compressed_file_is_visited_once_by_its_own_name(void **state)
{
	static const char *const paths[] = {"proc/*", "boot/x", "sys/x.gz",
					    NULL};
	static const struct live_source source = {.paths = paths};

	folder_file("proc/stat.gz", "");
	folder_file("proc/stat", "");
	folder_file("proc/vmstat.zst", "");
	folder_file("boot/x.xz", "");
	folder_file("sys/x.gz", "");
	expect(state, &source, "proc/stat proc/vmstat boot/x sys/x.gz ");
}

static void links_lead_nowhere(void **state)
{
	static const char *const paths[] = {"proc/*/comm", "sys/file", "boot/*",
					    "dev/kmsg", NULL};
	static const struct live_source source = {.paths = paths};

	folder_file("elsewhere/comm", "");
	folder_link("proc/1", "../elsewhere");
	folder_link("sys", "elsewhere");
	folder_file("elsewhere/file", "");
	folder_link("boot/link", "../elsewhere/file");
	assert_int_equal(mkdir("dev", 0700), 0);
	assert_int_equal(mkfifo("dev/kmsg", 0600), 0);
	assert_int_equal(mkfifo("boot/pipe", 0600), 0);
	assert_int_equal(mkdir("boot/folder", 0700), 0);
	/* What is named is for the reader to refuse. */
	expect(state, &source, "dev/kmsg ");
}

static void aliases_are_told_once_and_are_no_folders(void **state)
{
	static const char *const paths[] = {"slab/*/order", "slab/*/align",
					    NULL};
	struct live_source source = {.paths = paths, .links = true};

	folder_file("slab/:0000064/order", "");
	folder_file("slab/:0000064/align", "");
	folder_link("slab/kmalloc-64", ":0000064");
	folder_link("slab/out", "../slab/:0000064");
	folder_link("slab/up", "..");
	expect(state, &source,
	       "slab/:0000064/order slab/kmalloc-64->:0000064 "
	       "slab/:0000064/align ");
	source.links = false;
	expect(state, &source, "slab/:0000064/order slab/:0000064/align ");
}

static void the_visitor_ends_the_walk(void **state)
{
	static const char *const paths[] = {"proc/*", "boot/*", NULL};
	static const struct live_source source = {.paths = paths};
	struct error err = {0};

	folder_file("proc/a", "");
	folder_file("proc/b", "");
	folder_file("boot/c", "");
	stop_after = 1;
	assert_false(visit(state, &source, &err));
	assert_string_equal(seen, "proc/a ");
	assert_string_equal(err.text, "enough");
}

static void smaps_is_for_where_the_kernel_does_not_sum_up(void **state)
{
	folder_file("proc/1/smaps", "");
	folder_file("proc/2/smaps", "");
	folder_file("proc/2/smaps_rollup", "");
	folder_file("proc/2/cmdline", "");
	folder_file("proc/2/environ", "");
	expect(state, live_source_named("processes"),
	       "proc/2/smaps_rollup proc/1/smaps ");
}

static void the_configuration_is_that_of_the_kernel(void **state)
{
	folder_file("proc/sys/kernel/osrelease", "6.1\n");
	folder_file("boot/config-6.1", "");
	folder_file("boot/config-6.2", "");
	expect(state, live_source_named("identity"),
	       "proc/sys/kernel/osrelease boot/config-6.1 ");
	folder_file("proc/config.gz", "");
	expect(state, live_source_named("identity"),
	       "proc/sys/kernel/osrelease proc/config.gz ");
}

static void a_root_that_is_not_there_is_an_error(void **state)
{
	struct live_probe probe = folder_probe(state);
	struct live_machine *machine;
	struct error err = {0};
	size_t count = 0;

	probe.root = "/nowhere/at all";
	machine = probed(&probe);
	assert_false(
		live_source_visit(machine, live_sources, note, &count, &err));
	assert_string_equal(err.text, "cannot open '/nowhere/at all': "
				      "No such file or directory");
	live_machine_destroy(machine);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_path_matches_in_whole),
		TEST(files_come_in_the_order_of_patterns_and_numbers),
		TEST(a_compressed_file_is_visited_once_by_its_own_name),
		TEST(links_lead_nowhere),
		TEST(aliases_are_told_once_and_are_no_folders),
		TEST(the_visitor_ends_the_walk),
		TEST(smaps_is_for_where_the_kernel_does_not_sum_up),
		TEST(the_configuration_is_that_of_the_kernel),
		TEST(a_root_that_is_not_there_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
