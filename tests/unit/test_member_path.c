/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/member_path.h"

static const char *const meminfo_paths[] = {"proc/meminfo", "meminfo", NULL};
static const char *const slab_paths[] = {"sys/kernel/debug/slab/*/alloc_traces",
					 NULL};
static const char *const config_paths[] = {"boot/config-*", NULL};
static const char *const cmdline_paths[] = {"cmdline", "proc/cmdline", NULL};
static const char *const own_paths[] = {"proc/*/cmdline", "kern.log", NULL};

static const struct format meminfo = {.name = "meminfo",
				      .paths = meminfo_paths};
static const struct format slab = {.name = "slab", .paths = slab_paths};
static const struct format config = {.name = "config", .paths = config_paths};
static const struct format cmdline = {.name = "cmdline",
				      .paths = cmdline_paths};
static const struct format own = {.name = "own", .paths = own_paths};
static const struct format pathless = {.name = "pathless"};

static const struct format *const list[] = {
	&pathless, &meminfo, &slab, &config, &cmdline, &own, NULL,
};

struct expectation {
	const char *path, *name, *root, *own;
};

static void expect(const struct expectation *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct span root_part, own_part;
		const struct format *format = format_by_path_of(
			list, span_of(cases[i].path), &root_part, &own_part);

		if (strcmp(format ? format->name : "", cases[i].name) != 0)
			fail_msg("%s: %s", cases[i].path,
				 format ? format->name : "none");
		assert_span(root_part, cases[i].root);
		assert_span(own_part, cases[i].own);
	}
}

static void a_pattern_matches_the_end_of_a_path_at_a_part(void **state)
{
	static const struct expectation cases[] = {
		{"proc/meminfo", "meminfo", "", "proc/meminfo"},
		{"sos-x/proc/meminfo", "meminfo", "sos-x/", "proc/meminfo"},
		{"a/b/proc/meminfo", "meminfo", "a/b/", "proc/meminfo"},
		{"xproc/meminfo2", "", "", ""},
		{"proc/meminfo/x", "", "", ""},
		{"proc/meminfo/", "", "", ""},
		{"proc//meminfo", "", "", ""},
		{"", "", "", ""},
	};

	(void)state;
	expect(cases, TEST_COUNT(cases));
}

static void a_star_is_any_run_within_one_part(void **state)
{
	static const struct expectation cases[] = {
		{"t1/sys/kernel/debug/slab/kmalloc-64/alloc_traces", "slab",
		 "t1/", "sys/kernel/debug/slab/kmalloc-64/alloc_traces"},
		{"sys/kernel/debug/slab/a/b/alloc_traces", "", "", ""},
		{"sys/kernel/debug/slab//alloc_traces", "", "", ""},
		{"boot/config-6.12.117-lab", "config", "",
		 "boot/config-6.12.117-lab"},
		{"boot/config-", "config", "", "boot/config-"},
		{"boot/config", "", "", ""},
	};

	(void)state;
	expect(cases, TEST_COUNT(cases));
}

static void stars_backtrack(void **state)
{
	(void)state;
	assert_true(member_name_matches(SPAN("*a*b"), SPAN("xaababb")));
	assert_true(member_name_matches(SPAN("**"), SPAN("")));
	assert_false(member_name_matches(SPAN("*a*b"), SPAN("xbbba")));
	assert_false(member_name_matches(SPAN("a"), SPAN("")));
	assert_false(member_name_matches(SPAN(""), SPAN("a")));
}

static void names_match_wildcards_in_whole(void **state)
{
	static const struct {
		const char *pattern, *name;
		bool matches;
	} cases[] = {
		{"node#", "node0", true},
		{"node#", "node12", true},
		{"node#", "node", false},
		{"node#", "node1x", false},
		{"#", "12", true},
		{"#", "self", false},
		{"#", "1x", false},
		{"#", "-1", false},
		{"#", "", false},
		{"*#", "a1b2", true},
		{"*#", "a1b", false},
		{"*", "", true},
		{"*", "a b", true},
		{".*text*", ".init.text", true},
		{".*text*", ".text", true},
		{".*text*", ".data", false},
		{"config-*", "config", false},
	};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(cases); i++)
		if (member_name_matches(span_of(cases[i].pattern),
					span_of(cases[i].name)) !=
		    cases[i].matches)
			fail_msg("%s: %s", cases[i].pattern, cases[i].name);
}

static void the_files_of_a_process_are_known_in_its_folder_only(void **state)
{
	static const struct {
		const char *path, *format, *root;
	} cases[] = {
		{"proc/1/comm", "comm", ""},
		{"/proc/1/comm", "comm", ""},
		{"t1/proc/812/status.gz", "status", "t1/"},
		{"t1/proc/812/smaps_rollup.txt", "smaps_rollup", "t1/"},
		{"proc/4194304/smaps", "smaps", ""},
		{"proc/1/cgroup.xz", "cgroup", ""},
		{"1/comm", NULL, NULL},
		{"1/status", NULL, NULL},
		{"t1/1/cgroup", NULL, NULL},
		{"status", NULL, NULL},
		{"comm", NULL, NULL},
		{"cgroup", NULL, NULL},
		{"smaps", NULL, NULL},
		{"smaps_rollup", NULL, NULL},
		{"mm_stat", NULL, NULL},
		{"proc/status", NULL, NULL},
		{"proc/self/status", NULL, NULL},
		{"proc/net/status", NULL, NULL},
		{"proc/self/comm", NULL, NULL},
		{"proc/self/cgroup", NULL, NULL},
		{"proc/self/smaps", NULL, NULL},
		{"proc/self/smaps_rollup", NULL, NULL},
		{"proc/1x/status", NULL, NULL},
		{"proc/-1/status", NULL, NULL},
		{"proc/1/task/2/status", NULL, NULL},
		{"proc/1/net/status", NULL, NULL},
		{"xproc/1/status", NULL, NULL},
		{"sys/devices/virtual/block/zram0/mm_stat", "mm_stat", ""},
		{"a/sys/block/zram12/mm_stat", "mm_stat", "a/"},
		{"sys/block/zram/mm_stat", NULL, NULL},
		{"sys/block/sda/mm_stat", NULL, NULL},
		{"sys/devices/system/node/node1/meminfo", "meminfo", ""},
		{"t1/sys/kernel/notes.gz", "notes", "t1/"},
		{"sys/module/ext4/notes/.note.gnu.build-id", "notes", ""},
		{"sys/module/ext4/notes/.note.Linux.xz", "notes", ""},
		{"sys/module/notes/.note.Linux", NULL, NULL},
		{"kernel/notes", NULL, NULL},
		{"notes", NULL, NULL},
		{"notes.txt", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(cases); i++) {
		struct span root_part, own_part;
		const struct format *format = format_by_path(
			span_of(cases[i].path), &root_part, &own_part);

		if (format !=
		    (cases[i].format ? format_named(cases[i].format) : NULL))
			fail_msg("%s: %s", cases[i].path,
				 format ? format->name : "none");
		if (format)
			assert_span(root_part, cases[i].root);
	}
}

static void one_suffix_of_each_kind_is_dropped(void **state)
{
	static const struct expectation cases[] = {
		{"t/proc/meminfo.gz", "meminfo", "t/", "proc/meminfo"},
		{"t/proc/meminfo.txt", "meminfo", "t/", "proc/meminfo"},
		{"t/proc/meminfo.log.xz", "meminfo", "t/", "proc/meminfo"},
		{"proc/meminfo.dump.zst", "meminfo", "", "proc/meminfo"},
		{"proc/meminfo.out.bz2", "meminfo", "", "proc/meminfo"},
		{"proc/meminfo.lz4", "meminfo", "", "proc/meminfo"},
		{"proc/meminfo.lz", "meminfo", "", "proc/meminfo"},
		{"proc/meminfo.gz.txt", "", "", ""},
		{"proc/meminfo.gz.gz", "", "", ""},
		{"proc/meminfo.old", "", "", ""},
		{"boot/config-6.1.txt.gz", "config", "", "boot/config-6.1"},
		{"var/log/kern.log", "own", "var/log/", "kern.log"},
		{"var/log/kern.log.gz", "own", "var/log/", "kern.log"},
		{".gz", "", "", ""},
	};

	(void)state;
	expect(cases, TEST_COUNT(cases));
}

static void a_mere_name_is_not_looked_for_below_proc_and_sys(void **state)
{
	static const struct expectation cases[] = {
		{"meminfo", "meminfo", "", "meminfo"},
		{"case 5/meminfo.txt", "meminfo", "case 5/", "meminfo"},
		{"2024/t1/meminfo", "meminfo", "2024/t1/", "meminfo"},
		{"sys/meminfo", "", "", ""},
		{"t/sys/devices/node0/meminfo", "", "", ""},
		{"t/7/meminfo", "", "", ""},
		{"7/cmdline", "", "", ""},
		{"proc/self/meminfo", "", "", ""},
	};

	(void)state;
	expect(cases, TEST_COUNT(cases));
}

static void the_pattern_of_most_parts_wins(void **state)
{
	static const struct expectation cases[] = {
		{"proc/cmdline", "cmdline", "", "proc/cmdline"},
		{"proc/1/cmdline", "own", "", "proc/1/cmdline"},
		{"x/proc/1/cmdline", "own", "x/", "proc/1/cmdline"},
		{"x/cmdline", "cmdline", "x/", "cmdline"},
	};

	(void)state;
	expect(cases, TEST_COUNT(cases));
}

static void the_start_of_a_path_may_be_a_dot_or_a_slash(void **state)
{
	static const struct expectation cases[] = {
		{"./proc/meminfo", "meminfo", "", "proc/meminfo"},
		{"././/t1/proc/meminfo", "meminfo", "t1/", "proc/meminfo"},
		{"/proc/meminfo", "meminfo", "", "proc/meminfo"},
		{"../proc/meminfo", "meminfo", "../", "proc/meminfo"},
		{"./", "", "", ""},
	};

	(void)state;
	expect(cases, TEST_COUNT(cases));
}

static void page_owner_is_known_by_its_path_and_by_its_name(void **state)
{
	struct span root_part, own_part;
	const struct format *format =
		format_by_path(SPAN("t2/sys/kernel/debug/page_owner.gz"),
			       &root_part, &own_part);

	(void)state;
	assert_ptr_equal(format, format_named("page_owner"));
	assert_span(root_part, "t2/");
	assert_span(own_part, "sys/kernel/debug/page_owner");
	format = format_by_path(SPAN("page_owner.txt"), &root_part, &own_part);
	assert_ptr_equal(format, format_named("page_owner"));
}

static void a_capture_may_be_called_by_a_number(void **state)
{
	struct span root_part, own_part;

	(void)state;
	assert_null(
		format_by_path(SPAN("2026/meminfo"), &root_part, &own_part));
	assert_ptr_equal(
		format_by_path(SPAN("2026/manifest"), &root_part, &own_part),
		format_named("manifest"));
	assert_span(root_part, "2026/");
	assert_null(
		format_by_path(SPAN("proc/1/manifest"), &root_part, &own_part));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_matches_the_end_of_a_path_at_a_part),
		cmocka_unit_test(a_star_is_any_run_within_one_part),
		cmocka_unit_test(stars_backtrack),
		cmocka_unit_test(names_match_wildcards_in_whole),
		cmocka_unit_test(
			the_files_of_a_process_are_known_in_its_folder_only),
		cmocka_unit_test(one_suffix_of_each_kind_is_dropped),
		cmocka_unit_test(
			a_mere_name_is_not_looked_for_below_proc_and_sys),
		cmocka_unit_test(the_pattern_of_most_parts_wins),
		cmocka_unit_test(the_start_of_a_path_may_be_a_dot_or_a_slash),
		cmocka_unit_test(
			page_owner_is_known_by_its_path_and_by_its_name),
		cmocka_unit_test(a_capture_may_be_called_by_a_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
