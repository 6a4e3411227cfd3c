/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "gate/suppression_match.h"
#include "tests/support/gate_sample.h"

static struct gate_sample sample;
static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	gate_sample_deinit(&sample);
	arena_deinit(&arena);
	sample = (struct gate_sample){0};
	arena = (struct arena){0};
	return 0;
}

/* The one row of this stack, in the cache where there is one. */
static struct judged_row a_row(const char *frames, const char *cache)
{
	const struct sample_row row = {
		.frames = frames,
		.cache = cache,
		.category = cache ? CATEGORY_SLAB : CATEGORY_DRIVER,
		.verdict = VERDICT_APPEARED,
		.units = {0, 1},
		.records = {0, 1},
	};
	const struct report *report;

	gate_sample_deinit(&sample);
	gate_sample_init(&sample, &row, 1);
	report = cache ? &sample.objects : &sample.report;
	return (struct judged_row){
		.report = report,
		.row = &report->rows[0],
		.role = JUDGED_GROWS,
		.growth = {.bytes = 1, .records = 1, .bytes_known = true},
	};
}

static struct suppression with_frames(const char *frames)
{
	struct span rest = span_of(frames);
	struct suppression made = {.has_bytes = true};

	while (span_take_word(&rest, &made.frames[made.frame_count])) {
		made.frame_count++;
		span_take_blanks(&rest);
	}
	return made;
}

static bool matches(const char *patterns, const char *frames)
{
	struct suppression entry = with_frames(patterns);
	struct judged_row row = a_row(frames, NULL);

	return suppression_frames_match(&entry, row.row->stack);
}

static void frames_are_held_against_the_blamed_one_and_its_callers(void **state)
{
	(void)state;
	assert_true(matches("do_leak", "do_leak rx main"));
	assert_true(matches("do_leak rx", "do_leak rx main"));
	assert_false(matches("rx", "do_leak rx main"));
	assert_false(matches("do_leak main", "do_leak rx main"));
	assert_false(matches("do_leak rx main more", "do_leak rx main"));
	assert_false(matches("do_lea", "do_leak"));
	assert_true(matches("do_l* r?", "do_leak rx main"));
}

static void compiler_suffixes_are_folded(void **state)
{
	(void)state;
	assert_true(matches("do_leak rx", "do_leak.isra.0 rx.constprop.3"));
}

static void three_dots_are_any_number_of_frames(void **state)
{
	(void)state;
	assert_true(matches("...", "a b"));
	assert_true(matches("... b", "a b"));
	assert_true(matches("... a", "a b"));
	assert_true(matches("a ... d", "a b c d e"));
	assert_true(matches("a ... b", "a b"));
	assert_false(matches("a ... z", "a b c d e"));
	/* The first b is no end: one further out has a d behind it. */
	assert_true(matches("a ... b d", "a b c b d"));
	assert_true(matches("... b ... d ... f", "a b c d e f"));
	assert_false(matches("... d ... b", "a b c d e f"));
	assert_true(matches("a ...", "a"));
}

static void what_lies_inside_the_blamed_frame_is_not_looked_at(void **state)
{
	struct suppression entry = with_frames("do_leak");
	struct judged_row row = a_row("kmalloc do_leak rx", NULL);
	struct stack *stack = (struct stack *)row.row->stack;

	(void)state;
	assert_false(suppression_frames_match(&entry, stack));
	stack->class.blamed = 1;
	assert_true(suppression_frames_match(&entry, stack));
	/* Nobody to blame: from the innermost one. */
	stack->class.blamed = stack->frame_count;
	assert_false(suppression_frames_match(&entry, stack));
}

static void a_bare_address_is_matched_by_its_text(void **state)
{
	(void)state;
	assert_true(matches("0x* rx", "0xffffffffc0001234 rx"));
	assert_false(matches("0x*", "do_leak"));
}

static void module_and_cache_and_category_must_all_be_like_it(void **state)
{
	struct judged_row row = a_row("do_leak[leaky] rx", "kmalloc-64");
	struct suppression entry = with_frames("do_leak");

	(void)state;
	assert_true(suppression_takes(&entry, &row, false));
	entry.module = SPAN("leaky");
	entry.cache = SPAN("kmalloc-*");
	entry.category = SPAN("slab");
	assert_true(suppression_takes(&entry, &row, false));
	entry.module = SPAN("leak");
	assert_false(suppression_takes(&entry, &row, false));
	entry.module = SPAN("l*");
	entry.cache = SPAN("kmalloc-6");
	assert_false(suppression_takes(&entry, &row, false));
	entry.cache = SPAN("");
	entry.category = SPAN("driver");
	assert_false(suppression_takes(&entry, &row, false));
}

static void a_row_of_pages_is_in_no_cache(void **state)
{
	struct judged_row row = a_row("do_leak", NULL);
	struct suppression entry = with_frames("do_leak");

	(void)state;
	entry.cache = SPAN("*");
	assert_false(suppression_takes(&entry, &row, true));
}

static void a_category_alone_takes_no_objects_beside_pages(void **state)
{
	struct judged_row row = a_row("do_leak", "kmalloc-64");
	struct suppression entry = {.category = SPAN("slab"),
				    .has_bytes = true};

	(void)state;
	assert_true(suppression_is_of_category(&entry));
	assert_false(suppression_takes(&entry, &row, false));
	assert_true(suppression_takes(&entry, &row, true));
}

static void bytes_alone_do_not_bound_objects_of_no_known_size(void **state)
{
	struct judged_row row = a_row("do_leak", "odd");
	struct suppression entry = with_frames("do_leak");

	(void)state;
	row.growth = (struct growth){.unsized = true, .records = 5};
	assert_false(suppression_takes(&entry, &row, false));
	entry.has_records = true;
	assert_true(suppression_takes(&entry, &row, false));
}

static struct suppression *found(struct suppression *entries, size_t count,
				 const struct judged_row *row)
{
	struct suppression_index index;
	struct suppression *taker;
	struct error err;

	assert_true(
		suppression_index_make(entries, count, &arena, &index, &err));
	taker = suppression_index_find(&index, row, false);
	suppression_index_deinit(&index);
	return taker;
}

/* Whichever name or pattern leads to them. */
static void the_first_of_the_file_takes_the_row(void **state)
{
	struct judged_row row = a_row("do_leak[leaky] rx", "kmalloc-64");
	struct suppression all[] = {
		with_frames("other"),	       with_frames("do_leak"),
		{.module = SPAN("leaky")},     with_frames("do_*"),
		{.cache = SPAN("kmalloc-64")}, {.category = SPAN("slab")},
	};
	const size_t count = TEST_COUNT(all);
	struct suppression turned[TEST_COUNT(all)];
	size_t first, i;

	(void)state;
	for (first = 1; first + 1 < count; first++) {
		for (i = 0; i < count; i++) {
			turned[i] = all[(first + i) % count];
			turned[i].has_bytes = true;
		}
		/* The category alone, and the other function, never do. */
		i = 0;
		assert_ptr_equal(found(turned, count, &row), &turned[i]);
	}
	for (i = 0; i < count; i++)
		all[i].has_bytes = true;
	assert_ptr_equal(found(all, count, &row), &all[1]);
	assert_null(found(all, 1, &row));
}

/* By the names of its frames, or what these begin and end with. */
static void each_kind_of_entry_is_found(void **state)
{
	static const char *const frames[] = {
		"do_leak", "do_leak main", "... rx",	  "... main",
		"do_*",	   "*leak",	   "*",		  "d*k rx",
		"?o_leak", "* rx",	   "... r? main", "do_leak ... main",
	};
	static const char *const others[] = {
		"do_lea", "... nobody", "x*", "*x", "do_* main", "... main rx",
	};
	struct judged_row row = a_row("do_leak[leaky] rx main", "kmalloc-64");
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(frames); i++) {
		struct suppression entry = with_frames(frames[i]);
		bool like = suppression_takes(&entry, &row, false);

		assert_int_equal(like, i != 1);
		assert_ptr_equal(found(&entry, 1, &row), like ? &entry : NULL);
	}
	for (i = 0; i < TEST_COUNT(others); i++) {
		struct suppression entry = with_frames(others[i]);

		assert_null(found(&entry, 1, &row));
	}
}

static void an_expired_entry_is_not_looked_at(void **state)
{
	struct judged_row row = a_row("do_leak", NULL);
	struct suppression entries[] = {with_frames("do_leak"),
					with_frames("do_*")};

	(void)state;
	entries[0].state = SUPPRESSION_EXPIRED;
	assert_ptr_equal(found(entries, 2, &row), &entries[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
			frames_are_held_against_the_blamed_one_and_its_callers,
			teardown),
		cmocka_unit_test_teardown(compiler_suffixes_are_folded,
					  teardown),
		cmocka_unit_test_teardown(three_dots_are_any_number_of_frames,
					  teardown),
		cmocka_unit_test_teardown(
			what_lies_inside_the_blamed_frame_is_not_looked_at,
			teardown),
		cmocka_unit_test_teardown(a_bare_address_is_matched_by_its_text,
					  teardown),
		cmocka_unit_test_teardown(
			module_and_cache_and_category_must_all_be_like_it,
			teardown),
		cmocka_unit_test_teardown(a_row_of_pages_is_in_no_cache,
					  teardown),
		cmocka_unit_test_teardown(
			a_category_alone_takes_no_objects_beside_pages,
			teardown),
		cmocka_unit_test_teardown(
			bytes_alone_do_not_bound_objects_of_no_known_size,
			teardown),
		cmocka_unit_test_teardown(the_first_of_the_file_takes_the_row,
					  teardown),
		cmocka_unit_test_teardown(each_kind_of_entry_is_found,
					  teardown),
		cmocka_unit_test_teardown(an_expired_entry_is_not_looked_at,
					  teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
