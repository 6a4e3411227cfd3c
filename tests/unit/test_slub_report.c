/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/dump_text.h"

#include "model/stack_class.h"

static struct collector dump;

static void read_text(const char *text)
{
	dump_text_read(&dump, "slub_report", span_of(text), NULL);
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

static void assert_object(size_t i, const char *cache, const char *stack)
{
	assert_span(record_at(i)->fields[FIELD_CACHE], cache);
	assert_span(record_at(i)->stack, stack);
	assert_u64(record_at(i)->count, 1);
	assert_u64(record_at(i)->units, 1);
}

static void assert_remarks(const char *text)
{
	assert_string_equal(dump.remarks.at ? dump.remarks.at : "", text);
}

static bool is_sniffed(const char *text)
{
	const struct format *format = format_named("slub_report");

	return format->sniff(span_of(text)) != NULL;
}

#define RULE "======================================================\n"
#define DASH "------------------------------------------------------\n"
#define ROOMY                                                          \
	"the kernel reports what remains in slabs that are not full: " \
	"full ones may hold more\n"

/* As 6.12.y prints them. */
#define NEW(cache)                                                            \
	"BUG " cache " (Tainted: G        W  O      ): Objects remaining on " \
	"__kmem_cache_shutdown()\n" DASH "\n"
#define SLAB(used) "Slab 0x1 objects=21 used=" used " fp=0x2 flags=0x2(a|b)\n"

static void objects_have_the_cache_and_the_stack_of_their_tracks(void **state)
{
	const struct object_facts *facts;

	(void)state;
	read_text(RULE NEW(
		"lab_x") "Object 0xffff1000 @offset=0\n"
			 "Allocated in leak+0x20/0x30 [lab] age=11 cpu=3 "
			 "pid=78\n"
			 " leak+0x20/0x30 [lab]\n"
			 " vfs_write+0xfe/0x480\n"
			 "Freed in old+0x1/0x2 age=19 cpu=0 pid=7\n"
			 " kfree+0x1/0x2\n"
			 "Object 0xffff1100 @offset=256\n"
			 "Allocated in leak+0x20/0x30 [lab] age=9 cpu=1 pid=0\n"
			 " leak+0x20/0x30 [lab]\n" SLAB("2"));
	assert_int_equal(dump.count, 2);
	assert_int_equal(dump.damage_count, 0);
	assert_object(0, "lab_x",
		      " leak+0x20/0x30 [lab]\n vfs_write+0xfe/0x480\n");
	assert_object(1, "lab_x", " leak+0x20/0x30 [lab]\n");
	assert_u64(record_at(0)->line, 5);
	assert_span(record_at(0)->fields[FIELD_PID], "78");
	assert_span(record_at(0)->fields[FIELD_CPU], "3");
	assert_int_equal(record_at(0)->evidence, EVIDENCE_OBJECT);
	facts = record_at(0)->objects;
	assert_u64(facts->age_min, 11);
	assert_u64(facts->age_mean, 11);
	assert_u64(facts->age_max, 11);
	assert_int_equal(facts->pid_min, 78);
	assert_int_equal(facts->pid_max, 78);
	assert_remarks(ROOMY);
}

static void old_reports_name_the_slab_first(void **state)
{
	(void)state;
	read_text(RULE "BUG bio-4 (Not tainted): Objects remaining in bio-4 on "
		       "kmem_cache_close()\n" DASH "\n"
		       "INFO: Slab 0x1 objects=32 used=2 fp=0x2 flags=0x0004\n"
		       "CPU: 1 PID: 1 Comm: rmmod\n"
		       "Call Trace:\n"
		       " [<ffffffff81>] dump_stack+0x1/0x2\n"
		       "INFO: Object 0x00000000c9d0efb0 @offset=448\n"
		       "INFO: Allocated in f+0x1/0x2 age=7 cpu=0 pid=1\n"
		       "\tmempool_alloc+0x1/0x2\n"
		       "\tf+0x1/0x2\n"
		       "INFO: Object 0x00000000c9d0efb1 @offset=896\n"
		       "kmem_cache_destroy bio-4: Slab cache still has "
		       "objects\n"
		       "Call Trace:\n"
		       " dump_stack+0x1/0x2\n");
	assert_int_equal(dump.count, 2);
	assert_object(0, "bio-4", " mempool_alloc+0x1/0x2\n f+0x1/0x2\n");
	assert_object(1, "bio-4", "");
	assert_u64(record_at(1)->objects->age_max, AGE_NONE);
	assert_remarks(ROOMY);
}

static void a_symbol_that_is_not_among_the_frames_comes_first(void **state)
{
	(void)state;
	read_text(NEW("x") "Object 0x1 @offset=0\n"
			   "Allocated in tail+0x1/0x2 age=7 cpu=0 pid=1\n"
			   " g+0x1/0x2\n"
			   "Object 0x2 @offset=8\n"
			   "Allocated in alone+0x1/0x2 age=7 cpu=0 pid=1\n"
			   "object allocation/free stack trace missing\n"
			   " no_frame+0x1/0x2\n"
			   "Object 0x3 @offset=16\n"
			   "Allocated in 0xffffffffc0123456 age=7 cpu=0 "
			   "pid=1\n");
	assert_object(0, "x", " tail+0x1/0x2\n g+0x1/0x2\n");
	assert_object(1, "x", " alone+0x1/0x2\n");
	assert_object(2, "x", " 0xffffffffc0123456\n");
}

static void the_first_of_two_tracks_is_taken(void **state)
{
	(void)state;
	read_text(NEW("x") "Object 0x1 @offset=0\n"
			   "Allocated in f+0x1/0x2 age=7 cpu=0 pid=1\n"
			   "Allocated in g+0x1/0x2 age=8 cpu=1 pid=2\n");
	assert_object(0, "x", " f+0x1/0x2\n");
	assert_u64(record_at(0)->objects->age_max, 7);
	assert_span(record_at(0)->fields[FIELD_PID], "1");
}

static void names_of_caches_may_hold_anything(void **state)
{
	(void)state;
	read_text(NEW("a b:(x) (y): z") "Object 0x1 @offset=0\n");
	assert_object(0, "a b:(x) (y): z", "");
}

static void prefixes_are_no_part_of_lines(void **state)
{
	(void)state;
	read_text("[    1.5] " NEW(
		"x") "[    1.6][   T12] Object 0x1 "
		     "@offset=0\r\n"
		     "<3>[    1.6] Allocated in f+0x1/0x2 age=7 cpu=0 pid=1\n"
		     "Jan  4 09:53:54 host kernel: [    1.6]  f+0x1/0x2\n"
		     "kern  :err   : [    1.6]  g+0x1/0x2\n");
	assert_int_equal(dump.count, 1);
	assert_object(0, "x", " f+0x1/0x2\n g+0x1/0x2\n");
}

static void lines_of_others_do_not_end_a_stack(void **state)
{
	(void)state;
	read_text(NEW("x") "Object 0x1 @offset=0\n"
			   "Allocated in f+0x1/0x2 age=7 cpu=0 pid=1\n"
			   " f+0x1/0x2\n"
			   "usb 1-1: new device\n"
			   " ? doubtful+0x1/0x2\n"
			   " g+0x1/0x2\n"
			   "Call Trace:\n"
			   " other+0x1/0x2\n");
	assert_object(0, "x", " f+0x1/0x2\n g+0x1/0x2\n");
}

static void objects_that_a_slab_has_and_no_line_lists_are_counted(void **state)
{
	(void)state;
	read_text(NEW("x") "Object 0x1 @offset=0\n" SLAB("3") RULE NEW("y")
			  SLAB("22") "Object 0x2 @offset=0\n");
	assert_int_equal(dump.count, 3);
	assert_u64(record_at(1)->count, 2);
	assert_u64(record_at(1)->units, 2);
	assert_u64(record_at(1)->line, 5);
	assert_span(record_at(1)->stack, "");
	assert_span(record_at(1)->fields[FIELD_CACHE], "x");
	/* More than the slab has room for: nothing is made of it. */
	assert_object(2, "y", "");
	assert_remarks(ROOMY
		       "2 objects that remain in slabs are not listed in the "
		       "log: they are counted without stacks\n");
}

static void an_object_that_is_reported_again_counts_once(void **state)
{
	(void)state;
	read_text(NEW("x") "Object 0x1 @offset=0\n" SLAB("1") RULE NEW(
		"x") "Object 0x1 @offset=0\n" SLAB("1")
			  RULE NEW("y") "Object 0x1 @offset=0\n" SLAB("1"));
	assert_int_equal(dump.count, 2);
	assert_object(1, "y", "");
	assert_remarks(ROOMY "1 object is reported again: it is counted "
			     "once\n");
}

static void what_was_not_listed_of_a_slab_counts_once(void **state)
{
	(void)state;
	read_text(NEW("x") "Object 0x1 @offset=0\n" SLAB("3")
			  RULE NEW("x") "Object 0x1 @offset=0\n" SLAB("3"));
	assert_int_equal(dump.count, 2);
	assert_u64(dump.records[1].record.count, 2);
}

static void addresses_of_early_boot_tell_nothing_apart(void **state)
{
	(void)state;
	read_text(NEW("x") "Object 0x(____ptrval____) @offset=0\n"
			   "Object 0x(____ptrval____) @offset=0\n");
	assert_int_equal(dump.count, 2);
}

static void a_report_without_its_beginning_has_no_cache(void **state)
{
	(void)state;
	read_text("Object 0x1 @offset=0\n" SLAB("1"));
	assert_object(0, "", "");
	assert_remarks(
		ROOMY "1 object remains in a cache that the log does not name: "
		      "the beginning of the report is missing\n");
}

static void lost_lines_end_an_object_and_are_told(void **state)
{
	(void)state;
	read_text(NEW("x") "Object 0x1 @offset=0\n"
			   "Allocated in f+0x1/0x2 age=7 cpu=0 pid=1\n"
			   " f+0x1/0x2\n"
			   "** 12 printk messages dropped **\n"
			   " h+0x1/0x2\n"
			   "Object 0x2 @offset=8\n");
	assert_int_equal(dump.count, 2);
	assert_object(0, "x", " f+0x1/0x2\n");
	assert_object(1, "x", "");
	assert_remarks(ROOMY "1 object lost lines to the log: its stack may "
			     "lack frames\n"
			     "1 object is listed behind lost lines: its cache "
			     "is that of the report before them\n");
}

static void corruption_is_told_and_not_counted(void **state)
{
	(void)state;
	read_text(RULE
		  "BUG kmalloc-8 (Not tainted): Redzone overwritten\n" DASH "\n"
		  "INFO: Allocated in f+0x1/0x2 age=7 cpu=0 pid=1\n"
		  "\tf+0x1/0x2\n"
		  "INFO: Slab 0x1 objects=3 used=2 fp=0x2 flags=0x0\n"
		  "INFO: Object 0x1 @offset=8 fp=0x2\n"
		  "\n"
		  "Object   00000000: 6b 6b 6b 6b  kkkk\n" RULE
		  "BUG kmalloc-8 (Not tainted): Poison overwritten\n" DASH RULE
		  "BUG foo (Not tainted): Object already "
		  "free\n");
	assert_int_equal(dump.count, 0);
	assert_int_equal(dump.damage_count, 0);
	assert_remarks("3 reports of SLUB are of corrupted memory, not of "
		       "objects that remain: kmalloc-8, foo\n");
}

static void a_cache_whose_objects_are_not_listed_is_told(void **state)
{
	(void)state;
	read_text(NEW("x") "Object 0x1 @offset=0\n" SLAB(
		"1") "kmem_cache_destroy x: Slab cache still has objects when "
		     "called from f+0x1/0x2 [m]\n"
		     "kmem_cache_destroy full: Slab cache still has objects\n");
	assert_int_equal(dump.count, 1);
	assert_remarks(ROOMY
		       "1 cache was destroyed with objects in it that the log "
		       "does not list: full\n");
}

static void a_record_that_the_end_cuts_is_unfinished(void **state)
{
	(void)state;
	read_text(NEW("x") "Object 0x1 @offset=0\n"
			   "Allocated in f+0x1/0x2 age=7 cpu=0 pid=1\n"
			   " f+0x1/0x2");
	assert_true(record_at(0)->unfinished);
	read_text(NEW("x") "Object 0x1 @offset=0\n"
			   "Allocated in f+0x1/0x2 age=7 cpu=0 pid=1\n"
			   " f+0x1/0x2\n");
	assert_false(record_at(0)->unfinished);
}

static void lines_that_begin_records_decide(void **state)
{
	(void)state;
	assert_true(is_sniffed("x\n[    1.5] " NEW("x")));
	assert_true(is_sniffed("BUG a (Not tainted): Poison overwritten\n"));
	assert_true(is_sniffed("INFO: Object 0x1 @offset=448\n"));
	assert_true(is_sniffed("kmem_cache_destroy x: Slab cache still has "
			       "objects\n"));
	assert_false(is_sniffed("BUG: Bad page state in process x  pfn:1\n"));
	assert_false(is_sniffed("BUG: unable to handle page fault\n"));
	assert_false(is_sniffed("Object 0x1 @offset=448 fp=0x2\n"));
	assert_false(is_sniffed("Objects remaining on "
				"__kmem_cache_shutdown()\n"));
	assert_false(is_sniffed(" Object 0x1 @offset=448 and more\n"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(objects_have_the_cache_and_the_stack_of_their_tracks),
		TEST(old_reports_name_the_slab_first),
		TEST(a_symbol_that_is_not_among_the_frames_comes_first),
		TEST(the_first_of_two_tracks_is_taken),
		TEST(names_of_caches_may_hold_anything),
		TEST(prefixes_are_no_part_of_lines),
		TEST(lines_of_others_do_not_end_a_stack),
		TEST(objects_that_a_slab_has_and_no_line_lists_are_counted),
		TEST(an_object_that_is_reported_again_counts_once),
		TEST(what_was_not_listed_of_a_slab_counts_once),
		TEST(addresses_of_early_boot_tell_nothing_apart),
		TEST(a_report_without_its_beginning_has_no_cache),
		TEST(lost_lines_end_an_object_and_are_told),
		TEST(corruption_is_told_and_not_counted),
		TEST(a_cache_whose_objects_are_not_listed_is_told),
		TEST(a_record_that_the_end_cuts_is_unfinished),
		TEST(lines_that_begin_records_decide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
