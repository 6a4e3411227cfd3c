/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "tests/support/dump_reader.h"
#include "tests/support/place_maker.h"
#include "tests/support/text_buffer.h"

static struct text_buffer text;
static struct dump_reading reading;

static int setup(void **state)
{
	(void)state;
	text = (struct text_buffer){0};
	reading = (struct dump_reading){0};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	text_buffer_deinit(&text);
	dump_reading_deinit(&reading);
	return 0;
}

static void add(unsigned order, const char *comm, const char *stack)
{
	text_buffer_format(&text,
			   "Page allocated via order %u, mask 0x1(X), pid 1, "
			   "tgid 1 (%s), ts 5 ns\nPFN 0x1 type Unmovable "
			   "Block 0 type Unmovable Flags 0x0()\n%s\n",
			   order, comm, stack);
}

static void roll_up(const struct question *question)
{
	struct error err;

	if (!dump_reading_init(&reading, text_buffer_span(&text),
			       &(struct way){.threads = 1}, question, &err))
		fail_msg("%s", err.text);
}

/* Pages of the row whose values are these. */
static uint64_t pages_of(const char *first, const char *second)
{
	const struct keyed_row *row;

	for (row = reading.set.rows; row; row = row->hh.next)
		if (span_equal(row->values[0], span_of(first)) &&
		    (!second || span_equal(row->values[1], span_of(second))))
			return row->tally->units;
	return 0;
}

#define LEAK	  " post_alloc_hook+0x1/0x2\n do_leak+0x1/0x20 [leaky]\n"
#define LEAK_LINE " post_alloc_hook+0x1/0x2\n do_leak+0x7/0x20 [leaky]\n"
#define SLAB	  " new_slab+0x1/0x2\n kmem_cache_alloc+0x1/0x2\n"
#define CACHE	  " filemap_alloc_folio+0x1/0x2\n"

static void a_row_is_a_stack_with_its_offsets(void **state)
{
	(void)state;
	add(0, "a", LEAK);
	add(1, "b", LEAK_LINE);
	add(2, "a", LEAK);
	roll_up(&(struct question){0});
	assert_int_equal(reading.set.count, 2);
	assert_int_equal(reading.set.stacks, 2);
	assert_u64(reading.set.total.units, 7);
	assert_u64(reading.set.total.records, 3);
}

static void by_name_stacks_that_differ_in_offsets_are_one_row(void **state)
{
	(void)state;
	add(0, "a", LEAK_LINE);
	add(1, "b", LEAK);
	roll_up(&(struct question){.match = MATCH_NAME});
	assert_int_equal(reading.set.count, 1);
	assert_int_equal(reading.set.stacks, 2);
	assert_u64(reading.set.rows->tally->units, 3);
	assert_span(reading.set.rows->key, "do_leak [leaky]\n");
	/* Of both the one that comes first by text is shown. */
	assert_span(reading.set.rows->stack->text, LEAK);
	assert_false(reading.set.rows->mixed);
}

static void rows_are_grouped_by_keys_of_records_and_stacks(void **state)
{
	(void)state;
	add(0, "a", LEAK);
	add(1, "b", LEAK);
	add(2, "a", SLAB);
	add(3, "a", LEAK_LINE);
	roll_up(&(struct question){.by = "module,comm"});
	assert_int_equal(reading.set.count, 3);
	assert_u64(pages_of("leaky", "a"), 9);
	assert_u64(pages_of("leaky", "b"), 2);
	assert_u64(pages_of("", "a"), 4);
	assert_u64(reading.set.total.units, 15);
}

static void by_name_only_the_stack_among_keys_loses_its_offsets(void **state)
{
	(void)state;
	add(0, "a", LEAK);
	add(0, "a", LEAK_LINE);
	roll_up(&(struct question){.by = "function,stack,comm",
				   .match = MATCH_NAME});
	assert_int_equal(reading.set.count, 1);
	assert_span(reading.set.rows->values[0], "do_leak");
	assert_span(reading.set.rows->values[1], "do_leak [leaky]\n");
	assert_span(reading.set.rows->values[2], "a");
}

static void the_order_of_keys_is_that_of_the_values(void **state)
{
	(void)state;
	add(3, "a", LEAK);
	roll_up(&(struct question){.by = "order,function,comm"});
	assert_span(reading.set.rows->values[0], "3");
	assert_span(reading.set.rows->values[1], "do_leak");
	assert_span(reading.set.rows->values[2], "a");
}

/* Again, when the frames have their places. */
static void roll_up_placed(const struct made_frame *made)
{
	struct error err;

	row_set_deinit(&reading.set);
	reading.set = (struct row_set){0};
	place_maker_fill(&reading.snapshot, made);
	assert_true(rollup_build(&reading.set, &reading.snapshot,
				 &reading.grouping, &reading.filter,
				 MATCH_EXACT, &err));
}

static void rows_are_grouped_by_the_source_of_blamed_frames(void **state)
{
	static const struct made_frame made[] = {
		{"do_leak+0x1/0x20 [leaky]", 1, {{"do_leak", "leaky.c", 1}}},
		{"do_leak+0x7/0x20 [leaky]",
		 2,
		 {{"leaf", "leaky.h", 2}, {"do_leak", "leaky.c", 1}}},
		{"other+0x1/0x2", 1, {{"other", "leaky.c", 9}}},
		{0}};

	(void)state;
	add(0, "a", LEAK);
	add(1, "a", LEAK_LINE);
	add(2, "a", " other+0x1/0x2\n");
	add(3, "a", " unknown+0x1/0x2\n");
	roll_up(&(struct question){.by = "file"});
	assert_int_equal(reading.set.count, 1);
	assert_u64(pages_of("", NULL), 15);
	roll_up_placed(made);
	assert_int_equal(reading.set.count, 3);
	assert_u64(pages_of("leaky.c", NULL), 5);
	assert_u64(pages_of("leaky.h", NULL), 2);
	assert_u64(pages_of("", NULL), 8);
	assert_u64(reading.set.total.units, 15);
}

static void a_site_has_its_file_and_line_without_debug_information(void **state)
{
	(void)state;
	text_buffer_format(&text, "allocinfo - version: 1.0\n"
				  "#     <size>  <calls> <tag info>\n"
				  "        4096        1 mm/a.c:10 func:f\n"
				  "        8192        2 mm/a.c:20 func:f\n"
				  "       16384        4 mm/b.c:30 func:f\n");
	roll_up(&(struct question){.by = "file"});
	assert_int_equal(reading.set.count, 2);
	assert_u64(pages_of("mm/a.c", NULL), 12288);
	dump_reading_deinit(&reading);
	roll_up(&(struct question){.by = "line,function",
				   .only = "file=mm/a.c"});
	assert_int_equal(reading.set.count, 2);
	assert_u64(pages_of("mm/a.c:20", "f"), 8192);
	assert_u64(reading.set.filtered.units, 16384);
}

static void values_do_not_run_into_one_another(void **state)
{
	(void)state;
	add(0, "leaky", " do_leak+0x1/0x20 [a]\n");
	add(0, "leak", " do_leak+0x1/0x20 [ya]\n");
	roll_up(&(struct question){.by = "comm,module"});
	assert_int_equal(reading.set.count, 2);
}

static void a_row_of_several_categories_is_mixed_and_no_suspect(void **state)
{
	(void)state;
	add(0, "a", LEAK);
	add(0, "a", CACHE);
	add(0, "b", LEAK);
	add(0, "c", SLAB);
	roll_up(&(struct question){.by = "comm"});
	assert_u64(pages_of("a", NULL), 2);
	assert_true(reading.set.rows->mixed);
	assert_false(reading.set.rows->suspect);
	assert_span(((struct keyed_row *)reading.set.rows->hh.next)->values[0],
		    "b");
	assert_true(((struct keyed_row *)reading.set.rows->hh.next)->suspect);
	assert_false(((struct keyed_row *)reading.set.rows->hh.next)->mixed);
}

static void what_rules_about_stacks_refuse_is_counted_as_filtered(void **state)
{
	(void)state;
	add(0, "a", LEAK);
	add(1, "a", CACHE);
	add(2, "b", SLAB);
	roll_up(&(struct question){.only = "module=leaky", .not = "comm=b"});
	assert_int_equal(reading.set.count, 1);
	assert_u64(reading.set.total.units, 1);
	assert_u64(reading.set.filtered.records, 1);
	assert_u64(reading.set.filtered.units, 2);
	assert_u64(reading.snapshot.filtered.records, 1);
	assert_u64(reading.snapshot.filtered.units, 4);
}

static void categories_have_their_sums(void **state)
{
	(void)state;
	add(0, "a", LEAK);
	add(1, "a", CACHE);
	add(2, "b", CACHE);
	roll_up(&(struct question){.by = "comm"});
	assert_u64(reading.set.categories[CATEGORY_DRIVER].units, 1);
	assert_u64(reading.set.categories[CATEGORY_PAGE_CACHE].units, 6);
	assert_u64(reading.set.categories[CATEGORY_PAGE_CACHE].records, 2);
	assert_u64(reading.set.categories[CATEGORY_SLAB].units, 0);
}

static void a_report_of_one_side_has_a_row_for_each(void **state)
{
	struct report report;

	(void)state;
	add(0, "a", LEAK);
	add(1, "a", CACHE);
	roll_up(&(struct question){0});
	dump_top(&reading, &report);
	assert_int_equal(report.row_count, 2);
	assert_span(report.rows[0].function, "do_leak");
	assert_span(report.rows[0].module, "leaky");
	assert_int_equal(report.rows[0].category, CATEGORY_DRIVER);
	assert_int_equal(report.rows[0].block, BLOCK_KERNEL);
	assert_u64(report.rows[0].sides[0]->units, 1);
	assert_int_equal(report.rows[1].block, BLOCK_USER);
	report_deinit(&report);
}

static void an_address_is_blamed_by_its_text(void **state)
{
	struct report report;

	(void)state;
	add(0, "a", " 0xffffffffc0123456\n");
	roll_up(&(struct question){0});
	dump_top(&reading, &report);
	assert_span(report.rows[0].function, "0xffffffffc0123456");
	report_deinit(&report);
}

/* ---- what tells rows of one stack apart ---- */

static void add_line(unsigned bytes, const char *rest)
{
	if (!text.length)
		text_buffer_format(&text,
				   "allocinfo - version: 1.0\n#     <size>  "
				   "<calls> <tag info>\n");
	text_buffer_format(&text, "%12u %8u %s \n", bytes, bytes ? 1u : 0u,
			   rest);
}

/* Units of the row with this detail. */
static uint64_t units_at(const char *detail)
{
	const struct keyed_row *row;

	for (row = reading.set.rows; row; row = row->hh.next)
		if (span_equal(row->detail, span_of(detail)))
			return row->tally->units;
	return 0;
}

static void each_line_of_a_function_is_a_row(void **state)
{
	(void)state;
	add_line(100, "drivers/a.c:10 [m] func:f");
	add_line(50, "drivers/a.c:20 [m] func:f");
	add_line(7, "drivers/b.c:10 [m] func:f");
	roll_up(&(struct question){0});
	assert_int_equal(reading.set.count, 3);
	assert_int_equal(reading.set.stacks, 1);
	assert_u64(units_at("drivers/a.c:10"), 100);
	assert_u64(units_at("drivers/a.c:20"), 50);
	assert_u64(units_at("drivers/b.c:10"), 7);
}

/* The next build has them elsewhere. */
static void by_name_the_lines_of_a_file_are_one_row(void **state)
{
	(void)state;
	add_line(100, "drivers/a.c:10 [m] func:f");
	add_line(50, "drivers/a.c:20 [m] func:f");
	add_line(7, "drivers/b.c:10 [m] func:f");
	add_line(1, "drivers/a.c:30 [m] func:g");
	roll_up(&(struct question){.match = MATCH_NAME});
	assert_int_equal(reading.set.count, 3);
	assert_u64(units_at("drivers/a.c:10"), 150);
	assert_u64(units_at("drivers/b.c:10"), 7);
	assert_u64(units_at("drivers/a.c:30"), 1);
}

static void what_was_never_called_makes_no_row(void **state)
{
	(void)state;
	add_line(0, "drivers/a.c:10 [m] func:f");
	add_line(50, "drivers/a.c:20 [m] func:f");
	roll_up(&(struct question){0});
	assert_int_equal(reading.set.count, 1);
	assert_u64(reading.set.total.units, 50);
	assert_u64(reading.snapshot.entries, 2);
}

static void add_objects(const char *cache, unsigned count)
{
	text_buffer_format(&text,
			   "slab/%s/alloc_traces:      %u f+0x1/0x20 [m] "
			   "age=5 pid=1\n",
			   cache, count);
}

static void one_stack_has_a_row_for_each_cache(void **state)
{
	struct report report;

	(void)state;
	add_objects("kmalloc-64", 5);
	add_objects("kmalloc-64", 6);
	add_objects("thing:1", 7);
	add_objects("thing:2", 8);
	add_objects(":0000064", 3);
	add_objects(":0000128", 4);
	roll_up(&(struct question){.match = MATCH_NAME});
	/* A name of a cache that ends in a number is no line. */
	assert_int_equal(reading.set.count, 5);
	assert_int_equal(reading.set.stacks, 1);
	assert_u64(reading.set.total.records, 33);
	dump_top(&reading, &report);
	assert_span(report.rows[0].detail, "kmalloc-64");
	assert_u64(report.rows[0].sides[0]->objects.objects, 11);
	report_deinit(&report);
}

static void by_keys_the_details_are_added_up(void **state)
{
	(void)state;
	add_line(100, "drivers/a.c:10 [m] func:f");
	add_line(50, "drivers/a.c:20 [m] func:f");
	roll_up(&(struct question){.by = "module"});
	assert_int_equal(reading.set.count, 1);
	assert_u64(pages_of("m", NULL), 150);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_row_is_a_stack_with_its_offsets),
		TEST(by_name_stacks_that_differ_in_offsets_are_one_row),
		TEST(rows_are_grouped_by_keys_of_records_and_stacks),
		TEST(by_name_only_the_stack_among_keys_loses_its_offsets),
		TEST(the_order_of_keys_is_that_of_the_values),
		TEST(rows_are_grouped_by_the_source_of_blamed_frames),
		TEST(a_site_has_its_file_and_line_without_debug_information),
		TEST(values_do_not_run_into_one_another),
		TEST(a_row_of_several_categories_is_mixed_and_no_suspect),
		TEST(what_rules_about_stacks_refuse_is_counted_as_filtered),
		TEST(categories_have_their_sums),
		TEST(a_report_of_one_side_has_a_row_for_each),
		TEST(an_address_is_blamed_by_its_text),
		TEST(each_line_of_a_function_is_a_row),
		TEST(by_name_the_lines_of_a_file_are_one_row),
		TEST(what_was_never_called_makes_no_row),
		TEST(one_stack_has_a_row_for_each_cache),
		TEST(by_keys_the_details_are_added_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
