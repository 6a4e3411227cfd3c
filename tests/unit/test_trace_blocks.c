/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_blocks.h"

#include "tests/support/check.h"

#define ALL_ORDERS 0xfff

static struct trace_live live;
static struct trace_blocks_change change;

static void add(uint64_t pfn, unsigned order)
{
	struct trace_entry *entry = trace_live_add(&live, trace_block_key(pfn));

	assert_non_null(entry);
	entry->units = (uint64_t)1 << order;
	entry->stack = 7;
}

static void free_pages(uint64_t pfn, unsigned order)
{
	trace_blocks_free(&live, ALL_ORDERS, pfn, order, &change);
}

static void assert_block(uint64_t pfn, uint64_t pages)
{
	const struct trace_entry *entry =
		trace_live_find(&live, trace_block_key(pfn));

	assert_non_null(entry);
	assert_u64(entry->units, pages);
	assert_int_equal(entry->stack, 7);
}

static int teardown(void **state)
{
	(void)state;
	trace_live_deinit(&live);
	return 0;
}

static void a_block_is_freed_whole(void **state)
{
	(void)state;
	add(0, 0);
	add(64, 3);
	free_pages(64, 3);
	assert_u64(change.gone, 1);
	assert_u64(change.left, 0);
	assert_int_equal(live.count, 1);
	free_pages(0, 0);
	assert_int_equal(live.count, 0);
	free_pages(0, 0);
	assert_u64(change.gone, 0);
}

static void what_is_left_of_a_block_stays(void **state)
{
	(void)state;
	add(64, 3);
	free_pages(65, 0);
	assert_u64(change.gone, 1);
	assert_u64(change.left, 3);
	assert_int_equal(live.count, 3);
	assert_block(64, 1);
	assert_block(66, 2);
	assert_block(68, 4);
	free_pages(64, 0);
	free_pages(66, 0);
	free_pages(67, 0);
	assert_int_equal(live.count, 1);
	free_pages(68, 2);
	assert_int_equal(live.count, 0);
}

static void the_tail_pages_are_freed_from_behind(void **state)
{
	uint64_t pfn;

	(void)state;
	add(32, 4);
	for (pfn = 48; pfn-- > 32;) {
		free_pages(pfn, 0);
		assert_u64(change.gone, 1);
	}
	assert_int_equal(live.count, 0);
}

static void a_larger_free_takes_all_within(void **state)
{
	(void)state;
	add(64, 0);
	add(66, 1);
	add(72, 0);
	free_pages(64, 3);
	assert_u64(change.gone, 2);
	assert_int_equal(live.count, 1);
	assert_block(72, 1);
}

static void what_is_in_the_way_is_forgotten(void **state)
{
	(void)state;
	add(64, 3);
	trace_blocks_evict(&live, ALL_ORDERS, 66, 0, &change);
	assert_u64(change.gone, 1);
	assert_int_equal(live.count, 0);
	add(64, 0);
	add(71, 0);
	trace_blocks_evict(&live, ALL_ORDERS, 64, 3, &change);
	assert_u64(change.gone, 2);
	assert_int_equal(live.count, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_block_is_freed_whole),
		TEST(what_is_left_of_a_block_stays),
		TEST(the_tail_pages_are_freed_from_behind),
		TEST(a_larger_free_takes_all_within),
		TEST(what_is_in_the_way_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
