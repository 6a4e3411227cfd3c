/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "pagetypeinfo", span_of(text),
			  "proc/pagetypeinfo");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

#define HEAD "Page block order: 9\nPages per block:  512\n\n"

static void free_blocks_have_a_type_and_an_order(void **state)
{
	(void)state;
	read_text(
		HEAD
		"Free pages count per migrate type at order       0      1 \n"
		"Node    0, zone   Normal, type    Unmovable      7      6 \n"
		"Node    1, zone  Movable, type      Reserve      0 123456 \n");
	assert_clean(&dump, 6);
	assert_counter(&dump, "", "block order", 9, COUNTER_NUMBER);
	assert_counter(&dump, "", "pages per block", 512, COUNTER_PAGES);
	assert_counter(&dump, "node 0 zone Normal type Unmovable", "order 1", 6,
		       COUNTER_NUMBER);
	assert_counter(&dump, "node 1 zone Movable type Reserve", "order 1",
		       123456, COUNTER_NUMBER);
	assert_null(dump.remarks.at);
}

static void a_count_that_was_broken_off_is_not_exact(void **state)
{
	(void)state;
	read_text("Node    0, zone   Normal, type    Unmovable >100000 3 \n");
	assert_clean(&dump, 2);
	assert_counter(&dump, "node 0 zone Normal type Unmovable",
		       "order 0 at least", 100000, COUNTER_NUMBER);
	assert_counter(&dump, "node 0 zone Normal type Unmovable", "order 1", 3,
		       COUNTER_NUMBER);
	assert_string_equal(dump.remarks.at,
			    "1 count was broken off by the kernel: there are "
			    "more blocks than it says\n");
}

static void blocks_have_the_types_of_their_head(void **state)
{
	(void)state;
	read_text("Number of blocks type     Unmovable      Movable \n"
		  "Node 0, zone   Normal           40            8 \n"
		  "\n"
		  "Number of mixed blocks      Movable    Unmovable \n"
		  "Node 0, zone   Normal            1            2 \n");
	assert_clean(&dump, 4);
	assert_counter(&dump, "node 0 zone Normal type Unmovable", "blocks", 40,
		       COUNTER_NUMBER);
	assert_counter(&dump, "node 0 zone Normal type Unmovable",
		       "mixed blocks", 2, COUNTER_NUMBER);
	assert_counter(&dump, "node 0 zone Normal type Movable", "mixed blocks",
		       1, COUNTER_NUMBER);
}

static void each_node_has_a_head_and_that_is_one_snapshot(void **state)
{
	(void)state;
	read_text(HEAD "Node    0, zone Normal, type Movable 1 2 \n" HEAD
		       "Node    1, zone Normal, type Movable 3 4 \n");
	assert_clean(&dump, 6);
	assert_null(dump.remarks.at);
	read_text(HEAD "Node    0, zone Normal, type Movable 1 2 \n" HEAD
		       "Node    0, zone Normal, type Movable 3 4 \n");
	assert_counter(&dump, "node 0 zone Normal type Movable", "order 0", 3,
		       COUNTER_NUMBER);
	assert_string_equal(dump.remarks.at,
			    "2 snapshots in it: the last one is taken\n");
}

static void lines_that_mail_has_broken_go_on(void **state)
{
	(void)state;
	read_text("> Free pages count per migrate type at order 0 1\n> 2 3\n"
		  "> Node    0, zone   Normal, type    Unmovable 7 6\n"
		  ">    5 >100000\n"
		  "> Number of blocks type Unmovable Movable\n>   CMA\n"
		  "> Node 0, zone   Normal 40 8\n>    3\n");
	assert_clean(&dump, 7);
	assert_counter(&dump, "node 0 zone Normal type Unmovable",
		       "order 3 at least", 100000, COUNTER_NUMBER);
	assert_counter(&dump, "node 0 zone Normal type CMA", "blocks", 3,
		       COUNTER_NUMBER);
}

static void what_is_damaged_is_told(void **state)
{
	(void)state;
	read_text("Node 0, zone   Normal           40            8 \n"
		  "Page block order: nine\n"
		  "Node    0, zone   Normal, type    Unmovable 7 x 5 \n"
		  "1 2 3\n"
		  "Number of blocks type     Unmovable      Movable \n"
		  "Node 0, zone   Normal           40            8  3 \n"
		  "Node 0, zone   Normal           41            9 \n");
	assert_int_equal(dump.counters.count, 2);
	assert_int_equal(dump.skipped, 3);
	assert_int_equal(dump.stray, 2);
	assert_rubbish("pagetypeinfo", "rubbish\n", NULL);
}

static void its_own_lines_decide(void **state)
{
	static const char rows[] =
		"x\nNode    0, zone Normal, type Movable 1 2 \n"
		"Number of blocks type Movable Unmovable CMA Isolate\n"
		"Node 0, zone   Normal 1 2 3 4 \n";
	const struct format *format;

	(void)state;
	format = format_sniff(span_of(rows));
	assert_non_null(format);
	assert_string_equal(format->name, "pagetypeinfo");
	assert_ptr_equal(format->sniff(span_of(rows)), rows + 2);
	assert_non_null(format->sniff(SPAN("Page block order: 9\n")));
	assert_null(format->sniff(SPAN("Page block order: x\n")));
	/* Its tables of blocks are no buddyinfo. */
	assert_null(format_named("buddyinfo")->sniff(span_of(rows)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(free_blocks_have_a_type_and_an_order),
		cmocka_unit_test(a_count_that_was_broken_off_is_not_exact),
		cmocka_unit_test(blocks_have_the_types_of_their_head),
		cmocka_unit_test(each_node_has_a_head_and_that_is_one_snapshot),
		cmocka_unit_test(lines_that_mail_has_broken_go_on),
		cmocka_unit_test(what_is_damaged_is_told),
		cmocka_unit_test(its_own_lines_decide),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
