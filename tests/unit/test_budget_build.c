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

/* What all kernels have, and nothing else is in. */
#define COMMON                                                          \
	"MemTotal: 1000000 kB\nMemFree: 300000 kB\nBuffers: 10000 kB\n" \
	"Cached: 150000 kB\nSwapCached: 50 kB\nActive: 200000 kB\n"     \
	"Inactive: 100000 kB\nActive(anon): 120000 kB\n"                \
	"Inactive(anon): 60000 kB\nActive(file): 80000 kB\n"            \
	"Inactive(file): 40000 kB\nUnevictable: 5000 kB\n"              \
	"Mlocked: 4000 kB\nSwapTotal: 9000 kB\nSwapFree: 8000 kB\n"     \
	"Dirty: 70 kB\nWriteback: 7 kB\nAnonPages: 150000 kB\n"         \
	"Mapped: 6000 kB\nShmem: 40000 kB\nSlab: 50000 kB\n"            \
	"SReclaimable: 20000 kB\nSUnreclaim: 30000 kB\n"                \
	"PageTables: 4000 kB\nNFS_Unstable: 1 kB\nBounce: 8 kB\n"       \
	"WritebackTmp: 2 kB\nCommitLimit: 9 kB\nCommitted_AS: 9 kB\n"   \
	"VmallocTotal: 34359738367 kB\nHugepagesize: 2048 kB\n"         \
	"HugePages_Total: 10\nHugePages_Free: 4\nHugePages_Rsvd: 1\n"   \
	"HugePages_Surp: 0\nDirectMap4k: 9 kB\nKernelStack: 3000 kB\n"  \
	"AnonHugePages: 2048 kB\n"
/* 300000 + 305000 + 50000 + 4000 + 10 leave 340990. */

struct age {
	const char *kernel, *rows;
	int64_t remainder;
	bool stacks_inside, large_kmalloc;
};

static void each_age_of_kernels_has_its_own_sum(void **state)
{
	static const struct age ages[] = {
		/* - 20480 huge - 3000 stacks; 70000 are no memory. */
		{"3.19",
		 "VmallocUsed: 70000 kB\nVmallocChunk: 34359000000 kB\n",
		 317510, false, false},
		/* The same; what vmalloc() took is not known. */
		{"4.4",
		 "MemAvailable: 5 kB\nVmallocUsed: 0 kB\nVmallocChunk: 0 kB\n"
		 "CmaTotal: 600 kB\nCmaFree: 500 kB\nQuicklists: 10 kB\n",
		 317500, false, false},
		/* - 900 per-cpu - 24576 huge, of all sizes - 3000 stacks. */
		{"4.19",
		 "VmallocUsed: 0 kB\nVmallocChunk: 0 kB\nPercpu: 900 kB\n"
		 "Hugetlb: 24576 kB\nShmemHugePages: 5 kB\n",
		 312514, false, false},
		/* And - 700 that is reclaimable and not slab. */
		{"5.2",
		 "VmallocUsed: 0 kB\nVmallocChunk: 0 kB\nPercpu: 900 kB\n"
		 "Hugetlb: 24576 kB\nKReclaimable: 20700 kB\n",
		 311814, false, false},
		/* - 8000 vmalloc, the stacks in it. */
		{"5.4",
		 "VmallocUsed: 8000 kB\nVmallocChunk: 0 kB\nPercpu: 900 kB\n"
		 "Hugetlb: 24576 kB\nKReclaimable: 20700 kB\n"
		 "FileHugePages: 0 kB\nFilePmdMapped: 0 kB\n",
		 306814, true, true},
		/* - 600 page tables of guests - 400 compressed. */
		{"6.1",
		 "VmallocUsed: 8000 kB\nVmallocChunk: 0 kB\nPercpu: 900 kB\n"
		 "Hugetlb: 24576 kB\nKReclaimable: 20700 kB\n"
		 "FileHugePages: 0 kB\nSecPageTables: 600 kB\n"
		 "Zswap: 400 kB\nZswapped: 9000 kB\n",
		 305814, true, true},
		{"6.12",
		 "VmallocUsed: 8000 kB\nVmallocChunk: 0 kB\nPercpu: 900 kB\n"
		 "Hugetlb: 24576 kB\nKReclaimable: 20700 kB\n"
		 "FileHugePages: 0 kB\nSecPageTables: 600 kB\n"
		 "Zswap: 400 kB\nZswapped: 9000 kB\nUnaccepted: 100 kB\n",
		 305814, true, true},
		/* - 1000 - 200 graphics; nothing for the balloon. */
		{"7.1",
		 "VmallocUsed: 8000 kB\nVmallocChunk: 0 kB\nPercpu: 900 kB\n"
		 "Hugetlb: 24576 kB\nKReclaimable: 20700 kB\n"
		 "FileHugePages: 0 kB\nSecPageTables: 600 kB\n"
		 "Zswap: 400 kB\nZswapped: 9000 kB\nBalloon: 5000 kB\n"
		 "GPUActive: 1000 kB\nGPUReclaim: 200 kB\n",
		 304614, true, true},
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(ages); i++) {
		const struct budget *budget;

		print_message("%s\n", ages[i].kernel);
		budget_maker_read(&maker, "meminfo", COMMON);
		budget = build(ages[i].rows);
		assert_true(budget->known);
		assert_true(budget->total.kib == 1000000);
		assert_true(budget->remainder_kib == ages[i].remainder);
		assert_int_equal(budget->stacks_in_vmalloc,
				 ages[i].stacks_inside);
		assert_int_equal(budget->slab_has_large_kmalloc,
				 ages[i].large_kmalloc);
		budget_maker_deinit(&maker);
	}
}

static void what_lies_in_a_part_is_shown_and_not_added(void **state)
{
	const struct budget *budget =
		build(COMMON "VmallocUsed: 8000 kB\nCmaFree: 500 kB\n"
			     "Unaccepted: 100 kB\n");

	(void)state;
	assert_part(&maker, "free", 300000);
	assert_inside(&maker, "cma-free", 500);
	assert_inside(&maker, "unaccepted", 100);
	assert_part(&maker, "lru", 305000);
	assert_inside(&maker, "anon", 150000);
	assert_inside(&maker, "anon-huge", 2048);
	assert_inside(&maker, "shmem", 40000);
	assert_inside(&maker, "page-cache", 120000);
	assert_inside(&maker, "dirty", 77);
	assert_inside(&maker, "swap-cached", 50);
	assert_inside(&maker, "mlocked", 4000);
	assert_inside(&maker, "slab-reclaimable", 20000);
	assert_inside(&maker, "slab-unreclaimable", 30000);
	assert_part(&maker, "vmalloc", 8000);
	assert_inside(&maker, "kernel-stacks", 3000);
	assert_part(&maker, "hugetlb", 20480);
	assert_inside(&maker, "hugetlb-free", 8192);
	/* 340990 - 8000 - 20480 */
	assert_true(budget->remainder_kib == 312510);
}

static void the_counted_sum_has_a_term_for_each_part(void **state)
{
	const struct budget *budget = build(COMMON);
	const struct sum_term *term = budget->counted.first;
	int64_t kib = 0;
	size_t i;

	(void)state;
	for (i = 0; i < budget->row_count; i++) {
		const struct budget_row *row = &budget->rows[i];

		if (row->kind != BUDGET_PART)
			continue;
		assert_non_null(term);
		assert_string_equal(term->name, row->name);
		assert_true(term->kib == row->sum.kib);
		kib += term->kib;
		term = term->next;
	}
	assert_null(term);
	assert_true(kib == budget->counted.kib);
	assert_true(budget->remainder_kib == 1000000 - kib);
}

static void a_row_that_is_missing_is_left_out_and_one_of_0_is_not(void **state)
{
	(void)state;
	build("MemTotal: 100 kB\nMemFree: 10 kB\nPercpu: 0 kB\n"
	      "SReclaimable: 5 kB\nCached: 9 kB\nAnonPages: 7 kB\n");
	assert_part(&maker, "percpu", 0);
	assert_no_row(&maker, "page-tables");
	assert_no_row(&maker, "gpu");
	assert_no_row(&maker, "pcp");
	assert_no_row(&maker, "lru");
	/* Both of them make the difference, or none. */
	assert_no_row(&maker, "misc-reclaimable");
	/* Nothing is inside what is not there. */
	assert_no_row(&maker, "page-cache");
	assert_no_row(&maker, "anon");
	assert_true(budget_maker_notes(&maker, "of: lru"));
	assert_false(budget_maker_notes(&maker, "of: free"));
}

static void sums_are_made_of_their_halves_where_they_are_missing(void **state)
{
	const struct budget *budget =
		build("MemTotal: 100 kB\nActive(anon): 1 kB\n"
		      "Active(file): 2 kB\nInactive(anon): 4 kB\n"
		      "Inactive(file): 8 kB\nSReclaimable: 16 kB\n"
		      "SUnreclaim: 32 kB\nCached: 9 kB\nFilePages: 9 kB\n");

	(void)state;
	/* A difference is not made of one half. */
	assert_no_row(&maker, "page-cache");
	assert_part(&maker, "lru", 15);
	assert_part(&maker, "slab", 48);
	assert_true(budget->remainder_kib == 37);
}

static void rows_that_are_not_known_are_listed_last(void **state)
{
	const struct budget *budget =
		build("Rbin Total: 700 kB\nMemTotal: 100 kB\nMemFree: 10 kB\n"
		      "lru: 5 kB\nVendorThings: 6\nHardwareCorrupted: 4 kB\n");

	(void)state;
	assert_beside(&maker, "meminfo:Rbin Total", 700);
	assert_string_equal(budget_row(budget, "meminfo:Rbin Total")->name,
			    "Rbin Total");
	/* A label is not taken for an id. */
	assert_no_row(&maker, "lru");
	assert_beside(&maker, "meminfo:lru", 5);
	/* A number of things is no memory. */
	assert_beside(&maker, "meminfo:VendorThings", 0);
	assert_u64(budget_row(budget, "meminfo:VendorThings")->sum.first->value,
		   6);
	assert_beside(&maker, "hardware-corrupted", 4);
	assert_string_equal(budget->rows[0].id, "free");
	assert_string_equal(budget->rows[budget->row_count - 1].id,
			    "meminfo:VendorThings");
	assert_int_equal(budget->row_count, 5);
	assert_true(budget->remainder_kib == 90);
}

static void every_row_of_a_plain_kernel_is_known(void **state)
{
	const struct budget *budget = build(
		COMMON "MemAvailable: 1 kB\nHighTotal: 1 kB\nHighFree: 1 kB\n"
		       "LowTotal: 1 kB\nLowFree: 1 kB\nMmapCopy: 1 kB\n"
		       "EarlyMemtestBad: 1 kB\nShadowCallStack: 1 kB\n"
		       "Quicklists: 1 kB\nVmallocUsed: 1 kB\n"
		       "VmallocChunk: 1 kB\nPercpu: 1 kB\nCmaTotal: 1 kB\n"
		       "CmaFree: 1 kB\nShmemHugePages: 1 kB\n"
		       "ShmemPmdMapped: 1 kB\nFileHugePages: 1 kB\n"
		       "FilePmdMapped: 1 kB\nUnaccepted: 1 kB\nHugetlb: 1 kB\n"
		       "KReclaimable: 1 kB\nSecPageTables: 1 kB\nZswap: 1 kB\n"
		       "Zswapped: 1 kB\nDirectMap2M: 1 kB\nDirectMap4M: 1 kB\n"
		       "DirectMap1G: 1 kB\nGPUActive: 1 kB\nGPUReclaim: 1 kB\n"
		       "FilePages: 1 kB\n");
	size_t i;

	(void)state;
	for (i = 0; i < budget->row_count; i++) {
		const struct budget_row *row = &budget->rows[i];

		assert_int_not_equal(row->kind, BUDGET_BESIDE);
		/* Nor is any shown twice. */
		assert_ptr_equal(budget_row(budget, row->id), row);
	}
}

#define ZONE(extra)                                                      \
	"Node 0, zone   Normal\n  per-node stats\n"                      \
	"      nr_isolated_anon 3\n      nr_isolated_file 4\n" extra     \
	"  pages free     200\n        min      5\n        low      6\n" \
	"        high     7\n        present  300\n"                     \
	"        managed  250\n        protection: (0, 0)\n"             \
	"      nr_zspages   5\n  pagesets\n    cpu: 0\n"                 \
	"              count: 11\n              high:  90\n"             \
	"    cpu: 1\n              count: 22\n              high:  90\n"

static void free_pages_on_lists_of_cpus_are_free(void **state)
{
	const struct budget *budget;

	(void)state;
	budget_maker_read(&maker, "zoneinfo", ZONE(""));
	budget = build("MemTotal: 1000 kB\nMemFree: 800 kB\n");
	/* 33 pages of 4 kB */
	assert_part(&maker, "pcp", 132);
	assert_u64(budget_row(budget, "pcp")->sum.first->value, 33);
	assert_int_equal(budget_row(budget, "pcp")->owner, OWNER_FREE);
	assert_true(budget->doubt_kib == 0);
	/* 1000 - 800 - 132 - 20 zspages */
	assert_true(budget->remainder_kib == 48);
}

static void without_zoneinfo_three_percent_are_in_doubt(void **state)
{
	const struct budget *budget = build("MemTotal: 1000 kB\n");

	(void)state;
	assert_true(budget->doubt_kib == 30);
	assert_true(budget_maker_notes(&maker, "without zoneinfo"));
}

static void isolated_pages_are_taken_from_vmstat_or_else_zoneinfo(void **state)
{
	(void)state;
	budget_maker_read(&maker, "zoneinfo", ZONE(""));
	build("MemTotal: 1000 kB\nActive: 100 kB\nInactive: 50 kB\n");
	assert_part(&maker, "lru", 150 + 7 * 4);
	budget_maker_read(&maker, "vmstat",
			  "nr_isolated_anon 30\nnr_isolated_file 40\n");
	budget_maker_build(&maker, "");
	assert_part(&maker, "lru", 150 + 70 * 4);
}

static void the_page_size_is_that_of_the_file(void **state)
{
	(void)state;
	budget_maker_read(&maker, "zoneinfo", ZONE(""));
	/* 250 pages are managed. */
	assert_u64(build("MemTotal: 16000 kB\n")->page_size, 65536);
	assert_part(&maker, "pcp", 33 * 64);
	assert_u64(build("MemTotal: 4100 kB\n")->page_size, 16384);
	assert_u64(build("MemTotal: 1000 kB\n")->page_size, 4096);
	/* A container's limit tells nothing. */
	assert_u64(build("MemTotal: 30 kB\n")->page_size, 4096);
	/* Nor does it where MemFree does. */
	budget_maker_read(&maker, "vmstat", "nr_free_pages 1000\n");
	assert_u64(build("MemFree: 16000 kB\n")->page_size, 16384);
	maker.facts.page_size = 8192;
	assert_u64(budget_maker_build(&maker, "")->page_size, 8192);
	maker.facts.page_size = 5000;
	assert_u64(budget_maker_build(&maker, "")->page_size, 16384);
}

static void the_page_size_may_be_that_of_the_configuration(void **state)
{
	(void)state;
	budget_maker_read(&maker, "kernel_config", "CONFIG_PAGE_SHIFT=14\n");
	assert_u64(build("MemTotal: 1000 kB\n")->page_size, 16384);
}

static void numbers_of_a_container_are_told(void **state)
{
	(void)state;
	build("MemTotal: 1000 kB\nMemFree: 900 kB\nActive: 50 kB\n"
	      "Slab: 0 kB\nPageTables: 0 kB\n");
	assert_true(budget_maker_notes(&maker, "container"));
	build("Slab: 4 kB\n");
	assert_false(budget_maker_notes(&maker, "container"));
}

static void without_meminfo_nothing_is_known(void **state)
{
	(void)state;
	assert_false(budget_maker_build(&maker, "")->known);
	budget_maker_read(&maker, "meminfo", "MemFree: 5 kB\n");
	assert_false(budget_maker_build(&maker, "")->known);
	assert_int_equal(maker.budget.row_count, 0);
}

static void more_than_all_is_a_negative_remainder(void **state)
{
	(void)state;
	assert_true(build("MemTotal: 100 kB\nMemFree: 90 kB\nSlab: 30 kB\n")
			    ->remainder_kib == -20);
}

static void numbers_that_no_machine_has_saturate(void **state)
{
	const struct budget *budget;

	(void)state;
	budget_maker_read(&maker, "vmstat",
			  "nr_zspages 18446744073709551615\n");
	budget = build("MemTotal: 5 kB\nMemFree: 18446744073709551615 kB\n"
		       "Slab: 18446744073709551615 kB\n"
		       "HugePages_Total: 18446744073709551615\n"
		       "Hugepagesize: 18446744073709551615 kB\n");
	assert_true(budget->counted.kib == INT64_MAX);
	assert_true(budget->remainder_kib == 5 - INT64_MAX);
	assert_part(&maker, "hugetlb", INT64_MAX);
	assert_part(&maker, "compressed-swap", INT64_MAX);
}

#define NODE0                                                    \
	"Node 0 MemTotal: 1000 kB\nNode 0 MemFree: 300 kB\n"     \
	"Node 0 MemUsed: 700 kB\nNode 0 SwapCached: 5 kB\n"      \
	"Node 0 Active: 100 kB\nNode 0 Inactive: 50 kB\n"        \
	"Node 0 Unevictable: 6 kB\nNode 0 FilePages: 90 kB\n"    \
	"Node 0 Shmem: 10 kB\nNode 0 KernelStack: 20 kB\n"       \
	"Node 0 PageTables: 8 kB\nNode 0 SecPageTables: 2 kB\n"  \
	"Node 0 KReclaimable: 45 kB\nNode 0 Slab: 60 kB\n"       \
	"Node 0 SReclaimable: 40 kB\nNode 0 SUnreclaim: 20 kB\n" \
	"Node 0 HugePages_Total: 2\nNode 0 HugePages_Free: 1\n"  \
	"Node 0 HugePages_Surp: 0\n"

static void a_node_has_a_budget_of_its_own(void **state)
{
	const struct budget *budget;

	(void)state;
	budget_maker_read(&maker, "zoneinfo", ZONE(""));
	budget_maker_read(&maker, "zoneinfo",
			  "Node 1, zone   Normal\n  pages free     2\n"
			  "        managed  250\n"
			  "    cpu: 0\n              count: 99\n");
	budget_maker_read(&maker, "meminfo",
			  "MemTotal: 2000 kB\nHugepagesize: 64 kB\n"
			  "VmallocUsed: 30 kB\nPercpu: 7 kB\n");
	budget_maker_read(&maker, "meminfo", NODE0);
	/* Both are of the machine. */
	budget_maker_read(&maker, "vmstat", "nr_isolated_anon 999\n");
	maker.facts.has_vmallocinfo = true;
	maker.facts.vmalloc_bytes = 40960;
	budget = budget_maker_build(&maker, "node 0");
	assert_true(budget->known);
	assert_string_equal(budget->scope, "node 0");
	assert_part(&maker, "pcp", 132);
	assert_part(&maker, "lru", 156 + 28);
	assert_inside(&maker, "page-cache", 75);
	assert_part(&maker, "misc-reclaimable", 5);
	/* vmalloc() is not counted by node: they are not in it. */
	assert_part(&maker, "kernel-stacks", 20);
	assert_part(&maker, "hugetlb", 128);
	assert_inside(&maker, "hugetlb-free", 64);
	assert_part(&maker, "compressed-swap", 20);
	assert_no_row(&maker, "percpu");
	assert_no_row(&maker, "vmalloc");
	assert_true(budget_maker_notes(&maker, "not counted by node"));
	/* 1000 - 300 - 132 - 184 - 60 - 5 - 8 - 2 - 20 - 128 - 20 */
	assert_true(budget->remainder_kib == 141);
	assert_null(budget->free.total.first);
}

static void nodes_are_not_mixed_up(void **state)
{
	(void)state;
	budget_maker_read(&maker, "zoneinfo",
			  "Node 1, zone   Normal\n  pages free     2\n"
			  "    cpu: 0\n              count: 5\n"
			  "Node 10, zone   Normal\n  pages free     2\n"
			  "    cpu: 0\n              count: 70\n");
	budget_maker_read(&maker, "meminfo",
			  "MemTotal: 9 kB\nNode 1 MemTotal: 4 kB\n"
			  "Node 1 FilePages: 3 kB\nNode 1 Shmem: 1 kB\n"
			  "Node 1 Active: 8 kB\nNode 1 Strange: 6 kB\n");
	budget_maker_build(&maker, "node 1");
	assert_part(&maker, "pcp", 20);
	assert_beside(&maker, "meminfo:Strange", 6);
	/* Files of older kernels have no SwapCached. */
	assert_inside(&maker, "page-cache", 2);
	budget_maker_build(&maker, "");
	assert_part(&maker, "pcp", 300);
	assert_no_row(&maker, "meminfo:Strange");
}

static void what_zram_holds_is_not_known_by_node(void **state)
{
	const struct counter counter = {
		.group = SPAN("mm_stat"),
		.scope = SPAN("zram0"),
		.name = SPAN("mem_used_total"),
		.value = 4096,
		.unit = COUNTER_BYTES,
	};

	(void)state;
	budget_maker_add(&maker, &counter);
	budget_maker_read(&maker, "meminfo", NODE0);
	budget_maker_build(&maker, "node 0");
	assert_no_row(&maker, "compressed-swap");
}

static void a_node_has_pages_of_the_size_of_the_machine(void **state)
{
	(void)state;
	budget_maker_read(&maker, "zoneinfo", ZONE(""));
	budget_maker_read(&maker, "meminfo",
			  "MemTotal: 4000 kB\nNode 0 MemTotal: 7 kB\n");
	assert_u64(budget_maker_build(&maker, "node 0")->page_size, 16384);
}

static void a_page_size_that_nothing_tells_is_a_guess(void **state)
{
	(void)state;
	assert_false(build("MemTotal: 4000 kB\n")->page_size_known);
	assert_u64(maker.budget.page_size, 4096);
	budget_maker_read(&maker, "zoneinfo", ZONE(""));
	assert_true(build("MemTotal: 4000 kB\n")->page_size_known);
	/* As of another machine. */
	assert_false(build("MemTotal: 5555 kB\n")->page_size_known);
	maker.facts.page_size = 65536;
	assert_true(build("")->page_size_known);
}

static void large_kmalloc_is_slab_since_huge_pages_of_files(void **state)
{
	static const struct {
		const char *meminfo, *vmstat;
		bool has;
	} cases[] = {
		{"FileHugePages: 0 kB\n", NULL, true},
		{"Percpu: 0 kB\n", "nr_free_pages 1\nnr_file_hugepages 0\n",
		 true},
		/* 5.3 has the one and not yet the other. */
		{"VmallocUsed: 5 kB\n", "nr_free_pages 1\n", false},
		{"VmallocUsed: 5 kB\n", NULL, true},
		{"VmallocUsed: 0 kB\n", NULL, false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(cases); i++) {
		budget_maker_read(&maker, "meminfo", cases[i].meminfo);
		if (cases[i].vmstat)
			budget_maker_read(&maker, "vmstat", cases[i].vmstat);
		assert_int_equal(
			build("MemTotal: 9 kB\n")->slab_has_large_kmalloc,
			cases[i].has);
		budget_maker_deinit(&maker);
	}
}

static void newer_kernels_count_vmalloc_and_huge_pages_by_node(void **state)
{
	(void)state;
	budget_maker_read(&maker, "zoneinfo",
			  ZONE("      nr_vmalloc 15\n      nr_hugetlb 40\n"));
	budget_maker_read(&maker, "meminfo", "Hugepagesize: 64 kB\n");
	budget_maker_read(&maker, "meminfo", NODE0);
	budget_maker_build(&maker, "node 0");
	assert_part(&maker, "vmalloc", 60);
	assert_inside(&maker, "kernel-stacks", 20);
	/* All sizes, not just the default one. */
	assert_part(&maker, "hugetlb", 160);
}

#define NODE_STATS                                                          \
	"      nr_inactive_anon 10\n      nr_active_anon 11\n"              \
	"      nr_inactive_file 12\n      nr_active_file 13\n"              \
	"      nr_unevictable 1\n      nr_slab_reclaimable 6\n"             \
	"      nr_slab_unreclaimable 7\n      nr_anon_pages 20\n"           \
	"      nr_file_pages 26\n      nr_shmem 2\n      nr_swapcached 1\n" \
	"      nr_kernel_misc_reclaimable 3\n      nr_kernel_stack 16\n"    \
	"      nr_page_table_pages 2\n"

static void a_node_without_meminfo_is_told_by_its_zones(void **state)
{
	const struct budget *budget;

	(void)state;
	budget_maker_read(&maker, "zoneinfo",
			  ZONE(NODE_STATS) "  nr_free_pages 80\n");
	budget_maker_read(&maker, "zoneinfo",
			  "Node 1, zone   Normal\n  pages free     2\n"
			  "      nr_active_anon 999\n");
	budget_maker_read(&maker, "meminfo", "MemTotal: 2000 kB\n");
	maker.facts.page_size = 4096;
	budget = budget_maker_build(&maker, "node 0");
	assert_true(budget->known);
	assert_true(budget->total.kib == 1000);
	assert_part(&maker, "pcp", 132);
	/* 10 + 11 + 12 + 13 + 1 + 3 + 4 pages */
	assert_part(&maker, "lru", 216);
	assert_inside(&maker, "anon", 80);
	/* 26 - 2 - 1 */
	assert_inside(&maker, "page-cache", 92);
	assert_part(&maker, "slab", 52);
	assert_part(&maker, "misc-reclaimable", 12);
	assert_part(&maker, "page-tables", 8);
	/* The only row of them that is in kB. */
	assert_part(&maker, "kernel-stacks", 16);
	assert_part(&maker, "compressed-swap", 20);
	assert_string_equal(budget_row(budget, "lru")->sum.first->group,
			    "zoneinfo");
	assert_true(budget_maker_notes(&maker, "those of zoneinfo"));
	/* 1000 - 320 - 132 - 216 - 52 - 12 - 8 - 16 - 20 */
	assert_true(budget->remainder_kib == 224);
}

static void nodes_are_those_that_have_meminfo_or_zones(void **state)
{
	struct error err;
	uint64_t *nodes;
	size_t count;

	(void)state;
	budget_maker_read(&maker, "meminfo",
			  "MemTotal: 9 kB\nNode 10 MemTotal: 3 kB\n"
			  "Node 2 MemTotal: 3 kB\nNode 0 MemTotal: 3 kB\n"
			  "Node 3 MemFree: 1 kB\nNode 04 MemTotal: 1 kB\n");
	budget_maker_read(&maker, "zoneinfo",
			  "Node 2, zone   DMA\n  pages free     2\n"
			  "        managed  250\n"
			  "Node 5, zone   DMA\n  pages free     2\n"
			  "        managed  250\n"
			  "Node 5, zone   Normal\n  pages free     2\n"
			  "        managed  250\n");
	assert_true(budget_nodes(&maker.counters, &maker.arena, &nodes, &count,
				 &err));
	assert_int_equal(count, 4);
	assert_u64(nodes[0], 0);
	assert_u64(nodes[1], 2);
	assert_u64(nodes[2], 5);
	assert_u64(nodes[3], 10);
}

static void there_are_no_more_nodes_than_a_kernel_has(void **state)
{
	struct counter counter = {
		.group = SPAN("meminfo"),
		.name = SPAN("MemTotal"),
	};
	struct error err;
	uint64_t *nodes;
	char scope[20];
	size_t i, count;

	(void)state;
	for (i = 0; i < 3000; i++) {
		snprintf(scope, sizeof(scope), "node %zu", i);
		counter.scope = span_of(scope);
		budget_maker_add(&maker, &counter);
	}
	assert_true(budget_nodes(&maker.counters, &maker.arena, &nodes, &count,
				 &err));
	assert_int_equal(count, 1024);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(each_age_of_kernels_has_its_own_sum),
		TEST(what_lies_in_a_part_is_shown_and_not_added),
		TEST(the_counted_sum_has_a_term_for_each_part),
		TEST(a_row_that_is_missing_is_left_out_and_one_of_0_is_not),
		TEST(sums_are_made_of_their_halves_where_they_are_missing),
		TEST(rows_that_are_not_known_are_listed_last),
		TEST(every_row_of_a_plain_kernel_is_known),
		TEST(free_pages_on_lists_of_cpus_are_free),
		TEST(without_zoneinfo_three_percent_are_in_doubt),
		TEST(isolated_pages_are_taken_from_vmstat_or_else_zoneinfo),
		TEST(the_page_size_is_that_of_the_file),
		TEST(the_page_size_may_be_that_of_the_configuration),
		TEST(numbers_of_a_container_are_told),
		TEST(without_meminfo_nothing_is_known),
		TEST(more_than_all_is_a_negative_remainder),
		TEST(numbers_that_no_machine_has_saturate),
		TEST(a_node_has_a_budget_of_its_own),
		TEST(nodes_are_not_mixed_up),
		TEST(what_zram_holds_is_not_known_by_node),
		TEST(a_node_has_pages_of_the_size_of_the_machine),
		TEST(a_page_size_that_nothing_tells_is_a_guess),
		TEST(large_kmalloc_is_slab_since_huge_pages_of_files),
		TEST(newer_kernels_count_vmalloc_and_huge_pages_by_node),
		TEST(a_node_without_meminfo_is_told_by_its_zones),
		TEST(nodes_are_those_that_have_meminfo_or_zones),
		TEST(there_are_no_more_nodes_than_a_kernel_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
