/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "show_mem", span_of(text), "");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

#define HEAD                                                         \
	"[  621.421337] py 3 invoked oom-killer: gfp_mask=0xcc0("    \
	"GFP_KERNEL), nodemask=(null), order=2, oom_score_adj=-17\n" \
	"[  621.421340] CPU: 0 PID: 8 Comm: py 3\n"
#define LRU                                                           \
	"active_anon:11 inactive_anon:12 isolated_anon:13\n"          \
	" active_file:14 inactive_file:15 isolated_file:16\n"         \
	" unevictable:17 dirty:18 writeback:19\n"                     \
	" slab_reclaimable:20 slab_unreclaimable:21\n"                \
	" mapped:22 shmem:23 pagetables:24\n"                         \
	" sec_pagetables:25 bounce:26\n kernel_misc_reclaimable:27\n" \
	" free:28 free_pcp:29 free_cma:30\n"
#define NODE                                                          \
	"Node 0 active_anon:44kB shmem_thp: 4096kB kernel_stack:84kB" \
	" all_unreclaimable? no Balloon:12kB\n"
#define ZONE                                                         \
	"Node 0 DMA free:112kB min:8kB low:12kB high:16kB"           \
	" active_anon:44kB present:400kB managed:360kB mlocked:20kB" \
	" free_pcp:116kB local_pcp:8kB\n"                            \
	"lowmem_reserve[]: 0 5 6\n"
#define BLOCKS "Node 0 DMA: 4*4kB (UM) 0*8kB 6*16kB (E) = 112kB\n"
#define TOTALS                                                  \
	"31 total pagecache pages\n3 pages in swap cache\n"     \
	"Free swap  = 32kB\nTotal swap = 64kB\n100 pages RAM\n" \
	"0 pages HighMem/MovableOnly\n10 pages reserved\n"
#define INFO "Mem-Info:\n" LRU NODE ZONE BLOCKS TOTALS
#define TASK_HEAD                                                    \
	"Tasks state (memory values in pages):\n"                    \
	"[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file " \
	"rss_shmem pgtables_bytes swapents oom_score_adj name\n"

static const struct counter *find(const char *group, const char *scope,
				  const char *name)
{
	return counters_find(&dump.counters, group, span_of(scope), name);
}

#define assert_of(group, scope, name, expected, unit_)                \
	do {                                                          \
		const struct counter *of_ = find(group, scope, name); \
		assert_non_null(of_);                                 \
		assert_u64(of_->value, expected);                     \
		assert_int_equal(of_->unit, unit_);                   \
	} while (0)

#define assert_kib(name, expected) \
	assert_of("meminfo", "", name, expected, COUNTER_KIB)

#define assert_text_of(group, scope, name, expected)                  \
	do {                                                          \
		const struct counter *of_ = find(group, scope, name); \
		assert_non_null(of_);                                 \
		assert_int_equal(of_->unit, COUNTER_TEXT);            \
		assert_span(of_->text, expected);                     \
	} while (0)

static const char *remarks(void)
{
	return dump.remarks.at ? dump.remarks.at : "";
}

static void pages_become_rows_of_meminfo(void **state)
{
	(void)state;
	read_text(HEAD INFO);
	assert_int_equal(dump.damage_count, 0);
	assert_string_equal(remarks(), "");
	assert_kib("MemTotal", 360);
	assert_kib("MemFree", 112);
	assert_kib("Active(anon)", 44);
	assert_kib("Inactive(file)", 60);
	assert_kib("SReclaimable", 80);
	assert_kib("KReclaimable", 188);
	assert_kib("FilePages", 124);
	assert_kib("SwapCached", 12);
	assert_kib("SwapFree", 32);
	assert_kib("SwapTotal", 64);
	assert_kib("CmaFree", 120);
	/* No report prints them. */
	assert_null(find("meminfo", "", "AnonPages"));
	assert_null(find("meminfo", "", "Cached"));
	assert_null(find("meminfo", "", "Slab"));
}

static void sums_over_nodes_and_zones_are_of_the_machine(void **state)
{
	(void)state;
	read_text(HEAD INFO);
	assert_kib("KernelStack", 84);
	assert_kib("ShmemHugePages", 4096);
	assert_kib("Balloon", 12);
	assert_kib("Mlocked", 20);
}

static void sums_are_left_out_where_a_zone_is_missing(void **state)
{
	(void)state;
	read_text("Mem-Info:\n" LRU NODE ZONE BLOCKS "200 pages RAM\n"
		  "10 pages reserved\n");
	assert_kib("MemTotal", 760);
	assert_null(find("meminfo", "", "KernelStack"));
	assert_null(find("meminfo", "", "Mlocked"));
	assert_of("show_mem", "", "all_zones", 0, COUNTER_NUMBER);
	assert_non_null(strstr(remarks(), "zones lack in the report"));
}

static void zones_are_those_of_zoneinfo_in_pages(void **state)
{
	(void)state;
	read_text(HEAD INFO);
	assert_of("zoneinfo", "node 0 zone DMA", "free", 28, COUNTER_PAGES);
	assert_of("zoneinfo", "node 0 zone DMA", "nr_free_pages", 28,
		  COUNTER_NUMBER);
	assert_of("zoneinfo", "node 0 zone DMA", "high", 4, COUNTER_PAGES);
	assert_of("zoneinfo", "node 0 zone DMA", "managed", 90, COUNTER_PAGES);
	assert_of("zoneinfo", "node 0 zone DMA", "free_pcp", 29, COUNTER_PAGES);
	assert_of("zoneinfo", "node 0 zone DMA", "protection 2", 6,
		  COUNTER_PAGES);
	assert_of("zoneinfo", "node 0", "nr_active_anon", 11, COUNTER_NUMBER);
	assert_of("zoneinfo", "node 0", "nr_kernel_stack", 84, COUNTER_NUMBER);
	/* With lines of nodes those of zones are parts of them. */
	assert_null(find("zoneinfo", "node 0 zone DMA", "nr_active_anon"));
	assert_of("buddyinfo", "node 0 zone DMA", "order 0", 4, COUNTER_NUMBER);
	assert_of("buddyinfo", "node 0 zone DMA", "order 2", 6, COUNTER_NUMBER);
}

static void the_smallest_block_tells_the_size_of_a_page(void **state)
{
	(void)state;
	read_text("Mem-Info:\n" LRU
		  "Normal: 4*64kB (U) 0*128kB = 256kB\n" TOTALS);
	assert_u64(dump.sink.page_size, 65536);
	assert_kib("Active(anon)", 11 * 64);
	assert_of("buddyinfo", "node 0 zone Normal", "order 0", 4,
		  COUNTER_NUMBER);
	read_text("Mem-Info:\n" LRU TOTALS);
	assert_kib("Active(anon)", 44);
	assert_non_null(strstr(remarks(), "taken for 4 KiB"));
}

static void blocks_that_are_not_their_sum_are_damage(void **state)
{
	(void)state;
	read_text("Mem-Info:\n" LRU "DMA: 4*4kB (U) 1*8kB (U) = 16kB\n" TOTALS);
	assert_int_equal(dump.damage_count, 1);
	assert_null(find("buddyinfo", "node 0 zone DMA", "order 0"));
}

static void who_asked_and_who_was_killed_is_told(void **state)
{
	(void)state;
	read_text(HEAD INFO
		  "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),"
		  "task=a (b) c,pid=9,uid=0\n"
		  "Out of memory: Killed process 9 (a (b) c) total-vm:4kB, "
		  "anon-rss:4kB\n");
	assert_text_of("show_mem", "", "event", "oom");
	assert_text_of("show_mem", "", "invoked_by", "py 3");
	assert_text_of("show_mem", "", "gfp_mask", "0xcc0(GFP_KERNEL)");
	assert_text_of("show_mem", "", "constraint", "CONSTRAINT_NONE");
	assert_text_of("show_mem", "", "victim", "a (b) c");
	assert_of("show_mem", "", "victim_pid", 9, COUNTER_NUMBER);
	assert_of("show_mem", "", "order", 2, COUNTER_NUMBER);
	assert_of("show_mem", "", "line", 1, COUNTER_NUMBER);
	assert_of("uptime", "", "uptime", 621421337000, COUNTER_NS);
}

static void a_failed_allocation_is_no_oom(void **state)
{
	(void)state;
	read_text("a: b: page allocation failure: order:5, mode:0x10, "
		  "nodemask=0\n" INFO);
	assert_text_of("show_mem", "", "event", "allocation failure");
	assert_text_of("show_mem", "", "invoked_by", "a: b");
	assert_text_of("show_mem", "", "gfp_mask", "0x10");
	assert_of("show_mem", "", "order", 5, COUNTER_NUMBER);
}

static void tasks_are_processes_whatever_looks_like_a_prefix(void **state)
{
	(void)state;
	read_text(HEAD INFO TASK_HEAD
		  "[  621.500000] [    812]  1000   810   26000    10900   "
		  "10880       15        5   917504    61000          -200 "
		  "a b  c\n"
		  "[    813] -2   813   1    2   1 1 0   4096    0    0 \n");
	assert_int_equal(dump.damage_count, 0);
	assert_text_of("status", "810", "Name", "a b  c");
	assert_text_of("status", "810", "oom_score_adj", "-200");
	assert_of("status", "810", "Uid", 1000, COUNTER_NUMBER);
	assert_of("status", "810", "VmRSS", 43600, COUNTER_KIB);
	assert_of("status", "810", "RssShmem", 20, COUNTER_KIB);
	assert_of("status", "810", "VmPTE", 896, COUNTER_KIB);
	assert_of("status", "810", "VmSwap", 244000, COUNTER_KIB);
	assert_of("status", "813", "Uid", 4294967294, COUNTER_NUMBER);
	assert_text_of("status", "813", "Name", "");
	assert_non_null(strstr(remarks(), "ends in the list of tasks"));
}

static void page_tables_of_old_kernels_are_pages(void **state)
{
	(void)state;
	read_text(HEAD INFO
		  "[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds "
		  "swapents oom_score_adj name\n"
		  "[  411]     0   411     2600      180       9       3   "
		  "     0         -1000 sshd\n"
		  "Out of memory: Kill process 411 (sshd) score 6 or "
		  "sacrifice child\n");
	assert_int_equal(dump.damage_count, 0);
	assert_of("status", "411", "VmPTE", 48, COUNTER_KIB);
	assert_null(find("status", "411", "RssAnon"));
	assert_string_equal(remarks(), "");
}

static void slab_caches_keep_their_amounts(void **state)
{
	(void)state;
	read_text(HEAD INFO "Unreclaimable slab info:\n"
			    "Name                      Used          Total\n"
			    "odd name                  12KB         16KB\n"
			    "twin                       1KB          2KB\n"
			    "twin                       1KB          2KB\n");
	assert_int_equal(dump.damage_count, 0);
	assert_of("show_mem", "slab odd name", "used", 12, COUNTER_KIB);
	assert_of("show_mem", "slab odd name", "total", 16, COUNTER_KIB);
	assert_of("show_mem", "slab twin", "total", 4, COUNTER_KIB);
}

static void huge_pages_of_all_sizes_are_a_pool(void **state)
{
	(void)state;
	read_text("Mem-Info:\n" LRU NODE ZONE BLOCKS
		  "Node 0 hugepages_total=2 hugepages_free=1 "
		  "hugepages_surp=0 hugepages_size=2048kB\n"
		  "Node 0 hugepages_total=1 hugepages_free=0 "
		  "hugepages_surp=0 hugepages_size=1048576kB\n" TOTALS);
	assert_kib("Hugetlb", 4096 + 1048576);
	assert_of("show_mem", "node 0 hugepages 2048kB", "free", 1,
		  COUNTER_NUMBER);
}

static void zones_without_nodes_have_all_up_to_4_7(void **state)
{
	(void)state;
	read_text("Mem-Info:\nDMA per-cpu:\n"
		  "CPU    0: hi:    0, btch:   1 usd:   3\n"
		  "CPU    1: hi:    0, btch:   1 usd:   4\n" LRU
		  "DMA free:112kB min:8kB active_anon:44kB "
		  "isolated(anon):8kB present:400kB kernel_stack:64kB "
		  "pages_scanned:7 all_unreclaimable? yes\n" TOTALS);
	assert_int_equal(dump.damage_count, 0);
	assert_of("zoneinfo", "node 0 zone DMA", "free_pcp", 7, COUNTER_PAGES);
	assert_of("zoneinfo", "node 0 zone DMA", "nr_active_anon", 11,
		  COUNTER_NUMBER);
	assert_of("zoneinfo", "node 0 zone DMA", "nr_isolated_anon", 2,
		  COUNTER_NUMBER);
	assert_kib("KernelStack", 64);
}

static void the_last_whole_report_counts(void **state)
{
	(void)state;
	read_text("Mem-Info:\n" LRU ZONE BLOCKS TOTALS
		  "[   99.000000] Mem-Info:\n" LRU ZONE BLOCKS
		  "5 total pagecache pages\n100 pages RAM\n1 pages reserved\n"
		  "Mem-Info:\nactive_anon:99 inactive_anon:9\n");
	assert_kib("FilePages", 20);
	assert_kib("MemTotal", 396);
	assert_kib("Active(anon)", 44);
	assert_of("uptime", "", "uptime", 99000000000, COUNTER_NS);
	assert_null(find("meminfo", "", "SwapFree"));
	assert_non_null(strstr(remarks(), "2 reports on memory in it: the "
					  "last one is taken"));
	assert_non_null(strstr(remarks(), "99.00 s after boot"));
	assert_non_null(strstr(remarks(), "1 report on memory that is cut"));
}

static void one_that_is_cut_is_given_where_no_other_is(void **state)
{
	(void)state;
	read_text(HEAD "Mem-Info:\nactive_anon:99 inactive_anon:9\n");
	assert_kib("Active(anon)", 396);
	assert_null(find("meminfo", "", "MemTotal"));
	assert_non_null(strstr(remarks(), "is cut off: some of its lines"));
}

static void a_memory_cgroup_is_no_machine(void **state)
{
	(void)state;
	read_text(HEAD "memory: usage 8kB, limit 8kB, failcnt 5\n"
		       "Memory cgroup stats for /a:b:\n" TASK_HEAD
		       "[ 7]  0   7   1    2   1 1 0   4096    0    0 x\n"
		       "Memory cgroup out of memory: Killed process 7 (x) "
		       "total-vm:4kB\n");
	assert_null(find("meminfo", "", "MemTotal"));
	assert_text_of("show_mem", "", "cgroup", "/a:b");
	assert_of("show_mem", "", "cgroup_usage", 8, COUNTER_KIB);
	assert_of("show_mem", "", "cgroup_limit", 8, COUNTER_KIB);
	assert_of("status", "7", "VmRSS", 8, COUNTER_KIB);
	assert_non_null(strstr(remarks(), "the tasks are those of a memory"));
	/* It is no successor of one of the machine. */
	read_text(HEAD INFO HEAD "memory: usage 8kB, limit 8kB\n");
	assert_kib("MemTotal", 360);
	assert_null(find("show_mem", "", "cgroup"));
}

static void breaks_of_kmsg_and_of_the_journal_are_lines(void **state)
{
	(void)state;
	read_text("4,9,77000001,-;Mem-Info:\n"
		  "4,10,77000002,-;active_anon:11 inactive_anon:12 "
		  "isolated_anon:13\\x0a active_file:14 inactive_file:15 "
		  "isolated_file:16\\x0a free:28\n");
	assert_kib("MemFree", 112);
	assert_kib("Inactive(file)", 60);
	assert_of("uptime", "", "uptime", 77000001000, COUNTER_NS);
	read_text("Nov 23 04:43:26 heron kernel: Mem-Info:\n"
		  "Nov 23 04:43:26 heron kernel: active_anon:11\n"
		  "                              free:28\n");
	assert_kib("MemFree", 112);
	assert_null(find("uptime", "", "uptime"));
}

static void colours_are_taken_off(void **state)
{
	(void)state;
	read_text("\033[32m[   77.000001] \033[0m\033[1mMem-Info:\033[0m\n"
		  "\033[32m[   77.000001] \033[0m\033[33mNode 0 DMA: "
		  "\033[0m4*4kB (UM) = 16kB\n" TASK_HEAD
		  "\033[32m[   77.000001] \033[0m\033[33m[     59]     0    "
		  "59  1 2 1 1 0 4096 0 0 a: \033[0mb\n");
	assert_int_equal(dump.damage_count, 0);
	assert_of("buddyinfo", "node 0 zone DMA", "order 0", 4, COUNTER_NUMBER);
	assert_text_of("status", "59", "Name", "a: b");
}

/* The rest of the first comes behind the begin of the second. */
static void each_thread_ends_its_own_report(void **state)
{
	(void)state;
	read_text("[    1.000000][   T1] a invoked oom-killer: order=0\n"
		  "[    1.000000][   T1] Mem-Info:\n"
		  "[    2.000000][   T2] b invoked oom-killer: order=0\n"
		  "[    2.000000][   T2] Mem-Info:\n"
		  "[    1.000001][   T1] Out of memory: Killed process 1 "
		  "(early) total-vm:4kB\n"
		  "[    2.000001][   T2] Out of memory: Killed process 2 "
		  "(late) total-vm:4kB\n"
		  "[    3.000001][   T3] Out of memory: Killed process 3 "
		  "(other) total-vm:4kB\n");
	assert_text_of("show_mem", "", "invoked_by", "b");
	assert_text_of("show_mem", "", "victim", "late");
}

static void other_lines_of_a_log_are_no_damage(void **state)
{
	(void)state;
	read_text(HEAD "Call Trace:\n dump_stack+0x1/0x2\n"
		       "Node ready\nCPU 0: hi\nNormal mode: on\nfree: 3\n"
		       "[ 1.0] usb: dirty:3\n5 pages of text\n" INFO
		       "eth0: link up\n");
	assert_int_equal(dump.damage_count, 0);
	assert_kib("MemFree", 112);
}

static void lines_that_begin_a_part_decide(void **state)
{
	static const char *const lines[] = {
		"x invoked oom-killer: gfp_mask=0x1\n",
		"x: page allocation failure: order:1, mode:0x1\n",
		"<4>Mem-Info:\n",
		"Unreclaimable slab info:\n",
		"[    1.000000] Tasks state (memory values in pages):\n",
		"[ pid ]   uid  tgid total_vm rss nr_ptes name\n",
		"oom-kill:constraint=CONSTRAINT_NONE\n",
		"Out of memory: Killed process 1 (a) total-vm:1kB\n",
	};
	static const char *const others[] = {
		"Mem-Info: none\n",	     "my active_anon:3\n",
		"Killed process 3\n",	     "total_vm of it\n",
		"page allocation failure\n",
	};
	const struct format *format = format_named("show_mem");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char text[200];

		snprintf(text, sizeof(text), "other\n%s", lines[i]);
		assert_ptr_equal(format->sniff(span_of(text)), text + 6);
	}
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_null(format->sniff(span_of(others[i])));
}

/* No number that was cut is taken for a smaller one. */
static void check_cut(const struct collector *cut, size_t length)
{
	uint64_t value;

	(void)length;
	if (counters_value(&cut->counters, "meminfo", SPAN(""), "SwapTotal",
			   &value))
		assert_u64(value, 64);
	if (counters_value(&cut->counters, "meminfo", SPAN(""), "MemTotal",
			   &value))
		assert_u64(value, 360);
	if (counters_value(&cut->counters, "meminfo", SPAN(""), "MemFree",
			   &value))
		assert_u64(value, 112);
}

static void a_report_can_be_cut_anywhere(void **state)
{
	(void)state;
	counter_dump_cut("show_mem", SPAN(HEAD INFO TASK_HEAD), "", check_cut);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_become_rows_of_meminfo),
		cmocka_unit_test(sums_over_nodes_and_zones_are_of_the_machine),
		cmocka_unit_test(sums_are_left_out_where_a_zone_is_missing),
		cmocka_unit_test(zones_are_those_of_zoneinfo_in_pages),
		cmocka_unit_test(the_smallest_block_tells_the_size_of_a_page),
		cmocka_unit_test(blocks_that_are_not_their_sum_are_damage),
		cmocka_unit_test(who_asked_and_who_was_killed_is_told),
		cmocka_unit_test(a_failed_allocation_is_no_oom),
		cmocka_unit_test(
			tasks_are_processes_whatever_looks_like_a_prefix),
		cmocka_unit_test(page_tables_of_old_kernels_are_pages),
		cmocka_unit_test(slab_caches_keep_their_amounts),
		cmocka_unit_test(huge_pages_of_all_sizes_are_a_pool),
		cmocka_unit_test(zones_without_nodes_have_all_up_to_4_7),
		cmocka_unit_test(the_last_whole_report_counts),
		cmocka_unit_test(one_that_is_cut_is_given_where_no_other_is),
		cmocka_unit_test(a_memory_cgroup_is_no_machine),
		cmocka_unit_test(breaks_of_kmsg_and_of_the_journal_are_lines),
		cmocka_unit_test(colours_are_taken_off),
		cmocka_unit_test(each_thread_ends_its_own_report),
		cmocka_unit_test(other_lines_of_a_log_are_no_damage),
		cmocka_unit_test(lines_that_begin_a_part_decide),
		cmocka_unit_test(a_report_can_be_cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
