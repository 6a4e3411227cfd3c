/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slab caches of any slabinfo: nothing is lost, and no order is an accident. */
#include "tests/support/check.h"

#include "account/slab_caches.h"
#include "tests/support/dice.h"

#define ROUNDS	  200
#define CACHES	  12
#define PAGE_SIZE 4096

static const uint64_t page_sizes[2] = {PAGE_SIZE, PAGE_SIZE};

static uint64_t seed;

static const char *const names[] = {
	"kmalloc-64", "kmalloc-rcl-1k", "dentry",    "ring",
	"ring (2)",   "ring (3)",	"a\nb,\"c;", ":0000064",
};

/* Now and then a number that only a file that lies can have. */
static uint64_t any_number(struct dice *dice)
{
	return dice_one_in(dice, 20) ? dice_roll(dice) : dice_below(dice, 1000);
}

static void make_counters(struct dice *dice, struct counters *counters)
{
	static const char *const columns[] = {"active_objs", "num_objs",
					      "objsize",     "pagesperslab",
					      "num_slabs",   "tunables"};
	size_t count = dice_below(dice, CACHES), i, j;
	struct error err;

	for (i = 0; i < count; i++) {
		struct counter counter = {
			.group = SPAN("slabinfo"),
			.scope = span_of(
				names[dice_below(dice, TEST_COUNT(names))]),
		};

		for (j = 0; j < TEST_COUNT(columns); j++) {
			counter.name = span_of(columns[j]);
			counter.value = any_number(dice);
			assert_true(counters_add(counters, &counter, &err));
		}
	}
}

static uint64_t plus(uint64_t a, uint64_t b)
{
	return a + b > INT64_MAX ? INT64_MAX : a + b;
}

static void assert_totals(const struct slab_view *view)
{
	unsigned side;
	size_t i;

	for (side = 0; side < 2; side++) {
		struct slab_amount sum = {0};

		for (i = 0; i < view->cache_count; i++) {
			const struct slab_amount *each =
				&view->caches[i].sides[side];

			assert_true(each->bytes <= INT64_MAX);
			assert_true(each->debug_bytes <= INT64_MAX);
			sum.bytes = plus(sum.bytes, each->bytes);
			sum.objects = plus(sum.objects, each->objects);
			sum.slots = plus(sum.slots, each->slots);
			sum.known |= each->known;
		}
		assert_u64(view->totals[side].bytes, sum.bytes);
		assert_u64(view->totals[side].objects, sum.objects);
		assert_u64(view->totals[side].slots, sum.slots);
		assert_int_equal(view->totals[side].known, sum.known);
	}
}

static const struct slab_cache *named(const struct slab_view *view,
				      struct span name)
{
	size_t i;

	for (i = 0; i < view->cache_count; i++)
		if (span_equal(view->caches[i].name, name))
			return &view->caches[i];
	fail_msg("a cache is lost (SEED=%llu)", (unsigned long long)seed);
	return NULL;
}

static void totals_are_sums_and_swapping_negates_growth(void **state)
{
	struct dice dice = {seed};
	unsigned round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		struct counters a = {0}, b = {0};
		const struct counters *const forth[2] = {&a, &b};
		const struct counters *const back[2] = {&b, &a};
		struct arena arena = {0};
		struct slab_view there, here;
		struct error err;
		size_t i;

		make_counters(&dice, &a);
		make_counters(&dice, &b);
		assert_true(slab_caches_make(forth, page_sizes, &arena, &there,
					     &err));
		assert_true(slab_caches_make(back, page_sizes, &arena, &here,
					     &err));
		assert_totals(&there);
		assert_int_equal(there.cache_count, here.cache_count);
		for (i = 0; i < there.cache_count; i++) {
			const struct slab_cache *cache = &there.caches[i];

			assert_true(
				slab_cache_growth(cache) ==
				-slab_cache_growth(named(&here, cache->name)));
			if (i && there.compared)
				assert_true(slab_cache_growth(cache) <=
					    slab_cache_growth(cache - 1));
		}
		assert_true(slab_view_leaders(&there) <= there.cache_count);
		assert_non_null(slab_caches_steps(&there, NULL, &arena));
		arena_deinit(&arena);
		counters_deinit(&a);
		counters_deinit(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(totals_are_sums_and_swapping_negates_growth),
	};

	seed = dice_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
