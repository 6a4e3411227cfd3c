/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/live_check.h"
#include "tests/support/live_folder.h"

#define DEBUG "sys/kernel/debug/"

static struct live_check check;

static void run(const struct live_probe *probe)
{
	struct live_machine *machine = probed(probe);
	struct error err = {0};

	live_check_deinit(&check);
	assert_true(live_check_run(machine, &check, &err));
	/* The check stands alone. */
	live_machine_destroy(machine);
}

static const struct offer *offer(const char *name)
{
	for (size_t i = 0; i < check.offer_count; i++)
		if (strcmp(check.offers[i].source->name, name) == 0)
			return &check.offers[i];
	fail_msg("%s is not offered", name);
	return NULL;
}

static const struct kernel_bug *bug(const char *word)
{
	for (size_t i = 0; i < check.bug_count; i++)
		if (strstr(check.bugs[i].title, word))
			return &check.bugs[i];
	return NULL;
}

static int teardown(void **state)
{
	live_check_deinit(&check);
	return folder_teardown(state);
}

static int open_denied(const char *path)
{
	(void)path;
	return EACCES;
}

static void a_source_is_there_in_part_denied_or_missing(void **state)
{
	struct live_probe probe = folder_probe(state);

	probe.release = "6.12.1";
	folder_file("proc/cmdline", "quiet\n");
	folder_file("proc/meminfo", "");
	folder_file("proc/slabinfo", "");
	folder_file("proc/allocinfo", "");
	folder_file("proc/sys/vm/mem_profiling", "0\n");
	run(&probe);
	assert_string_equal(check.release, "6.12.1");
	assert_string_equal(check.root, *state);
	assert_true(check.live);
	assert_int_equal(offer("counters")->state, OFFER_READABLE);
	assert_u64(offer("counters")->files, 3);
	assert_null(offer("counters")->remedy);
	assert_int_equal(offer("allocinfo")->state, OFFER_LIMITED);
	assert_non_null(strstr(offer("allocinfo")->remedy, "profiling is off"));
	assert_int_equal(offer("page_owner")->state, OFFER_MISSING);
	assert_string_equal(offer("page_owner")->remedy,
			    "page_owner is off; boot with page_owner=on");

	probe.try_open = open_denied;
	probe.is_superuser = false;
	run(&probe);
	assert_false(check.superuser);
	assert_int_equal(offer("allocinfo")->state, OFFER_DENIED);
	assert_string_equal(offer("allocinfo")->remedy,
			    "Permission denied; run as root");
}

static void files_that_could_harm_are_counted(void **state)
{
	struct live_probe probe = folder_probe(state);

	folder_file("proc/cmdline", "page_owner=on slub_debug=U\n");
	folder_file(DEBUG "page_owner", "");
	folder_file(DEBUG "page_owner_stacks/show_stacks", "");
	folder_file(DEBUG "slab/kmalloc-16/alloc_traces", "");
	folder_file(DEBUG "slab/kmalloc-16/free_traces", "");
	folder_file(DEBUG "slab/dentry/alloc_traces", "");
	run(&probe);
	assert_u64(offer("slab_traces")->files, 3);
	assert_u64(offer("slab_traces")->left_out, 2);
	assert_int_equal(offer("slab_traces")->state, OFFER_LIMITED);
	assert_true(bug("objects of 16 bytes")->severe);
}

static void traces_are_not_opened(void **state)
{
	struct live_probe probe = folder_probe(state);

	/* Opening them is what may hang. */
	folder_file(DEBUG "slab/dentry/alloc_traces", "");
	probe.try_open = open_denied;
	run(&probe);
	assert_int_equal(offer("slab_traces")->state, OFFER_READABLE);
}

static void records_are_estimated_from_what_is_small(void **state)
{
	uint64_t pages_kib = (uint64_t)sysconf(_SC_PAGESIZE) / 1024;
	struct live_probe probe = folder_probe(state);
	char meminfo[200];

	snprintf(meminfo, sizeof(meminfo),
		 "MemTotal: %llu kB\nMemFree: %llu kB\n",
		 (unsigned long long)(200000 * pages_kib),
		 (unsigned long long)(50000 * pages_kib));
	folder_file("proc/meminfo", meminfo);
	folder_file(DEBUG "page_owner", "");
	run(&probe);
	assert_u64(offer("page_owner")->records, 150000);
	assert_u64(offer("page_owner")->bytes, 97500000);
	assert_u64(offer("page_owner")->ms, 2250);
	assert_non_null(strstr(offer("page_owner")->how, "pages are in use"));

	folder_file(DEBUG "page_owner_stacks/show_stacks",
		    " a+0x1/0x2\nnr_base_pages: 1000\n\n"
		    " b+0x1/0x2\nnr_base_pages: 20\n\n");
	run(&probe);
	assert_u64(offer("page_owner")->records, 1020);
	assert_u64(offer("page_owner_stacks")->bytes, 62);
	assert_non_null(
		strstr(offer("page_owner")->how, "page_owner_stacks counts"));
}

static void slow_reading_is_told_of_old_kernels(void **state)
{
	struct live_probe probe = folder_probe(state);

	folder_file(DEBUG "page_owner", "");
	probe.release = "6.1.0";
	run(&probe);
	assert_null(bug("empties the lists"));
	assert_null(strstr(offer("page_owner")->how, "many times longer"));
	probe.release = "6.0.19";
	run(&probe);
	assert_string_equal(bug("empties the lists")->applies,
			    "it is Linux 6.0.19");
	assert_non_null(strstr(offer("page_owner")->how, "many times longer"));
}

static void an_oops_is_a_danger_where_it_is_a_panic(void **state)
{
	struct live_probe probe = folder_probe(state);

	probe.release = "6.12.117";
	folder_file(DEBUG "page_owner", "");
	run(&probe);
	assert_false(bug("oops")->severe);
	assert_non_null(strstr(bug("oops")->handled, "is kept"));
	folder_file("proc/sys/kernel/panic_on_oops", "1\n");
	run(&probe);
	assert_true(bug("oops")->severe);
	assert_non_null(strstr(bug("oops")->handled, "WHOLE MACHINE"));
	assert_u64(offer("page_owner")->left_out, 1);
	probe.release = "6.13.1";
	run(&probe);
	assert_null(bug("oops"));
	assert_u64(offer("page_owner")->left_out, 0);
}

static void bugs_are_found_by_files(void **state)
{
	struct live_probe probe = folder_probe(state);

	folder_file("proc/cmdline", "quiet\n");
	run(&probe);
	assert_int_equal(check.bug_count, 0);
	folder_file("sys/kernel/slab/dentry/alloc_calls", "");
	folder_file("sys/kernel/slab/dentry/store_user", "1\n");
	folder_file("sys/kernel/slab/filp/store_user", "1\n");
	folder_file("sys/kernel/slab/cred/store_user", "0\n");
	folder_file(DEBUG "slab/dentry/alloc_traces", "");
	folder_file(DEBUG "page_owner_stacks/count_threshold", "100");
	run(&probe);
	assert_non_null(bug("cuts alloc_calls"));
	assert_non_null(strstr(bug("show no traces")->applies, "1 cache here"));
	assert_string_equal(bug("hold few pages")->applies,
			    "count_threshold is 100 pages");
	assert_int_equal(check.bug_count, 3);
}

static void long_records_are_refused_since_5_0(void **state)
{
	struct live_probe probe = folder_probe(state);

	folder_file(DEBUG "page_owner", "");
	probe.release = "4.19.40";
	run(&probe);
	assert_null(bug("longer than a page"));
	probe.release = "5.0.1";
	run(&probe);
	assert_non_null(bug("longer than a page"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_source_is_there_in_part_denied_or_missing),
		TEST(files_that_could_harm_are_counted),
		TEST(traces_are_not_opened),
		TEST(records_are_estimated_from_what_is_small),
		TEST(slow_reading_is_told_of_old_kernels),
		TEST(an_oops_is_a_danger_where_it_is_a_panic),
		TEST(bugs_are_found_by_files),
		TEST(long_records_are_refused_since_5_0),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
