/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/budget_maker.h"

static struct budget_maker maker;

static int teardown(void **state)
{
	(void)state;
	budget_maker_deinit(&maker);
	return 0;
}

static const struct budget *build(const char *meminfo)
{
	budget_maker_read(&maker, "meminfo", meminfo);
	return budget_maker_build(&maker, "");
}

static void add_zram(const char *device, uint64_t bytes)
{
	const struct counter counter = {
		.group = SPAN("mm_stat"),
		.scope = span_of(device),
		.name = SPAN("mem_used_total"),
		.value = bytes,
		.unit = COUNTER_BYTES,
	};

	budget_maker_add(&maker, &counter);
}

#define HEAD "MemTotal: 100000 kB\n"
#define MIB  1048576

static void zsmalloc_has_what_both_zswap_and_zram_take(void **state)
{
	(void)state;
	/* 16000 kB */
	budget_maker_read(&maker, "vmstat", "nr_zspages 4000\n");
	build(HEAD "Zswap: 12000 kB\nZswapped: 40000 kB\n");
	assert_part(&maker, "compressed-swap", 16000);
	add_zram("zram0", 4000 * 1024);
	build(HEAD);
	assert_part(&maker, "compressed-swap", 16000);
}

static void a_drift_between_two_reads_is_no_pool(void **state)
{
	(void)state;
	budget_maker_read(&maker, "vmstat", "nr_zspages 4000\n");
	/* 1024 + 17600 / 16 lie between them. */
	build(HEAD "Zswap: 17600 kB\n");
	assert_part(&maker, "compressed-swap", 16000);
	assert_false(budget_maker_notes(&maker, "zsmalloc"));
}

static void a_pool_of_zswap_outside_of_zsmalloc_is_added(void **state)
{
	(void)state;
	budget_maker_read(&maker, "vmstat", "nr_zspages 4000\n");
	build(HEAD "Zswap: 20000 kB\n");
	assert_part(&maker, "compressed-swap", 36000);
	assert_true(budget_maker_notes(&maker, "both are added"));
}

static void zram_shows_that_zswap_is_elsewhere(void **state)
{
	(void)state;
	budget_maker_read(&maker, "vmstat", "nr_zspages 4000\n");
	build(HEAD "Zswap: 12000 kB\n");
	assert_part(&maker, "compressed-swap", 16000);
	add_zram("zram0", 10 * MIB);
	add_zram("zram1", 5 * MIB);
	budget_maker_build(&maker, "");
	assert_part(&maker, "compressed-swap", 28000);
}

static void without_zsmalloc_its_users_are_summed(void **state)
{
	(void)state;
	build(HEAD "Zswap: 300 kB\n");
	assert_part(&maker, "compressed-swap", 300);
	add_zram("zram0", 2 * MIB);
	add_zram("zram1", MIB);
	budget_maker_build(&maker, "");
	assert_part(&maker, "compressed-swap", 300 + 3072);
	add_zram("zram2", UINT64_MAX);
	budget_maker_build(&maker, "");
	assert_part(&maker, "compressed-swap",
		    300 + (int64_t)(UINT64_MAX / 1024));
}

static void without_any_of_them_there_is_no_such_part(void **state)
{
	(void)state;
	build(HEAD);
	assert_no_row(&maker, "compressed-swap");
	add_zram("zram0", 0);
	budget_maker_build(&maker, "");
	assert_part(&maker, "compressed-swap", 0);
}

static void huge_pages_of_all_sizes_go_before_those_of_one(void **state)
{
	(void)state;
	build(HEAD "HugePages_Total: 3\nHugePages_Free: 1\n"
		   "Hugepagesize: 2048 kB\n");
	assert_part(&maker, "hugetlb", 6144);
	assert_inside(&maker, "hugetlb-free", 2048);
	build("Hugetlb: 7000 kB\n");
	assert_part(&maker, "hugetlb", 7000);
}

static void huge_pages_of_unknown_size_are_left_out(void **state)
{
	(void)state;
	build(HEAD "HugePages_Total: 3\n");
	assert_no_row(&maker, "hugetlb");
	build("HugePages_Total: 0\n");
	assert_part(&maker, "hugetlb", 0);
}

/* 25000 pages are managed of `present`. */
static void read_zone(const char *present)
{
	budget_maker_read(&maker, "zoneinfo",
			  "Node 0, zone Normal\n  pages free 1\n"
			  "        managed  25000\n");
	budget_maker_read(&maker, "zoneinfo", present);
}

static void a_balloon_is_not_added_where_total_may_be_less_by_it(void **state)
{
	const struct budget *budget;

	(void)state;
	read_zone("Node 0, zone Normal\n  pages free 1\n"
		  "        present  26000\n");
	budget = build(HEAD "Balloon: 4000 kB\n");
	assert_beside(&maker, "balloon", 4000);
	assert_false(budget->balloon_in_total);
	assert_true(budget->remainder_kib == 100000);
	assert_true(budget_maker_notes(&maker, "Balloon is not added"));
}

static void a_balloon_that_the_zones_still_have_is_a_part(void **state)
{
	const struct budget *budget;

	(void)state;
	read_zone("Node 0, zone Normal\n  pages free 1\n"
		  "        present  26000\n");
	/* More than the 1000 pages that the zones lack. */
	budget = build(HEAD "Balloon: 4004 kB\n");
	assert_part(&maker, "balloon", 4004);
	assert_true(budget->balloon_in_total);
	assert_true(budget->remainder_kib == 95996);
	assert_true(budget_maker_notes(&maker, "MemTotal still has"));
}

static void without_zones_a_balloon_stands_beside(void **state)
{
	(void)state;
	build(HEAD "Balloon: 99999 kB\n");
	assert_beside(&maker, "balloon", 99999);
	build("Balloon: 0 kB\n");
	assert_beside(&maker, "balloon", 0);
	assert_false(budget_maker_notes(&maker, "alloon"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(zsmalloc_has_what_both_zswap_and_zram_take),
		TEST(a_drift_between_two_reads_is_no_pool),
		TEST(a_pool_of_zswap_outside_of_zsmalloc_is_added),
		TEST(zram_shows_that_zswap_is_elsewhere),
		TEST(without_zsmalloc_its_users_are_summed),
		TEST(without_any_of_them_there_is_no_such_part),
		TEST(huge_pages_of_all_sizes_go_before_those_of_one),
		TEST(huge_pages_of_unknown_size_are_left_out),
		TEST(a_balloon_is_not_added_where_total_may_be_less_by_it),
		TEST(a_balloon_that_the_zones_still_have_is_a_part),
		TEST(without_zones_a_balloon_stands_beside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
