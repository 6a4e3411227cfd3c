/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/object_sizes.h"
#include "model/stack_class.h"

static struct snapshot snapshot;
static struct counters counters;
static struct object_sizes sizes;
static struct error err;

static int setup(void **state)
{
	(void)state;
	counters = (struct counters){0};
	assert_true(snapshot_init(&snapshot, 1u << FIELD_CACHE, &err));
	snapshot.identity = 1u << FIELD_CACHE;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	snapshot_deinit(&snapshot);
	counters_deinit(&counters);
	return 0;
}

/* Objects of a cache that one stack has allocated. */
static struct row *add(const char *cache, const char *stack, uint64_t objects,
		       uint64_t waste)
{
	const struct object_facts facts = {
		.age_max = AGE_NONE,
		.jiffies_now = AGE_NONE,
		.waste_bytes = waste,
		.has_waste = waste != 0,
	};
	const struct record record = {
		.count = objects,
		.alloc_ts_ns = TS_NONE,
		.pfn = PFN_NONE,
		.objects = &facts,
	};
	struct row_key key = {0};
	struct row *row;

	assert_true(stack_table_intern(&snapshot.stacks, span_of(stack),
				       &key.stack, NULL, &err));
	assert_true(string_pool_intern(&snapshot.names, span_of(cache),
				       &key.values[FIELD_CACHE], &err));
	assert_true(snapshot_row(&snapshot, &key, &row, &err));
	tally_record(&row->tally, &record);
	snapshot.counted.records += objects;
	return row;
}

static void tell(const char *group, const char *cache, const char *name,
		 uint64_t value)
{
	const struct counter counter = {
		.group = span_of(group),
		.scope = span_of(cache),
		.name = span_of(name),
		.value = value,
		.unit = COUNTER_BYTES,
	};

	assert_true(counters_add(&counters, &counter, &err));
}

static void apply(void)
{
	object_sizes_apply(&snapshot, &(struct size_sources){.own = &counters},
			   &sizes);
}

#define F " f+0x1/0x2\n"
#define G " g+0x1/0x2\n"

static void kmalloc_counts_what_was_asked_for_where_waste_is_told(void **state)
{
	struct row *some = add("kmalloc-64", F, 10, 40);
	struct row *whole = add("kmalloc-64", G, 3, 0);

	(void)state;
	apply();
	assert_int_equal(snapshot.unit, UNIT_BYTE);
	assert_u64(some->tally.units, 600);
	assert_u64(some->tally.objects.requested_bytes, 600);
	assert_u64(some->tally.objects.requested_known, 10);
	assert_u64(some->tally.objects.by_request, 10);
	assert_u64(some->tally.objects.slot_known, 0);
	/* No word of waste is no waste: the kernel would have said it. */
	assert_u64(whole->tally.units, 192);
	assert_u64(whole->tally.objects.by_request, 3);
	assert_u64(snapshot.counted.units, 792);
	assert_u64(sizes.requested, 13);
	assert_u64(sizes.slots, 0);
	assert_u64(sizes.unsized, 0);
}

static void slots_stand_beside_what_was_asked_for(void **state)
{
	struct row *row = add("kmalloc-64", F, 10, 40);

	(void)state;
	tell("slab_attribute", "kmalloc-64", "slab_size", 192);
	apply();
	assert_u64(row->tally.units, 600);
	assert_u64(row->tally.objects.slot_bytes, 1920);
	assert_u64(row->tally.objects.slot_known, 10);
}

/* A kernel before 6.1 does not tell what kmalloc() was asked for. */
static void without_any_waste_kmalloc_counts_slots(void **state)
{
	struct row *row = add("kmalloc-64", F, 10, 0);
	struct row *unknown = add("kmalloc-128", G, 2, 0);

	(void)state;
	tell("slabinfo", "kmalloc-64", "objsize", 192);
	apply();
	assert_u64(row->tally.units, 1920);
	assert_u64(row->tally.objects.requested_known, 0);
	assert_u64(row->tally.objects.requested_bytes, 0);
	assert_u64(row->tally.objects.by_request, 0);
	/* Its name is better than nothing. */
	assert_u64(unknown->tally.units, 256);
	assert_u64(sizes.slots, 10);
	assert_u64(sizes.whole, 2);
	assert_u64(sizes.requested, 0);
}

static void other_caches_count_slots_as_sysfs_tells_them(void **state)
{
	struct row *row = add("thing", F, 5, 0);

	(void)state;
	tell("slabinfo", "thing", "objsize", 999);
	tell("slab_attribute", "thing", "slab_size", 640);
	tell("slab_attribute", "thing", "object_size", 600);
	apply();
	assert_u64(row->tally.units, 3200);
	assert_u64(row->tally.objects.slot_bytes, 3200);
	assert_u64(row->tally.objects.requested_bytes, 3000);
	assert_u64(row->tally.objects.requested_known, 5);
	assert_u64(row->tally.objects.by_request, 0);
	assert_u64(sizes.slots, 5);
}

static void slabinfo_tells_slots_where_sysfs_does_not(void **state)
{
	struct row *row = add("thing", F, 5, 0);

	(void)state;
	tell("slabinfo", "thing", "objsize", 999);
	apply();
	assert_u64(row->tally.units, 5 * 999);
	assert_u64(row->tally.objects.requested_known, 0);
}

static void what_has_no_size_is_counted_as_nothing_and_told(void **state)
{
	struct row *row = add("thing", F, 5, 0);
	struct row *lost = add("lost", F, 7, 0);

	(void)state;
	add("lost", G, 1, 0);
	tell("slabinfo", "thing", "objsize", 10);
	apply();
	assert_int_equal(snapshot.unit, UNIT_BYTE);
	assert_u64(row->tally.units, 50);
	assert_u64(lost->tally.units, 0);
	assert_u64(lost->tally.objects.unsized, 7);
	assert_u64(sizes.unsized, 8);
	assert_u64(sizes.unsized_caches, 1);
	assert_span(string_pool_text(&snapshot.names, sizes.unsized_cache),
		    "lost");
	assert_u64(snapshot.counted.units, 50);
}

static void where_nothing_has_a_size_objects_are_counted(void **state)
{
	struct row *row = add("a", F, 5, 0), *other = add("b", G, 7, 0);

	(void)state;
	apply();
	assert_int_equal(snapshot.unit, UNIT_OBJECT);
	assert_u64(row->tally.units, 5);
	assert_u64(other->tally.units, 7);
	assert_u64(snapshot.counted.units, 12);
	assert_u64(sizes.unsized, 12);
	assert_u64(sizes.unsized_caches, 2);
}

static void sizes_can_be_dropped_again(void **state)
{
	struct row *row = add("kmalloc-64", F, 10, 40);

	(void)state;
	apply();
	object_sizes_drop(&snapshot);
	assert_int_equal(snapshot.unit, UNIT_OBJECT);
	assert_u64(row->tally.units, 10);
	assert_u64(snapshot.counted.units, 10);
}

/* More waste than memory: the text is damaged. */
static void waste_of_more_than_all_is_not_believed(void **state)
{
	struct row *row = add("kmalloc-64", F, 10, 641);
	struct row *most = add("kmalloc-64", G, 10, 640);

	(void)state;
	apply();
	assert_u64(row->tally.objects.requested_known, 0);
	assert_u64(row->tally.units, 640);
	assert_u64(most->tally.objects.requested_known, 10);
	assert_u64(most->tally.units, 0);
}

static void a_product_beyond_64_bits_is_no_size(void **state)
{
	struct row *row = add("kmalloc-1k", F, UINT64_MAX / 512, 1);

	(void)state;
	apply();
	assert_u64(row->tally.objects.requested_known, 0);
	assert_u64(row->tally.objects.requested_bytes, 0);
}

static bool is_reclaimable(const struct row *row)
{
	return row->reclaimable;
}

static void caches_that_shrink_are_evidence_for_their_stacks(void **state)
{
	struct row *named = add("dentry", " a+0x1/0x2\n", 1, 0);
	struct row *told = add("thing", " b+0x1/0x2\n", 1, 0);
	struct row *stays = add("other", " c+0x1/0x2\n", 1, 0);
	struct row *denied = add("inode_cache", " d+0x1/0x2\n", 1, 0);

	(void)state;
	tell("slab_attribute", "thing", "reclaim_account", 1);
	/* sysfs knows, a name is only a name. */
	tell("slab_attribute", "inode_cache", "reclaim_account", 0);
	apply();
	assert_true(is_reclaimable(named));
	assert_true(is_reclaimable(told));
	assert_false(is_reclaimable(stays));
	assert_false(is_reclaimable(denied));
}

static void what_a_capture_lacks_another_one_tells(void **state)
{
	struct row *row = add("thing", F, 5, 0);
	struct row *own = add("other", F, 3, 0);
	struct counters elsewhere = {0};
	const struct counter slot = {
		.group = SPAN("slabinfo"),
		.scope = SPAN("thing"),
		.name = SPAN("objsize"),
		.value = 640,
	};
	struct counter wrong = slot;

	(void)state;
	wrong.scope = SPAN("other");
	assert_true(counters_add(&elsewhere, &slot, &err));
	assert_true(counters_add(&elsewhere, &wrong, &err));
	tell("slabinfo", "other", "objsize", 100);
	object_sizes_apply(
		&snapshot,
		&(struct size_sources){.own = &counters, .other = &elsewhere},
		&sizes);
	assert_u64(row->tally.units, 5 * 640);
	assert_u64(own->tally.units, 3 * 100);
	assert_u64(sizes.unsized, 0);
	counters_deinit(&elsewhere);
}

static void a_kernel_that_prints_waste_elsewhere_has_none_here(void **state)
{
	struct row *row = add("kmalloc-64", F, 10, 0);

	(void)state;
	tell("slabinfo", "kmalloc-64", "objsize", 192);
	object_sizes_apply(
		&snapshot,
		&(struct size_sources){.own = &counters, .prints_waste = true},
		&sizes);
	assert_u64(row->tally.units, 640);
	assert_u64(row->tally.objects.by_request, 10);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(kmalloc_counts_what_was_asked_for_where_waste_is_told),
		TEST(slots_stand_beside_what_was_asked_for),
		TEST(without_any_waste_kmalloc_counts_slots),
		TEST(what_a_capture_lacks_another_one_tells),
		TEST(a_kernel_that_prints_waste_elsewhere_has_none_here),
		TEST(other_caches_count_slots_as_sysfs_tells_them),
		TEST(slabinfo_tells_slots_where_sysfs_does_not),
		TEST(what_has_no_size_is_counted_as_nothing_and_told),
		TEST(where_nothing_has_a_size_objects_are_counted),
		TEST(sizes_can_be_dropped_again),
		TEST(waste_of_more_than_all_is_not_believed),
		TEST(a_product_beyond_64_bits_is_no_size),
		TEST(caches_that_shrink_are_evidence_for_their_stacks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
