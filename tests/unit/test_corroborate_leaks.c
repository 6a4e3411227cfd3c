/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/corroborate_leaks.h"
#include "tests/support/dump_reader.h"
#include "tests/support/text_buffer.h"

static struct text_buffer leaks, others;
static struct dump_reading shown, asked;
static struct report report;
static struct error err;

static int teardown(void **state)
{
	(void)state;
	report_deinit(&report);
	report = (struct report){0};
	dump_reading_deinit(&shown);
	dump_reading_deinit(&asked);
	text_buffer_deinit(&leaks);
	text_buffer_deinit(&others);
	return 0;
}

static void add_leaks(unsigned count, unsigned size, const char *stack)
{
	while (count--)
		text_buffer_format(&leaks,
				   "unreferenced object (ptrval) (size %u):\n"
				   "  comm \"x\", pid 1, jiffies 4294942488\n"
				   "  backtrace:\n%s",
				   size, stack);
}

static void add_calls(unsigned bytes, unsigned calls, const char *rest)
{
	if (!others.length)
		text_buffer_format(&others,
				   "allocinfo - version: 1.0\n#     <size>  "
				   "<calls> <tag info>\n");
	text_buffer_format(&others, "%12u %8u %s \n", bytes, calls, rest);
}

static void add_pages(unsigned order, const char *stack)
{
	text_buffer_format(&others,
			   "Page allocated via order %u, mask 0x1(X), pid 1, "
			   "tgid 1 (x), ts 5 ns\nPFN 0x1 type Unmovable "
			   "Block 0 type Unmovable Flags 0x0()\n%s\n",
			   order, stack);
}

static void read_one(struct dump_reading *reading,
		     const struct text_buffer *text)
{
	if (!dump_reading_init(reading, text_buffer_span(text),
			       &(struct way){.threads = 1},
			       &(struct question){0}, &err))
		fail_msg("%s", err.text);
}

static void ask(const struct text_buffer *report_of,
		const struct text_buffer *witness_of, const char *source,
		uint64_t unit_bytes, bool exact)
{
	struct witness witness = {.source = source};

	read_one(&shown, report_of);
	read_one(&asked, witness_of);
	dump_top(&shown, &report);
	assert_true(report_arrange(&report, SORT_RANK, false, &err));
	witness.sides[0] = &asked.snapshot;
	witness.unit_bytes[0] = unit_bytes;
	assert_true(corroborate_leaks(&report, &witness, exact, &err));
}

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

static void assert_agreement(const char *function, enum agreement_fit fit,
			     uint64_t records, uint64_t bytes)
{
	const struct report_group *group = group_of(function);

	assert_int_equal(group->agreement_count, 1);
	assert_int_equal(group->agreements[0].fit, fit);
	assert_u64(group->agreements[0].records[1], records);
	assert_u64(group->agreements[0].bytes[1], bytes);
	assert_u64(group->agreements[0].records[0], 0);
}

#define DIVE " kmalloc_trace+0x1/0x2\n dive+0x1/0x20 [otter]\n"
#define HOLT " kmalloc_trace+0x1/0x2\n holt+0x1/0x20 [otter]\n"
#define LARGE                                                       \
	" post_alloc_hook+0x1/0x2\n __kmalloc_large_node+0x1/0x2\n" \
	" dive+0x1/0x20 [otter]\n"

static void fewer_objects_agree_and_more_only_within_a_tenth(void **state)
{
	(void)state;
	add_leaks(20, 64, DIVE);
	add_leaks(20, 64, HOLT);
	add_leaks(20, 64, " kmalloc_trace+0x1/0x2\n den+0x1/0x20 [otter]\n");
	add_leaks(20, 64, " kmalloc_trace+0x1/0x2\n weir+0x1/0x20 [otter]\n");
	add_calls(200 * 64, 200, "otter.c:17 [otter] func:dive");
	add_calls(20 * 64, 20, "otter.c:18 [otter] func:holt");
	add_calls(19 * 64, 19, "otter.c:19 [otter] func:den");
	add_calls(9 * 64, 9, "otter.c:20 [otter] func:weir");
	ask(&leaks, &others, "allocinfo", 1, false);
	assert_agreement("dive", FIT_PART, 200, 200 * 64);
	assert_agreement("holt", FIT_RECORDS, 20, 20 * 64);
	assert_agreement("den", FIT_COUNT, 19, 19 * 64);
	assert_int_equal(group_of("weir")->agreement_count, 0);
}

static void kmemleak_is_asked_just_so(void **state)
{
	(void)state;
	add_leaks(7, 64, DIVE);
	add_calls(200 * 64, 200, "otter.c:17 [otter] func:dive");
	add_calls(20 * 64, 20, "otter.c:18 [otter] func:holt");
	ask(&others, &leaks, "kmemleak", 1, false);
	assert_agreement("dive", FIT_PART, 7, 7 * 64);
	assert_int_equal(group_of("holt")->agreement_count, 0);
}

static void objects_of_another_size_are_others(void **state)
{
	(void)state;
	add_leaks(7, 64, DIVE);
	add_leaks(7, 4096, DIVE " bank+0x1/0x2 [otter]\n");
	add_calls(200 * 60, 200, "otter.c:17 [otter] func:dive");
	ask(&others, &leaks, "kmemleak", 1, false);
	assert_agreement("dive", FIT_PART, 7, 7 * 64);
}

static void sizes_twice_as_large_or_small_may_be_the_same(void **state)
{
	(void)state;
	add_leaks(20, 64, DIVE);
	add_calls(20 * 128, 20, "otter.c:17 [otter] func:dive");
	add_calls(20 * 32, 20, "otter.c:18 [otter] func:dive");
	add_calls(20 * 160, 20, "otter.c:19 [otter] func:dive");
	add_calls(20 * 24, 20, "otter.c:20 [otter] func:dive");
	ask(&leaks, &others, "allocinfo", 1, false);
	assert_agreement("dive", FIT_PART, 40, 20 * (128 + 32));
}

/* Rows of all sizes ask for one function: each size is told once. */
static void a_function_of_many_rows_is_told_once(void **state)
{
	static const unsigned sizes[] = {4096, 16, 256, 64};
	unsigned i;

	(void)state;
	for (i = 0; i < TEST_COUNT(sizes); i++) {
		char stack[128];

		snprintf(stack, sizeof(stack), DIVE " bank%u+0x1/0x2 [otter]\n",
			 i);
		add_leaks(5, sizes[i], stack);
	}
	add_calls(5 * 64, 5, "otter.c:17 [otter] func:dive");
	add_calls(5 * 4096, 5, "otter.c:18 [otter] func:dive");
	add_calls(5 * 1024, 5, "otter.c:19 [otter] func:dive");
	add_calls(5 * 16, 5, "otter.c:20 [otter] func:dive");
	add_calls(5 * 128, 5, "otter.c:21 [otter] func:dive");
	ask(&leaks, &others, "allocinfo", 1, false);
	assert_agreement("dive", FIT_RECORDS, 20, 5 * (64 + 4096 + 16 + 128));
}

static void of_pages_nobody_knows_the_size_of_an_object(void **state)
{
	(void)state;
	add_leaks(2, 2048, DIVE);
	add_pages(0, " post_alloc_hook+0x1/0x2\n alloc_pages+0x1/0x2\n"
		     " dive+0x1/0x20 [otter]\n");
	ask(&leaks, &others, "page_owner", 4096, true);
	assert_agreement("dive", FIT_BYTES, 1, 4096);
}

static void a_large_kmalloc_is_one_object(void **state)
{
	(void)state;
	add_leaks(2, 20000, DIVE);
	add_pages(3, LARGE);
	add_pages(3, LARGE);
	add_pages(3, LARGE);
	ask(&leaks, &others, "page_owner", 4096, true);
	assert_agreement("dive", FIT_PART, 3, 3 * 32768);
}

static const struct agreement *agreement_of(const char *function)
{
	const struct report_group *group = group_of(function);

	assert_int_equal(group->agreement_count, 1);
	return &group->agreements[0];
}

static void in_one_boot_calls_are_told_apart(void **state)
{
	(void)state;
	add_leaks(2, 20000, DIVE);
	add_pages(3, LARGE);
	add_pages(3, " post_alloc_hook+0x1/0x2\n"
		     " __kmalloc_large_node+0x1/0x2\n dive+0x9/0x20 [otter]\n");
	ask(&leaks, &others, "page_owner", 4096, true);
	/* One page is too few: of the function there are two. */
	assert_agreement("dive", FIT_FUNCTION, 2, 2 * 32768);
	assert_int_equal(agreement_of("dive")->scope, SCOPE_FUNCTION);
}

#define CALLED(caller, offset)                                      \
	" post_alloc_hook+0x1/0x2\n __kmalloc_large_node+0x1/0x2\n" \
	" dive+" offset "/0x20 [otter]\n " caller "+0x1/0x9 [otter]\n"

static void stacks_with_other_callers_are_not_the_same(void **state)
{
	(void)state;
	add_leaks(2, 20000, DIVE " upstream+0x1/0x9 [otter]\n");
	add_pages(3, CALLED("downstream", "0x1"));
	add_pages(3, CALLED("downstream", "0x1"));
	ask(&others, &leaks, "kmemleak", 1, true);
	assert_agreement("dive", FIT_FUNCTION, 2, 2 * 20000);
	assert_int_equal(agreement_of("dive")->scope, SCOPE_FUNCTION);
}

static void stacks_with_the_same_callers_are_the_same(void **state)
{
	(void)state;
	add_leaks(2, 20000, DIVE " upstream+0x1/0x9 [otter]\n");
	/* How deep stacks are kept is another thing. */
	add_pages(3, CALLED("upstream", "0x1") " vfs_write+0x1/0x2\n");
	add_pages(3, CALLED("upstream", "0x1") " vfs_write+0x1/0x2\n");
	ask(&others, &leaks, "kmemleak", 1, true);
	assert_agreement("dive", FIT_RECORDS, 2, 2 * 20000);
	assert_int_equal(agreement_of("dive")->scope, SCOPE_STACK);
	/* Of several boots it is not known. */
	report_deinit(&report);
	dump_reading_deinit(&shown);
	dump_reading_deinit(&asked);
	ask(&others, &leaks, "kmemleak", 1, false);
	assert_agreement("dive", FIT_FUNCTION, 2, 2 * 20000);
}

static void each_row_of_a_group_agrees_or_the_group_does_not(void **state)
{
	(void)state;
	add_leaks(2, 20000, DIVE " upstream+0x1/0x9 [otter]\n");
	add_leaks(1, 20000, DIVE " downstream+0x1/0x9 [otter]\n");
	add_pages(3, CALLED("upstream", "0x1"));
	add_pages(3, CALLED("downstream", "0x1"));
	add_pages(3, CALLED("downstream", "0x1"));
	ask(&others, &leaks, "kmemleak", 1, true);
	assert_agreement("dive", FIT_FUNCTION, 3, 3 * 20000);
	report_deinit(&report);
	dump_reading_deinit(&shown);
	dump_reading_deinit(&asked);
	add_pages(3, CALLED("upstream", "0x1"));
	add_leaks(1, 20000, DIVE " downstream+0x1/0x9 [otter]\n");
	ask(&others, &leaks, "kmemleak", 1, true);
	assert_agreement("dive", FIT_RECORDS, 4, 4 * 20000);
	assert_int_equal(agreement_of("dive")->scope, SCOPE_GROUP);
}

#define AREA                                                        \
	" post_alloc_hook+0x1/0x2\n __vmalloc_node_range+0x1/0x2\n" \
	" vmalloc+0x1/0x2\n dive+0x1/0x20 [otter]\n"
#define LEAKED_AREA                                         \
	" __vmalloc_node_range+0x1/0x2\n vmalloc+0x1/0x2\n" \
	" dive+0x1/0x20 [otter]\n"

static void pages_are_the_same_where_they_are_as_many(void **state)
{
	unsigned i;

	(void)state;
	add_leaks(1, 8192, LEAKED_AREA);
	for (i = 0; i < 4; i++)
		add_pages(0, AREA);
	ask(&others, &leaks, "kmemleak", 1, true);
	assert_agreement("dive", FIT_PAGES, 1, 8192);
	assert_u64(agreement_of("dive")->page_bytes, 4096);
	report_deinit(&report);
	dump_reading_deinit(&shown);
	dump_reading_deinit(&asked);
	add_leaks(1, 8192, LEAKED_AREA);
	ask(&others, &leaks, "kmemleak", 1, true);
	assert_agreement("dive", FIT_BYTES, 2, 16384);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
		TEST(fewer_objects_agree_and_more_only_within_a_tenth),
		TEST(kmemleak_is_asked_just_so),
		TEST(objects_of_another_size_are_others),
		TEST(sizes_twice_as_large_or_small_may_be_the_same),
		TEST(a_function_of_many_rows_is_told_once),
		TEST(of_pages_nobody_knows_the_size_of_an_object),
		TEST(a_large_kmalloc_is_one_object),
		TEST(in_one_boot_calls_are_told_apart),
		TEST(stacks_with_other_callers_are_not_the_same),
		TEST(stacks_with_the_same_callers_are_the_same),
		TEST(each_row_of_a_group_agrees_or_the_group_does_not),
		TEST(pages_are_the_same_where_they_are_as_many),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
