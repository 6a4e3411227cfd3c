/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_blocks.h"

#include "tests/support/check.h"

static struct trace_live live;
static uint64_t orders;
static struct trace_blocks_change change;
static struct error err;

static void add(uint64_t pfn, unsigned order)
{
	struct trace_entry *entry = trace_live_add(&live, trace_block_key(pfn));

	assert_non_null(entry);
	entry->units = (uint64_t)1 << order;
	entry->stack = 7;
	orders |= entry->units;
}

static void free_pages(uint64_t pfn, unsigned order)
{
	assert_true(
		trace_blocks_free(&live, &orders, pfn, order, &change, &err));
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
	orders = 0;
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
	assert_u64(trace_blocks_evict(&live, orders, 66, 0), 1);
	assert_int_equal(live.count, 0);
	add(64, 0);
	add(71, 0);
	assert_u64(trace_blocks_evict(&live, orders, 64, 3), 2);
	assert_int_equal(live.count, 0);
}

/* No block of the size of a part was ever allocated. */
static void what_is_left_is_found_again(void **state)
{
	(void)state;
	add(64, 3);
	free_pages(65, 0);
	free_pages(69, 0);
	assert_u64(change.gone, 1);
	assert_block(68, 1);
	assert_block(70, 2);
	assert_u64(trace_blocks_evict(&live, orders, 64, 3), 4);
	assert_int_equal(live.count, 0);
}

/* A stale head of a block of another size is none of the page's. */
static void only_sizes_that_were_seen_are_looked_for(void **state)
{
	(void)state;
	add(64, 3);
	orders = 1u << 4 | 1;
	free_pages(65, 0);
	assert_u64(change.gone, 0);
	assert_block(64, 8);
}

static void what_is_left_may_have_no_room(void **state)
{
	(void)state;
	live.limit = 1;
	add(64, 3);
	free_pages(65, 0);
	assert_u64(change.left, 3);
	assert_u64(change.beyond, 2);
	assert_int_equal(live.count, 1);
	live.limit = 0;
}

#define SPACE 256

/* To which block each page belongs: its first page and 1; 0: to none. */
static size_t map_pages(uint64_t owners[SPACE])
{
	size_t i, found = 0;

	memset(owners, 0, SPACE * sizeof(*owners));
	for (i = 0; i < live.capacity; i++) {
		const struct trace_entry *entry = &live.slots[i];
		uint64_t pfn;

		if (!entry->key)
			continue;
		found++;
		for (pfn = entry->key - trace_block_key(0);
		     pfn < entry->key - trace_block_key(0) + entry->units;
		     pfn++) {
			assert_u64(owners[pfn], 0);
			owners[pfn] = entry->key;
		}
	}
	return found;
}

/* Blocks in the way are gone with all their pages; others are untouched. */
static void assert_allocated(const uint64_t before[SPACE],
			     const uint64_t after[SPACE], uint64_t pfn,
			     uint64_t pages)
{
	bool gone[SPACE + 1] = {false};
	uint64_t i;

	for (i = pfn; i < pfn + pages; i++) {
		gone[before[i]] = true;
		assert_u64(after[i], trace_block_key(pfn));
	}
	for (i = 0; i < SPACE; i++)
		if (i < pfn || i >= pfn + pages)
			assert_u64(after[i], gone[before[i]] ? 0 : before[i]);
}

static void assert_freed(const uint64_t before[SPACE],
			 const uint64_t after[SPACE], uint64_t pfn,
			 uint64_t pages)
{
	uint64_t i;

	for (i = 0; i < SPACE; i++)
		assert_int_equal(after[i] != 0,
				 before[i] && (i < pfn || i >= pfn + pages));
}

static void blocks_never_overlap_whatever_comes(void **state)
{
	static uint64_t before[SPACE], after[SPACE];
	uint64_t number = 4711;
	unsigned i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		unsigned order;
		uint64_t pfn, pages;

		number = number * 6364136223846793005u + 1442695040888963407u;
		order = (unsigned)(number >> 40) % 7;
		order = order > 2 && number >> 63 ? 0 : order;
		pages = (uint64_t)1 << order;
		pfn = (number >> 48) % SPACE / pages * pages;
		map_pages(before);
		if (number >> 33 & 1) {
			trace_blocks_evict(&live, orders, pfn, order);
			add(pfn, order);
		} else {
			free_pages(pfn, order);
		}
		assert_int_equal(map_pages(after), live.count);
		if (number >> 33 & 1)
			assert_allocated(before, after, pfn, pages);
		else
			assert_freed(before, after, pfn, pages);
	}
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
		TEST(what_is_left_is_found_again),
		TEST(only_sizes_that_were_seen_are_looked_for),
		TEST(what_is_left_may_have_no_room),
		TEST(blocks_never_overlap_whatever_comes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
