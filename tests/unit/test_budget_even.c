/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/budget_even.h"
#include "tests/support/budget_maker.h"

static struct budget_maker old, new;
static struct error err;

static int setup(void **state)
{
	(void)state;
	old = new = (struct budget_maker){0};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	budget_maker_deinit(&old);
	budget_maker_deinit(&new);
	return 0;
}

#define MEMINFO                                                \
	"MemTotal: 1000 kB\nMemFree: 400 kB\nActive: 100 kB\n" \
	"Slab: 50 kB\nKernelStack: 20 kB\nPageTables: 10 kB\n"
#define ZONE                                              \
	"Node 0, zone   Normal\n  pages free     100\n"   \
	"        managed  250\n      nr_free_pages 100\n" \
	"  pagesets\n    cpu: 0\n              count: 11\n"

static void even(void)
{
	struct budget *const budgets[2] = {&old.budget, &new.budget};

	budget_maker_build(&old, "");
	budget_maker_build(&new, "");
	assert_true(budget_even(budgets, &new.arena, &err));
}

static void what_both_tell_stays_as_it_is(void **state)
{
	(void)state;
	budget_maker_read(&old, "meminfo", MEMINFO "VmallocUsed: 30 kB\n");
	budget_maker_read(&new, "meminfo", MEMINFO "VmallocUsed: 40 kB\n");
	even();
	assert_true(old.budget.remainder_kib == 410);
	assert_true(new.budget.remainder_kib == 400);
	assert_inside(&new, "kernel-stacks", 20);
	assert_false(budget_maker_notes(&new, "only one"));
}

static void what_one_tells_is_left_in_both_remainders(void **state)
{
	(void)state;
	budget_maker_read(&old, "meminfo", MEMINFO "VmallocUsed: 30 kB\n");
	budget_maker_read(&new, "meminfo", MEMINFO "VmallocUsed: 30 kB\n");
	budget_maker_read(&new, "zoneinfo", ZONE);
	even();
	assert_true(old.budget.remainder_kib == 410);
	assert_true(new.budget.remainder_kib == 410);
	assert_beside(&new, "pcp", 44);
	assert_true(budget_maker_notes(&new, "free, on lists of CPUs: only"));
	/* Those beside the parts stand last. */
	assert_string_equal(new.budget.rows[new.budget.row_count - 1].id,
			    "pcp");
	assert_true(new.budget.counted.kib == 590);
}

static void what_lies_inside_may_be_a_part_of_the_other(void **state)
{
	(void)state;
	budget_maker_read(&old, "meminfo", MEMINFO "VmallocUsed: 0 kB\n");
	budget_maker_read(&new, "meminfo", MEMINFO "VmallocUsed: 0 kB\n");
	new.facts.has_vmallocinfo = true;
	new.facts.vmalloc_bytes = 61440;
	new.facts.stacks = STACKS_IN_VMALLOC;
	even();
	assert_part(&old, "kernel-stacks", 20);
	assert_part(&new, "kernel-stacks", 20);
	assert_beside(&new, "vmalloc", 60);
	assert_true(old.budget.remainder_kib == new.budget.remainder_kib);
}

static void a_budget_without_meminfo_is_left_alone(void **state)
{
	(void)state;
	budget_maker_read(&old, "meminfo", MEMINFO);
	even();
	assert_false(new.budget.known);
	assert_true(old.budget.remainder_kib == 420);
}

static void what_one_knows_of_stacks_holds_for_both(void **state)
{
	struct budget_facts facts[2] = {
		{.stacks = STACKS_IN_PAGES, .stacks_from = "page_owner"},
		{.stacks = STACKS_UNKNOWN},
	};

	(void)state;
	budget_even_facts(facts);
	assert_int_equal(facts[1].stacks, STACKS_IN_PAGES);
	assert_string_equal(facts[1].stacks_from, "page_owner");
	facts[1].stacks = STACKS_IN_VMALLOC;
	facts[1].stacks_from = "vmallocinfo";
	budget_even_facts(facts);
	assert_int_equal(facts[0].stacks, STACKS_IN_VMALLOC);
	assert_string_equal(facts[0].stacks_from, "vmallocinfo");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_both_tell_stays_as_it_is),
		TEST(what_one_tells_is_left_in_both_remainders),
		TEST(what_lies_inside_may_be_a_part_of_the_other),
		TEST(a_budget_without_meminfo_is_left_alone),
		TEST(what_one_knows_of_stacks_holds_for_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
