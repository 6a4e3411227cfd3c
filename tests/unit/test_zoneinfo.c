/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "zoneinfo", span_of(text), "proc/zoneinfo");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

#define NORMAL "node 0 zone Normal"

static void rows_are_of_the_node_the_zone_or_the_cpu(void **state)
{
	(void)state;
	read_text("Node 0, zone   Normal\n"
		  "  per-node stats\n"
		  "      nr_inactive_anon 27840\n"
		  "      nr_mapped    777\n"
		  "  pages free     3840\n"
		  "        boost    1\n"
		  "        min      190\n"
		  "        cma      0\n"
		  "        protection: (0, 487, 488)\n"
		  "      nr_free_pages 3841\n"
		  "      numa_hit     5\n"
		  "  pagesets\n"
		  "    cpu: 0\n"
		  "              count: 21\n"
		  "              high:  22\n"
		  "              batch: 23\n"
		  "  vm stats threshold: 4\n"
		  "    cpu: 1\n"
		  "              count:    31\n"
		  "              high_min: 32\n"
		  "  vm stats threshold: 5\n"
		  "  node_unreclaimable:  1\n"
		  "  start_pfn:           4096\n"
		  "  free_highatomic:     7\n"
		  "Node 1, zone  Movable\n"
		  "  pages free     0\n"
		  "        protection: (0)\n");
	assert_clean(&dump, 23);
	assert_counter(&dump, "node 0", "nr_inactive_anon", 27840,
		       COUNTER_NUMBER);
	assert_counter(&dump, "node 0", "nr_mapped", 777, COUNTER_NUMBER);
	assert_counter(&dump, NORMAL, "free", 3840, COUNTER_PAGES);
	assert_counter(&dump, NORMAL, "boost", 1, COUNTER_PAGES);
	assert_counter(&dump, NORMAL, "min", 190, COUNTER_PAGES);
	assert_counter(&dump, NORMAL, "protection 0", 0, COUNTER_PAGES);
	assert_counter(&dump, NORMAL, "protection 2", 488, COUNTER_PAGES);
	assert_counter(&dump, NORMAL, "nr_free_pages", 3841, COUNTER_NUMBER);
	assert_counter(&dump, NORMAL, "numa_hit", 5, COUNTER_NUMBER);
	assert_counter(&dump, NORMAL " cpu 0", "count", 21, COUNTER_PAGES);
	assert_counter(&dump, NORMAL " cpu 0", "high", 22, COUNTER_PAGES);
	assert_counter(&dump, NORMAL " cpu 0", "vm stats threshold", 4,
		       COUNTER_NUMBER);
	assert_counter(&dump, NORMAL " cpu 1", "count", 31, COUNTER_PAGES);
	assert_counter(&dump, NORMAL " cpu 1", "high_min", 32, COUNTER_PAGES);
	assert_counter(&dump, NORMAL, "node_unreclaimable", 1, COUNTER_NUMBER);
	assert_counter(&dump, NORMAL, "start_pfn", 4096, COUNTER_NUMBER);
	assert_counter(&dump, NORMAL, "free_highatomic", 7, COUNTER_PAGES);
	assert_counter(&dump, "node 1 zone Movable", "free", 0, COUNTER_PAGES);
	assert_counter(&dump, "node 1 zone Movable", "protection 0", 0,
		       COUNTER_PAGES);
	assert_u64(dump.sink.lines, 27);
}

static void old_kernels_have_two_lists_a_cpu(void **state)
{
	(void)state;
	read_text("Node 0, zone      DMA\n"
		  "  pages free     7000\n"
		  "        active   41\n"
		  "        scanned  9 (a: 1 i: 2)\n"
		  "        protection: (0, 0, 0, 0)\n"
		  "  pagesets\n"
		  "    cpu: 0 pcp: 0\n"
		  "              count: 2\n"
		  "    cpu: 0 pcp: 1\n"
		  "              count: 3\n"
		  "            numa_hit:       8\n"
		  "  all_unreclaimable: 0\n"
		  "  prev_priority:     12\n");
	assert_clean(&dump, 12);
	assert_counter(&dump, "node 0 zone DMA", "active", 41, COUNTER_PAGES);
	assert_counter(&dump, "node 0 zone DMA", "scanned", 9, COUNTER_PAGES);
	assert_counter(&dump, "node 0 zone DMA cpu 0 pcp 0", "count", 2,
		       COUNTER_PAGES);
	assert_counter(&dump, "node 0 zone DMA cpu 0 pcp 1", "count", 3,
		       COUNTER_PAGES);
	assert_counter(&dump, "node 0 zone DMA cpu 0 pcp 1", "numa_hit", 8,
		       COUNTER_NUMBER);
	assert_counter(&dump, "node 0 zone DMA", "prev_priority", 12,
		       COUNTER_NUMBER);
}

static void rows_without_indentation_are_read_too(void **state)
{
	(void)state;
	read_text("Node 0, zone Normal\n"
		  "per-node stats\nnr_mapped 1\npages free 5\nmin 6\n"
		  "pagesets\ncpu: 3\ncount: 7\nvm stats threshold: 8\n"
		  "start_pfn: 9\n");
	assert_clean(&dump, 6);
	assert_counter(&dump, "node 0", "nr_mapped", 1, COUNTER_NUMBER);
	assert_counter(&dump, NORMAL, "min", 6, COUNTER_PAGES);
	assert_counter(&dump, NORMAL " cpu 3", "count", 7, COUNTER_PAGES);
	assert_counter(&dump, NORMAL " cpu 3", "vm stats threshold", 8,
		       COUNTER_NUMBER);
	assert_counter(&dump, NORMAL, "start_pfn", 9, COUNTER_NUMBER);
}

static void rows_whose_zone_is_not_known_are_skipped(void **state)
{
	(void)state;
	read_text("        min      190\n"
		  "Node 0, zone   Normal\n"
		  "  pages free     5\n"
		  "Node x, zone   Normal\n"
		  "  pages free     6\n");
	assert_int_equal(dump.counters.count, 1);
	assert_counter(&dump, NORMAL, "free", 5, COUNTER_PAGES);
	assert_int_equal(dump.skipped, 3);
	assert_u64(dump.damages[0].line, 1);
	assert_u64(dump.damages[2].line, 5);
}

static void rows_of_a_cpu_that_is_not_known_are_skipped(void **state)
{
	(void)state;
	read_text("Node 0, zone   Normal\n"
		  "  pagesets\n"
		  "    cpu: 0\n"
		  "              count: 1\n"
		  "    cpu: x\n"
		  "              count: 2\n"
		  "  start_pfn: 3\n");
	assert_int_equal(dump.counters.count, 2);
	assert_counter(&dump, NORMAL " cpu 0", "count", 1, COUNTER_PAGES);
	assert_counter(&dump, NORMAL, "start_pfn", 3, COUNTER_NUMBER);
	assert_int_equal(dump.skipped, 2);
}

static void what_is_no_row_is_told(void **state)
{
	(void)state;
	read_text("Node 0, zone   Normal\n"
		  "  pages free     99999999999999999999\n"
		  "        protection: (0, 487\n"
		  "        protection: ()\n"
		  "        protection: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)\n"
		  "        min      5 6\n"
		  "rubbish\n"
		  "more of it: here\n"
		  "        low      7\n");
	assert_int_equal(dump.counters.count, 1);
	assert_counter(&dump, NORMAL, "low", 7, COUNTER_PAGES);
	assert_int_equal(dump.skipped, 5);
	assert_int_equal(dump.stray, 2);
	assert_rubbish("zoneinfo", "rubbish\n", NULL);
}

static void assert_sniffed(const char *text, size_t at)
{
	const struct format *format = format_sniff(span_of(text));

	assert_non_null(format);
	assert_string_equal(format->name, "zoneinfo");
	assert_ptr_equal(format->sniff(span_of(text)), text + at);
}

static void a_zone_with_its_first_row_decides(void **state)
{
	(void)state;
	assert_sniffed("Node 0, zone      DMA\n  per-node stats\n", 0);
	assert_sniffed("x\nNode 0, zone      DMA\n  pages free 5\n", 2);
	assert_sniffed("a/zoneinfo:Node 0, zone  DMA\n"
		       "a/zoneinfo:  pages free     5\n",
		       0);
	assert_null(format_sniff(SPAN("Node 0, zone      DMA\n")));
	assert_null(format_sniff(SPAN("Node 0, zone      DMA      1      1\n"
				      "Node 0, zone   Normal     99    1\n")));
	assert_ptr_not_equal(format_sniff(SPAN("Node    0, zone      DMA, "
					       "type    Unmovable      1\n")),
			     format_named("zoneinfo"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(rows_are_of_the_node_the_zone_or_the_cpu),
		TEST(old_kernels_have_two_lists_a_cpu),
		TEST(rows_without_indentation_are_read_too),
		TEST(rows_whose_zone_is_not_known_are_skipped),
		TEST(rows_of_a_cpu_that_is_not_known_are_skipped),
		TEST(what_is_no_row_is_told),
		TEST(a_zone_with_its_first_row_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
