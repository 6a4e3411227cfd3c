/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/coverage.h"
#include "tests/support/dump_reader.h"
#include "tests/support/text_buffer.h"

static struct text_buffer text;
static struct dump_reading reading;
static struct arena arena;
static struct account_side side;

/* A machine on which each part of the budget is 4 MiB. */
#define PART_KIB 4096

static struct budget_row rows[] = {
	{.id = "lru", .name = "on the LRU lists", .sum.kib = PART_KIB},
	{.id = "slab", .name = "slab", .sum.kib = PART_KIB},
	{.id = "page-tables", .name = "page tables", .sum.kib = PART_KIB},
	{.id = "vmalloc", .name = "vmalloc", .sum.kib = PART_KIB},
	{.id = "percpu", .name = "per-cpu", .sum.kib = PART_KIB},
	{.id = "hugetlb", .name = "huge pages", .sum.kib = 0},
	{.id = "gpu", .name = "GPU", .sum.kib = PART_KIB},
};

static struct budget budget;

static int setup(void **state)
{
	(void)state;
	text = (struct text_buffer){0};
	reading = (struct dump_reading){0};
	arena = (struct arena){0};
	side = (struct account_side){0};
	budget = (struct budget){
		.known = true,
		.rows = rows,
		.row_count = TEST_COUNT(rows),
		.page_size = 4096,
		.stacks_in_vmalloc = true,
		.slab_has_large_kmalloc = true,
	};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	text_buffer_deinit(&text);
	dump_reading_deinit(&reading);
	arena_deinit(&arena);
	return 0;
}

/* Pages of 4 KiB that were allocated at a second of uptime. */
static void add(unsigned pages, unsigned second, const char *stack)
{
	unsigned order;

	for (order = 0; pages; order++, pages >>= 1)
		if (pages & 1)
			text_buffer_format(
				&text,
				"Page allocated via order %u, mask 0x1(X), pid "
				"1, tgid 1 (a), ts %u000000000 ns\nPFN 0x1 "
				"type Unmovable Block 0 type Unmovable Flags "
				"0x0()\n%s\n",
				order, second, stack);
}

#define CACHE  " filemap_alloc_folio+0x1/0x2\n"
#define ANON   " alloc_anon_folio+0x1/0x2\n handle_mm_fault+0x1/0x2\n"
#define SLAB   " new_slab+0x1/0x2\n kmem_cache_alloc+0x1/0x2\n"
#define LARGE  " ___kmalloc_large_node+0x1/0x2\n x_get+0x1/0x2 [x]\n"
#define STACK  " alloc_thread_stack_node+0x1/0x2\n"
#define LEAK   " post_alloc_hook+0x1/0x2\n do_leak+0x1/0x20 [leaky]\n"
#define TTM    " ttm_pool_alloc_page+0x1/0x2 [ttm]\n"
#define GPU    " i915_gem_object_create+0x1/0x2 [i915]\n"
#define VIRTIO " balloon_page_alloc+0x1/0x2\n fill_balloon+0x1/0x2\n"
#define VMWARE                          \
	" balloon_page_alloc+0x1/0x2\n" \
	" vmballoon_alloc_page_list+0x1/0x2 [vmw_balloon]\n"
#define HUGETLB " alloc_buddy_hugetlb_folio+0x1/0x2\n"

static struct coverage_facts facts_of(bool timed)
{
	return (struct coverage_facts){
		.budget = &budget,
		.stacks = &reading.snapshot,
		.unit_bytes = 4096,
		.table_levels = 2,
		.timed = timed,
	};
}

static void cover(bool timed)
{
	struct coverage_facts facts;
	struct error err;

	if (!dump_reading_init(&reading, text_buffer_span(&text),
			       &(struct way){.threads = 1},
			       &(struct question){.began_ns = 100000000000u},
			       &err))
		fail_msg("%s", err.text);
	facts = facts_of(timed);
	if (!coverage_mark(&facts, &err) ||
	    !coverage_make(&facts, &arena, &side, &err))
		fail_msg("%s", err.text);
}

static const struct coverage *part(const char *id)
{
	size_t i;

	for (i = 0; i < side.coverage_count; i++)
		if (strcmp(side.coverages[i].id, id) == 0)
			return &side.coverages[i];
	return NULL;
}

static void what_no_counter_has_is_left_for_the_remainder(void **state)
{
	(void)state;
	add(512, 1, CACHE);
	add(512, 1, ANON);
	add(100, 1, LEAK);
	cover(true);
	assert_int_equal(side.holders_kib, 400);
	assert_int_equal(part("lru")->stacks_kib, 4096);
	assert_true(part("lru")->agrees);
}

static void large_kmalloc_is_slab_only_where_it_is_counted_so(void **state)
{
	(void)state;
	add(64, 1, SLAB);
	add(64, 1, LARGE);
	cover(true);
	assert_int_equal(side.holders_kib, 0);
	assert_int_equal(part("slab")->stacks_kib, 512);
	dump_reading_deinit(&reading);
	budget.slab_has_large_kmalloc = false;
	side = (struct account_side){0};
	cover(true);
	assert_int_equal(side.holders_kib, 256);
	assert_int_equal(part("slab")->stacks_kib, 256);
}

static void kernel_stacks_go_where_the_budget_has_them(void **state)
{
	(void)state;
	add(16, 1, STACK);
	cover(true);
	assert_int_equal(side.holders_kib, 0);
	assert_int_equal(part("vmalloc")->stacks_kib, 64);
	dump_reading_deinit(&reading);
	/* There is no row "kernel-stacks": nothing counts them. */
	budget.stacks_in_vmalloc = false;
	side = (struct account_side){0};
	cover(true);
	assert_int_equal(side.holders_kib, 64);
}

static void pages_of_a_gpu_are_counted_only_by_the_pools_of_ttm(void **state)
{
	(void)state;
	add(16, 1, TTM);
	add(32, 1, GPU);
	cover(true);
	assert_int_equal(part("gpu")->stacks_kib, 64);
	assert_int_equal(side.holders_kib, 128);
}

static void what_a_balloon_took_off_the_total_is_in_no_remainder(void **state)
{
	(void)state;
	add(64, 1, VIRTIO);
	add(8, 1, LEAK);
	cover(true);
	assert_int_equal(side.holders_kib, 32);
	assert_int_equal(side.balloon_kib, 256);
	assert_null(part("balloon"));
	dump_reading_deinit(&reading);
	/* MemTotal still has it, be it a part here or not. */
	budget.balloon_in_total = true;
	side = (struct account_side){0};
	cover(true);
	assert_int_equal(side.holders_kib, 32 + 256);
	assert_int_equal(side.balloon_kib, 0);
}

static void the_balloon_of_vmware_leaves_the_total_as_it_is(void **state)
{
	(void)state;
	add(64, 1, VMWARE);
	cover(true);
	assert_int_equal(side.holders_kib, 256);
	assert_int_equal(side.balloon_kib, 0);
}

static void sums_of_what_cannot_be_do_not_wrap(void **state)
{
	static const char *const stacks[] = {
		" do_leak+0x1/0x2 [leaky]\n",
		" do_more+0x1/0x2 [leaky]\n",
		" do_most+0x1/0x2 [leaky]\n",
		CACHE,
		ANON,
		" filemap_alloc_folio+0x1/0x2\n x+0x1/0x2\n"};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(stacks); i++)
		text_buffer_format(&text,
				   "%snr_base_pages: 6148914691236517206\n\n",
				   stacks[i]);
	cover(false);
	assert_true(side.holders_kib == INT64_MAX);
	assert_true(part("lru")->stacks_kib == INT64_MAX);
	assert_false(part("lru")->agrees);
}

#define PTE	   " pte_alloc_one+0x1/0x2\n __pte_alloc+0x1/0x2\n"
#define PMD	   " __pmd_alloc+0x1/0x2\n __handle_mm_fault+0x1/0x2\n"
#define PGD	   " pgd_alloc+0x1/0x2\n mm_init+0x1/0x2\n"
#define KERNEL_PTE " __pte_alloc_kernel+0x1/0x2\n vmap_range_noflush+0x1/0x2\n"

static void page_tables_are_counted_up_to_a_level(void **state)
{
	(void)state;
	add(100, 1, PTE);
	add(50, 1, PMD);
	add(20, 1, PGD);
	add(5, 1, KERNEL_PTE);
	cover(true);
	assert_int_equal(part("page-tables")->stacks_kib, 600);
	assert_int_equal(side.holders_kib, 100);
}

static void the_levels_are_those_that_fit_best(void **state)
{
	static const struct {
		int64_t kib;
		unsigned levels;
	} counters[] = {
		{400, 1}, {590, 3}, {600, 3}, {670, 4}, {700, 5}, {9999, 5},
	};
	size_t i;

	(void)state;
	add(100, 1, PTE);
	add(50, 1, PMD);
	add(20, 1, PGD);
	add(5, 1, KERNEL_PTE);
	add(99, 101, PGD);
	cover(true);
	for (i = 0; i < TEST_COUNT(counters); i++) {
		uint64_t misfits[TABLE_LEVELS] = {0};

		page_table_misfits(&reading.snapshot, 4096, true,
				   counters[i].kib, misfits);
		assert_int_equal(page_table_levels(misfits),
				 counters[i].levels);
	}
}

static void what_came_after_the_counters_is_a_number_of_its_own(void **state)
{
	(void)state;
	add(512, 1, CACHE);
	add(256, 101, CACHE);
	add(8, 102, LEAK);
	cover(true);
	assert_int_equal(part("lru")->stacks_kib, 2048);
	assert_int_equal(part("lru")->younger_kib, 1024);
	assert_int_equal(side.younger_kib, 1056);
	/* The remainder takes all of them. */
	assert_int_equal(side.holders_kib, 32);
	assert_int_equal(side.holders_younger_kib, 32);
}

static void what_a_dump_leaves_out_is_why_stacks_are_fewer(void **state)
{
	struct coverage_facts facts;
	struct error err;

	(void)state;
	add(512, 1, CACHE);
	add(960, 1, SLAB);
	cover(true);
	side = (struct account_side){0};
	facts = facts_of(true);
	facts.gap = "it was cut";
	if (!coverage_make(&facts, &arena, &side, &err))
		fail_msg("%s", err.text);
	assert_false(part("lru")->agrees);
	assert_string_equal(part("lru")->meaning, "it was cut");
	assert_true(part("slab")->agrees);
	assert_string_not_equal(part("slab")->meaning, "it was cut");
}

static void pages_of_early_boot_are_left_out_where_asked(void **state)
{
	struct coverage_facts facts;
	struct error err;

	(void)state;
	add(100, 1,
	    " register_early_stack+0x1/0x2\n init_page_owner+0x1/0x2\n");
	add(10, 1, LEAK);
	cover(true);
	assert_int_equal(side.holders_kib, 440);
	facts = facts_of(true);
	facts.without_early = true;
	assert_true(coverage_mark(&facts, &err));
	assert_true(coverage_make(&facts, &arena, &side, &err));
	assert_int_equal(side.holders_kib, 40);
}

static void without_times_nothing_is_said_of_age(void **state)
{
	(void)state;
	add(256, 101, CACHE);
	cover(false);
	assert_int_equal(part("lru")->stacks_kib, 1024);
	assert_int_equal(side.younger_kib, -1);
	assert_int_equal(side.holders_younger_kib, -1);
}

static void three_percent_or_a_mebibyte_agree(void **state)
{
	(void)state;
	add(768, 1, CACHE); /* 3072 of 4096 KiB */
	add(767, 1, SLAB);  /* 4 KiB less */
	cover(true);
	assert_true(part("lru")->agrees);
	assert_false(part("slab")->agrees);
	assert_non_null(part("slab")->meaning);
	rows[0].sum.kib = 100 << 20;
	dump_reading_deinit(&reading);
	text.length = 0;
	add(97 << 18, 1, CACHE);
	side = (struct account_side){0};
	cover(true);
	assert_true(part("lru")->agrees);
	rows[0].sum.kib += 64;
	dump_reading_deinit(&reading);
	side = (struct account_side){0};
	cover(true);
	rows[0].sum.kib = PART_KIB;
	assert_false(part("lru")->agrees);
}

static void a_part_that_is_empty_on_both_sides_is_not_listed(void **state)
{
	(void)state;
	add(1, 1, CACHE);
	cover(true);
	assert_null(part("hugetlb"));
	assert_non_null(part("percpu"));
	dump_reading_deinit(&reading);
	add(512, 1, HUGETLB);
	side = (struct account_side){0};
	cover(true);
	assert_non_null(part("hugetlb"));
	assert_false(part("hugetlb")->agrees);
}

static const char sites[] =
	"allocinfo - version: 1.0\n"
	"#     <size>  <calls> <tag info>\n"
	"     8192        2 drivers/x.c:1 [x] func:x_page\n"
	"    12288        1 drivers/x.c:2 [x] func:x_area\n"
	"      640       10 drivers/x.c:3 [x] func:x_object\n"
	"    40960       10 drivers/x.c:4 [x] func:x_half\n"
	"    15000        3 drivers/x.c:5 [x] func:x_odd\n"
	"    40960        2 mm/filemap.c:9 func:filemap_alloc_folio\n";

static const char areas[] =
	"0x0000000000001000-0x0000000000005000   16384 x_area+0x1/0x2 [x] "
	"pages=3 vmalloc N0=3\n"
	"0x0000000000007000-0x0000000000009000    8192 x_page+0x1/0x2 [x] "
	"phys=0x0000000000001000 ioremap\n";

static void read_text(struct dump_reading *ret, const char *dump)
{
	struct error err;

	if (!dump_reading_init(ret, span_of(dump), &(struct way){.threads = 1},
			       &(struct question){0}, &err))
		fail_msg("%s", err.text);
}

static void of_sites_only_whole_pages_may_be_in_no_counter(void **state)
{
	struct dump_reading other = {0};
	struct coverage_facts facts;
	struct error err;

	(void)state;
	read_text(&reading, sites);
	read_text(&other, areas);
	facts = facts_of(false);
	facts.unit_bytes = 1;
	facts.vmallocinfo = &other.snapshot;
	if (!coverage_mark(&facts, &err) ||
	    !coverage_make(&facts, &arena, &side, &err))
		fail_msg("%s", err.text);
	/* x_page and x_half; not what vmalloc() counts, nor small objects. */
	assert_int_equal(side.holders_kib, 48);
	assert_int_equal(side.coverage_count, 0);
	dump_reading_deinit(&other);
}

/* Sizes in logs are rounded, and no whole pages for it. */
static void sites_of_what_a_report_leaves_out_explain_the_rest(void **state)
{
	struct coverage_facts facts;
	struct error err;

	(void)state;
	read_text(&reading,
		  "Memory allocations:\n"
		  "     15.9 KiB        4 mm/vmalloc.c:1 func:vmalloc_noprof\n"
		  "     15.9 MiB     4064 mm/x.c:1 [x] func:x_pages\n"
		  "     33.0 KiB        3 mm/x.c:1 [x] func:x_kmalloc\n"
		  "     1.30 KiB        4 mm/x.c:1 [x] func:x_few\n"
		  "     13.1 KiB        4 mm/x.c:1 [x] func:x_object\n");
	budget.row_count = 3; /* up to the page tables */
	facts = facts_of(false);
	facts.unit_bytes = 1;
	if (!coverage_mark(&facts, &err) ||
	    !coverage_make(&facts, &arena, &side, &err))
		fail_msg("%s", err.text);
	assert_int_equal(side.holders_kib, 0);
	budget.untold = "vmalloc, per-cpu";
	side = (struct account_side){0};
	if (!coverage_mark(&facts, &err) ||
	    !coverage_make(&facts, &arena, &side, &err))
		fail_msg("%s", err.text);
	assert_int_equal(side.holders_kib, 16297);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_no_counter_has_is_left_for_the_remainder, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			large_kmalloc_is_slab_only_where_it_is_counted_so,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			kernel_stacks_go_where_the_budget_has_them, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			pages_of_a_gpu_are_counted_only_by_the_pools_of_ttm,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_a_balloon_took_off_the_total_is_in_no_remainder,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			the_balloon_of_vmware_leaves_the_total_as_it_is, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			sums_of_what_cannot_be_do_not_wrap, setup, teardown),
		cmocka_unit_test_setup_teardown(
			page_tables_are_counted_up_to_a_level, setup, teardown),
		cmocka_unit_test_setup_teardown(
			the_levels_are_those_that_fit_best, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_came_after_the_counters_is_a_number_of_its_own,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_a_dump_leaves_out_is_why_stacks_are_fewer, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			pages_of_early_boot_are_left_out_where_asked, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			without_times_nothing_is_said_of_age, setup, teardown),
		cmocka_unit_test_setup_teardown(
			three_percent_or_a_mebibyte_agree, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_part_that_is_empty_on_both_sides_is_not_listed, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			sites_of_what_a_report_leaves_out_explain_the_rest,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			of_sites_only_whole_pages_may_be_in_no_counter, setup,
			teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
