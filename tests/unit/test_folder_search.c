/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/folder_search.h"
#include "tests/support/folder_maker.h"

static const char *const owner_paths[] = {"sys/kernel/debug/page_owner",
					  "page_owner", NULL};
static const char *const slab_paths[] = {"sys/kernel/debug/slab/*/alloc_traces",
					 "slab/*/alloc_traces", NULL};
static const char *const size_paths[] = {"sys/kernel/slab/*/object_size", NULL};
static const char *const config_paths[] = {"boot/config-*", "boot/*-6.1", NULL};

static const struct format owner = {.name = "owner", .paths = owner_paths};
static const struct format slab = {.name = "slab", .paths = slab_paths};
static const struct format size = {
	.name = "size", .paths = size_paths, .counts = true};
static const struct format config = {.name = "config", .paths = config_paths};
static const char *look(struct span head)
{
	return head.at;
}

static const char *const known_paths[] = {"sys/node/*/known", NULL};
static const struct format known = {
	.name = "known", .paths = known_paths, .counts = true, .sniff = look};
static const struct format pathless = {.name = "pathless"};

static const struct format *const list[] = {&pathless, &owner, &slab, &size,
					    &config,   &known, NULL};

/* Search the folder the test is in; the paths found go to ret. */
static void search_here(struct folder_search *search, const char *path,
			char *ret, size_t capacity)
{
	struct member_list found = {0};
	struct error err = {0};
	int fd = open(".", O_RDONLY | O_DIRECTORY);

	assert_true(fd >= 0);
	search->formats = list;
	search->list = &found;
	assert_true(folder_search_run(search, fd, path, &err));
	close(fd);
	ret[0] = '\0';
	for (size_t i = 0; i < found.count; i++) {
		size_t used = strlen(ret);
		const struct listed_member *at = &found.at[i];

		snprintf(ret + used, capacity - used, "%s:%.*s|%.*s ",
			 at->format->name, (int)at->root, at->path,
			 (int)at->own, at->path + at->root);
	}
	member_list_deinit(&found);
}

static void expect_at(enum folder_depth depth, const char *expected)
{
	struct folder_search search = {.depth = depth};
	char found[4096];

	search_here(&search, "", found, sizeof(found));
	assert_string_equal(found, expected);
	assert_int_equal(search.unreadable, 0);
}

static void expect_here(const char *expected)
{
	expect_at(FOLDER_ROOT, expected);
}

static void paths_are_looked_for_in_the_order_of_formats(void **state)
{
	(void)state;
	folder_file("boot/config-6.1", "");
	folder_file("sys/kernel/debug/slab/b/alloc_traces", "");
	folder_file("sys/kernel/debug/slab/a/alloc_traces.gz", "");
	folder_file("sys/kernel/debug/slab/B/alloc_traces", "");
	folder_file("sys/kernel/debug/slab/c/free_traces", "");
	folder_file("sys/kernel/debug/page_owner.txt.xz", "");
	folder_file("other/page_owner", "");
	expect_here("owner:|sys/kernel/debug/page_owner "
		    "slab:|sys/kernel/debug/slab/B/alloc_traces "
		    "slab:|sys/kernel/debug/slab/a/alloc_traces "
		    "slab:|sys/kernel/debug/slab/b/alloc_traces "
		    "config:|boot/config-6.1 ");
}

static void a_path_above_the_folder_stays_in_front(void **state)
{
	struct folder_search search = {0};
	char found[256];

	(void)state;
	folder_file("sys/kernel/debug/page_owner", "");
	search_here(&search, "a/t1/", found, sizeof(found));
	assert_string_equal(found, "owner:a/t1/|sys/kernel/debug/page_owner ");
}

static void a_mere_name_counts_where_nothing_else_was_found(void **state)
{
	(void)state;
	folder_file("page_owner", "");
	expect_here("owner:|page_owner ");
	folder_file("sys/kernel/debug/page_owner", "");
	expect_here("owner:|sys/kernel/debug/page_owner ");
}

static void a_probe_looks_for_paths_of_several_parts_only(void **state)
{
	struct folder_search search = {.probe = true};
	char found[256];

	(void)state;
	folder_file("page_owner", "");
	search_here(&search, "", found, sizeof(found));
	assert_false(search.found);
	folder_file("slab/x/alloc_traces", "");
	search_here(&search, "", found, sizeof(found));
	assert_true(search.found);
	assert_string_equal(found, "");
}

static void one_file_packed_in_two_ways_is_one_member(void **state)
{
	(void)state;
	folder_file("sys/kernel/debug/page_owner", "");
	folder_file("sys/kernel/debug/page_owner.gz", "");
	folder_file("boot/config-6.1", "");
	folder_file("boot/config-6.1-rc1", "");
	folder_file("boot/config-6.1.gz", "");
	expect_here("owner:|sys/kernel/debug/page_owner "
		    "config:|boot/config-6.1 config:|boot/config-6.1-rc1 ");
}

static void a_file_that_two_paths_lead_to_is_one_member(void **state)
{
	(void)state;
	folder_file("boot/config-6.1", "");
	folder_file("boot/map-6.1", "");
	expect_here("config:|boot/config-6.1 config:|boot/map-6.1 ");
}

static void a_link_to_a_sibling_is_another_name_of_it(void **state)
{
	(void)state;
	folder_file("sys/kernel/debug/slab/:0000064/alloc_traces", "");
	folder_link("sys/kernel/debug/slab/kmalloc-64", ":0000064");
	folder_link("sys/kernel/debug/slab/other", "../slab/:0000064");
	folder_file("sys/kernel/slab/:0000064/object_size", "");
	folder_link("sys/kernel/slab/kmalloc-64", ":0000064");
	expect_here("slab:|sys/kernel/debug/slab/:0000064/alloc_traces "
		    "size:|sys/kernel/slab/:0000064/object_size "
		    "size:|sys/kernel/slab/kmalloc-64/object_size ");
}

static void links_to_files_and_to_folders_elsewhere_are_followed(void **state)
{
	(void)state;
	folder_file("data/dump", "");
	folder_file("data/x/alloc_traces", "");
	folder_link("sys/kernel/debug/page_owner", "../../../data/dump");
	folder_link("slab/x", "../data/x");
	expect_here("owner:|sys/kernel/debug/page_owner "
		    "slab:|slab/x/alloc_traces ");
}

static void links_that_go_around_lead_nowhere(void **state)
{
	struct folder_search search = {0};
	char found[256];

	(void)state;
	folder_link("sys", "sys");
	folder_link("slab/self", ".");
	folder_link("slab/up", "..");
	folder_link("slab/ring", "ring");
	folder_link("page_owner", "gone");
	search_here(&search, "", found, sizeof(found));
	assert_string_equal(found, "");
	assert_int_equal(search.unreadable_errno, ELOOP);
	assert_string_equal(search.unreadable_path, "sys");
}

static void pipes_and_folders_are_no_members(void **state)
{
	(void)state;
	folder_file("sys/kernel/debug/page_owner/x", "");
	folder_file("slab/file", "");
	assert_int_equal(mkdir("slab/x", 0755), 0);
	assert_int_equal(mkfifo("slab/x/alloc_traces", 0644), 0);
	assert_int_equal(mkfifo("slab/fifo", 0644), 0);
	expect_here("");
}

static void the_first_parts_of_a_path_may_be_missing(void **state)
{
	(void)state;
	folder_file("kernel/debug/page_owner.txt.gz", "");
	folder_file("kernel/debug/slab/x/alloc_traces", "");
	folder_file("debug/page_owner", "");
	folder_file("slab/x/object_size", "");
	folder_file("x/object_size", "");
	expect_at(FOLDER_ROOT, "");
	/* Of each format what lacks the fewest. */
	expect_at(FOLDER_BRANCH, "owner:|kernel/debug/page_owner "
				 "slab:|kernel/debug/slab/x/alloc_traces "
				 "size:|slab/x/object_size ");
}

static void a_folder_of_caches_is_looked_into_at_last(void **state)
{
	(void)state;
	folder_file("x/alloc_traces", "");
	folder_file("x/object_size", "");
	folder_file("config-6.1", "");
	expect_at(FOLDER_BRANCH, "");
	expect_at(FOLDER_TWIG, "slab:|x/alloc_traces size:|x/object_size ");
}

static void what_tells_by_itself_is_not_looked_for_in_any_folder(void **state)
{
	(void)state;
	folder_file("t1/known", "");
	expect_at(FOLDER_TWIG, "");
	folder_file("node/t1/known", "");
	expect_at(FOLDER_TWIG, "known:|node/t1/known ");
}

static void a_folder_that_may_not_be_read_is_told(void **state)
{
	struct folder_search search = {0};
	char found[256];

	(void)state;
	folder_file("sys/kernel/debug/page_owner", "");
	assert_int_equal(chmod("sys/kernel/debug", 0), 0);
	search_here(&search, "", found, sizeof(found));
	chmod("sys/kernel/debug", 0755);
	/* To root everything is readable. */
	if (geteuid() == 0)
		return;
	assert_string_equal(found, "");
	assert_int_equal(search.unreadable_errno, EACCES);
	assert_string_equal(search.unreadable_path, "sys/kernel/debug");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(paths_are_looked_for_in_the_order_of_formats),
		TEST(a_path_above_the_folder_stays_in_front),
		TEST(a_mere_name_counts_where_nothing_else_was_found),
		TEST(a_probe_looks_for_paths_of_several_parts_only),
		TEST(one_file_packed_in_two_ways_is_one_member),
		TEST(a_file_that_two_paths_lead_to_is_one_member),
		TEST(a_link_to_a_sibling_is_another_name_of_it),
		TEST(links_to_files_and_to_folders_elsewhere_are_followed),
		TEST(links_that_go_around_lead_nowhere),
		TEST(pipes_and_folders_are_no_members),
		TEST(the_first_parts_of_a_path_may_be_missing),
		TEST(a_folder_of_caches_is_looked_into_at_last),
		TEST(what_tells_by_itself_is_not_looked_for_in_any_folder),
		TEST(a_folder_that_may_not_be_read_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
