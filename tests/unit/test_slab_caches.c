/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/slab_caches.h"

#define PAGE_SIZE 4096

static const uint64_t page_sizes[2] = {PAGE_SIZE, PAGE_SIZE};

static struct counters sides[2];
static struct arena arena;
static struct slab_view view;
static struct error err;

static int setup(void **state)
{
	(void)state;
	memset(sides, 0, sizeof(sides));
	arena = (struct arena){0};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	counters_deinit(&sides[0]);
	counters_deinit(&sides[1]);
	arena_deinit(&arena);
	return 0;
}

static void tell(unsigned side, const char *group, const char *cache,
		 const char *name, uint64_t value)
{
	const struct counter counter = {
		.group = span_of(group),
		.scope = span_of(cache),
		.name = span_of(name),
		.value = value,
	};

	assert_true(counters_add(&sides[side], &counter, &err));
}

/* A row of slabinfo. */
struct slab_row {
	const char *cache;
	uint64_t active, objects, size, slabs, pages;
};

static void slabinfo(unsigned side, struct slab_row row)
{
	tell(side, "slabinfo", row.cache, "active_objs", row.active);
	tell(side, "slabinfo", row.cache, "num_objs", row.objects);
	tell(side, "slabinfo", row.cache, "objsize", row.size);
	tell(side, "slabinfo", row.cache, "pagesperslab", row.pages);
	tell(side, "slabinfo", row.cache, "num_slabs", row.slabs);
}

static void sysfs(unsigned side, const char *cache, const char *name,
		  uint64_t value)
{
	tell(side, "slab_attribute", cache, name, value);
}

/* The files of a cache of which sysfs alone tells. */
static void sysfs_cache(const char *cache, uint64_t slabs, uint64_t aliases)
{
	sysfs(0, cache, "order", 1);
	sysfs(0, cache, "slabs", slabs);
	sysfs(0, cache, "objs_per_slab", 16);
	sysfs(0, cache, "objects", slabs * 16 - 3);
	sysfs(0, cache, "slab_size", 512);
	sysfs(0, cache, "object_size", 448);
	sysfs(0, cache, "aliases", aliases);
}

static void make_one(void)
{
	const struct counters *const given[2] = {&sides[0], NULL};

	assert_true(slab_caches_make(given, page_sizes, &arena, &view, &err));
}

static void make_both(void)
{
	const struct counters *const given[2] = {&sides[0], &sides[1]};

	assert_true(slab_caches_make(given, page_sizes, &arena, &view, &err));
}

static void memory_is_that_of_whole_slabs(void **state)
{
	const struct slab_amount *amount;

	(void)state;
	slabinfo(0, (struct slab_row){"filp", 246, 256, 256, 16, 2});
	make_one();
	assert_true(view.known);
	assert_false(view.compared);
	assert_int_equal(view.cache_count, 1);
	amount = &view.caches[0].sides[0];
	assert_span(view.caches[0].name, "filp");
	assert_true(amount->known);
	assert_u64(amount->bytes, 131072);
	assert_u64(amount->objects, 246);
	assert_u64(amount->slots, 256);
	assert_u64(amount->slot_bytes, 256);
	assert_u64(amount->object_bytes, 0);
	assert_false(amount->debug_known);
	assert_u64(view.totals[0].bytes, 131072);
	assert_false(view.totals[1].known);
}

static void caches_are_ranked_by_memory_and_not_by_objects(void **state)
{
	(void)state;
	slabinfo(0, (struct slab_row){"small", 64000, 64000, 64, 1000, 1});
	slabinfo(0, (struct slab_row){"large", 8, 8, 4096, 501, 2});
	slabinfo(0, (struct slab_row){"b none", 0, 0, 64, 0, 1});
	slabinfo(0, (struct slab_row){"a none", 0, 0, 64, 0, 1});
	make_one();
	assert_span(view.caches[0].name, "large");
	assert_span(view.caches[1].name, "small");
	assert_span(view.caches[2].name, "a none");
	assert_span(view.caches[3].name, "b none");
	assert_u64(view.totals[0].bytes, (1000 + 1002) * PAGE_SIZE);
	assert_u64(view.totals[0].objects, 64008);
}

static void debugging_is_what_slots_have_beyond_objects(void **state)
{
	(void)state;
	slabinfo(0, (struct slab_row){"kmalloc-2k", 10, 16, 4096, 2, 8});
	slabinfo(0, (struct slab_row){"dentry", 10, 16, 256, 1, 1});
	sysfs(0, "dentry", "object_size", 192);
	slabinfo(0, (struct slab_row){"filp", 1, 16, 256, 1, 1});
	/* A file that lies must not make memory up. */
	slabinfo(0, (struct slab_row){"short", 10, 16, 256, 0, 1});
	sysfs(0, "short", "object_size", 257);
	make_one();
	assert_u64(view.caches[0].sides[0].debug_bytes, 16 * 2048);
	assert_u64(view.caches[1].sides[0].debug_bytes, 16 * 64);
	assert_u64(view.caches[1].sides[0].object_bytes, 192);
	assert_true(view.caches[1].sides[0].debug_known);
	assert_false(view.caches[2].sides[0].debug_known);
	assert_false(view.caches[3].sides[0].debug_known);
	assert_u64(view.totals[0].debug_bytes, 16 * 2048 + 16 * 64);
}

static void growth_ranks_what_two_captures_have(void **state)
{
	(void)state;
	slabinfo(0, (struct slab_row){"same", 1, 1, 64, 900, 1});
	slabinfo(0, (struct slab_row){"gone", 1, 1, 64, 10, 1});
	slabinfo(0, (struct slab_row){"grew", 1, 1, 64, 10, 1});
	slabinfo(1, (struct slab_row){"same", 1, 1, 64, 900, 1});
	slabinfo(1, (struct slab_row){"grew", 1, 1, 64, 13, 1});
	slabinfo(1, (struct slab_row){"new", 1, 1, 64, 5, 1});
	make_both();
	assert_true(view.compared);
	assert_int_equal(view.newest, 1);
	assert_int_equal(view.cache_count, 4);
	assert_span(view.caches[0].name, "new");
	assert_false(view.caches[0].sides[0].known);
	assert_int_equal(slab_cache_growth(&view.caches[0]), 5 * PAGE_SIZE);
	assert_span(view.caches[1].name, "grew");
	assert_int_equal(slab_cache_growth(&view.caches[1]), 3 * PAGE_SIZE);
	assert_span(view.caches[2].name, "same");
	assert_int_equal(slab_cache_growth(&view.caches[2]), 0);
	assert_span(view.caches[3].name, "gone");
	assert_false(view.caches[3].sides[1].known);
	assert_int_equal(slab_cache_growth(&view.caches[3]), -10 * PAGE_SIZE);
	assert_u64(view.totals[0].bytes, 920 * PAGE_SIZE);
	assert_u64(view.totals[1].bytes, 918 * PAGE_SIZE);
}

static void a_capture_without_caches_is_compared_with_nothing(void **state)
{
	(void)state;
	slabinfo(1, (struct slab_row){"small", 1, 1, 64, 2, 1});
	slabinfo(1, (struct slab_row){"large", 1, 1, 64, 3, 1});
	make_both();
	assert_true(view.known);
	assert_false(view.compared);
	assert_int_equal(view.newest, 1);
	assert_span(view.caches[0].name, "large");
	make_one();
	assert_false(view.known);
	assert_int_equal(view.cache_count, 0);
}

static void caches_of_one_name_are_added_up(void **state)
{
	(void)state;
	slabinfo(0, (struct slab_row){"ring", 128, 160, 512, 10, 2});
	slabinfo(0, (struct slab_row){"ring (2)", 4, 16, 512, 1, 2});
	slabinfo(0, (struct slab_row){"other (2)", 4, 16, 512, 1, 2});
	slabinfo(0, (struct slab_row){"odd", 1, 1, 512, 1, 1});
	slabinfo(0, (struct slab_row){"odd (2)", 1, 1, 256, 0, 1});
	slabinfo(0, (struct slab_row){"odd (x)", 1, 1, 256, 0, 1});
	make_one();
	assert_int_equal(view.cache_count, 4);
	assert_span(view.caches[0].name, "ring");
	assert_u64(view.caches[0].namesakes, 2);
	assert_u64(view.caches[0].sides[0].bytes, 22 * PAGE_SIZE);
	assert_u64(view.caches[0].sides[0].objects, 132);
	assert_u64(view.caches[0].sides[0].slots, 176);
	assert_u64(view.caches[0].sides[0].slot_bytes, 512);
	assert_span(view.caches[1].name, "other (2)");
	assert_u64(view.caches[1].namesakes, 1);
	assert_span(view.caches[2].name, "odd");
	assert_u64(view.caches[2].sides[0].slot_bytes, 0);
	assert_span(view.caches[3].name, "odd (x)");
}

static void caches_of_one_name_are_counted_in_the_newest_capture(void **state)
{
	unsigned side;

	(void)state;
	for (side = 0; side < 2; side++) {
		slabinfo(side, (struct slab_row){"ring", 8, 8, 512, 2, 1});
		slabinfo(side, (struct slab_row){"ring (2)", 8, 8, 512, 1, 1});
	}
	slabinfo(1, (struct slab_row){"ring (3)", 8, 8, 512, 1, 1});
	make_both();
	assert_int_equal(view.cache_count, 1);
	assert_u64(view.caches[0].namesakes, 3);
	assert_int_equal(slab_cache_growth(&view.caches[0]), PAGE_SIZE);
}

static void names_that_are_numbers_alone_are_names(void **state)
{
	static const char *const names[] = {"(2)", "2)", ")", " (2)", "x (1)"};
	size_t i;

	(void)state;
	slabinfo(0, (struct slab_row){"x", 8, 8, 512, 2, 1});
	slabinfo(0, (struct slab_row){"", 8, 8, 512, 2, 1});
	for (i = 0; i < TEST_COUNT(names); i++)
		slabinfo(0, (struct slab_row){names[i], 8, 8, 512, 2, 1});
	make_one();
	assert_int_equal(view.cache_count, 2 + TEST_COUNT(names));
}

static enum known_flag reclaimable(const char *cache)
{
	size_t i;

	for (i = 0; i < view.cache_count; i++)
		if (span_equal(view.caches[i].name, span_of(cache)))
			return view.caches[i].reclaimable;
	fail_msg("no cache %s", cache);
	return FLAG_UNKNOWN;
}

static void sysfs_tells_what_can_be_reclaimed_before_names_do(void **state)
{
	(void)state;
	slabinfo(0, (struct slab_row){"dentry", 1, 1, 192, 1, 1});
	slabinfo(0, (struct slab_row){"my_inode", 1, 1, 192, 1, 1});
	sysfs(0, "my_inode", "reclaim_account", 0);
	slabinfo(0, (struct slab_row){"mystery", 1, 1, 192, 1, 1});
	sysfs(0, "mystery", "reclaim_account", 1);
	slabinfo(0, (struct slab_row){"kmalloc-rcl-64", 1, 1, 64, 1, 1});
	slabinfo(0, (struct slab_row){"kmalloc-64", 1, 1, 64, 1, 1});
	slabinfo(0, (struct slab_row){"filp", 1, 1, 64, 1, 1});
	make_one();
	assert_int_equal(reclaimable("dentry"), FLAG_YES);
	assert_int_equal(reclaimable("my_inode"), FLAG_NO);
	assert_int_equal(reclaimable("mystery"), FLAG_YES);
	assert_int_equal(reclaimable("kmalloc-rcl-64"), FLAG_YES);
	assert_int_equal(reclaimable("kmalloc-64"), FLAG_NO);
	assert_int_equal(reclaimable("filp"), FLAG_UNKNOWN);
}

static void flags_and_merging_come_from_sysfs(void **state)
{
	(void)state;
	slabinfo(0, (struct slab_row){"filp", 1, 1, 256, 2, 1});
	sysfs(0, "filp", "store_user", 0);
	sysfs(0, "filp", "aliases", 3);
	slabinfo(0, (struct slab_row){"dentry", 1, 1, 256, 1, 1});
	make_one();
	assert_int_equal(view.caches[0].traced, FLAG_NO);
	assert_true(view.caches[0].aliases_known);
	assert_u64(view.caches[0].aliases, 3);
	assert_int_equal(view.caches[1].traced, FLAG_UNKNOWN);
	assert_false(view.caches[1].aliases_known);
}

static void sysfs_is_enough_where_there_is_no_slabinfo(void **state)
{
	const struct slab_amount *amount;

	(void)state;
	sysfs_cache("dentry", 10, 0);
	sysfs(0, "dentry node 0", "slabs", 10);
	sysfs_cache("total", 5, 0);
	sysfs(0, "total", "total_objects", 79);
	/* Not enough to know its memory by. */
	sysfs(0, "lone", "order", 0);
	make_one();
	assert_int_equal(view.cache_count, 2);
	amount = &view.caches[0].sides[0];
	assert_span(view.caches[0].name, "dentry");
	assert_u64(amount->bytes, 20 * PAGE_SIZE);
	assert_u64(amount->objects, 157);
	assert_u64(amount->slots, 160);
	assert_u64(amount->slot_bytes, 512);
	assert_u64(amount->debug_bytes, 160 * 64);
	assert_u64(view.caches[1].sides[0].slots, 79);
}

static void slabinfo_goes_before_sysfs_which_is_read_later(void **state)
{
	(void)state;
	slabinfo(0, (struct slab_row){"dentry", 10, 16, 512, 1, 2});
	sysfs_cache("dentry", 99, 0);
	sysfs_cache(":0000512", 99, 0);
	make_one();
	assert_int_equal(view.cache_count, 1);
	assert_u64(view.caches[0].sides[0].bytes, 2 * PAGE_SIZE);
}

static void links_to_a_merged_cache_count_it_once(void **state)
{
	(void)state;
	sysfs_cache("filp", 10, 1);
	sysfs_cache("bfilp", 10, 1);
	sysfs_cache(":0000512", 10, 1);
	sysfs_cache("cred", 7, 0);
	sysfs_cache(":A-0000512", 7, 0);
	sysfs_cache("left", 3, 1);
	sysfs_cache("right", 3, 1);
	sysfs_cache("one", 1, 0);
	sysfs_cache("another", 1, 0);
	make_one();
	assert_int_equal(view.cache_count, 5);
	assert_span(view.caches[0].name, "bfilp");
	assert_span(view.caches[1].name, "cred");
	assert_span(view.caches[2].name, "left");
	assert_span(view.caches[3].name, "another");
	assert_span(view.caches[4].name, "one");
	assert_u64(view.totals[0].bytes, (10 + 7 + 3 + 1 + 1) * 8192);
}

static void numbers_of_a_file_that_lies_do_not_wrap(void **state)
{
	(void)state;
	slabinfo(0, (struct slab_row){"kmalloc-64", UINT64_MAX, UINT64_MAX,
				      UINT64_MAX, UINT64_MAX, UINT64_MAX});
	slabinfo(0, (struct slab_row){"kmalloc-32", UINT64_MAX, UINT64_MAX,
				      UINT64_MAX, UINT64_MAX, UINT64_MAX});
	slabinfo(1, (struct slab_row){"kmalloc-64", 0, 0, 0, 0, 0});
	make_both();
	assert_u64(view.totals[0].bytes, INT64_MAX);
	assert_u64(view.totals[0].slots, INT64_MAX);
	assert_int_equal(slab_cache_growth(&view.caches[0]), -INT64_MAX);
}

static void attributes_that_lie_do_not_wrap(void **state)
{
	(void)state;
	sysfs_cache("x", UINT64_MAX / 16, UINT64_MAX);
	sysfs_cache("order", 1, 0);
	sysfs(0, "order", "order", 63);
	make_one();
	assert_int_equal(view.cache_count, 1);
	assert_u64(view.caches[0].sides[0].bytes, INT64_MAX);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(memory_is_that_of_whole_slabs),
		TEST(caches_are_ranked_by_memory_and_not_by_objects),
		TEST(debugging_is_what_slots_have_beyond_objects),
		TEST(growth_ranks_what_two_captures_have),
		TEST(a_capture_without_caches_is_compared_with_nothing),
		TEST(caches_of_one_name_are_added_up),
		TEST(caches_of_one_name_are_counted_in_the_newest_capture),
		TEST(names_that_are_numbers_alone_are_names),
		TEST(sysfs_tells_what_can_be_reclaimed_before_names_do),
		TEST(flags_and_merging_come_from_sysfs),
		TEST(sysfs_is_enough_where_there_is_no_slabinfo),
		TEST(slabinfo_goes_before_sysfs_which_is_read_later),
		TEST(links_to_a_merged_cache_count_it_once),
		TEST(numbers_of_a_file_that_lies_do_not_wrap),
		TEST(attributes_that_lie_do_not_wrap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
