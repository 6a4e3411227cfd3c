/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/dump_text.h"

#include "model/stack_class.h"

static struct collector dump;

static void read_text(const char *text)
{
	dump_text_read(&dump, "dump_page", span_of(text), NULL);
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

static void assert_remarks(const char *text)
{
	assert_string_equal(dump.remarks.at ? dump.remarks.at : "", text);
}

static void assert_field(size_t i, enum record_field field, const char *value)
{
	assert_span(record_at(i)->fields[field], value);
}

static bool is_sniffed(const char *text)
{
	const struct format *format = format_named("dump_page");

	return format->sniff(span_of(text)) != NULL;
}

/* As 6.12 prints them. */
#define PAGE(pfn)                                                         \
	"page: refcount:1 mapcount:0 mapping:0000000000000000 index:0x0 " \
	"pfn:" pfn "\n"
#define FLAGS "flags: 0x100000000000000(node=1|zone=2)\n"
#define RAW   "raw: 0100000000000000 0000000000000000\n"
#define WHY   "page dumped because: lab: \"why\" page:1 refcount:7\n"
#define HELD  "page_owner tracks the page as allocated\n"
#define FREED "page_owner tracks the page as freed\n"
#define OWNER(order, ts)                                                   \
	"page last allocated via order " order ", migratetype Unmovable, " \
	"gfp_mask 0xcc0(GFP_KERNEL), pid 78, tgid 77 (a b), ts " ts        \
	", free_ts "                                                       \
	"12\n"
#define FREE "page last free pid 7 tgid 7 stack trace:\n gone+0x1/0x2\n"

#define REPORT(pfn, order, ts) \
	PAGE(pfn) FLAGS RAW WHY HELD OWNER(order, ts) " f+0x1/0x2\n" FREE

static void a_report_is_an_allocation_with_its_owner(void **state)
{
	(void)state;
	read_text(PAGE("0x33a2") FLAGS RAW WHY HELD OWNER(
		"1", "8847528715") " post_alloc_hook+0x59/0x120\n"
				   " get_page_from_freelist+0x2/0x30\n" FREE
				   "page has been migrated, last migrate "
				   "reason: compaction\n");
	assert_int_equal(dump.count, 1);
	assert_int_equal(dump.damage_count, 0);
	assert_span(record_at(0)->stack, " post_alloc_hook+0x59/0x120\n "
					 "get_page_from_freelist+0x2/0x30\n");
	assert_u64(record_at(0)->units, 2);
	assert_u64(record_at(0)->count, 1);
	assert_int_equal(record_at(0)->order, 1);
	assert_u64(record_at(0)->pfn, 0x33a2);
	assert_u64(record_at(0)->alloc_ts_ns, 8847528715);
	assert_u64(record_at(0)->line, 1);
	assert_field(0, FIELD_PID, "78");
	assert_field(0, FIELD_TGID, "77");
	assert_field(0, FIELD_COMM, "a b");
	assert_field(0, FIELD_GFP, "GFP_KERNEL");
	assert_field(0, FIELD_ORDER, "1");
	assert_field(0, FIELD_MIGRATETYPE, "Unmovable");
	assert_field(0, FIELD_NODE, "1");
	assert_field(0, FIELD_ZONE, "2");
	assert_field(0, FIELD_KIND, "lab: \"why\" page:1 refcount:7");
	assert_remarks("");
}

static void old_reports_have_pointers_and_no_times(void **state)
{
	(void)state;
	read_text("BUG: Bad page state in process my comm  pfn:1b5c4\n"
		  "page:ffffea00006d7100 count:0 mapcount:0 mapping:   (null) "
		  "index:0x0\n"
		  "flags: 0x100000000000100(slab)\n"
		  "page dumped because: nonzero mapcount\n"
		  "page allocated via order 2, migratetype Movable, gfp_mask "
		  "0x24200ca(GFP_HIGHUSER_MOVABLE)\n"
		  " [<ffffffff8117e4e3>] f+0x1/0x2\n"
		  " [<ffffffff8117e4e3>] g+0x1/0x2\n"
		  "Modules linked in: x\n"
		  "Call Trace:\n"
		  " h+0x1/0x2\n"
		  "page:ffffea00006d7140 count:1 mapcount:0 mapping:   (null) "
		  "index:0x0\n"
		  "page_owner info is not active (free page?)\n");
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->pfn, 0x1b5c4);
	assert_u64(record_at(0)->units, 4);
	assert_u64(record_at(0)->alloc_ts_ns, TS_NONE);
	assert_u64(record_at(0)->line, 1);
	assert_span(dump.records[0].stack->text, " f+0x1/0x2\n g+0x1/0x2\n");
	assert_true(record_at(0)->evidence & EVIDENCE_MOVABLE);
	assert_span(record_at(0)->page_line, " Flags 0x100000000000100(slab)");
	assert_remarks("1 page was dumped without its owner: page_owner was "
		       "off, or knows none\n");
}

static void the_type_of_a_page_tells_slab(void **state)
{
	(void)state;
	read_text(PAGE("0x1") FLAGS "page_type: f5(slab)\n" HELD OWNER("0", "5")
			  FREE);
	assert_true(record_at(0)->evidence & EVIDENCE_SLAB_LINE);
	read_text(REPORT("0x1", "0", "5"));
	assert_false(record_at(0)->evidence & EVIDENCE_SLAB_LINE);
}

static void free_pages_hold_nothing(void **state)
{
	(void)state;
	read_text(PAGE("0x1") FLAGS FREED OWNER("0", "5") " f+0x1/0x2\n" FREE);
	assert_int_equal(dump.count, 0);
	assert_remarks("1 page was free when it was dumped: it is not counted; "
		       "allocated last by: a b (pid 78)\n");
}

static void a_page_that_was_freed_later_is_told(void **state)
{
	(void)state;
	read_text(REPORT("0x1", "0", "5") PAGE("0x1")
			  FREED OWNER("0", "5") " f+0x1/0x2\n" FREE);
	assert_int_equal(dump.count, 1);
	assert_text_has(dump.remarks.at, "1 page that is counted was freed "
					 "later");
}

static void pages_of_one_allocation_count_once(void **state)
{
	(void)state;
	read_text(REPORT("0x3718", "3", "5") REPORT("0x3718", "3", "5")
			  REPORT("0x371d", "3", "5") REPORT("0x3720", "3", "7")
				  REPORT("0x3718", "3", "6"));
	assert_int_equal(dump.count, 3);
	assert_u64(record_at(1)->pfn, 0x3720);
	assert_u64(record_at(2)->alloc_ts_ns, 6);
	assert_remarks("2 times an allocation was dumped again: it is counted "
		       "once\n");
}

static void missing_stacks_are_no_damage(void **state)
{
	(void)state;
	read_text(PAGE("0x1") HELD OWNER(
		"0", "5") "page_owner allocation stack trace missing\n"
			  "page_owner free stack trace missing\n" PAGE(
				  "0x2") "page_owner info is not present "
					 "(never set?)\n"
					 " f+0x1/0x2\n" PAGE("0x3") FLAGS);
	assert_int_equal(dump.count, 1);
	assert_int_equal(dump.damage_count, 0);
	assert_span(record_at(0)->stack, "");
	assert_remarks("2 pages were dumped without their owners: page_owner "
		       "was off, or knows none\n");
}

static void a_name_of_a_task_may_hold_newlines(void **state)
{
	(void)state;
	read_text("[    1.5] " PAGE(
		"0x1") "[    1.5] " HELD
		       "[    1.5] page last allocated via order 0, migratetype "
		       "Movable, gfp_mask 0x1(GFP_KERNEL), pid 9, tgid 9 (nl\n"
		       "[    1.5] pid 7, tgid 9), ts 5, free_ts 0\n"
		       "[    1.5]  f+0x1/0x2\n"
		       "[    1.5] " FREE);
	assert_int_equal(dump.count, 1);
	assert_field(0, FIELD_COMM, "nl\npid 7, tgid 9");
	assert_field(0, FIELD_PID, "9");
	assert_span(record_at(0)->stack, " f+0x1/0x2\n");
}

static void lines_of_others_do_not_end_a_stack(void **state)
{
	(void)state;
	read_text(PAGE("0x1") HELD OWNER("0", "5") " f+0x1/0x2\n"
						   "usb 1-1: new device\n"
						   " ? doubtful+0x1/0x2\n"
						   " g+0x1/0x2\n" FREE
						   " h+0x1/0x2\n");
	assert_span(record_at(0)->stack, " f+0x1/0x2\n g+0x1/0x2\n");
}

static void an_allocation_with_two_pages_is_counted_once(void **state)
{
	(void)state;
	read_text(REPORT("0x65e3", "0", "1001") REPORT("0x66bc", "0", "1001"));
	assert_int_equal(dump.count, 1);
	assert_remarks(
		"1 report tells an allocation again, with another page or "
		"stack: lines of several CPUs may be mixed\n");
	read_text(REPORT("0x65e2", "1", "1001") REPORT("0x65e4", "1", "1001"));
	assert_int_equal(dump.count, 1);
	/* Of another task, order or time; split off one allocation. */
	read_text(REPORT("0x65e3", "0", "1001") REPORT("0x66bc", "1", "1001")
			  REPORT("0x66bc", "0", "1002")
				  REPORT("0x65e4", "0", "1001"));
	assert_int_equal(dump.count, 4);
	assert_remarks("");
}

static void lines_that_mail_has_broken_are_joined(void **state)
{
	(void)state;
	read_text("> page: refcount:1 mapcount:0 mapping:0000000000000000 "
		  "\n> index:0x0 pfn:0x33a1\n> " FLAGS "> " HELD
		  "> page last allocated via order 0, migratetype Unmovable,\n"
		  "> gfp_mask 0xcc0(GFP_KERNEL), pid 78, tgid 77 (sh), ts \n"
		  "> 1001, free_ts 12\n>  f+0x1/0x2\n>\n");
	assert_int_equal(dump.count, 1);
	assert_int_equal(dump.damage_count, 0);
	assert_u64(record_at(0)->pfn, 0x33a1);
	assert_u64(record_at(0)->alloc_ts_ns, 1001);
	assert_field(0, FIELD_COMM, "sh");
	assert_span(record_at(0)->stack, " f+0x1/0x2\n");
}

static void colours_are_taken_off(void **state)
{
	(void)state;
	assert_true(is_sniffed(
		"\033[32m[  9.9] \033[0m\033[33mpage: \033[0m\033[1mrefcount:1 "
		"mapcount:0 mapping:0 index:0x0 pfn:0x1\033[0m\n"));
	read_text(
		"\033[32m[  9.9] \033[0m\033[33mpage: \033[0m\033[1mrefcount:1 "
		"mapcount:0 mapping:0 index:0x0 pfn:0x41\033[0m\n"
		"\033[32m[  9.9] \033[0m\033[7m\033[31mpage last allocated via "
		"order 0, migratetype Unmovable, gfp_mask 0xcc0(GFP_KERNEL), "
		"pid 80, tgid 80 (sh), ts 1, free_ts 2\033[0m\n"
		"\033[32m[  9.9] \033[0m\033[1m f+0x1/0x2\033[0m\n");
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->pfn, 0x41);
	assert_span(record_at(0)->stack, " f+0x1/0x2\n");
}

static void damage_tells_what_lacks(void **state)
{
	(void)state;
	read_text(PAGE("0x1") HELD
		  "page last allocated via order 0, migratetype Unmovable, "
		  "gfp_mask 0xcc0(GFP_KERNEL), pid 80, tgx\n");
	assert_int_equal(dump.skipped, 1);
	assert_string_equal(
		dump.damages[0].expected,
		"\", pid <number>, tgid <number> (<name>), ts <number>, "
		"free_ts <number>\" behind gfp_mask, as far as the kernel "
		"has it");
	assert_span(dump.damages[0].found, ", pid 80, tgx");
}

static void stacks_of_two_cpus_are_skipped(void **state)
{
	(void)state;
	read_text(PAGE("0x1") FLAGS HELD OWNER(
		"0", "5") " post_alloc_hook+0x1/0x2\n"
			  " get_page_from_freelist+0x1/0x2\n"
			  " ret_from_fork+0x1/0x2\n" FREE);
	assert_int_equal(dump.count, 0);
	assert_int_equal(dump.skipped, 1);
	assert_string_equal(dump.damages[0].expected,
			    "the lines of one report: two CPUs have printed at "
			    "the same time");
}

static void reports_that_two_cpus_have_mixed_are_skipped(void **state)
{
	(void)state;
	read_text(PAGE("0x1") PAGE("0x2") FLAGS FLAGS HELD HELD OWNER("0", "5")
			  OWNER("1", "6") " f+0x1/0x2\n"
					  " g+0x1/0x2\n" FREE FREE REPORT(
						  "0x8", "0", "7"));
	assert_int_equal(dump.skipped, 2);
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->pfn, 0x8);
	/* Of the other one a single line. */
	read_text(PAGE("0x1") HELD FREED OWNER("0", "5") " f+0x1/0x2\n" FREE);
	assert_int_equal(dump.skipped, 1);
	assert_int_equal(dump.count, 0);
	/* The other one begins among the frames. */
	read_text(PAGE("0x1") HELD OWNER("0", "5") " f+0x1/0x2\n" REPORT(
		"0x2", "0", "6"));
	assert_int_equal(dump.skipped, 2);
	assert_int_equal(dump.count, 0);
}

static void reports_without_their_ends_are_counted_and_told(void **state)
{
	(void)state;
	read_text(PAGE("0x1") HELD OWNER(
		"0", "5") " f+0x1/0x2\n"
			  "** 3 printk messages dropped **\n"
			  " g+0x1/0x2\n");
	assert_span(record_at(0)->stack, " f+0x1/0x2\n");
	assert_false(record_at(0)->unfinished);
	assert_remarks("1 report lacks its end: its stack may lack frames\n");
	read_text(PAGE("0x1") HELD OWNER("0", "5") " f+0x1/0x2");
	assert_true(record_at(0)->unfinished);
}

static void an_owner_whose_line_is_damaged_is_skipped(void **state)
{
	(void)state;
	read_text(PAGE("0x1") HELD "page last allocated via order 99, x\n"
				   " f+0x1/0x2\n" REPORT("0x2", "0", "7"));
	assert_int_equal(dump.skipped, 1);
	assert_u64(dump.damages[0].line, 1);
	assert_int_equal(dump.count, 1);
}

static void a_report_that_lost_its_head_is_read(void **state)
{
	(void)state;
	read_text(OWNER("0", "5") " f+0x1/0x2\n" FREE);
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->pfn, PFN_NONE);
	assert_remarks("1 page is counted of which lost lines would tell "
		       "whether it was free\n");
}

static void lines_that_begin_reports_decide(void **state)
{
	(void)state;
	assert_true(is_sniffed("x\n[    1.5] " PAGE("0x1")));
	assert_true(is_sniffed("page:ffffea0 refcount:1 mapcount:0\n"));
	assert_true(is_sniffed("page:ffffea0 count:1 mapcount:0\n"));
	assert_true(is_sniffed("page:(____ptrval____) is uninitialized and "
			       "poisoned\n"));
	assert_true(is_sniffed("BUG: Bad page state in process x  pfn:1f\n"));
	assert_true(is_sniffed(HELD));
	assert_true(is_sniffed(OWNER("0", "5")));
	assert_false(is_sniffed("page:ffffea0 is fine\n"));
	assert_false(is_sniffed("Page allocated via order 0, mask 0x0()\n"));
	assert_false(is_sniffed("Node 0, zone   Normal: page owner found early "
				"allocated 12 pages\n"));
	assert_false(is_sniffed("BUG: Bad page state in process x\n"));
	assert_false(is_sniffed(WHY));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_report_is_an_allocation_with_its_owner),
		TEST(old_reports_have_pointers_and_no_times),
		TEST(the_type_of_a_page_tells_slab),
		TEST(free_pages_hold_nothing),
		TEST(a_page_that_was_freed_later_is_told),
		TEST(pages_of_one_allocation_count_once),
		TEST(missing_stacks_are_no_damage),
		TEST(a_name_of_a_task_may_hold_newlines),
		TEST(lines_of_others_do_not_end_a_stack),
		TEST(an_allocation_with_two_pages_is_counted_once),
		TEST(lines_that_mail_has_broken_are_joined),
		TEST(colours_are_taken_off),
		TEST(damage_tells_what_lacks),
		TEST(stacks_of_two_cpus_are_skipped),
		TEST(reports_that_two_cpus_have_mixed_are_skipped),
		TEST(reports_without_their_ends_are_counted_and_told),
		TEST(an_owner_whose_line_is_damaged_is_skipped),
		TEST(a_report_that_lost_its_head_is_read),
		TEST(lines_that_begin_reports_decide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
