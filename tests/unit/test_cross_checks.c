/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The checks on a healthy machine of 1 GB, the numbers of which are of
 * samples/real-6.12-leaks and its like, and on what is made of it.
 */
#include "tests/support/check.h"

#include "account/cross_checks.h"

struct amount {
	const char *group, *scope, *name;
	uint64_t value;
	enum counter_unit unit;
};

#define KIB(name, value)                                \
	{                                               \
		"meminfo", "", name, value, COUNTER_KIB \
	}
#define VMSTAT(name, value)                               \
	{                                                 \
		"vmstat", "", name, value, COUNTER_NUMBER \
	}
#define ZONE(scope, name, value)                              \
	{                                                     \
		"zoneinfo", scope, name, value, COUNTER_PAGES \
	}
#define CACHE(scope, name, value)                              \
	{                                                      \
		"slabinfo", scope, name, value, COUNTER_NUMBER \
	}

static const struct amount healthy[] = {
	KIB("MemTotal", 1004132),
	KIB("MemFree", 638732),
	KIB("MemAvailable", 603748),
	KIB("Buffers", 2956),
	KIB("Cached", 149360),
	KIB("SwapCached", 0),
	KIB("Active", 32200),
	KIB("Inactive", 209916),
	KIB("Active(anon)", 16936),
	KIB("Inactive(anon)", 161720),
	KIB("Active(file)", 15264),
	KIB("Inactive(file)", 48196),
	KIB("Unevictable", 4096),
	KIB("Mlocked", 4096),
	KIB("Dirty", 48),
	KIB("AnonPages", 93896),
	KIB("Mapped", 14364),
	KIB("Shmem", 88856),
	KIB("KReclaimable", 9388),
	KIB("Slab", 39248),
	KIB("SReclaimable", 9388),
	KIB("SUnreclaim", 29860),
	KIB("KernelStack", 1632),
	KIB("PageTables", 2076),
	KIB("Committed_AS", 3006560),
	KIB("VmallocTotal", 13743895347199),
	KIB("VmallocUsed", 6936),
	KIB("Percpu", 608),
	{"meminfo", "", "HugePages_Total", 4, COUNTER_NUMBER},
	KIB("Hugepagesize", 1048576),
	KIB("DirectMap2M", 1026048),
	VMSTAT("nr_free_pages", 159683),
	VMSTAT("nr_isolated_anon", 0),
	VMSTAT("nr_isolated_file", 0),
	VMSTAT("pglazyfree", 0),
	ZONE("node 0 zone DMA", "managed", 3840),
	ZONE("node 0 zone DMA cpu 0", "count", 0),
	ZONE("node 0 zone DMA cpu 0", "vm stats threshold", 2),
	ZONE("node 0 zone DMA cpu 1", "count", 0),
	ZONE("node 0 zone DMA cpu 1", "vm stats threshold", 2),
	ZONE("node 0 zone DMA32", "managed", 247193),
	ZONE("node 0 zone DMA32 cpu 0", "count", 1500),
	ZONE("node 0 zone DMA32 cpu 0", "vm stats threshold", 14),
	ZONE("node 0 zone DMA32 cpu 1", "count", 1493),
	ZONE("node 0 zone DMA32 cpu 1", "vm stats threshold", 14),
	CACHE("dentry", "pagesperslab", 2),
	CACHE("dentry", "num_slabs", 218),
	CACHE("kmalloc-64", "pagesperslab", 1),
	CACHE("kmalloc-64", "num_slabs", 9000),
	{"cpu_possible", "", "possible", 2, COUNTER_NUMBER},
};
#define HEALTHY TEST_COUNT(healthy)

/* 32 pages of thresholds, and 31 of batches on two CPUs */
#define DRIFT_KIB 376
#define TOLERANCE (1004132 / 200 + DRIFT_KIB)

static const char *const ids[] = {
	"anon-lru",	  "file-lru",	    "lru-total",       "active-parts",
	"inactive-parts", "slab-slabinfo",  "slab-parts",      "page-tables",
	"percpu",	  "memtotal-zones", "memtotal-series", "pss-anon",
	"pss-mapped",	  "counted-total",  "above-total",
};

static struct counters counters;
static struct arena arena;
static struct budget budget;
static struct process processes[3];
static struct process_side side;
static struct cross_check_facts facts;
static struct cross_check *checks;
static size_t check_count;
static struct error err;

static void tell(const struct amount *amount)
{
	const struct counter counter = {
		.group = span_of(amount->group),
		.scope = span_of(amount->scope),
		.name = span_of(amount->name),
		.value = amount->value,
		.unit = amount->unit,
	};

	assert_true(counters_add(&counters, &counter, &err));
}

static void tell_kib(const char *name, uint64_t value)
{
	tell(&(struct amount)KIB(name, value));
}

static void tell_pages(const char *name, uint64_t value)
{
	tell(&(struct amount)VMSTAT(name, value));
}

/* All but rows of group, or one of them where name is not NULL. */
static void tell_all_but(const char *group, const char *name)
{
	size_t i;

	counters_deinit(&counters);
	for (i = 0; i < HEALTHY; i++)
		if (strcmp(healthy[i].group, group) != 0 ||
		    (name && strcmp(healthy[i].name, name) != 0))
			tell(&healthy[i]);
}

static void set_process(size_t at, uint64_t pid, enum process_source source,
			const uint64_t amounts[4])
{
	struct process *process = &processes[at];
	size_t i;

	*process = (struct process){.pid = pid, .source = source};
	for (i = 0; i < PROCESS_AMOUNTS; i++)
		process->kib[i] = PROCESS_UNKNOWN;
	if (!amounts)
		return;
	process->kib[PROCESS_PSS_ANON] = amounts[0];
	process->kib[PROCESS_PSS_FILE] = amounts[1];
	process->kib[PROCESS_PSS_SHMEM] = amounts[2];
	process->kib[PROCESS_TABLES] = amounts[3];
}

static void set_counted(int64_t kib)
{
	budget.counted = (struct sum){0};
	assert_non_null(
		sum_add(&budget.counted, &arena, "meminfo", "MemFree", kib));
	budget.remainder_kib = budget.total.kib - kib;
}

static int setup(void **state)
{
	(void)state;
	err = (struct error){0};
	counters = (struct counters){0};
	arena = (struct arena){0};
	tell_all_but("", NULL);
	set_process(0, 1, PROCESS_ROLLUP, (const uint64_t[]){102, 0, 621, 40});
	set_process(1, 2, PROCESS_KERNEL, NULL);
	set_process(2, 812, PROCESS_ROLLUP,
		    (const uint64_t[]){93500, 12000, 1600, 2024});
	side = (struct process_side){.processes = processes,
				     .process_count = 3};
	budget = (struct budget){.known = true,
				 .scope = "",
				 .page_size = 4096,
				 .page_size_known = true,
				 .slab_has_large_kmalloc = true};
	assert_non_null(
		sum_add(&budget.total, &arena, "meminfo", "MemTotal", 1004132));
	set_counted(953976);
	facts = (struct cross_check_facts){.counters = &counters,
					   .budget = &budget,
					   .processes = &side,
					   .earlier_total_kib = 1004132,
					   .earlier_same_boot = true};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	counters_deinit(&counters);
	arena_deinit(&arena);
	return 0;
}

static void make(void)
{
	assert_true(
		cross_checks_make(&facts, &arena, &checks, &check_count, &err));
	assert_int_equal(check_count, TEST_COUNT(ids));
}

static const struct cross_check *check_of(const char *id)
{
	size_t i;

	for (i = 0; i < check_count; i++)
		if (strcmp(checks[i].id, id) == 0)
			return &checks[i];
	fail_msg("no check %s", id);
	return NULL;
}

/* All of them agree but id, which is in state and speaks of word. */
static void assert_only(const char *id, enum check_state state,
			const char *word)
{
	size_t i;

	make();
	for (i = 0; i < check_count; i++) {
		const struct cross_check *check = &checks[i];
		bool is_it = strcmp(check->id, id) == 0;

		if (check->state != (is_it ? state : CHECK_AGREES))
			fail_msg("%s is in state %d: %s", check->id,
				 check->state, check->meaning);
		if (is_it && !strstr(check->meaning, word))
			fail_msg("no \"%s\" in \"%s\"", word, check->meaning);
	}
}

static void assert_all_agree(void)
{
	assert_only("", CHECK_AGREES, "");
}

/* None fires; what lacks something says so. */
static void assert_no_alarm(const char *what)
{
	size_t i;

	make();
	for (i = 0; i < check_count; i++)
		if (checks[i].state == CHECK_DIFFERS ||
		    checks[i].state == CHECK_IMPOSSIBLE)
			fail_msg("without %s: %s: %s", what, checks[i].id,
				 checks[i].meaning);
}

static void assert_missing(const char *id, const char *meaning)
{
	const struct cross_check *check;

	make();
	check = check_of(id);
	assert_int_equal(check->state, CHECK_MISSING);
	assert_string_equal(check->meaning, meaning);
	assert_int_equal(check->difference_kib, 0);
}

static void assert_difference(const char *id, int64_t difference,
			      int64_t tolerance)
{
	assert_int_equal(check_of(id)->difference_kib, difference);
	assert_int_equal(check_of(id)->tolerance_kib, tolerance);
}

/* ---- a healthy machine ---- */

static void all_checks_agree_on_a_healthy_machine(void **state)
{
	size_t i;

	(void)state;
	assert_all_agree();
	for (i = 0; i < check_count; i++)
		assert_string_equal(checks[i].id, ids[i]);
	assert_difference("anon-lru", 0, TOLERANCE);
	assert_difference("file-lru", 0, TOLERANCE);
	assert_difference("lru-total", 0, TOLERANCE);
	assert_difference("active-parts", 0, 0);
	assert_difference("inactive-parts", 0, 0);
	assert_difference("slab-slabinfo", 1504, TOLERANCE);
	assert_difference("slab-parts", 0, 0);
	assert_difference("page-tables", 12, 4096 + 2 * 64);
	assert_difference("percpu", 608 - 16384, 65536);
	assert_difference("memtotal-zones", 0, 512);
	assert_difference("memtotal-series", 0, 512);
	assert_difference("pss-anon", -294, 32768);
	assert_difference("pss-mapped", -143, 32768);
	assert_difference("counted-total", 953976 - 1004132, TOLERANCE);
	assert_difference("above-total", 638732 - 1004132, 0);
}

static void a_side_tells_its_terms(void **state)
{
	const struct sum_term *term;

	(void)state;
	make();
	term = check_of("file-lru")->right.first;
	assert_string_equal(term->name, "Cached");
	assert_string_equal(term->group, "meminfo");
	assert_int_equal(term->kib, 149360);
	term = check_of("file-lru")->right.last;
	assert_string_equal(term->name, "Shmem");
	assert_int_equal(term->kib, -88856);
	assert_u64(term->value, 88856);
	term = check_of("slab-slabinfo")->right.last;
	assert_u64(term->value, 9436);
	assert_int_equal(term->unit, COUNTER_PAGES);
	assert_int_equal(term->kib, 37744);
	term = check_of("memtotal-zones")->right.first;
	assert_u64(term->value, 3840);
	assert_int_equal(term->kib, 15360);
	term = check_of("percpu")->right.first;
	assert_u64(term->value, 2);
	assert_int_equal(check_of("pss-mapped")->left.kib, 14221);
}

static void a_page_may_be_of_another_size(void **state)
{
	(void)state;
	budget.page_size = 16384;
	make();
	assert_int_equal(check_of("memtotal-zones")->right.kib, 4 * 1004132);
	assert_int_equal(check_of("slab-slabinfo")->right.kib, 4 * 37744);
}

static void tolerance_follows_the_size_of_the_machine(void **state)
{
	(void)state;
	budget.total.kib = (int64_t)1 << 30;
	make();
	assert_int_equal(check_of("anon-lru")->tolerance_kib,
			 ((int64_t)1 << 30) / 200 + DRIFT_KIB);
	assert_int_equal(check_of("page-tables")->tolerance_kib,
			 ((int64_t)1 << 30) / 1000 + 2 * 64);
	budget.total.kib = 65536;
	make();
	assert_int_equal(check_of("anon-lru")->tolerance_kib, 4096 + DRIFT_KIB);
}

/* ---- each of them fires ---- */

static void set_lists(uint64_t active_anon, uint64_t inactive_anon,
		      uint64_t active_file, uint64_t inactive_file)
{
	tell_kib("Active", active_anon + active_file);
	tell_kib("Inactive", inactive_anon + inactive_file);
	tell_kib("Active(anon)", active_anon);
	tell_kib("Inactive(anon)", inactive_anon);
	tell_kib("Active(file)", active_file);
	tell_kib("Inactive(file)", inactive_file);
}

static void anonymous_lists_that_hold_more_are_told(void **state)
{
	(void)state;
	set_lists(16936 + 4096 + 6000, 161720, 15264 - 6000, 48196);
	assert_only("anon-lru", CHECK_DIFFERS, "no process maps any more");
	assert_difference("anon-lru", 6000, TOLERANCE);
}

static void lists_of_files_that_hold_more_are_told(void **state)
{
	(void)state;
	set_lists(16936, 161720 - 3904, 15264 + 6000, 48196);
	assert_only("file-lru", CHECK_DIFFERS, "in the page cache no more");
	assert_difference("file-lru", 6000, TOLERANCE);
}

static void lists_that_hold_more_together_are_told(void **state)
{
	(void)state;
	set_lists(16936 + 4096 + 4000, 161720, 15264 + 4000, 48196);
	assert_only("lru-total", CHECK_DIFFERS, "a reference that leaked");
	assert_difference("lru-total", 12096, TOLERANCE);
}

static void pinned_pages_are_seen_in_part_and_in_total(void **state)
{
	(void)state;
	set_lists(16936 + 50000, 161720, 15264, 48196);
	make();
	assert_int_equal(check_of("anon-lru")->state, CHECK_DIFFERS);
	assert_int_equal(check_of("file-lru")->state, CHECK_AGREES);
	assert_int_equal(check_of("lru-total")->state, CHECK_DIFFERS);
}

static void pages_on_no_list_are_told_as_such(void **state)
{
	(void)state;
	set_lists(16936, 161720 - 50000, 15264, 48196 - 40000);
	make();
	assert_non_null(strstr(check_of("anon-lru")->meaning,
			       "pages that processes map are on no LRU list"));
	assert_non_null(strstr(check_of("file-lru")->meaning,
			       "pages of the page cache are on no LRU list"));
	assert_int_equal(check_of("lru-total")->state, CHECK_DIFFERS);
	assert_non_null(strstr(check_of("lru-total")->meaning,
			       "user memory or page cache is on no LRU list"));
}

static void the_limit_itself_still_agrees(void **state)
{
	(void)state;
	set_lists(16936 + 4096 + TOLERANCE, 161720, 15264 - 4096, 48196);
	assert_all_agree();
	set_lists(16936 + 4096 + TOLERANCE + 1, 161720, 15264 - 4097, 48196);
	assert_only("anon-lru", CHECK_DIFFERS, "");
}

static void sums_that_are_not_those_of_their_parts_are_impossible(void **state)
{
	(void)state;
	tell_kib("Active", 32204);
	assert_only("active-parts", CHECK_IMPOSSIBLE, "rows of two moments");
	tell_kib("Active", 32200);
	tell_kib("Inactive", 209912);
	assert_only("inactive-parts", CHECK_IMPOSSIBLE, "rows of two moments");
	tell_kib("Inactive", 209916);
	tell_kib("SUnreclaim", 29864);
	assert_only("slab-parts", CHECK_IMPOSSIBLE, "rows of two moments");
}

/* Without KReclaimable it is a kernel that reads both numbers again. */
static void old_kernels_may_count_a_batch_of_slab_in_between(void **state)
{
	(void)state;
	tell_all_but("meminfo", "KReclaimable");
	tell_kib("SUnreclaim", 29860 + 500);
	assert_all_agree();
	tell_kib("SUnreclaim", 29860 + 504);
	assert_only("slab-parts", CHECK_IMPOSSIBLE, "rows of two moments");
}

static void slab_outside_its_caches_is_large_kmalloc(void **state)
{
	(void)state;
	tell(&(struct amount)CACHE("kmalloc-64", "num_slabs", 7000));
	assert_only("slab-slabinfo", CHECK_DIFFERS, "large kmalloc()");
	assert_difference("slab-slabinfo", 9504, TOLERANCE);
	budget.slab_has_large_kmalloc = false;
	assert_only("slab-slabinfo", CHECK_DIFFERS, "of a destroyed cache");
}

static void caches_larger_than_slab_are_told(void **state)
{
	(void)state;
	tell(&(struct amount)CACHE("kmalloc-64", "num_slabs", 11000));
	assert_only("slab-slabinfo", CHECK_DIFFERS,
		    "the caches hold more than Slab counts");
}

static void page_tables_without_a_process_are_told(void **state)
{
	(void)state;
	tell_kib("PageTables", 2064 + 4224);
	assert_all_agree();
	tell_kib("PageTables", 2064 + 4225);
	assert_only("page-tables", CHECK_DIFFERS, "that no process has");
	tell_kib("PageTables", 2076);
	processes[2].kib[PROCESS_TABLES] = 9000;
	assert_only("page-tables", CHECK_DIFFERS, "several times");
}

static void pages_of_an_unknown_size_are_not_compared(void **state)
{
	(void)state;
	budget.page_size_known = false;
	tell_kib("Slab", 16 * 39248);
	make();
	assert_missing("slab-slabinfo",
		       "the capture does not tell the size of a page: "
		       "/proc/zoneinfo does, and 'pageowl capture' takes it");
}

#define NO_CPUS                                                            \
	"the capture lacks /sys/devices/system/cpu/possible, which tells " \
	"how many CPUs per-CPU memory is for: 'pageowl capture' takes it"

static void per_cpu_memory_out_of_proportion_is_told(void **state)
{
	(void)state;
	tell_kib("Percpu", 2 * 8192 + 65536);
	assert_all_agree();
	tell_kib("Percpu", 2 * 8192 + 65536 + 1);
	assert_only("percpu", CHECK_DIFFERS, "nr_dying_descendants");
	assert_true(check_of("percpu")->at_most);
	/* A machine that may get more of them. */
	tell(&(struct amount){"cpu_possible", "", "possible", 128,
			      COUNTER_NUMBER});
	assert_all_agree();
}

static void cpus_that_are_online_do_not_tell_what_is_too_much(void **state)
{
	(void)state;
	tell_all_but("cpu_possible", NULL);
	tell_kib("Percpu", 2 * 8192 + 65536);
	assert_all_agree();
	tell_kib("Percpu", 2 * 8192 + 65536 + 1);
	assert_missing("percpu", NO_CPUS);
}

static void zones_that_have_another_total_are_told(void **state)
{
	(void)state;
	tell(&(struct amount)ZONE("node 0 zone DMA32", "managed",
				  247193 - 128));
	assert_all_agree();
	tell(&(struct amount)ZONE("node 0 zone DMA32", "managed",
				  247193 - 129));
	assert_only("memtotal-zones", CHECK_DIFFERS, "balloon");
	tell(&(struct amount)ZONE("node 0 zone DMA32", "managed",
				  247193 + 129));
	assert_only("memtotal-zones", CHECK_DIFFERS, "balloon");
}

static void a_total_that_changed_within_a_boot_is_told(void **state)
{
	(void)state;
	facts.earlier_total_kib = 1004132 - 513;
	assert_only("memtotal-series", CHECK_DIFFERS, "was given memory");
	facts.earlier_total_kib = 1004132 + 513;
	assert_only("memtotal-series", CHECK_DIFFERS, "was taken from");
	facts.earlier_same_boot = false;
	assert_missing("memtotal-series",
		       "the earlier capture is of another boot, whose "
		       "MemTotal may be another");
	facts.earlier_total_kib = 0;
	assert_missing("memtotal-series",
		       "there is no earlier capture to compare with: 'pageowl "
		       "account OLD NEW' does");
}

static void anonymous_memory_without_a_process_is_told(void **state)
{
	(void)state;
	processes[2].kib[PROCESS_PSS_ANON] = 93896 - 102 - 32769;
	assert_only("pss-anon", CHECK_DIFFERS, "outlived its process");
	processes[2].kib[PROCESS_PSS_ANON] = 93896 - 102 + 32769;
	assert_only("pss-anon", CHECK_DIFFERS, "they grew while");
}

static void mapped_files_without_a_process_are_told(void **state)
{
	(void)state;
	tell_kib("Mapped", 14221 + 32769);
	assert_only("pss-mapped", CHECK_DIFFERS, "mapped by no process");
	tell_kib("Mapped", 14364);
	processes[2].kib[PROCESS_PSS_SHMEM] = 40000;
	assert_only("pss-mapped", CHECK_DIFFERS, "processes map more");
}

static void counters_above_the_total_by_little_are_only_racy(void **state)
{
	(void)state;
	set_counted(1004132 + TOLERANCE);
	assert_all_agree();
	set_counted(1004132 + TOLERANCE + 1);
	assert_only("counted-total", CHECK_IMPOSSIBLE, "counted twice");
	assert_difference("counted-total", TOLERANCE + 1, TOLERANCE);
	budget.doubt_kib = 1;
	assert_all_agree();
}

static void a_part_larger_than_the_whole_is_impossible(void **state)
{
	(void)state;
	tell_kib("Dirty", 1004132);
	assert_all_agree();
	tell_kib("Dirty", 1004133);
	assert_only("above-total", CHECK_IMPOSSIBLE,
		    "Dirty is a part of MemTotal and larger than it");
	assert_string_equal(check_of("above-total")->left.first->name, "Dirty");
	assert_difference("above-total", 1, 0);
}

/* Rows that we do not know may be of anything, but not below nothing. */
static void a_counter_below_zero_is_impossible_whatever_it_is(void **state)
{
	(void)state;
	tell_kib("VendorArea", INT64_MAX);
	assert_all_agree();
	tell_kib("VendorArea", UINT64_MAX - 3);
	assert_only("above-total", CHECK_IMPOSSIBLE, "fell below zero");
	assert_string_equal(check_of("above-total")->left.first->name,
			    "VendorArea");
}

/* ---- pages on another list ---- */

static void isolated_pages_are_on_their_lists_still(void **state)
{
	(void)state;
	set_lists(16936 - 12000, 161720, 15264 - 8000, 48196);
	tell_pages("nr_isolated_anon", 3000);
	tell_pages("nr_isolated_file", 2000);
	assert_all_agree();
	assert_difference("anon-lru", 0, TOLERANCE);
	assert_difference("file-lru", 0, TOLERANCE);
	assert_difference("lru-total", 0, TOLERANCE);
}

static void unevictable_pages_may_be_of_files(void **state)
{
	(void)state;
	set_lists(16936, 161720, 15264, 48196 - 20000);
	tell_kib("Unevictable", 24096);
	assert_all_agree();
	assert_difference("file-lru", 0, TOLERANCE);
	assert_int_equal(check_of("anon-lru")->left.last->kib, 4096);
	assert_u64(check_of("anon-lru")->left.last->value, 24096);
}

/* What the anonymous lists borrow is not there for files. */
static void unevictable_pages_are_lent_once(void **state)
{
	(void)state;
	set_lists(16936, 161720 - 4000, 15264 - 6000, 48196);
	tell_kib("Unevictable", 8096);
	make();
	assert_difference("anon-lru", 0, TOLERANCE);
	assert_int_equal(check_of("file-lru")->state, CHECK_DIFFERS);
	assert_difference("file-lru", -6000, TOLERANCE);
}

static void the_swap_cache_is_on_the_lists_and_in_no_process(void **state)
{
	(void)state;
	set_lists(16936, 161720 + 24096, 15264, 48196);
	tell_kib("SwapCached", 25000);
	assert_all_agree();
	assert_difference("anon-lru", 0, TOLERANCE);
	assert_difference("lru-total", 0, TOLERANCE);
	/* What processes map of it is in AnonPages, too. */
	set_lists(16936, 161720, 15264, 48196);
	assert_all_agree();
	assert_difference("lru-total", 0, TOLERANCE);
}

static void lazily_freed_pages_are_on_the_list_of_files(void **state)
{
	(void)state;
	set_lists(16936, 161720 - 40000, 15264, 48196 + 40000);
	tell_pages("pglazyfree", 10000);
	assert_all_agree();
	assert_difference("anon-lru", 0, TOLERANCE);
	assert_difference("file-lru", 0, TOLERANCE);
}

static void no_more_are_lazily_freed_than_ever_were(void **state)
{
	(void)state;
	set_lists(16936, 161720 - 40000, 15264, 48196 + 40000);
	tell_pages("pglazyfree", 5000);
	make();
	assert_int_equal(check_of("anon-lru")->state, CHECK_DIFFERS);
	assert_difference("file-lru", 20000, TOLERANCE);
	assert_int_equal(check_of("lru-total")->state, CHECK_AGREES);
}

static void kernels_without_the_counter_free_nothing_lazily(void **state)
{
	(void)state;
	tell_all_but("vmstat", "pglazyfree");
	set_lists(16936, 161720 - 40000, 15264, 48196 + 40000);
	make();
	assert_int_equal(check_of("file-lru")->state, CHECK_DIFFERS);
	tell_all_but("vmstat", NULL);
	set_lists(16936, 161720 - 40000, 15264, 48196 + 40000);
	assert_all_agree();
}

/* ---- what is missing ---- */

static void a_missing_row_is_never_an_alarm(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < HEALTHY; i++) {
		if (strcmp(healthy[i].group, "slabinfo") == 0)
			continue;
		tell_all_but(healthy[i].group, healthy[i].name);
		assert_no_alarm(healthy[i].name);
		tell_all_but(healthy[i].group, NULL);
		assert_no_alarm(healthy[i].group);
	}
}

static void a_check_says_what_it_lacks(void **state)
{
	(void)state;
	tell_all_but("meminfo", "AnonPages");
	assert_missing("anon-lru", "the capture's /proc/meminfo lacks "
				   "AnonPages");
	assert_missing("lru-total", "the capture's /proc/meminfo lacks "
				    "AnonPages");
	assert_missing("pss-anon", "the capture's /proc/meminfo lacks "
				   "AnonPages");
	assert_int_equal(check_of("file-lru")->state, CHECK_AGREES);
	tell_all_but("meminfo", "Shmem");
	assert_missing("file-lru", "the capture's /proc/meminfo lacks Shmem");
	tell_all_but("slabinfo", NULL);
	assert_missing("slab-slabinfo",
		       "the capture lacks /proc/slabinfo, which only root may "
		       "read: 'pageowl capture' as root takes it");
	tell_all_but("zoneinfo", NULL);
	assert_int_equal(check_of("percpu")->state, CHECK_AGREES);
	assert_missing("memtotal-zones",
		       "the capture lacks /proc/zoneinfo with the managed "
		       "pages of zones: 'pageowl capture' takes it");
}

static void without_meminfo_all_checks_are_missing(void **state)
{
	size_t i;

	(void)state;
	budget = (struct budget){0};
	tell_all_but("meminfo", NULL);
	make();
	for (i = 0; i < check_count; i++) {
		assert_int_equal(checks[i].state, CHECK_MISSING);
		assert_string_equal(checks[i].meaning,
				    "the capture lacks /proc/meminfo");
	}
}

/* Of `free`, or of a file that somebody wrote: not what the kernel prints. */
static void an_amount_without_its_unit_is_none(void **state)
{
	(void)state;
	tell(&(struct amount){"meminfo", "", "Slab", 39248, COUNTER_NUMBER});
	assert_missing("slab-parts", "the capture's /proc/meminfo lacks Slab");
}

static void processes_that_could_not_be_read_are_told(void **state)
{
	static const char *const missing[] = {"page-tables", "pss-anon",
					      "pss-mapped"};
	size_t i;

	(void)state;
	processes[0].source = PROCESS_UNREADABLE;
	for (i = 0; i < TEST_COUNT(missing); i++)
		assert_missing(missing[i],
			       "1 of 2 processes could not be read: 'pageowl "
			       "capture' as root reads them all");
	facts.processes = NULL;
	for (i = 0; i < TEST_COUNT(missing); i++)
		assert_missing(missing[i],
			       "the capture has no processes "
			       "(/proc/PID/smaps_rollup and status): 'pageowl "
			       "capture' as root takes them");
}

/* Kernels before 5.4 do not divide PSS. */
static void processes_that_do_not_tell_an_amount_are_told(void **state)
{
	(void)state;
	processes[2].kib[PROCESS_PSS_ANON] = PROCESS_UNKNOWN;
	assert_only("pss-anon", CHECK_MISSING,
		    "1 of 2 processes in the capture are without Pss_Anon");
}

static void a_few_processes_are_not_all_of_them(void **state)
{
	(void)state;
	side.processes = &processes[2];
	side.process_count = 1;
	processes[2].kib[PROCESS_PSS_ANON] = 10;
	assert_no_alarm("most processes");
	assert_int_equal(check_of("pss-anon")->state, CHECK_MISSING);
	assert_non_null(strstr(check_of("pss-anon")->meaning, "only some"));
	/* Of a container: it has an init, and no kthreadd. */
	processes[1] = processes[0];
	side.processes = &processes[1];
	side.process_count = 2;
	assert_no_alarm("processes of the host");
	assert_int_equal(check_of("pss-anon")->state, CHECK_MISSING);
}

/* ---- hostile numbers ---- */

static void the_largest_numbers_do_not_overflow(void **state)
{
	struct amount amount;
	size_t i;

	(void)state;
	for (i = 0; i < HEALTHY; i++) {
		amount = healthy[i];
		amount.value = UINT64_MAX;
		tell(&amount);
	}
	for (i = 0; i < PROCESS_AMOUNTS; i++)
		processes[0].kib[i] = processes[2].kib[i] = UINT64_MAX - 1;
	budget.page_size = UINT64_MAX;
	budget.total.kib = INT64_MAX;
	budget.counted.kib = INT64_MIN;
	budget.doubt_kib = INT64_MAX;
	facts.earlier_total_kib = INT64_MAX;
	make();
	assert_int_equal(check_of("above-total")->state, CHECK_IMPOSSIBLE);
	assert_int_equal(check_of("anon-lru")->left.kib, INT64_MAX);
	assert_int_equal(check_of("slab-slabinfo")->right.kib, INT64_MAX);
	budget.page_size = 4096;
	budget.total.kib = INT64_MIN;
	budget.counted.kib = INT64_MAX;
	budget.doubt_kib = INT64_MIN;
	facts.earlier_total_kib = INT64_MIN;
	make();
	assert_int_equal(check_of("counted-total")->state, CHECK_IMPOSSIBLE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(all_checks_agree_on_a_healthy_machine),
		TEST(a_side_tells_its_terms),
		TEST(a_page_may_be_of_another_size),
		TEST(tolerance_follows_the_size_of_the_machine),
		TEST(anonymous_lists_that_hold_more_are_told),
		TEST(lists_of_files_that_hold_more_are_told),
		TEST(lists_that_hold_more_together_are_told),
		TEST(pinned_pages_are_seen_in_part_and_in_total),
		TEST(pages_on_no_list_are_told_as_such),
		TEST(the_limit_itself_still_agrees),
		TEST(sums_that_are_not_those_of_their_parts_are_impossible),
		TEST(old_kernels_may_count_a_batch_of_slab_in_between),
		TEST(slab_outside_its_caches_is_large_kmalloc),
		TEST(caches_larger_than_slab_are_told),
		TEST(page_tables_without_a_process_are_told),
		TEST(pages_of_an_unknown_size_are_not_compared),
		TEST(per_cpu_memory_out_of_proportion_is_told),
		TEST(cpus_that_are_online_do_not_tell_what_is_too_much),
		TEST(zones_that_have_another_total_are_told),
		TEST(a_total_that_changed_within_a_boot_is_told),
		TEST(anonymous_memory_without_a_process_is_told),
		TEST(mapped_files_without_a_process_are_told),
		TEST(counters_above_the_total_by_little_are_only_racy),
		TEST(a_part_larger_than_the_whole_is_impossible),
		TEST(a_counter_below_zero_is_impossible_whatever_it_is),
		TEST(isolated_pages_are_on_their_lists_still),
		TEST(unevictable_pages_may_be_of_files),
		TEST(unevictable_pages_are_lent_once),
		TEST(the_swap_cache_is_on_the_lists_and_in_no_process),
		TEST(lazily_freed_pages_are_on_the_list_of_files),
		TEST(no_more_are_lazily_freed_than_ever_were),
		TEST(kernels_without_the_counter_free_nothing_lazily),
		TEST(a_missing_row_is_never_an_alarm),
		TEST(a_check_says_what_it_lacks),
		TEST(without_meminfo_all_checks_are_missing),
		TEST(an_amount_without_its_unit_is_none),
		TEST(processes_that_could_not_be_read_are_told),
		TEST(processes_that_do_not_tell_an_amount_are_told),
		TEST(a_few_processes_are_not_all_of_them),
		TEST(the_largest_numbers_do_not_overflow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
