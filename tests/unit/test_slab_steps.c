/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How to have the stacks of caches, and which caches are asked about. */
#include "tests/support/check.h"

#include "account/slab_caches.h"

#define MIB ((uint64_t)1 << 20)

static struct slab_cache caches[16];
static struct slab_view view;
static struct arena arena;

static int setup(void **state)
{
	(void)state;
	memset(caches, 0, sizeof(caches));
	view = (struct slab_view){.known = true, .caches = caches};
	arena = (struct arena){0};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_deinit(&arena);
	return 0;
}

static struct slab_cache *add(const char *name, uint64_t old, uint64_t new)
{
	struct slab_cache *cache = &caches[view.cache_count++];

	cache->name = span_of(name);
	cache->aliases_known = true;
	cache->sides[0] = (struct slab_amount){.known = true, .bytes = old};
	cache->sides[1] = (struct slab_amount){.known = true, .bytes = new};
	return cache;
}

static const char *steps(const struct report *objects)
{
	const char *text = slab_caches_steps(&view, objects, &arena);

	assert_non_null(text);
	return text;
}

static void what_grew_is_asked_about(void **state)
{
	(void)state;
	view.compared = true;
	add("kmalloc-2k", 0, 10 * MIB);
	add("dentry", MIB, 2 * MIB);
	add("filp", MIB, MIB + 4096);
	add("cred", MIB, MIB);
	add("gone", 90 * MIB, 0);
	assert_int_equal(slab_view_leaders(&view), 2);
	assert_string_equal(
		steps(NULL),
		"No stacks are known of what grew in kmalloc-2k, dentry. To "
		"have them:\n"
		"  boot with  slub_debug=U,kmalloc-2k,dentry\n"
		"  then read them as root with  pageowl capture\n");
}

static void of_one_capture_the_largest_are_asked_about(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < 6; i++)
		add("dentry", MIB, 0);
	assert_int_equal(slab_view_leaders(&view), 4);
	caches[1].sides[0].bytes = MIB / 50;
	assert_int_equal(slab_view_leaders(&view), 1);
	assert_string_equal(
		steps(NULL),
		"No stacks are known of what is in dentry. To have them:\n"
		"  boot with  slub_debug=U,dentry\n"
		"  then read them as root with  pageowl capture\n");
}

static void there_is_nothing_to_say_where_nothing_grew(void **state)
{
	(void)state;
	view.compared = true;
	assert_string_equal(steps(NULL), "");
	add("dentry", MIB, MIB);
	assert_string_equal(steps(NULL), "");
}

static void what_has_stacks_is_not_asked_about(void **state)
{
	struct report_row row = {.detail = SPAN("dentry")};
	const struct report objects = {.rows = &row, .row_count = 1};

	(void)state;
	add("dentry", MIB, 0);
	assert_string_equal(steps(&objects), "");
	add("filp", MIB, 0);
	assert_string_equal(
		steps(&objects),
		"No stacks are known of what is in filp. To have them:\n"
		"  boot with  slub_debug=U,filp\n"
		"  then read them as root with  pageowl capture\n");
}

static void caches_are_marked_by_the_names_of_all_rows(void **state)
{
	struct report_row rows[] = {
		{.detail = SPAN("dentry")}, {.detail = SPAN("dentry")},
		{.detail = SPAN("")},	    {.detail = SPAN("dentry")},
		{.detail = SPAN("filp")},
	};
	const struct report objects = {.rows = rows,
				       .row_count = TEST_COUNT(rows)};
	struct error err;

	(void)state;
	add("filp", MIB, 0);
	add("cred", MIB, 0)->has_stacks = true;
	add("dentry", MIB, 0);
	assert_true(slab_caches_mark(&view, &objects, &err));
	assert_true(caches[0].has_stacks);
	assert_false(caches[1].has_stacks);
	assert_true(caches[2].has_stacks);
	assert_true(slab_caches_mark(&view, NULL, &err));
	assert_false(caches[0].has_stacks);
}

static void what_others_have_and_it_has_not_is_a_gap(void **state)
{
	struct report_row row = {.detail = SPAN("dentry")};
	const struct report objects = {.rows = &row, .row_count = 1};

	(void)state;
	add("dentry", MIB, 0)->traced = FLAG_YES;
	add("filp", MIB, 0)->traced = FLAG_YES;
	assert_string_equal(
		steps(&objects),
		"No stacks are known of what is in filp. To have them:\n"
		"  the kernel notes them of filp, but the capture has no "
		"traces of these:\n"
		"    a kernel has no file for some that it made early at boot, "
		"and those\n"
		"    that hang a machine are not read (pageowl capture "
		"--check)\n");
}

static void what_the_kernel_notes_needs_no_boot(void **state)
{
	(void)state;
	add("dentry", MIB, 0)->traced = FLAG_YES;
	add("filp", MIB, 0)->traced = FLAG_NO;
	assert_string_equal(
		steps(NULL),
		"No stacks are known of what is in dentry, filp. To have "
		"them:\n"
		"  the kernel notes them of dentry already\n"
		"  boot with  slub_debug=U,filp\n"
		"  then read them as root with  pageowl capture\n");
}

static void merged_caches_are_to_be_told_apart(void **state)
{
	(void)state;
	add("filp", MIB, 0)->aliases = 2;
	assert_string_equal(
		steps(NULL),
		"No stacks are known of what is in filp. To have them:\n"
		"  boot with  slub_debug=U,filp slab_nomerge\n"
		"    slab_nomerge, since caches of other names are merged into "
		"these\n"
		"  then read them as root with  pageowl capture\n");
	caches[0].aliases = 0;
	caches[0].aliases_known = false;
	assert_string_equal(
		steps(NULL),
		"No stacks are known of what is in filp. To have them:\n"
		"  boot with  slub_debug=U,filp\n"
		"    and slab_nomerge, if caches of other names may be merged "
		"into these\n"
		"  then read them as root with  pageowl capture\n");
}

static void a_name_that_no_parameter_holds_is_not_in_one(void **state)
{
	(void)state;
	add("x;init=/bin/sh\n", MIB, 0);
	add("dentry", MIB, 0);
	assert_string_equal(
		steps(NULL),
		"No stacks are known of what is in x;init=/bin/sh\\n, dentry. "
		"To have them:\n"
		"  boot with  slub_debug=U\n"
		"  then read them as root with  pageowl capture\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_grew_is_asked_about),
		TEST(of_one_capture_the_largest_are_asked_about),
		TEST(there_is_nothing_to_say_where_nothing_grew),
		TEST(what_has_stacks_is_not_asked_about),
		TEST(caches_are_marked_by_the_names_of_all_rows),
		TEST(what_others_have_and_it_has_not_is_a_gap),
		TEST(what_the_kernel_notes_needs_no_boot),
		TEST(merged_caches_are_to_be_told_apart),
		TEST(a_name_that_no_parameter_holds_is_not_in_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
