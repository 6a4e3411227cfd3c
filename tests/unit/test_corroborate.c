/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/corroborate.h"
#include "tests/support/dump_reader.h"
#include "tests/support/text_buffer.h"

/* Of the report: pages by stacks; of the witness: bytes by lines. */
static struct text_buffer pages[2], lines[2];
static struct dump_reading readings[2], others[2];
static struct report report;
static struct error err;

static int teardown(void **state)
{
	unsigned i;

	(void)state;
	report_deinit(&report);
	report = (struct report){0};
	for (i = 0; i < 2; i++) {
		dump_reading_deinit(&readings[i]);
		dump_reading_deinit(&others[i]);
		text_buffer_deinit(&pages[i]);
		text_buffer_deinit(&lines[i]);
	}
	return 0;
}

static void add_pages(unsigned side, unsigned order, const char *stack)
{
	text_buffer_format(&pages[side],
			   "Page allocated via order %u, mask 0x1(X), pid 1, "
			   "tgid 1 (x), ts 5 ns\nPFN 0x1 type Unmovable "
			   "Block 0 type Unmovable Flags 0x0()\n%s\n",
			   order, stack);
}

static void add_calls(unsigned side, unsigned bytes, unsigned calls,
		      const char *rest)
{
	if (!lines[side].length)
		text_buffer_format(&lines[side],
				   "allocinfo - version: 1.0\n#     <size>  "
				   "<calls> <tag info>\n");
	text_buffer_format(&lines[side], "%12u %8u %s \n", bytes, calls, rest);
}

static void add_line(unsigned side, unsigned bytes, const char *rest)
{
	add_calls(side, bytes, 1, rest);
}

static void read_one(struct dump_reading *reading,
		     const struct text_buffer *text,
		     const struct question *question)
{
	if (!dump_reading_init(reading, text_buffer_span(text),
			       &(struct way){.threads = 1}, question, &err))
		fail_msg("%s", err.text);
}

static struct witness witness_of(unsigned sides)
{
	struct witness witness = {.source = "allocinfo"};
	unsigned i;

	for (i = 0; i < sides; i++) {
		read_one(&others[i], &lines[i], &(struct question){0});
		witness.sides[i] = &others[i].snapshot;
		witness.unit_bytes[i] = 1;
	}
	return witness;
}

static void make_top(const struct question *question)
{
	read_one(&readings[0], &pages[0], question);
	dump_top(&readings[0], &report);
	assert_true(report_arrange(&report, SORT_RANK, false, &err));
}

static void make_diff(void)
{
	read_one(&readings[0], &pages[0], &(struct question){0});
	read_one(&readings[1], &pages[1], &(struct question){0});
	dump_diff(&readings[0], &readings[1], MATCH_EXACT, &report);
	assert_true(report_arrange(&report, SORT_RANK, false, &err));
}

static void ask(unsigned sides)
{
	const struct witness witness = witness_of(sides);

	assert_true(corroborate(&report, &witness, &err));
}

/* The group whose function is this. */
static const struct report_group *group_of(const char *function)
{
	size_t i;

	for (i = 0; i < report.group_count; i++)
		if (span_equal(report.rows[report.groups[i].first_row].function,
			       span_of(function)))
			return &report.groups[i];
	fail_msg("no group of %s", function);
	return NULL;
}

#define LEAK  " post_alloc_hook+0x1/0x2\n do_leak+0x1/0x20 [leaky]\n"
#define OTHER " post_alloc_hook+0x1/0x2\n do_other+0x1/0x20 [leaky]\n"
#define CACHE " filemap_alloc_folio+0x1/0x2\n"
#define MAPPED                                                      \
	" post_alloc_hook+0x1/0x2\n __vmalloc_node_range+0x1/0x2\n" \
	" do_leak+0x1/0x20 [leaky]\n"

static void a_function_of_one_module_agrees_with_its_bytes(void **state)
{
	const struct report_group *group;

	(void)state;
	add_pages(0, 1, LEAK);
	add_pages(0, 0, OTHER);
	add_line(0, 5000, "drivers/leaky.c:17 [leaky] func:do_leak");
	add_line(0, 100, "drivers/leaky.c:90 [leaky] func:do_leak");
	add_line(0, 0, "drivers/leaky.c:95 [leaky] func:do_leak");
	add_line(0, 9000, "drivers/leaky.c:30 [leaky] func:do_more");
	make_top(&(struct question){0});
	ask(1);
	group = group_of("do_leak");
	assert_int_equal(group->agreement_count, 1);
	assert_string_equal(group->agreements[0].source, "allocinfo");
	assert_u64(group->agreements[0].bytes[0], 0);
	assert_u64(group->agreements[0].bytes[1], 5100);
	assert_span(group->agreements[0].detail, "drivers/leaky.c:17");
	assert_int_equal(group->agreements[0].details, 2);
	assert_int_equal(group_of("do_other")->agreement_count, 0);
}

static void another_module_does_not_agree(void **state)
{
	(void)state;
	add_pages(0, 1, LEAK);
	add_line(0, 5000, "drivers/leaky.c:17 [leak] func:do_leak");
	add_line(0, 5000, "drivers/leaky.c:17 func:do_leak");
	make_top(&(struct question){0});
	ask(1);
	assert_int_equal(group_of("do_leak")->agreement_count, 0);
}

static void a_line_that_holds_nothing_does_not_agree(void **state)
{
	(void)state;
	add_pages(0, 1, LEAK);
	add_line(0, 0, "drivers/leaky.c:17 [leaky] func:do_leak");
	make_top(&(struct question){0});
	ask(1);
	assert_int_equal(group_of("do_leak")->agreement_count, 0);
}

static void what_is_no_suspect_is_not_asked_about(void **state)
{
	(void)state;
	add_pages(0, 1, CACHE);
	add_line(0, 8192, "mm/filemap.c:17 func:filemap_alloc_folio");
	make_top(&(struct question){0});
	assert_false(report.rows[0].suspect);
	ask(1);
	assert_int_equal(report.groups[0].agreement_count, 0);
}

static void an_address_is_no_function_to_agree_on(void **state)
{
	(void)state;
	add_pages(0, 1, " 0xffffffffc0123456\n");
	add_line(0, 8192, "a.c:1 func:0xffffffffc0123456");
	make_top(&(struct question){0});
	report.rows[0].suspect = true;
	ask(1);
	assert_int_equal(report.groups[0].agreement_count, 0);
}

static void both_have_to_grow_to_agree_on_growth(void **state)
{
	const struct report_group *group;

	(void)state;
	add_pages(0, 1, LEAK);
	add_pages(1, 2, LEAK);
	add_pages(0, 1, OTHER);
	add_pages(1, 0, OTHER);
	add_line(0, 1000, "leaky.c:1 [leaky] func:do_leak");
	add_line(1, 9000, "leaky.c:1 [leaky] func:do_leak");
	add_line(0, 1000, "leaky.c:2 [leaky] func:do_other");
	add_line(1, 2000, "leaky.c:2 [leaky] func:do_other");
	make_diff();
	ask(2);
	group = group_of("do_leak");
	assert_int_equal(group->agreement_count, 1);
	assert_u64(group->agreements[0].bytes[0], 1000);
	assert_u64(group->agreements[0].bytes[1], 9000);
	assert_int_equal(group->agreements[0].details, 1);
	/* It shrank, whatever others say. */
	assert_int_equal(group_of("do_other")->agreement_count, 0);
}

static void a_witness_of_no_growth_does_not_agree(void **state)
{
	(void)state;
	add_pages(0, 1, LEAK);
	add_pages(1, 2, LEAK);
	add_line(0, 9000, "leaky.c:1 [leaky] func:do_leak");
	add_line(1, 9000, "leaky.c:1 [leaky] func:do_leak");
	make_diff();
	ask(2);
	assert_int_equal(group_of("do_leak")->agreement_count, 0);
}

static void what_only_new_has_agrees_from_nothing_on(void **state)
{
	(void)state;
	add_pages(0, 0, OTHER);
	add_pages(1, 2, LEAK);
	add_line(0, 9000, "leaky.c:1 [leaky] func:do_other");
	add_line(1, 700, "leaky.c:1 [leaky] func:do_leak");
	make_diff();
	ask(2);
	assert_int_equal(group_of("do_leak")->agreement_count, 1);
	assert_u64(group_of("do_leak")->agreements[0].bytes[0], 0);
	assert_u64(group_of("do_leak")->agreements[0].bytes[1], 700);
}

/* A function takes pages for several ends: two lists of pages agree on it. */
static void pages_agree_with_pages_of_the_same_category(void **state)
{
	struct witness witness = {.source = "page_owner_stacks"};

	(void)state;
	add_pages(0, 1, LEAK);
	text_buffer_format(&lines[0], "%snr_base_pages: 8\n\n", MAPPED);
	make_top(&(struct question){0});
	read_one(&others[0], &lines[0], &(struct question){0});
	assert_string_equal(others[0].format->name, "page_owner_stacks");
	witness.sides[0] = &others[0].snapshot;
	witness.unit_bytes[0] = 4096;
	assert_true(corroborate(&report, &witness, &err));
	assert_int_equal(group_of("do_leak")->agreement_count, 0);
	dump_reading_deinit(&others[0]);
	text_buffer_format(&lines[0], "%snr_base_pages: 3\n\n", LEAK);
	read_one(&others[0], &lines[0], &(struct question){0});
	assert_true(corroborate(&report, &witness, &err));
	assert_int_equal(group_of("do_leak")->agreement_count, 1);
	assert_u64(group_of("do_leak")->agreements[0].bytes[1], 3 * 4096);
	assert_span(group_of("do_leak")->agreements[0].detail, "");
}

static void the_one_line_whose_bytes_agree_goes_before_the_sum(void **state)
{
	const struct agreement *agreement;

	(void)state;
	add_pages(0, 1, LEAK);
	add_line(0, 8100, "leaky.c:17 [leaky] func:do_leak");
	add_line(0, 70000, "leaky.c:90 [leaky] func:do_leak");
	make_top(&(struct question){0});
	ask(1);
	agreement = &group_of("do_leak")->agreements[0];
	assert_int_equal(agreement->fit, FIT_BYTES);
	assert_u64(agreement->bytes[1], 8100);
	assert_u64(agreement->records[1], 1);
	assert_span(agreement->detail, "leaky.c:17");
	assert_int_equal(agreement->details, 1);
}

static void pages_of_other_sums_are_told_with_the_sum(void **state)
{
	const struct agreement *agreement;

	(void)state;
	add_pages(0, 1, LEAK);
	add_line(0, 3000, "leaky.c:17 [leaky] func:do_leak");
	add_line(0, 70000, "leaky.c:90 [leaky] func:do_leak");
	make_top(&(struct question){0});
	ask(1);
	agreement = &group_of("do_leak")->agreements[0];
	assert_int_equal(agreement->fit, FIT_NONE);
	assert_u64(agreement->bytes[1], 73000);
	assert_span(agreement->detail, "leaky.c:90");
	assert_int_equal(agreement->details, 2);
}

/* The stacks that were added are of objects, each of 4096 bytes. */
static void make_diff_of_objects(void)
{
	unsigned i;

	for (i = 0; i < 2; i++) {
		read_one(&readings[i], &pages[i], &(struct question){0});
		readings[i].snapshot.identity = 1u << FIELD_CACHE;
	}
	dump_diff(&readings[0], &readings[1], MATCH_EXACT, &report);
	assert_true(report_is_on_objects(&report));
	assert_true(report_arrange(&report, SORT_RANK, false, &err));
}

/* One object in OLD, three in NEW. */
static void add_two_objects(const char *stack)
{
	unsigned i;

	add_pages(0, 0, stack);
	for (i = 0; i < 3; i++)
		add_pages(1, 0, stack);
}

static void as_many_objects_agree_whatever_their_bytes(void **state)
{
	const struct agreement *agreement;

	(void)state;
	add_two_objects(LEAK);
	add_calls(0, 100, 7, "leaky.c:1 [leaky] func:do_leak");
	add_calls(1, 128, 9, "leaky.c:1 [leaky] func:do_leak");
	add_calls(0, 10, 1, "leaky.c:2 [leaky] func:do_leak");
	add_calls(1, 8210, 2, "leaky.c:2 [leaky] func:do_leak");
	make_diff_of_objects();
	ask(2);
	assert_int_equal(group_of("do_leak")->agreement_count, 1);
	agreement = &group_of("do_leak")->agreements[0];
	assert_int_equal(agreement->fit, FIT_RECORDS);
	assert_u64(agreement->bytes[0], 100);
	assert_u64(agreement->bytes[1], 128);
	assert_u64(agreement->records[0], 7);
	assert_u64(agreement->records[1], 9);
	assert_span(agreement->detail, "leaky.c:1");
	assert_int_equal(agreement->details, 1);
}

static void objects_of_several_lines_agree_by_their_sum(void **state)
{
	const struct agreement *agreement;

	(void)state;
	add_two_objects(LEAK);
	add_calls(0, 100, 7, "leaky.c:1 [leaky] func:do_leak");
	add_calls(1, 128, 8, "leaky.c:1 [leaky] func:do_leak");
	add_calls(1, 64, 1, "leaky.c:2 [leaky] func:do_leak");
	make_diff_of_objects();
	ask(2);
	assert_int_equal(group_of("do_leak")->agreement_count, 1);
	agreement = &group_of("do_leak")->agreements[0];
	assert_int_equal(agreement->fit, FIT_RECORDS);
	assert_u64(agreement->records[0], 7);
	assert_u64(agreement->records[1], 9);
	assert_span(agreement->detail, "leaky.c:1");
	assert_int_equal(agreement->details, 2);
}

static void another_number_of_objects_and_of_bytes_is_no_agreement(void **state)
{
	(void)state;
	add_two_objects(LEAK);
	add_calls(0, 100, 7, "leaky.c:1 [leaky] func:do_leak");
	add_calls(1, 90100, 8, "leaky.c:1 [leaky] func:do_leak");
	make_diff_of_objects();
	ask(2);
	assert_int_equal(group_of("do_leak")->agreement_count, 0);
}

/* A damaged dump may say that bytes are of no allocation. */
static void lines_without_allocations_are_one_line_still(void **state)
{
	(void)state;
	add_pages(0, 1, LEAK);
	add_calls(0, 100, 0, "leaky.c:1 [leaky] func:do_leak");
	add_pages(1, 2, LEAK);
	add_calls(1, 9000, 0, "leaky.c:1 [leaky] func:do_leak");
	make_diff();
	ask(2);
	assert_int_equal(group_of("do_leak")->agreement_count, 1);
	assert_int_equal(group_of("do_leak")->agreements[0].details, 1);
}

static void a_report_by_keys_is_left_alone(void **state)
{
	(void)state;
	add_pages(0, 1, LEAK);
	add_line(0, 5000, "leaky.c:17 [leaky] func:do_leak");
	make_top(&(struct question){.by = "function"});
	ask(1);
	assert_int_equal(report.groups[0].agreement_count, 0);
}

static void there_is_room_for_a_few_witnesses(void **state)
{
	struct witness witness;
	unsigned i;

	(void)state;
	add_pages(0, 1, LEAK);
	add_line(0, 5000, "leaky.c:17 [leaky] func:do_leak");
	make_top(&(struct question){0});
	witness = witness_of(1);
	for (i = 0; i < AGREEMENTS_MAX + 2; i++)
		assert_true(corroborate(&report, &witness, &err));
	assert_int_equal(group_of("do_leak")->agreement_count, AGREEMENTS_MAX);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_function_of_one_module_agrees_with_its_bytes),
		TEST(another_module_does_not_agree),
		TEST(a_line_that_holds_nothing_does_not_agree),
		TEST(what_is_no_suspect_is_not_asked_about),
		TEST(an_address_is_no_function_to_agree_on),
		TEST(both_have_to_grow_to_agree_on_growth),
		TEST(a_witness_of_no_growth_does_not_agree),
		TEST(what_only_new_has_agrees_from_nothing_on),
		TEST(pages_agree_with_pages_of_the_same_category),
		TEST(the_one_line_whose_bytes_agree_goes_before_the_sum),
		TEST(pages_of_other_sums_are_told_with_the_sum),
		TEST(as_many_objects_agree_whatever_their_bytes),
		TEST(objects_of_several_lines_agree_by_their_sum),
		TEST(another_number_of_objects_and_of_bytes_is_no_agreement),
		TEST(lines_without_allocations_are_one_line_still),
		TEST(a_report_by_keys_is_left_alone),
		TEST(there_is_room_for_a_few_witnesses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
