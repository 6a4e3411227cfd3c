/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/stack_class.h"
#include "tests/support/dump_text.h"

static struct collector dump;

static void read_text(const char *text)
{
	dump_text_read(&dump, "trace_objects", span_of(text), NULL);
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

#define HEAD(cpu, time) "   otter-12    [00" cpu "] d..1.  " time ": "
#define KMALLOC(ptr)                                                 \
	"kmalloc: call_site=dive+0x1/0x2 [otter] ptr=0000cafe" ptr   \
	" bytes_req=60 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1 " \
	"accounted=false\n"
#define KFREE(ptr)		 "kfree: call_site=f ptr=0000cafe" ptr "\n"
#define STACK(cpu, time, frames) HEAD(cpu, time) "<stack trace>\n" frames

static void what_is_not_freed_is_held(void **state)
{
	const struct record *record;

	(void)state;
	read_text("# tracer: nop\n#\n" HEAD("1", "1.000001") KMALLOC("0001")
			  HEAD("1", "1.000002") KMALLOC("0002")
				  HEAD("1", "1.000003") KFREE("0001"));
	assert_int_equal(dump.count, 1);
	assert_int_equal(dump.skipped + dump.stray, 0);
	record = record_at(0);
	assert_span(record->stack, " dive+0x1/0x2 [otter]\n");
	assert_u64(record->count, 1);
	assert_u64(record->units, 64);
	assert_u64(record->line, 4);
	assert_u64(record->alloc_ts_ns, 1000002000);
	assert_int_equal(record->evidence, EVIDENCE_OBJECT);
	assert_span(record->fields[FIELD_COMM], "otter");
	assert_span(record->fields[FIELD_PID], "12");
	assert_span(record->fields[FIELD_CPU], "1");
	assert_span(record->fields[FIELD_GFP], "GFP_KERNEL");
	assert_span(record->fields[FIELD_NODE], "");
	assert_span(record->fields[FIELD_CACHE], "");
	assert_string_equal(
		dump.remarks.at,
		"2 allocations of objects, 1 of them freed within the "
		"trace\n");
	assert_u64(dump.sink.lines, 5);
}

static void events_of_all_kernels_are_read(void **state)
{
	(void)state;
	read_text(HEAD(
		"0",
		"1.1") "kmalloc_node: call_site=ffffffff81234567 "
		       "ptr=ffff880012345600 bytes_req=5 "
		       "bytes_alloc=8 gfp_flags=GFP_KERNEL|GFP_ZERO "
		       "node=1\n" HEAD(
			       "0",
			       "1.2") "kmem_cache_alloc: "
				      "call_site=holt+0x1/0x2 ptr=0000000000aa "
				      "name=sea otter bytes_req=200 "
				      "bytes_alloc=208 "
				      "gfp_flags=GFP_KERNEL node=-1 "
				      "accounted=true\n" HEAD(
					      "0",
					      "1.3") "kmem_cache_alloc_node: "
						     "call_site=holt+0x1/0x2 "
						     "ptr=0000000000ab "
						     "bytes_req=200 "
						     "bytes_alloc=208 "
						     "gfp_flags=GFP_KERNEL "
						     "node=0\n" HEAD(
							     "0",
							     "1.4") "kmem_"
								    "cache_"
								    "free: "
								    "call_site="
								    "holt+0x1/"
								    "0x2 "
								    "ptr="
								    "0000000000"
								    "ab "
								    "name=sea "
								    "otter\n");
	assert_int_equal(dump.count, 2);
	assert_span(record_at(0)->stack, " 0xffffffff81234567\n");
	assert_u64(record_at(0)->units, 8);
	assert_span(record_at(0)->fields[FIELD_NODE], "1");
	assert_span(record_at(1)->fields[FIELD_CACHE], "sea otter");
	assert_u64(record_at(1)->units, 208);
}

static void a_stack_goes_to_the_last_event_of_its_processor(void **state)
{
	(void)state;
	read_text(HEAD("1", "1.1") KMALLOC("0001") HEAD("2", "1.2")
			  KMALLOC("0002")
				  STACK("1", "1.3", " => one\n => both\n")
					  STACK("2", "1.4", " => two\n"));
	assert_int_equal(dump.count, 2);
	assert_span(record_at(0)->stack, " one\n both\n");
	assert_u64(record_at(0)->alloc_ts_ns, 1100000000);
	assert_span(record_at(1)->stack, " two\n");
}

#define ON(cpu, time) "   otter-12    [" cpu "] d..1.  " time ": "

static void processors_are_told_apart_by_their_whole_number(void **state)
{
	(void)state;
	read_text(ON("0", "1.1") KMALLOC("0001") ON("256", "1.2") KMALLOC(
		"0002") ON("65535", "1.3") KMALLOC("0003")
			  ON("0", "1.4") "<stack trace>\n => one\n" ON(
				  "65535", "1.5") "<stack trace>\n => "
						  "three\n" ON("256",
							       "1.6") "<stack "
								      "trace>"
								      "\n => "
								      "two\n");
	assert_int_equal(dump.count, 3);
	assert_span(record_at(0)->stack, " one\n");
	assert_u64(record_at(0)->alloc_ts_ns, 1100000000);
	assert_span(record_at(1)->stack, " three\n");
	assert_u64(record_at(1)->alloc_ts_ns, 1300000000);
	assert_span(record_at(2)->stack, " two\n");
	assert_u64(record_at(2)->alloc_ts_ns, 1200000000);
}

static void a_line_without_a_processor_is_of_none(void **state)
{
	(void)state;
	read_text(ON("255", "1.1")
			  KMALLOC("0001") "otter 12 1.2: kmem:" KMALLOC("0002")
				  ON("255", "1.3") "<stack trace>\n => one\n");
	assert_int_equal(dump.count, 2);
	assert_span(record_at(0)->stack, " dive+0x1/0x2 [otter]\n");
	assert_u64(record_at(0)->alloc_ts_ns, 1200000000);
	assert_span(record_at(1)->stack, " one\n");
}

static void a_stack_of_a_processor_beyond_the_last_is_left_out(void **state)
{
	(void)state;
	read_text(ON("65536", "1.1") KMALLOC("0001")
			  ON("65536", "1.2") "<stack trace>\n => one\n");
	assert_span(record_at(0)->stack, " dive+0x1/0x2 [otter]\n");
	assert_remark("1 stack was left out: it is of a processor beyond the "
		      "65536th");
}

/* The call site says more than nothing. */
static void a_stack_of_the_tracer_alone_is_none(void **state)
{
	(void)state;
	read_text(HEAD("1", "1.1") KMALLOC("0001")
			  STACK("1", "1.2", " => __traceiter_kmalloc\n"));
	assert_span(record_at(0)->stack, " dive+0x1/0x2 [otter]\n");
}

/* An interrupt between an event and its stack has both of its own. */
static void stacks_of_interrupts_come_first(void **state)
{
	(void)state;
	read_text(HEAD("1", "1.1") KMALLOC("0001") HEAD("1", "1.2")
			  KMALLOC("0002") STACK("1", "1.3", " => inner\n")
				  STACK("1", "1.4", " => outer\n"));
	assert_int_equal(dump.count, 2);
	assert_span(record_at(0)->stack, " inner\n");
	assert_u64(record_at(0)->alloc_ts_ns, 1200000000);
	assert_span(record_at(1)->stack, " outer\n");
}

static void other_events_and_frees_keep_their_stacks(void **state)
{
	(void)state;
	read_text(
		HEAD("1", "1.1") KMALLOC("0001") HEAD("1", "1.2") KFREE(
			"0002") STACK("1", "1.3", " => freer\n")
			HEAD("1", "1.4") "sched_switch: "
					 "prev_comm=otter\n" STACK(
						 "1", "1.5", " => schedule\n")
						 HEAD("1", "1.6") "<user stack "
								  "trace>\n"
								  " => user\n");
	assert_int_equal(dump.count, 1);
	assert_span(record_at(0)->stack, " dive+0x1/0x2 [otter]\n");
	assert_remark("1 free of objects that were allocated before");
}

static void a_stack_behind_lost_events_is_nobodys(void **state)
{
	(void)state;
	read_text(HEAD("1", "1.1")
			  KMALLOC("0001") "CPU:1 [LOST 12 EVENTS]\n" STACK(
				  "1", "1.3", " => orphan\n"));
	assert_span(record_at(0)->stack, " dive+0x1/0x2 [otter]\n");
	assert_remark("12 events were lost: what is shown as held may have "
		      "been freed");
}

static void a_buffer_that_was_overwritten_has_lost_events(void **state)
{
	(void)state;
	read_text("# entries-in-buffer/entries-written: 1/41   #P:2\n" HEAD(
		"1", "1.1") KMALLOC("0001"));
	assert_remark("40 events were lost");
	assert_remark("no free is in the trace");
	read_text("# entries-in-buffer/entries-written: 1/1   #P:2\n" HEAD(
		"1", "1.1") KMALLOC("0001"));
	assert_null(strstr(dump.remarks.at, "lost"));
}

#define PERF "otter  12 [001]     1.500000:      1   kmem:"

static void frames_of_perf_follow_until_a_blank_line(void **state)
{
	(void)state;
	read_text(PERF KMALLOC("0001") "\tffffffff81234567 alloc+0x12 "
				       "([kernel.kallsyms])\n"
				       "\tffffffffc0234567 dive+0x1 ([otter])\n"
				       "\t    7fbda58f2ad7 main+0x1 (/bin/x)\n"
				       "\tffffffff81234567 behind "
				       "([kernel.kallsyms])\n"
				       "\n"
				       "\tffffffff81234567 stray "
				       "([kernel.kallsyms])\n" PERF KMALLOC(
					       "0002"));
	assert_int_equal(dump.count, 2);
	assert_span(record_at(0)->stack, " dive+0x1/0x2 [otter]\n");
	assert_span(record_at(1)->stack, " alloc+0x12\n dive+0x1 [otter]\n");
}

/* cafe is a name that could be an address. */
static void an_event_is_no_frame(void **state)
{
	(void)state;
	read_text(PERF KMALLOC("0001") "   cafe 12 [001] 1.6: kmem:" KFREE(
		"0001") " deadbeef 12 [001] 1.7: kmem:" KMALLOC("0003"));
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->alloc_ts_ns, 1700000000);
	assert_span(record_at(0)->fields[FIELD_COMM], "deadbeef");
}

static void what_was_not_seen_to_be_freed_is_replaced(void **state)
{
	(void)state;
	read_text(HEAD("1", "1.1") KMALLOC("0001") HEAD("1", "1.2")
			  KMALLOC("0001"));
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->alloc_ts_ns, 1200000000);
	assert_remark("1 allocation where something was held already");
}

static void failed_and_hidden_allocations_are_told(void **state)
{
	(void)state;
	read_text(HEAD("1",
		       "1.1") "kmalloc: call_site=f+0x1/0x2 ptr=(null) "
			      "bytes_req=1 bytes_alloc=8\n" HEAD(
				      "1",
				      "1.2") "kmalloc: call_site=f+0x1/0x2 "
					     "ptr=(____ptrval____) "
					     "bytes_req=1 bytes_alloc=8\n" HEAD(
						     "1",
						     "1.3") "kfree: "
							    "call_site=f+0x1/"
							    "0x2 ptr=(null)\n");
	assert_int_equal(dump.count, 0);
	assert_int_equal(dump.skipped, 0);
	assert_remark("1 allocation failed");
	assert_remark("1 allocation has no address");
}

static void a_line_that_was_cut_is_skipped(void **state)
{
	(void)state;
	read_text(HEAD("1", "1.1") "kmalloc: call_site=f+0x1/0x2\n" HEAD(
		"1", "1.2") "kmalloc: call_site=f+0x1/0x2 ptr=00000000aa "
			    "bytes_req=1\n" HEAD("1", "1.3") "kfree: call_s\n");
	assert_int_equal(dump.count, 0);
	assert_int_equal(dump.skipped, 3);
	assert_u64(dump.damages[1].line, 2);
	assert_string_equal(dump.damages[1].expected,
			    "\"bytes_alloc=<number>\"");
}

static void what_lies_in_no_cache_is_told(void **state)
{
	(void)state;
	read_text(HEAD("1", "1.1") "kmalloc: call_site=f+0x1/0x2 ptr=aa "
				   "bytes_req=9000 bytes_alloc=16384\n");
	assert_remark("1 object of kmalloc() is larger than 8 KiB");
	read_text(HEAD("1", "1.1") "kmem_cache_alloc: call_site=f+0x1/0x2 "
				   "ptr=aa bytes_req=9792 bytes_alloc=9792\n");
	assert_u64(record_at(0)->units, 9792);
	assert_null(strstr(dump.remarks.at, "8 KiB"));
	read_text(HEAD("1", "1.1") "kmalloc: call_site=f+0x1/0x2 ptr=aa "
				   "bytes_req=9000 bytes_alloc=8192\n");
	assert_null(strstr(dump.remarks.at, "8 KiB"));
}

static void prefixes_of_logs_and_mail_are_passed_over(void **state)
{
	(void)state;
	read_text("> " HEAD("1", "1.1") KMALLOC("0001") "> " HEAD(
		"1", "1.2") "<stack trace>\n>  => dive\n");
	assert_int_equal(dump.count, 1);
	assert_span(record_at(0)->stack, " dive\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(what_is_not_freed_is_held),
		TEST(events_of_all_kernels_are_read),
		TEST(a_stack_goes_to_the_last_event_of_its_processor),
		TEST(processors_are_told_apart_by_their_whole_number),
		TEST(a_line_without_a_processor_is_of_none),
		TEST(a_stack_of_a_processor_beyond_the_last_is_left_out),
		TEST(a_stack_of_the_tracer_alone_is_none),
		TEST(stacks_of_interrupts_come_first),
		TEST(other_events_and_frees_keep_their_stacks),
		TEST(a_stack_behind_lost_events_is_nobodys),
		TEST(a_buffer_that_was_overwritten_has_lost_events),
		TEST(frames_of_perf_follow_until_a_blank_line),
		TEST(an_event_is_no_frame),
		TEST(what_was_not_seen_to_be_freed_is_replaced),
		TEST(failed_and_hidden_allocations_are_told),
		TEST(a_line_that_was_cut_is_skipped),
		TEST(what_lies_in_no_cache_is_told),
		TEST(prefixes_of_logs_and_mail_are_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
