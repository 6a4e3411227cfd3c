/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/dump_text.h"

#include "model/stack_class.h"

static struct collector dump;

static void read_text(const char *text)
{
	dump_text_read(&dump, "kmemleak", span_of(text), NULL);
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

static const char *sniffed(const char *text)
{
	const struct format *format = format_sniff(span_of(text));

	return format ? format->name : "";
}

static void assert_told(size_t count, size_t skipped, const char *remarks)
{
	assert_int_equal(dump.count, count);
	assert_int_equal(dump.skipped, skipped);
	assert_int_equal(dump.stray, 0);
	assert_string_equal(dump.remarks.at ? dump.remarks.at : "", remarks);
}

#define HEAD(address) "unreferenced object " address " (size 64):\n"
#define TASK	      "  comm \"otter\", pid 12, jiffies 4294942488\n"
#define DUMP                                                              \
	"  hex dump (first 32 bytes):\n"                                  \
	"    00 d2 65 59 80 88 ff ff a0 dd 65 59 80 88 ff ff  ..eY....\n" \
	"    00 d2 65 59 80 88 ff ff a0 dd 65 59 80 88 ff ff  ..eY....\n"
#define STACK " dive+0x1a/0x2c [otter]\n holt+0x10/0x20\n"
#define TRACE                           \
	"  backtrace (crc b1564374):\n" \
	"    dive+0x1a/0x2c [otter]\n"  \
	"    holt+0x10/0x20\n"

static void an_object_has_a_size_a_task_and_a_stack(void **state)
{
	const struct record *record;

	(void)state;
	read_text(HEAD("0xffff88804b7b5640") TASK DUMP TRACE);
	assert_told(1, 0, "");
	record = record_at(0);
	assert_span(record->stack, STACK);
	assert_u64(record->count, 1);
	assert_u64(record->units, 64);
	assert_u64(record->line, 1);
	assert_u64(record->alloc_ts_ns, TS_NONE);
	assert_u64(record->pfn, PFN_NONE);
	assert_int_equal(record->evidence, EVIDENCE_UNREFERENCED);
	/* Nothing tells that there are no more frames. */
	assert_true(record->unfinished);
	assert_span(record->fields[FIELD_COMM], "otter");
	assert_span(record->fields[FIELD_PID], "12");
	assert_span(record->fields[FIELD_KIND], "");
	assert_non_null(record->creation);
	assert_u64(record->creation->jiffies, 4294942488);
	assert_u64(record->creation->age_ns, TS_NONE);
	assert_u64(dump.sink.lines, 8);
}

static void old_kernels_print_an_age_and_addresses(void **state)
{
	(void)state;
	read_text("unreferenced object 0x80c93c80 (size 128):\n"
		  "  comm \"kmodloader\", pid 326, jiffies 4294937906 (age "
		  "20379.570s)\n"
		  "  hex dump (first 32 bytes):\n"
		  "    00 c9 3d 80 c0 09 a0 00 00 00 20 00 00 00 00 02  ..\n"
		  "    80 c9 3d 80 00 00 00 01 00 00 00 00 80 07 0f 14  ..\n"
		  "  backtrace:\n"
		  "    [<801526bc>] dive+0x204/0x25c\n"
		  "    [<(____ptrval____)>] holt+0x30/0xc8 [otter]\n"
		  "    [<ffffffffffffffff>] 0xffffffffffffffff\n");
	assert_told(1, 0, "");
	assert_u64(record_at(0)->creation->age_ns, 20379570000000);
	assert_span(dump.records[0].stack->text,
		    " dive+0x204/0x25c\n holt+0x30/0xc8 [otter]\n");
}

static void objects_follow_each_other_without_a_blank_line(void **state)
{
	(void)state;
	read_text(HEAD("0xffff888000000010")
			  TASK TRACE HEAD("0xffff888000000020") TASK
		  "  backtrace:\n" HEAD("0xffff888000000030") TASK TRACE);
	assert_told(3, 0, "1 object has no stack\n");
	assert_span(record_at(0)->stack, STACK);
	assert_span(record_at(1)->stack, "");
	assert_span(record_at(2)->stack, STACK);
	assert_u64(record_at(2)->line, 9);
}

static void objects_may_be_percpu_or_physical(void **state)
{
	(void)state;
	read_text("unreferenced object (percpu) 0x604a9e8a4c90 (size 8):\n" TASK
		  "  hex dump (first 8 bytes on cpu 1):\n"
		  "    00 00 00 00 00 00 00 00                          ....\n"
		  "  backtrace (crc 0):\n"
		  "    pcpu_alloc_noprof+0x1/0x2\n"
		  "unreferenced object (phys) 0x7fc00000 (size 4096):\n" TASK
			  TRACE);
	assert_told(2, 0, "");
	assert_span(record_at(0)->fields[FIELD_KIND], "percpu");
	assert_span(record_at(0)->stack, " pcpu_alloc_noprof+0x1/0x2\n");
	assert_u64(record_at(0)->units, 8);
	assert_span(record_at(1)->fields[FIELD_KIND], "phys");
	assert_u64(record_at(1)->units, 4096);
}

#define REST(pid) "\", pid " pid ", jiffies 4294942488\n"
#define ADDRESS	  "0xffff888000000010"

static void a_name_may_hold_anything(void **state)
{
	(void)state;
	read_text(HEAD(ADDRESS) "  comm \"a\"b" REST("7") TRACE);
	assert_span(record_at(0)->fields[FIELD_COMM], "a\"b");
	read_text(HEAD(ADDRESS) "  comm \"a\", pid 7" REST("12") TRACE);
	assert_span(record_at(0)->fields[FIELD_COMM], "a\", pid 7");
	assert_span(record_at(0)->fields[FIELD_PID], "12");
	read_text(HEAD(ADDRESS) "  comm \"a\n backtrace:\n" REST("13") TRACE);
	assert_told(1, 0, "");
	assert_span(record_at(0)->fields[FIELD_COMM], "a\n backtrace:\n");
	assert_span(record_at(0)->fields[FIELD_PID], "13");
	assert_span(record_at(0)->stack, STACK);
	read_text(HEAD(ADDRESS) "  comm \"" REST("0") TRACE);
	assert_span(record_at(0)->fields[FIELD_COMM], "");
	assert_span(record_at(0)->fields[FIELD_PID], "0");
}

static void a_hex_dump_may_look_like_anything(void **state)
{
	(void)state;
	read_text(HEAD("0xffff888000000010") TASK
		  "  hex dump (first 32 bytes):\n"
		  "    75 6e 72 65 66 65 72 65 6e 63 65 64 20 6f 62 6a  "
		  "unreferenced object 0x1 (size 9):\n"
		  "    62 61 63 6b 74 72 61 63 65 3a 0a 00 00 00 00 00  "
		  "backtrace:\n" TRACE);
	assert_told(1, 0, "");
	assert_span(record_at(0)->stack, STACK);
}

static void an_object_seen_again_is_counted_once(void **state)
{
	(void)state;
	read_text(
		HEAD("0xffff888000000010") TASK TRACE HEAD(
			"0xffff888000000010") TASK TRACE
			HEAD("0xffff888000000010") "  comm \"otter\", pid 12, "
						   "jiffies 4294942489\n" TRACE
						   "unreferenced object "
						   "0xffff888000000010 (size "
						   "65):\n" TASK TRACE
						   "unreferenced object (phys) "
						   "0xffff888000000010 (size "
						   "64):\n" TASK TRACE HEAD(
							   "0xffff888000000010")
							   TASK TRACE);
	assert_told(4, 0,
		    "2 objects that were listed before are counted once\n");
	assert_u64(record_at(1)->creation->jiffies, 4294942489);
	assert_u64(record_at(2)->units, 65);
	assert_span(record_at(3)->fields[FIELD_KIND], "phys");
}

#define OBJECT(address) HEAD(address) TASK TRACE

static void what_has_no_address_is_never_a_repeat(void **state)
{
	(void)state;
	read_text(OBJECT("0x(____ptrval____)") OBJECT("(ptrval)")
			  OBJECT("(____ptrval____)") OBJECT("0x00000000")
				  OBJECT("0x00000000") HEAD("0x80c93c80")
					  TRACE HEAD("0x80c93c80") TRACE);
	assert_told(7, 0, "");
	assert_null(record_at(5)->creation);
}

static void pasting_adds_blank_lines_and_loses_spaces(void **state)
{
	(void)state;
	read_text(
		"> unreferenced object 0xffff888000000010 (size 64):\r\n"
		"> \r\n"
		"> comm \"otter\", pid 12, jiffies 4294942488 (age 1.000s)\r\n"
		">\r\n"
		"> hex dump (first 32 bytes):\r\n"
		"> 00 00 00 00 00 00 00 00 e0 cc 4c 13 81 88 ff ff  ..L\r\n"
		"> 00 00 00 00 00 00 00 00 e0 cc 4c 13 81 88 ff ff  ..L\r\n"
		"> backtrace:\r\n"
		">\r\n"
		"> [<00000000e8f47afd>] dive+0x1a/0x2c [otter]\r\n"
		">\r\n"
		"> holt+0x10/0x20\r\n");
	assert_told(1, 0, "");
	assert_span(record_at(0)->stack, STACK);
	assert_u64(record_at(0)->creation->age_ns, 1000000000);
}

static void a_log_has_a_mark_before_each_line(void **state)
{
	(void)state;
	read_text("[   12.000001] kmemleak: unreferenced object "
		  "0xffff888000000010 "
		  "(size 64):\n"
		  "[   12.000002] kmemleak:   comm \"otter\", pid 12, jiffies "
		  "4294942488\n"
		  "[   12.000003] Call Trace:\n"
		  "[   12.000004]  elsewhere+0x1/0x2\n"
		  "[   12.000005] kmemleak:   backtrace:\n"
		  "[   12.000006] kmemleak:     dive+0x1a/0x2c [otter]\n"
		  "[   12.000007]  elsewhere+0x3/0x4\n"
		  "[   12.000008] kmemleak:     holt+0x10/0x20\n"
		  "[   12.000009]  elsewhere+0x5/0x6\n"
		  "[   12.000010] kmemleak: 3 new suspected memory leaks (see "
		  "/sys/kernel/debug/kmemleak)\n"
		  "[   12.000011] kmemleak:     elsewhere+0x7/0x8\n");
	assert_told(1, 0,
		    "2 objects that the kernel says it has found are not "
		    "listed\n");
	assert_span(record_at(0)->stack, STACK);
}

static void what_a_dump_was_asked_of_is_no_leak(void **state)
{
	(void)state;
	read_text("kmemleak: Object 0xffff888000000010 (size 64):\n"
		  "kmemleak:   comm \"cat\", pid 1, jiffies 4294942488\n"
		  "kmemleak:   min_count = 1\n"
		  "kmemleak:   backtrace:\n"
		  "      elsewhere+0x1/0x2\n" HEAD("0xffff888000000020")
			  TASK TRACE "Object 0xffff888000000010 (size 64):\n"
				     "  backtrace:\n"
				     "    elsewhere+0x1/0x2\n");
	assert_told(1, 0, "");
	assert_span(record_at(0)->stack, STACK);
}

static void one_line_of_another_may_stand_between_frames(void **state)
{
	(void)state;
	read_text(HEAD("0xffff888000000010") TASK
		  "  backtrace:\n"
		  "    dive+0x1a/0x2c [otter]\n"
		  "usb 1-1: new device\n"
		  "    holt+0x10/0x20\n"
		  "usb 1-1: gone\n"
		  "    elsewhere+0x1/0x2\n" HEAD("0xffff888000000020")
			  TASK TRACE "Call Trace:\n"
				     " elsewhere+0x1/0x2\n");
	assert_told(2, 0, "");
	assert_span(record_at(0)->stack, STACK);
	assert_span(record_at(1)->stack, STACK);
}

static void source_lines_of_a_symbolized_report_are_kept(void **state)
{
	const struct stack *stack;
	const struct frame *frame;

	(void)state;
	read_text(
		"BUG: memory leak\n" HEAD("0xffff888000000010") TASK
		"  backtrace:\n"
		"    [<00000000e8f47afd>] kmalloc include/slab.h:439 [inline]\n"
		"    [<00000000e8f47afd>] dive+0x1a/0x2c [otter] "
		"net/otter.c:142\n"
		"    [<000000009bd8bf70>] holt+0x10/0x20 net/holt.c:9\n"
		"    [<000000009bd8bf70>] den net/den.c:7 [inline]\n"
		"\n"
		"BUG: memory leak\n");
	assert_told(1, 0, "");
	stack = dump.records[0].stack;
	assert_span(stack->text, STACK);
	frame = &stack->frames[0];
	assert_int_equal(frame->place_count, 2);
	assert_true(frame->places_told);
	assert_span(frame->places[0].function, "kmalloc");
	assert_span(frame->places[0].file_line, "include/slab.h:439");
	assert_span(frame->places[1].function, "dive");
	assert_span(frame->places[1].file, "net/otter.c");
	assert_int_equal(frame->places[1].line, 142);
	assert_int_equal(stack->frames[1].place_count, 1);
	assert_span(stack->frames[1].places[0].file_line, "net/holt.c:9");
}

static void a_first_line_that_is_damaged_is_skipped(void **state)
{
	(void)state;
	read_text("unreferenced object 0xffff888000000010 (size 6\n" TASK TRACE
		  "unreferenced object 0xffff888000000020\n"
		  "unreferenced object is what kmemleak calls a leak\n" HEAD(
			  "0xffff888000000030") TASK TRACE);
	assert_told(1, 2, "");
	assert_span(record_at(0)->stack, STACK);
}

static void a_record_that_the_end_cuts_is_unfinished(void **state)
{
	(void)state;
	read_text(HEAD("0xffff888000000010") TASK);
	assert_told(1, 0, "");
	assert_true(record_at(0)->unfinished);
	read_text(HEAD("0xffff888000000010") TASK "  backtrace:\n    dive+0x1");
	assert_told(1, 0, "");
	assert_true(record_at(0)->unfinished);
	read_text(HEAD("0xffff888000000010") TASK "  backtrace:\n");
	assert_told(1, 0, "1 object has no stack\n");
	assert_false(record_at(0)->unfinished);
}

static void it_is_told_by_the_first_line_of_a_record(void **state)
{
	(void)state;
	assert_string_equal(sniffed("x\n" HEAD("0xffff888000000010")),
			    "kmemleak");
	assert_string_equal(
		sniffed("[    1.000000][    T1] kmemleak: unreferenced object "
			"(percpu) 0x12345678 (size 8):\n"),
		"kmemleak");
	assert_string_equal(sniffed("  " HEAD("0x80c93c80")), "kmemleak");
	assert_string_equal(sniffed("an " HEAD("0x80c93c80")), "");
	assert_string_equal(
		sniffed("kmemleak: 3 new suspected memory leaks (see x)\n"),
		"");
	assert_string_equal(sniffed("unreferenced object 0x80c93c80 (size\n"),
			    "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
		TEST(an_object_has_a_size_a_task_and_a_stack),
		TEST(old_kernels_print_an_age_and_addresses),
		TEST(objects_follow_each_other_without_a_blank_line),
		TEST(objects_may_be_percpu_or_physical),
		TEST(a_name_may_hold_anything),
		TEST(a_hex_dump_may_look_like_anything),
		TEST(an_object_seen_again_is_counted_once),
		TEST(what_has_no_address_is_never_a_repeat),
		TEST(pasting_adds_blank_lines_and_loses_spaces),
		TEST(a_log_has_a_mark_before_each_line),
		TEST(what_a_dump_was_asked_of_is_no_leak),
		TEST(one_line_of_another_may_stand_between_frames),
		TEST(source_lines_of_a_symbolized_report_are_kept),
		TEST(a_first_line_that_is_damaged_is_skipped),
		TEST(a_record_that_the_end_cuts_is_unfinished),
		TEST(it_is_told_by_the_first_line_of_a_record),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
