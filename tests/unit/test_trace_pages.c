/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/stack_class.h"
#include "tests/support/dump_text.h"

static struct collector dump;

static void read_text(const char *text)
{
	dump_text_read(&dump, "trace_pages", span_of(text), NULL);
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static const struct record *record_at(size_t i)
{
	assert_in_range(i, 0, dump.count - 1);
	return &dump.records[i].record;
}

static void assert_remark(const char *remark)
{
	assert_text_has(dump.remarks.at ? dump.remarks.at : "", remark);
}

#define HEAD		  "   otter-12    [001] d..1.  1.500000: "
#define ALLOC(pfn, order) ALLOC_OF(pfn, order, "GFP_KERNEL")
#define ALLOC_OF(pfn, order, gfp)                                            \
	HEAD "mm_page_alloc: page=00000000cafe0000 pfn=" pfn " order=" order \
	     " migratetype=0 gfp_flags=" gfp "\n"
#define FREE(pfn, order) \
	HEAD "mm_page_free: page=00000000cafe0000 pfn=" pfn " order=" order "\n"
#define BATCHED(pfn)                                                          \
	HEAD "mm_page_free_batched: page=00000000cafe0000 pfn=" pfn " order=" \
	     "0\n"

static void pages_are_matched_by_their_number(void **state)
{
	const struct record *record;

	(void)state;
	read_text(ALLOC("0x1000", "0") ALLOC("0x2000", "3") ALLOC("12345", "0")
			  FREE("0x1000", "0") FREE("0x3039", "0"));
	assert_int_equal(dump.count, 1);
	record = record_at(0);
	assert_span(record->stack, "");
	assert_u64(record->units, 8);
	assert_int_equal(record->order, 3);
	assert_u64(record->alloc_ts_ns, 1500000000);
	assert_span(record->fields[FIELD_ORDER], "3");
	assert_span(record->fields[FIELD_MIGRATETYPE], "0");
	assert_span(record->fields[FIELD_GFP], "GFP_KERNEL");
	assert_string_equal(
		dump.remarks.at,
		"3 allocations of pages, 2 of them freed within the "
		"trace\n");
}

static void the_mask_tells_what_can_be_moved_or_reclaimed(void **state)
{
	(void)state;
	read_text(ALLOC_OF("0x1", "0", "GFP_KERNEL|__GFP_RECLAIMABLE"));
	assert_int_equal(record_at(0)->evidence, EVIDENCE_RECLAIMABLE);
	read_text(ALLOC_OF("0x1", "0", "GFP_HIGHUSER_MOVABLE"));
	assert_int_equal(record_at(0)->evidence, EVIDENCE_MOVABLE);
}

static void what_is_left_of_a_split_allocation_is_held(void **state)
{
	(void)state;
	read_text(ALLOC("0x1000", "2") FREE("0x1001", "0"));
	assert_int_equal(dump.count, 2);
	assert_u64(record_at(0)->units + record_at(1)->units, 3);
	assert_remark(
		"3 allocations of pages, 1 of them freed within the trace");
	assert_remark("1 free of a part of an allocation");
}

static void a_page_is_freed_once_though_two_events_tell(void **state)
{
	(void)state;
	read_text(ALLOC("0x1000", "0") ALLOC("0x1004", "2") FREE("0x1000", "0")
			  BATCHED("0x1000") BATCHED("0x1004"));
	assert_int_equal(dump.count, 1);
	assert_remark(
		"2 allocations of pages, 1 of them freed within the trace");
	assert_null(strstr(dump.remarks.at, "before the trace"));
}

static void a_batch_alone_tells_of_frees_but_not_of_their_order(void **state)
{
	(void)state;
	read_text(ALLOC("0x1000", "2") BATCHED("0x1000") BATCHED("0x1001"));
	assert_int_equal(dump.count, 0);
	assert_remark("1 free of pages that were allocated before");
	read_text(ALLOC("0x1000", "0") HEAD
		  "mm_pagevec_free: page=00000000cafe0000 pfn=4096 order=0 "
		  "cold=0\n");
	assert_int_equal(dump.count, 0);
}

static void failed_allocations_hold_nothing(void **state)
{
	(void)state;
	read_text(HEAD "mm_page_alloc: page=(null) pfn=0x0 order=9 "
		       "migratetype=0 gfp_flags=GFP_KERNEL\n" HEAD
		       "mm_page_alloc: page=          (null) "
		       "pfn=18446744073709551615 order=9 migratetype=0 "
		       "gfp_flags=GFP_KERNEL\n" HEAD
		       "mm_page_alloc: page=0000000000000000 pfn=0 order=0 "
		       "migratetype=0 gfp_flags=GFP_KERNEL\n");
	assert_int_equal(dump.count, 0);
	assert_int_equal(dump.skipped, 0);
	assert_remark("3 allocations failed and are not counted");
}

static void moves_between_lists_are_no_frees(void **state)
{
	(void)state;
	read_text(ALLOC("0x1000", "0") HEAD
		  "mm_page_pcpu_drain: page=00000000cafe0000 pfn=0x1000 "
		  "order=0 migratetype=0\n" HEAD
		  "mm_page_alloc_zone_locked: page=00000000cafe0000 "
		  "pfn=0x1008 order=3 migratetype=0 percpu_refill=1\n");
	assert_int_equal(dump.count, 1);
}

static void what_lies_in_the_way_was_freed(void **state)
{
	(void)state;
	read_text(ALLOC("0x1000", "0") ALLOC("0x1003", "0")
			  ALLOC("0x1000", "2"));
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->units, 4);
	assert_remark("2 allocations where something was held already");
	read_text("CPU:1 [LOST EVENTS]\n" ALLOC("0x1000", "3")
			  ALLOC("0x1002", "0"));
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->units, 1);
	assert_remark("nobody says how many");
}

/* Nobody tells of the loss: perf script does not, unless it is asked to. */
static void no_page_is_held_twice(void **state)
{
	(void)state;
	read_text(ALLOC("0x1002", "0") ALLOC("0x1000", "3"));
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->units, 8);
	assert_remark("1 allocation where something was held already");
	assert_remark("no free is in the trace: what it allocates shows as "
		      "held until something else lies there");
	read_text(ALLOC("0x1000", "3") ALLOC("0x1002", "0"));
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->units, 1);
	read_text(ALLOC("0x1", "0") ALLOC("0x0", "1") FREE("0x0", "0"));
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->units, 1);
	assert_int_equal(record_at(0)->order, 0);
}

static void parts_of_an_allocation_are_freed_one_by_one(void **state)
{
	(void)state;
	read_text(ALLOC("0x1000", "3") FREE("0x1001", "0") FREE("0x1006", "1")
			  FREE("0x1004", "0") FREE("0x1003", "0"));
	assert_int_equal(dump.count, 3);
	assert_null(strstr(dump.remarks.at, "before the trace"));
}

static void blocks_begin_at_a_multiple_of_their_size(void **state)
{
	(void)state;
	read_text(ALLOC("0x1001", "1") FREE("0x1002", "2"));
	assert_int_equal(dump.count, 0);
	assert_int_equal(dump.skipped, 2);
	assert_string_equal(dump.damages[0].expected,
			    "\"pfn=<multiple of 2^order>\"");
}

/* A hashed address of 32 bits could be a number of a page, too. */
static void addresses_are_no_numbers_of_pages(void **state)
{
	(void)state;
	read_text(
		ALLOC("0x2000", "3") HEAD
		"mm_page_alloc: page=00000000cafe0001 order=3 "
		"migratetype=0 gfp_flags=GFP_KERNEL\n" FREE("0xcafe0000", "0"));
	assert_int_equal(dump.count, 2);
	assert_u64(record_at(0)->units + record_at(1)->units, 16);
}

static void a_page_may_have_its_address_only(void **state)
{
	(void)state;
	read_text(HEAD "mm_page_alloc: [FAILED TO PARSE] "
		       "page=0xffffea0000001000 order=1 gfp_flags=208 "
		       "migratetype=0\n" HEAD
		       "mm_page_alloc: [FAILED TO PARSE] "
		       "page=0xffffea0000002000 order=0 gfp_flags=208 "
		       "migratetype=0\n" HEAD "mm_page_free: [FAILED TO PARSE] "
		       "page=0xffffea0000001000 order=1\n");
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->units, 1);
}

static void numbers_beyond_belief_are_skipped(void **state)
{
	(void)state;
	read_text(ALLOC("0x10000", "14") ALLOC("0x10000000000000", "0")
			  ALLOC("otter", "0") FREE("0x1000", "-1"));
	assert_int_equal(dump.count, 0);
	assert_int_equal(dump.skipped, 4);
}

static bool is_sniffed(const char *text, size_t lines)
{
	const struct format *format = format_sniff(span_of(text));
	const char *at;

	if (!format || strcmp(format->name, "trace_pages") != 0)
		return false;
	at = format->sniff(span_of(text));
	return span_count_lines(span_between(text, at)) == lines;
}

static void any_event_of_memory_decides(void **state)
{
	(void)state;
	assert_true(is_sniffed(ALLOC("0x1", "0"), 0));
	assert_true(is_sniffed("x\n" HEAD "kfree: call_site=f ptr=aa\n", 1));
	assert_true(is_sniffed("x\nx 1 [0] 1.5: kmem:kfree: call_site=f "
			       "ptr=aa\n",
			       1));
	assert_true(
		is_sniffed("x\n# tracer: nop\n# entries-in-buffer/"
			   "entries-written: 1/9 #P:1\n#\n" FREE("0x1", "0"),
			   1));
	assert_true(
		is_sniffed("x\nCPU:1 [LOST 2 EVENTS]\n" FREE("0x1", "0"), 1));
	assert_false(is_sniffed(HEAD "sched_switch: prev_comm=x ptr=aa\n", 0));
	assert_false(is_sniffed("otter: kfree: call_site=f ptr=aa\n", 0));
	assert_false(is_sniffed("[  12.345678] otter: got ptr=aa pfn=12\n", 0));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(pages_are_matched_by_their_number),
		TEST(the_mask_tells_what_can_be_moved_or_reclaimed),
		TEST(what_is_left_of_a_split_allocation_is_held),
		TEST(a_page_is_freed_once_though_two_events_tell),
		TEST(a_batch_alone_tells_of_frees_but_not_of_their_order),
		TEST(failed_allocations_hold_nothing),
		TEST(moves_between_lists_are_no_frees),
		TEST(what_lies_in_the_way_was_freed),
		TEST(no_page_is_held_twice),
		TEST(parts_of_an_allocation_are_freed_one_by_one),
		TEST(blocks_begin_at_a_multiple_of_their_size),
		TEST(addresses_are_no_numbers_of_pages),
		TEST(a_page_may_have_its_address_only),
		TEST(numbers_beyond_belief_are_skipped),
		TEST(any_event_of_memory_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
