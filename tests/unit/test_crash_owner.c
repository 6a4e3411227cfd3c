/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/dump_text.h"

static struct collector dump;

static void read_text(const char *text)
{
	dump_text_read(&dump, "crash_owner", span_of(text), NULL);
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

#define HEADER(order)                         \
	"Page allocated via order " order     \
	", mask 0xcc0, pid 7, tgid 6 (x y), " \
	"ts 12 ns, free_ts 3 ns\n"
#define LISTED(pfn, hex) \
	"PFN " pfn "(0x" hex ") paddr " hex "000 page_owner ffff9c52\n"
#define ASKED(pfn, hex)                                      \
	"PFN " pfn "(0x" hex ") paddr " hex "040 vaddr ffff" \
	"9c52 page ffffe1d3 page_owner ffff9c52\n"

static void assert_page(size_t i, uint64_t pfn, uint64_t pages,
			const char *stack)
{
	const struct record *record;

	assert_in_range(i, 0, dump.count - 1);
	record = &dump.records[i].record;
	assert_u64(record->pfn, pfn);
	assert_u64(record->units, pages);
	assert_u64(record->count, 1);
	assert_span(dump.records[i].stack->text, stack);
}

static void assert_losses(size_t skipped, size_t stray)
{
	assert_int_equal(dump.skipped, skipped);
	assert_int_equal(dump.stray, stray);
}

static void a_listed_page_is_a_record(void **state)
{
	const struct record *record;

	(void)state;
	read_text("crash> owner -l\n" LISTED("8192", "2000") HEADER(
		"2") "[alloc]\n  f+0x1\n  g+0x2 [mod]\n  ffffffffc0a41b2e\n"
		     "  h\n  i+0x3 at ffffffffc0a41b1c [mod]\n\ncrash> q\n");
	assert_int_equal(dump.count, 1);
	assert_losses(0, 0);
	assert_page(0, 8192, 4,
		    " f+0x1\n g+0x2 [mod]\n 0xffffffffc0a41b2e\n h\n"
		    " i+0x3 [mod]\n");
	record = &dump.records[0].record;
	assert_u64(record->line, 2);
	assert_u64(record->alloc_ts_ns, 12);
	assert_int_equal(record->order, 2);
	assert_span(record->fields[FIELD_PID], "7");
	assert_span(record->fields[FIELD_COMM], "x y");
	assert_span(record->fields[FIELD_GFP], "0xcc0");
	assert_u64(dump.sink.page_size, 4096);
}

static void who_freed_a_page_before_does_not_hold_it(void **state)
{
	(void)state;
	read_text(ASKED("8192", "2000") HEADER("0") "[alloc]\n  f+0x1\n"
						    "free\n  g+0x2\n\n");
	assert_int_equal(dump.count, 1);
	assert_losses(0, 0);
	/* Of an address that somebody asked for: in no order. */
	assert_page(0, PFN_NONE, 1, " f+0x1\n");
}

static void a_page_that_is_free_is_nobodys(void **state)
{
	(void)state;
	read_text(LISTED("1", "1")
			  HEADER("0") "alloc\n  f+0x1\n[free]\n"
				      "  g+0x2\n\n" LISTED("2", "2") HEADER(
					      "0") "[free]\n  g+0x2\n\n");
	assert_int_equal(dump.count, 0);
	assert_losses(0, 0);
	assert_string_equal(dump.remarks.at,
			    "2 pages are free, and left out\n");
}

static void a_page_counts_once_however_often_it_is_asked_for(void **state)
{
	(void)state;
	/* 8195 lies within the four pages from 8192 on. */
	read_text(LISTED("8192", "2000") HEADER(
		"2") "[alloc]\n  f+0x1\n\n" ASKED("8195", "2003")
			  HEADER("2") "[alloc]\n  f+0x1\n\n" LISTED("8192",
								    "2000")
				  HEADER("2") "[alloc]\n  f+0x1\n\n" LISTED(
					  "8196", "2004")
					  HEADER("2") "[alloc]\n  f+0x1\n\n");
	assert_int_equal(dump.count, 2);
	assert_string_equal(dump.remarks.at,
			    "2 pages were listed again: counted once\n");
}

static void a_tasks_name_may_hold_newlines(void **state)
{
	(void)state;
	read_text(LISTED(
		"1",
		"1") "Page allocated via order 0, mask 0x1, pid 7, tgid 6 (a\n"
		     "\nb), ts 5 ns\n[alloc]\n  f+0x1\n\n");
	assert_int_equal(dump.count, 1);
	assert_losses(0, 0);
	assert_span(dump.records[0].record.fields[FIELD_COMM], "a\n\nb");
}

static void a_record_that_is_cut_is_skipped(void **state)
{
	(void)state;
	read_text(LISTED("1", "1") LISTED("2", "2") HEADER("0") LISTED("3", "3")
			  HEADER("77") "[alloc]\n  f+0x1\n\n" LISTED("4", "4")
				  HEADER("0") "[alloc]\n  f+0x1");
	assert_int_equal(dump.count, 1);
	assert_losses(3, 0);
	assert_true(dump.records[0].record.unfinished);
	assert_u64(dump.damages[0].line, 1);
	assert_u64(dump.damages[1].line, 2);
}

static void the_plugins_list_is_read_too(void **state)
{
	(void)state;
	read_text("page_owner:0xff PFN:0x40008~0x40010 Page:0xfe Order:3 "
		  "stack_record:0xfd PID:5 ts_nsec:99\n"
		  "      [<ffffffc0085b039c>] f.4e8b+0x20c\n"
		  "page_owner:0xff PFN:0x40008~0x40010 Page:0xfe Order:3 "
		  "stack_record:0xfd PID:6 free_ts_nsec:98\n"
		  "      [<ffffffc0085b039c>] g+0x20c\n");
	assert_int_equal(dump.count, 1);
	assert_losses(0, 0);
	assert_page(0, PFN_NONE, 8, " f.4e8b+0x20c\n");
	assert_u64(dump.records[0].record.alloc_ts_ns, 99);
	assert_int_equal(dump.records[0].record.order, 3);
	assert_span(dump.records[0].record.fields[FIELD_PID], "5");
	assert_span(dump.records[0].record.fields[FIELD_GFP], "");
}

#define PLUGIN(pfn, order, ts)                                       \
	"page_owner:0xff PFN:" pfn "~0x40010 Page:0xfe Order:" order \
	" stack_record:0xfd PID:5 " ts "\n"                          \
	"      [<ffffffc0085b039c>] f+0x20c\n"

static void a_page_that_was_freed_later_is_free(void **state)
{
	(void)state;
	read_text(PLUGIN("0x40008", "3", "ts_nsec:99") "\n" PLUGIN(
		"0x40008", "3", "free_ts_nsec:100"));
	assert_int_equal(dump.count, 0);
	assert_losses(0, 0);
	assert_string_equal(dump.remarks.at, "1 page is free, and left out\n");
	/* Freed before; of another page; behind a blank line and a prompt. */
	read_text(PLUGIN("0x40008", "3", "ts_nsec:99") "\n\n" PLUGIN(
		"0x40008", "3", "free_ts_nsec:98"));
	assert_int_equal(dump.count, 1);
	read_text(PLUGIN("0x40008", "3", "ts_nsec:99")
			  PLUGIN("0x40009", "3", "free_ts_nsec:100"));
	assert_int_equal(dump.count, 1);
	read_text(PLUGIN("0x40008", "3", "ts_nsec:99") "\ncrash> x\n");
	assert_int_equal(dump.count, 1);
	assert_losses(0, 0);
}

static void a_plugins_line_that_is_wrong_is_named(void **state)
{
	(void)state;
	read_text("\n" PLUGIN("0x40008", "99", "ts_nsec:99")
			  PLUGIN("0x40000", "3", "ts_nsec:99"));
	assert_int_equal(dump.count, 1);
	assert_losses(1, 0);
	assert_u64(dump.damages[0].line, 2);
	assert_string_equal(dump.damages[0].expected,
			    "\"Order:<number>\" of at most 30");
	assert_true(span_starts_with(dump.damages[0].found,
				     SPAN("page_owner:0xff PFN:0x40008")));
}

static void other_output_of_crash_is_stray(void **state)
{
	(void)state;
	read_text("      KERNEL: vmlinux\n" LISTED("1", "1")
			  HEADER("0") "[alloc]\n  f+0x1\n\n"
				      "crash> bt\nPID: 1 TASK: ffff\n");
	assert_int_equal(dump.count, 1);
	assert_losses(0, 2);
}

static const char *sniffed(const char *text)
{
	const struct format *format = format_sniff(span_of(text));

	return format ? format->name : "none";
}

static void the_line_of_the_page_decides(void **state)
{
	const struct format *owner = format_named("page_owner");

	(void)state;
	assert_string_equal(sniffed("x\n" LISTED("1", "1") HEADER("0")),
			    "crash_owner");
	assert_string_equal(sniffed("page_owner:0x1 PFN:0x4~0x5 Page:0x1 "
				    "Order:0 stack_record:0x1 PID:1 "
				    "free_ts_nsec:9\n"),
			    "crash_owner");
	assert_string_equal(sniffed("PFN 1(0x2) paddr 1000 page_owner ff\n"),
			    "none");
	assert_string_equal(sniffed("PFN 0x1 type Movable Block 0\n"), "none");
	/* What follows is no dump of the kernel's. */
	assert_null(owner->sniff(SPAN(HEADER("0") "[alloc]\n  f+0x1\n")));
	assert_null(owner->sniff(SPAN("2 times, 2 pages:\n" HEADER("0"))));
	assert_non_null(owner->sniff(
		SPAN(HEADER("0") "[alloc]\n" HEADER("0") " f+0x1/0x2\n")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_listed_page_is_a_record),
		cmocka_unit_test(who_freed_a_page_before_does_not_hold_it),
		cmocka_unit_test(a_page_that_is_free_is_nobodys),
		cmocka_unit_test(
			a_page_counts_once_however_often_it_is_asked_for),
		cmocka_unit_test(a_tasks_name_may_hold_newlines),
		cmocka_unit_test(a_record_that_is_cut_is_skipped),
		cmocka_unit_test(the_plugins_list_is_read_too),
		cmocka_unit_test(a_page_that_was_freed_later_is_free),
		cmocka_unit_test(a_plugins_line_that_is_wrong_is_named),
		cmocka_unit_test(other_output_of_crash_is_stray),
		cmocka_unit_test(the_line_of_the_page_decides),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
