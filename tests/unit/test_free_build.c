/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/budget_maker.h"

static struct budget_maker maker;

static int teardown(void **state)
{
	(void)state;
	budget_maker_deinit(&maker);
	return 0;
}

static const struct free_view *build(const char *meminfo)
{
	budget_maker_read(&maker, "meminfo", meminfo);
	return &budget_maker_build(&maker, "")->free;
}

#define ROWS                                                      \
	"MemTotal: 10000 kB\nMemFree: 3000 kB\nBuffers: 100 kB\n" \
	"Cached: 2000 kB\nShmem: 500 kB\nSReclaimable: 400 kB\n"  \
	"KReclaimable: 440 kB\nActive(file): 800 kB\n"            \
	"Inactive(file): 900 kB\nSwapTotal: 700 kB\nSwapFree: 600 kB\n"

static void the_columns_are_those_of_procps_4(void **state)
{
	const struct free_view *view = build(ROWS "MemAvailable: 6000 kB\n");

	(void)state;
	assert_true(view->total.kib == 10000);
	/* Total less available; free and caches are not in it. */
	assert_true(view->used.kib == 4000);
	assert_true(view->free.kib == 3000);
	assert_true(view->shared.kib == 500);
	/* SReclaimable, not KReclaimable. */
	assert_true(view->buff_cache.kib == 2500);
	assert_true(view->available.kib == 6000);
	assert_true(view->available_known);
	assert_true(view->swap_total.kib == 700);
	assert_true(view->swap_used.kib == 100);
	assert_true(view->swap_free.kib == 600);
	assert_string_equal(view->used.last->name, "MemAvailable");
	assert_u64(view->used.last->value, 6000);
}

static void without_mem_available_free_prints_mem_free(void **state)
{
	const struct free_view *view = build(ROWS);

	(void)state;
	assert_false(view->available_known);
	assert_true(view->available.kib == 3000);
	assert_true(view->used.kib == 7000);
	assert_null(view->available_by.first);
	assert_true(budget_maker_notes(&maker, "no MemAvailable"));
}

static void more_available_than_there_is_counts_as_mem_free(void **state)
{
	const struct free_view *view = build(ROWS "MemAvailable: 10001 kB\n");

	(void)state;
	assert_true(view->available.kib == 3000);
	assert_true(view->used.kib == 7000);
	assert_false(view->available_known);
	assert_true(budget_maker_notes(&maker, "above MemTotal"));
	view = build("MemAvailable: 10000 kB\n");
	assert_true(view->used.kib == 0);
	view = build("MemAvailable: 0 kB\n");
	assert_true(view->available.kib == 3000);
	assert_false(view->available_known);
}

static void swap_that_is_more_free_than_it_is_large_is_not_used(void **state)
{
	const struct free_view *view = build(ROWS "SwapTotal: 5 kB\n");

	(void)state;
	assert_true(view->swap_used.kib == 0);
	assert_null(view->swap_used.first);
}

#define ZONE(name, rows) "Node 0, zone " name "\n  pages free 1\n" rows

/*
 * low is 40 + 60 pages. The reserve: of the first zone 30 + 50 - 7 of boost,
 * of the second one 65 + 0, of the third one no more than there is, 9.
 */
static const char zones[] = ZONE(
	"DMA32", "        boost 7\n        low 40\n        high 50\n"
		 "        managed 1000\n        protection: (0, 30, 20)\n")
	ZONE("Normal", "        low 60\n        high 65\n"
		       "        managed 1400\n        protection: (0, 0, 0)\n"
		       "  pagesets\n    cpu: 0\n              high:  5000\n")
		ZONE("Movable",
		     "        low 0\n        high 8\n"
		     "        managed 9\n        protection: (5, 5, 5)\n");

static const struct sum_term *term_of(const struct sum *sum, const char *name)
{
	const struct sum_term *term;

	for (term = sum->first; term; term = term->next)
		if (strcmp(term->name, name) == 0)
			return term;
	fail_msg("there is no term \"%s\"", name);
	return NULL;
}

static bool has_term(const struct sum *sum, const char *name)
{
	const struct sum_term *term;

	for (term = sum->first; term; term = term->next)
		if (strcmp(term->name, name) == 0)
			return true;
	return false;
}

static void mem_available_is_computed_as_the_kernel_does(void **state)
{
	const struct free_view *view;

	(void)state;
	budget_maker_read(&maker, "zoneinfo", zones);
	/*
	 * 3000 + 1700 - min(850, 400) + 440 - min(220, 400) - 4 * (73 + 65 + 9)
	 */
	view = build(ROWS "MemAvailable: 3932 kB\n");
	assert_true(view->available_by.kib == 3932);
	assert_true(term_of(&view->available_by, "totalreserve_pages")->kib ==
		    -588);
	assert_u64(term_of(&view->available_by, "totalreserve_pages")->value,
		   147);
	assert_true(term_of(&view->available_by, "low")->kib == -400);
	assert_true(term_of(&view->available_by, "half of KReclaimable")->kib ==
		    -220);
	assert_false(has_term(&view->available_by, "changed meanwhile"));
}

static void what_changed_between_two_reads_is_a_term_of_its_own(void **state)
{
	const struct free_view *view;

	(void)state;
	budget_maker_read(&maker, "zoneinfo", zones);
	view = build(ROWS "MemAvailable: 3940 kB\n");
	assert_true(view->available_by.kib == 3940);
	assert_true(term_of(&view->available_by, "changed meanwhile")->kib ==
		    8);
}

static void kernels_up_to_4_5_kept_the_low_watermarks(void **state)
{
	const struct free_view *view;

	(void)state;
	budget_maker_read(&maker, "zoneinfo", zones);
	/* 400 in place of 588 */
	view = build(ROWS "MemAvailable: 4120 kB\n");
	assert_true(view->available_by.kib == 4120);
	assert_false(has_term(&view->available_by, "totalreserve_pages"));
	assert_false(has_term(&view->available_by, "changed meanwhile"));
}

static void before_5_0_it_was_slab_alone(void **state)
{
	const struct free_view *view;

	(void)state;
	budget_maker_read(&maker, "zoneinfo", zones);
	/* 3000 + 400 - 200 - 588 */
	view = build("MemTotal: 10000 kB\nMemFree: 3000 kB\n"
		     "SReclaimable: 400 kB\nMemAvailable: 2612 kB\n");
	assert_true(view->available_by.kib == 2612);
	assert_false(has_term(&view->available_by, "changed meanwhile"));
}

static void the_kernel_stops_at_0(void **state)
{
	const struct sum *by;

	(void)state;
	budget_maker_read(&maker, "zoneinfo", zones);
	/* 100 - 588 */
	by = &build("MemTotal: 10000 kB\nMemFree: 100 kB\n"
		    "MemAvailable: 0 kB\n")
		      ->available_by;
	assert_true(by->kib == 0);
	assert_true(term_of(by, "not below 0")->kib == 488);
	assert_false(has_term(by, "changed meanwhile"));
	by = &build("MemFree: 700 kB\n")->available_by;
	assert_true(term_of(by, "changed meanwhile")->kib == -112);
	assert_false(has_term(by, "not below 0"));
}

static void without_zoneinfo_nothing_is_said_of_how(void **state)
{
	(void)state;
	assert_null(build(ROWS "MemAvailable: 3932 kB\n")->available_by.first);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_columns_are_those_of_procps_4),
		TEST(without_mem_available_free_prints_mem_free),
		TEST(more_available_than_there_is_counts_as_mem_free),
		TEST(swap_that_is_more_free_than_it_is_large_is_not_used),
		TEST(mem_available_is_computed_as_the_kernel_does),
		TEST(what_changed_between_two_reads_is_a_term_of_its_own),
		TEST(kernels_up_to_4_5_kept_the_low_watermarks),
		TEST(before_5_0_it_was_slab_alone),
		TEST(the_kernel_stops_at_0),
		TEST(without_zoneinfo_nothing_is_said_of_how),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
