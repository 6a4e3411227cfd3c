/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for the budget of any counters, sensible or not. */
#include "tests/support/budget_maker.h"
#include "tests/support/dice.h"

static uint64_t seed;

static const char *const labels[] = {
	"MemTotal",
	"MemFree",
	"MemAvailable",
	"Buffers",
	"Cached",
	"SwapCached",
	"Active",
	"Inactive",
	"Active(anon)",
	"Inactive(anon)",
	"Active(file)",
	"Inactive(file)",
	"Unevictable",
	"Shmem",
	"AnonPages",
	"Slab",
	"SReclaimable",
	"SUnreclaim",
	"KReclaimable",
	"PageTables",
	"SecPageTables",
	"Quicklists",
	"Percpu",
	"VmallocUsed",
	"VmallocChunk",
	"KernelStack",
	"ShadowCallStack",
	"Hugetlb",
	"HugePages_Free",
	"HugePages_Total",
	"Hugepagesize",
	"Zswap",
	"Bounce",
	"WritebackTmp",
	"GPUActive",
	"GPUReclaim",
	"Balloon",
	"CmaFree",
	"FilePages",
	"VendorRow",
	"SwapTotal",
	"SwapFree",
	"HardwareCorrupted",
};

static const char *const zone_rows[] = {
	"managed",
	"present",
	"low",
	"high",
	"boost",
	"count",
	"nr_vmalloc",
	"nr_free_pages",
	"nr_zspages",
	"protection 0",
	"nr_isolated_anon",
	"protection 1",
};

static const char *const zone_scopes[] = {
	"node 0",	   "node 0 zone Normal", "node 0 zone Normal cpu 0",
	"node 1 zone DMA", "node 10 zone DMA",
};

/* Of all sizes alike, and often the largest there is. */
static uint64_t roll_value(struct dice *dice, bool sensible)
{
	if (!sensible && dice_one_in(dice, 6))
		return UINT64_MAX - dice_below(dice, 3);
	if (dice_one_in(dice, 8))
		return 0;
	return dice_roll(dice) >> (sensible ? 30 : dice_below(dice, 64));
}

static void add(struct budget_maker *maker, const char *group,
		const char *scope, const char *name, uint64_t value)
{
	const struct counter counter = {
		.group = span_of(group),
		.scope = span_of(scope),
		.name = span_of(name),
		.value = value,
		.unit = COUNTER_KIB,
	};

	budget_maker_add(maker, &counter);
}

static void make_counters(struct budget_maker *maker, struct dice *dice,
			  const char *scope, bool sensible)
{
	size_t i, k;

	for (i = 0; i < TEST_COUNT(labels); i++)
		if (!dice_one_in(dice, 4))
			add(maker, "meminfo", scope, labels[i],
			    /* Pages are multiplied by it. */
			    sensible && strcmp(labels[i], "Hugepagesize") == 0
				    ? 2048
				    : roll_value(dice, sensible));
	for (i = 0; i < TEST_COUNT(zone_scopes); i++)
		for (k = 0; k < TEST_COUNT(zone_rows); k++)
			if (!dice_one_in(dice, 3))
				add(maker, "zoneinfo", zone_scopes[i],
				    zone_rows[k], roll_value(dice, sensible));
	if (dice_one_in(dice, 2))
		add(maker, "vmstat", "", "nr_zspages",
		    roll_value(dice, sensible));
	if (dice_one_in(dice, 2))
		add(maker, "mm_stat", "zram0", "mem_used_total",
		    roll_value(dice, sensible));
	maker->facts.has_vmallocinfo = dice_one_in(dice, 2);
	maker->facts.vmalloc_bytes = roll_value(dice, sensible);
	maker->facts.page_size =
		dice_one_in(dice, 2) ? roll_value(dice, sensible)
				     : (uint64_t)4096 << dice_below(dice, 5);
	maker->facts.stacks = (enum stack_place)dice_below(dice, 3);
}

static void check_sum(const struct sum *sum)
{
	const struct sum_term *term, *last = NULL;
	int64_t kib = 0;

	for (term = sum->first; term; term = term->next) {
		kib = sum_plus(kib, term->kib);
		last = term;
	}
	assert_true(kib == sum->kib);
	assert_ptr_equal(last, sum->last);
}

/* Parts first, then rows beside; ids are found again. */
static void check_rows(const struct budget *budget)
{
	int64_t parts = 0;
	bool beside = false;
	size_t i;

	for (i = 0; i < budget->row_count; i++) {
		const struct budget_row *row = &budget->rows[i];

		check_sum(&row->sum);
		assert_ptr_equal(budget_row(budget, row->id), row);
		assert_non_null(row->name);
		assert_non_null(row->what);
		if (row->kind == BUDGET_PART)
			parts = sum_plus(parts, row->sum.kib);
		beside |= row->kind == BUDGET_BESIDE;
		assert_int_equal(beside, row->kind == BUDGET_BESIDE);
	}
	assert_true(parts == budget->counted.kib);
}

static void check(const struct budget *budget, bool sensible)
{
	const struct free_view *view = &budget->free;

	assert_int_equal(budget->known, budget->total.first != NULL);
	if (!budget->known)
		return;
	check_rows(budget);
	check_sum(&budget->counted);
	check_sum(&view->used);
	check_sum(&view->buff_cache);
	check_sum(&view->available_by);
	assert_true(budget->remainder_kib ==
		    sum_minus(budget->total.kib, budget->counted.kib));
	if (!sensible)
		return;
	assert_true(budget->counted.kib + budget->remainder_kib ==
		    budget->total.kib);
	if (view->available_by.first && view->available.last &&
	    strcmp(view->available.last->name, "MemAvailable") == 0)
		assert_true(view->available_by.kib == view->available.kib);
}

static void parts_and_remainder_are_mem_total(void **state)
{
	struct dice dice = {seed};
	unsigned i;

	(void)state;
	for (i = 0; i < 2000; i++) {
		struct budget_maker maker = {0};
		bool sensible = i % 2;
		const char *scope = i % 3 ? "" : "node 0";

		make_counters(&maker, &dice, scope, sensible);
		check(budget_maker_build(&maker, scope), sensible);
		budget_maker_deinit(&maker);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_and_remainder_are_mem_total),
	};

	seed = dice_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
