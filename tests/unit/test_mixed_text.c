/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "tests/support/mixed_reader.h"

#define VERSION                      \
	"allocinfo - version: 1.0\n" \
	"#     <size>  <calls> <tag info>\n"
#define ROW(size, name) "        " size "        1 mm/x.c:1 func:" name " \n"
#define MEMINFO		"MemTotal:       1000 kB\nMemFree:         10 kB\n"
#define TRACE(count, name) \
	"     " count " " name "+0x1/0x2 age=1/2/3 pid=1 cpus=0 nodes=0\n\n"
#define PAGE(name)                                                 \
	"Page allocated via order 0, mask 0x0(), pid 1, ts 1 ns\n" \
	"PFN 0x1 type Movable Block 0 type Movable Flags 0x0()\n"  \
	" " name "+0x1/0x2\n\n"
#define AT(seconds) "[    " seconds ".000000] "

static struct text_buffer found;
static struct mixed_facts facts;

static int teardown(void **state)
{
	(void)state;
	text_buffer_deinit(&found);
	return 0;
}

static void read_only(struct span text, const char *only)
{
	const struct mixed_way way = {.only = only ? format_named(only) : NULL};
	struct error err;

	found.length = 0;
	text_buffer_add(&found, SPAN(""));
	facts = (struct mixed_facts){0};
	if (!mixed_reader_read(text, &way, &found, &facts, &err))
		fail_msg("%s", err.text);
}

static void assert_found(const char *text, const char *expected)
{
	read_only(span_of(text), NULL);
	assert_span(text_buffer_span(&found), expected);
}

static void each_format_of_a_text_is_found(void **state)
{
	(void)state;
	assert_found("Hello,\n" MEMINFO "\nand\n\n" VERSION ROW("4096", "f")
			     TRACE("7", "g") PAGE("h"),
		     "allocinfo 1 records of 1, 4096 units, 0 skipped\n"
		     " f mm/x.c:1 = 1\n"
		     "slab_traces 1 records of 7, 0 units, 0 skipped\n"
		     " g+0x1/0x2 = 7\n"
		     "page_owner 1 records of 1, 1 units, 0 skipped\n"
		     " h+0x1/0x2 = 1\n"
		     "meminfo MemTotal = 1000\n"
		     "meminfo MemFree = 10\n");
	/* "Hello," and "and" */
	assert_int_equal(facts.unread, 2);
	assert_int_equal(facts.lines, 15);
}

static void an_event_without_a_site_has_no_stack(void **state)
{
	(void)state;
	assert_found(" x-1 [001] d..1.  1.500000: mm_page_alloc: "
		     "page=00000000cafe0000 pfn=0x1 order=0 migratetype=0 "
		     "gfp_flags=GFP_KERNEL\n",
		     "trace_pages 1 records of 1, 1 units, 0 skipped\n"
		     "  1 allocation of pages, 0 of them freed within the "
		     "trace\n"
		     "  no free is in the trace: all that it allocates shows "
		     "as held\n"
		     " = 1\n"
		     "trace_objects 0 records of 0, 0 units, 0 skipped\n");
}

static void where_nothing_decides_nothing_is_found(void **state)
{
	(void)state;
	assert_found("", "");
	assert_found("a\nb\n\nMemTotal: many\n", "");
	assert_int_equal(facts.unread, 3);
}

static void of_one_format_alone_the_others_are_no_end(void **state)
{
	(void)state;
	read_only(SPAN(VERSION ROW("1", "f") MEMINFO ROW("2", "g")),
		  "allocinfo");
	assert_span(text_buffer_span(&found),
		    "allocinfo 2 records of 2, 3 units, 0 skipped\n"
		    " f mm/x.c:1 = 1\n g mm/x.c:1 = 1\n");
}

static void what_stands_inside_of_a_record_does_not_end_it(void **state)
{
	(void)state;
	/* A group of page_owner_sort ends with a record of page_owner. */
	assert_found("2 times, 2 pages:\n" PAGE("f"),
		     "page_owner_sort 1 records of 2, 2 units, 0 skipped\n"
		     " f+0x1/0x2 = 2\n");
}

static void lines_above_the_deciding_one_are_of_the_dump(void **state)
{
	(void)state;
	assert_found("text\n f+0x1/0x2\n g+0x1/0x2\nnr_base_pages: 3\n\n",
		     "page_owner_stacks 1 records of 1, 3 units, 0 skipped\n"
		     " f+0x1/0x2 = 1\n");
	assert_found("text\nnr_free_pages 1\nnr_dirty 2\n",
		     "vmstat nr_free_pages = 1\nvmstat nr_dirty = 2\n");
	assert_int_equal(facts.unread, 1);
}

/* ---- headings ---- */

static void a_heading_tells_format_and_path(void **state)
{
	(void)state;
	assert_found(
		"==> /sys/kernel/debug/slab/a/alloc_traces <==\n" TRACE(
			"1",
			"f") "==> b/slab/b/alloc_traces <==\n" TRACE("2",
								     "f") "==> "
									  "/pro"
									  "c/"
									  "upti"
									  "me "
									  "<=="
									  "\n1."
									  "00 "
									  "2."
									  "0\n",
		"slab_traces /sys/kernel/debug/slab/a/alloc_traces "
		"1 records of 1, 0 units, 0 skipped\n"
		" f+0x1/0x2 a = 1\n"
		"slab_traces b/slab/b/alloc_traces "
		"1 records of 2, 0 units, 0 skipped\n"
		" f+0x1/0x2 b = 2\n"
		"uptime uptime = 1000000000\n");
}

static void a_heading_ends_what_came_before(void **state)
{
	(void)state;
	assert_found(VERSION ROW("1", "f") "==> notes <==\n10 2 x\n",
		     "allocinfo 1 records of 1, 1 units, 0 skipped\n"
		     " f mm/x.c:1 = 1\n");
	assert_int_equal(facts.unread, 1);
}

/* ---- tables ---- */

static void a_table_that_comes_again_replaces_the_other(void **state)
{
	(void)state;
	assert_found(VERSION ROW("1", "f") ROW("2", "g") VERSION ROW("3", "f"),
		     "allocinfo 1 records of 1, 3 units, 0 skipped\n"
		     "  2 tables of allocinfo in it; the one at line 5 is "
		     "counted\n f mm/x.c:1 = 1\n");
}

static void the_largest_rows_do_not_replace_the_whole_table(void **state)
{
	(void)state;
	assert_found(VERSION ROW("1", "f") "Memory allocations:\n" ROW("9", "h")
			     MEMINFO,
		     "allocinfo 1 records of 1, 1 units, 0 skipped\n"
		     "  2 tables of allocinfo in it; the one at line 1 is "
		     "counted\n f mm/x.c:1 = 1\n"
		     "meminfo MemTotal = 1000\nmeminfo MemFree = 10\n");
}

/* ---- logs ---- */

static void lines_of_callers_are_put_apart(void **state)
{
	static const char text[] =
		"[    1.000000][    T1] Page allocated via order 0, mask "
		"0x0()\n"
		"[    1.000000][   C22] Page allocated via order 1, mask "
		"0x0()\n"
		"[    1.000000][   C22] PFN 0x4 type Movable Block 0 type "
		"Movable Flags 0x0()\n"
		"[    1.000000][    T1] PFN 0x1 type Movable Block 0 type "
		"Movable Flags 0x0()\n"
		"[    1.000000][    T3] usb 1-1: new device\n"
		"[    1.000000][    T1]  f+0x1/0x2\n"
		"[    1.000000][   C22]  g+0x1/0x2\n"
		"[    1.000000][   C22] \n"
		"[    1.000000][    T1] \n"
		"[    1.000000][    T1] Page allocated via order x\n"
		"[    1.000000][   C22] Page allocated via order 2, mask "
		"0x0()\n"
		"[    1.000000][   C22] PFN 0x8 type Movable Block 0 type "
		"Movable Flags 0x0()\n"
		"[    1.000000][   C22]  g+0x1/0x2\n"
		"[    1.000000][   C22] \n";

	(void)state;
	read_only(SPAN(text), NULL);
	assert_non_null(strstr(found.at, " f+0x1/0x2 = 1\n"));
	assert_non_null(strstr(found.at, " g+0x1/0x2 = 2\n"));
	/* Lines are told as those of the input. */
	assert_non_null(strstr(found.at, "line 10: "));
}

#define T1 "[    1.000000][    T1] "
#define T2 "[    1.000000][    T2] "
#define HEAD(caller, pfn)                                         \
	caller "page: refcount:1 mapcount:0 pfn:" pfn "\n" caller \
	       "page_owner tracks the page as allocated\n"
#define OWNER(caller, ts)                                                 \
	caller "page last allocated via order 0, migratetype Unmovable, " \
	       "gfp_mask 0xcc0(GFP_KERNEL), pid 8, tgid 8 (sh), ts " ts "\n"
#define OWNED(caller, name)                 \
	caller " " name "+0x1/0x2\n" caller \
	       "page_owner free stack trace missing\n"

static void a_report_of_one_caller_is_read_as_a_whole(void **state)
{
	(void)state;
	/* Lines that decide stand in the middle of the report, too. */
	read_only(SPAN(HEAD(T1, "0x1") HEAD(T2, "0x2") OWNER(T2, "7") OWNED(
			  T2, "g") OWNER(T1, "6") HEAD(T2, "0x3") OWNED(T1, "f")
			       OWNER(T2, "9") OWNED(T2, "h")),
		  NULL);
	assert_span(text_buffer_span(&found),
		    "dump_page 3 records of 3, 3 units, 0 skipped\n"
		    " g+0x1/0x2 = 1\n f+0x1/0x2 = 1\n h+0x1/0x2 = 1\n");
}

static void a_bad_page_and_its_report_stay_together(void **state)
{
	(void)state;
	read_only(SPAN(T1 "BUG: Bad page state in process sh  pfn:00001\n" HEAD(
			  T2, "0x2") OWNER(T2, "7") HEAD(T1, "0x1")
			       OWNED(T2, "g") OWNER(T1, "6") OWNED(T1, "f")),
		  NULL);
	assert_span(text_buffer_span(&found),
		    "dump_page 2 records of 2, 2 units, 0 skipped\n"
		    " f+0x1/0x2 = 1\n g+0x1/0x2 = 1\n");
}

#define REMAIN(caller, cache)                                                \
	caller "BUG " cache " (Tainted: G): Objects remaining in " cache     \
	       " on __kmem_cache_shutdown()\n" caller                        \
	       "Object 0xff2ce57b00000000 @offset=0\n" caller                \
	       "Allocated in f+0x1/0x2 age=1 cpu=0 pid=7\n" caller " g+0x1/" \
	       "0x2\n"
#define DESTROY(caller, cache)                                    \
	caller "kmem_cache_destroy " cache                        \
	       ": Slab cache still has objects when called from " \
	       "f+0x1/0x2\n"

static void objects_and_the_end_are_of_the_callers_own_cache(void **state)
{
	(void)state;
	read_only(SPAN(REMAIN(T1, "a") REMAIN(T2, "b") DESTROY(T1, "a") T1
		       "x\n" DESTROY(T2, "b")),
		  NULL);
	assert_null(strstr(found.at, "destroyed with objects"));
	assert_non_null(strstr(found.at, " a = 1\n"));
	assert_non_null(strstr(found.at, " b = 1\n"));
}

static void lines_of_dev_kmsg_are_taken_apart(void **state)
{
	static const char text[] =
		"6,1,1,-;Memory allocations:\\x0a 4096 1 mm/x.c:1 func:f\n"
		"6,2,1,-; 8192 2 mm/x.c:2 func:g\n SUBSYSTEM=x\n";

	(void)state;
	assert_found(text, "allocinfo 2 records of 3, 12288 units, 0 skipped\n"
			   "  the table of a log holds the largest rows only\n"
			   " f mm/x.c:1 = 1\n g mm/x.c:2 = 2\n");
}

static void colours_and_doubled_returns_are_no_text(void **state)
{
	static const char expected[] =
		"allocinfo 1 records of 1, 1 units, 0 skipped\n"
		"  the table of a log holds the largest rows only\n"
		" f mm/x.c:1 = 1\n";

	(void)state;
	assert_found(
		"\033[32m" AT("1") "\033[0m\033[33mMemory allocations:"
				   "\033[0m\n\033[32m" AT(
					   "1") "\033[0m\033[1m" ROW("1", "f"),
		expected);
	assert_found(AT("1") "Memory allocations:\r\r\n" AT(
			     "1") "        1        1 mm/x.c:1 func:f \r\r\n",
		     expected);
}

static void the_last_release_of_a_log_holds(void **state)
{
	(void)state;
	assert_found(AT("0") "Linux version 6.1.0 (a)\n" AT("0") "b\n" AT(
			     "7") "c\n" AT("0") "Linux version 6.2.0 "
						"(a)\n" AT("0") "Comma"
								"nd "
								"line:"
								" x\n",
		     "version release = 6.2.0\n"
		     "version version = Linux version 6.2.0 (a)\n");
	assert_int_equal(facts.boots, 2);
}

static void a_time_that_begins_again_is_a_boot(void **state)
{
	(void)state;
	read_only(SPAN(AT("0") "a\n" AT("5") "b\n" AT("0") "Booting\n" AT(
			  "0") "Linux version 6.2.0 (a)\n" AT("6") "c\n"),
		  NULL);
	assert_int_equal(facts.boots, 1);
}

#define OBJECT                                                           \
	"kmemleak: unreferenced object 0xff2ce57b040016c0 (size 96):\n"  \
	"kmemleak:   comm \"sh\", pid 1, jiffies 4294676824\n"           \
	"kmemleak:   hex dump (first 32 bytes):\nkmemleak:   backtrace " \
	"(crc 0):\nkmemleak:     f+0x1/0x2\n"

#define LINUX	   AT("0") "Linux version 6.12.0 (a@b)\n"
#define BOOT(time) LINUX AT(time) "x\n" AT("9") OBJECT

static void a_boot_that_comes_again_counts_once(void **state)
{
	static const char again[] =
		"kmemleak 1 records of 1, 96 units, 0 skipped\n"
		"  1 object that was listed before is counted once\n";

	(void)state;
	read_only(SPAN(BOOT("1") BOOT("1")), NULL);
	assert_non_null(strstr(found.at, again));
	assert_int_equal(facts.boots, 1);
	/* Lines above the version, as on arm64, tell no other boot. */
	read_only(SPAN(AT("0") "a\n" BOOT("1") AT("0") "a\n" BOOT("1")), NULL);
	assert_non_null(strstr(found.at, again));
}

static void another_boot_of_the_kernel_is_added_up(void **state)
{
	(void)state;
	read_only(SPAN(BOOT("1") BOOT("2")), NULL);
	assert_non_null(strstr(found.at,
			       "kmemleak 2 records of 2, 192 units, 0 skipped\n"
			       "  2 boots in it; what kmemleak has of each is "
			       "added up\n"));
	assert_int_equal(facts.boots, 2);
}

static void records_that_boots_cut_are_each_concluded(void **state)
{
	(void)state;
	read_only(SPAN(AT("9") "kmemleak: unreferenced object "
			       "0xff2ce57b040016c0 (size 96):\n" AT(
				       "0") "Linux version 6.12.0 "
					    "(a@b)\n" AT("9") "kmemleak: "
							      "unreferenced "
							      "object "
							      "0xff2ce57b040"
							      "016c0 (size "
							      "96):\n"),
		  NULL);
	assert_non_null(strstr(found.at, "kmemleak 2 records of 2, 192 units"));
}

/* ---- windows ---- */

static void add_text(struct text_buffer *text, size_t least)
{
	while (text->length < least)
		text_buffer_format(text, "usb %zu-1: new device\n",
				   text->length);
}

static void how_a_text_is_read_does_not_matter(void **state)
{
	static const struct mixed_way ways[] = {
		{.part = 1000, .block_size = 333},
		{.block_size = 4096},
		{.block_size = 1 << 20},
	};
	struct text_buffer text = {0}, other = {0};
	struct error err;
	size_t i;

	(void)state;
	/* Records that lie across the ends of windows. */
	for (i = 0; i < 40; i++) {
		add_text(&text, i * 32700);
		text_buffer_add(&text,
				SPAN(PAGE("f") "x\n" TRACE(
					"1", "g") " h+0x1/0x2\nnr_base_pages:"
						  " 1\n\n" MEMINFO));
	}
	read_only(text_buffer_span(&text), NULL);
	assert_non_null(strstr(found.at, " f+0x1/0x2 = 40\n"));
	assert_non_null(strstr(found.at, " g+0x1/0x2 = 40\n"));
	assert_non_null(strstr(found.at, " h+0x1/0x2 = 40\n"));
	for (i = 0; i < TEST_COUNT(ways); i++) {
		other.length = 0;
		assert_true(mixed_reader_read(text_buffer_span(&text), &ways[i],
					      &other, &facts, &err));
		assert_int_equal(other.length, found.length);
		assert_memory_equal(other.at, found.at, found.length);
	}
	text_buffer_deinit(&text);
	text_buffer_deinit(&other);
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_format_of_a_text_is_found),
		TEST(an_event_without_a_site_has_no_stack),
		TEST(where_nothing_decides_nothing_is_found),
		TEST(of_one_format_alone_the_others_are_no_end),
		TEST(what_stands_inside_of_a_record_does_not_end_it),
		TEST(lines_above_the_deciding_one_are_of_the_dump),
		TEST(a_heading_tells_format_and_path),
		TEST(a_heading_ends_what_came_before),
		TEST(a_table_that_comes_again_replaces_the_other),
		TEST(the_largest_rows_do_not_replace_the_whole_table),
		TEST(lines_of_callers_are_put_apart),
		TEST(a_report_of_one_caller_is_read_as_a_whole),
		TEST(a_bad_page_and_its_report_stay_together),
		TEST(objects_and_the_end_are_of_the_callers_own_cache),
		TEST(lines_of_dev_kmsg_are_taken_apart),
		TEST(colours_and_doubled_returns_are_no_text),
		TEST(the_last_release_of_a_log_holds),
		TEST(a_time_that_begins_again_is_a_boot),
		TEST(a_boot_that_comes_again_counts_once),
		TEST(another_boot_of_the_kernel_is_added_up),
		TEST(records_that_boots_cut_are_each_concluded),
		TEST(how_a_text_is_read_does_not_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
