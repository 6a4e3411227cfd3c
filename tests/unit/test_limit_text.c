/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "gate/limit_text.h"

static struct gate_limit limits[GATE_LIMITS_MAX];
static size_t count;
static struct error err;

static void read_limits(const char *text)
{
	if (!limit_text_read(span_of(text), limits, &count, &err))
		fail_msg("%s", err.text);
}

static void assert_limit(const char *text, enum gate_measure measure,
			 double amount, bool per_iteration)
{
	read_limits(text);
	assert_int_equal(count, 1);
	assert_int_equal(limits[0].measure, measure);
	assert_true(limits[0].amount == amount);
	assert_int_equal(limits[0].per_iteration, per_iteration);
}

static void assert_refused(const char *text, const char *why)
{
	struct gate_limit untouched[GATE_LIMITS_MAX] = {0};

	count = 77;
	memset(limits, 0, sizeof(limits));
	if (limit_text_read(span_of(text), limits, &count, &err))
		fail_msg("\"%s\" was taken", text);
	assert_int_equal(err.code, ERROR_USAGE);
	assert_int_equal(count, 77);
	assert_memory_equal(limits, untouched, sizeof(limits));
	if (why)
		assert_string_equal(err.text, why);
}

static void a_number_alone_and_one_with_k_m_or_g_is_bytes(void **state)
{
	(void)state;
	assert_limit("0", GATE_BYTES, 0, false);
	assert_limit("4096", GATE_BYTES, 4096, false);
	assert_limit("512K", GATE_BYTES, 524288, false);
	assert_limit("8m", GATE_BYTES, 8388608, false);
	assert_limit("2GiB", GATE_BYTES, 2147483648.0, false);
	assert_limit("9007199254740991", GATE_BYTES, 9007199254740991.0, false);
}

static void a_word_behind_the_number_tells_the_measure(void **state)
{
	(void)state;
	assert_limit("300 pages", GATE_PAGES, 300, false);
	assert_limit("1 page", GATE_PAGES, 1, false);
	assert_limit("300pages", GATE_PAGES, 300, false);
	assert_limit("1 object", GATE_RECORDS, 1, false);
	assert_limit("100\tobjects", GATE_RECORDS, 100, false);
	assert_limit("20%", GATE_PERCENT, 20, false);
	assert_limit("20 %", GATE_PERCENT, 20, false);
	assert_limit("2.5%", GATE_PERCENT, 2.5, false);
}

static void each_measure_but_a_share_may_be_per_iteration(void **state)
{
	(void)state;
	assert_limit("1 object per iteration", GATE_RECORDS, 1, true);
	assert_limit("1 object/iteration", GATE_RECORDS, 1, true);
	assert_limit("512K /  iteration", GATE_BYTES, 524288, true);
	assert_limit("2 pages  per\titeration", GATE_PAGES, 2, true);
	assert_limit("100/iteration", GATE_BYTES, 100, true);
	assert_refused("20% per iteration",
		       "expected a share of what was there before, which is of "
		       "no iteration, found \"20% per iteration\"");
}

static void limits_are_joined_by_and(void **state)
{
	(void)state;
	read_limits("512K and 20%  and 1 object per iteration and 1 object");
	assert_int_equal(count, 4);
	assert_int_equal(limits[0].measure, GATE_BYTES);
	assert_int_equal(limits[1].measure, GATE_PERCENT);
	assert_int_equal(limits[2].measure, GATE_RECORDS);
	assert_true(limits[2].per_iteration);
	assert_int_equal(limits[3].measure, GATE_RECORDS);
	assert_false(limits[3].per_iteration);
}

static void what_is_counted_may_have_a_fraction_per_iteration(void **state)
{
	(void)state;
	assert_limit("0.5 objects per iteration", GATE_RECORDS, 0.5, true);
	assert_limit("2.25 pages/iteration", GATE_PAGES, 2.25, true);
	assert_refused("1.5 per iteration", NULL);
}

static void what_is_no_limit_is_refused(void **state)
{
	static const char *const texts[] = {
		"",
		"x",
		"-1",
		"12Q",
		"1.5 pages",
		"1.5 objects",
		"1.5M",
		"1.5",
		".5%",
		"2.%",
		"512KB/s",
		"5 apples",
		"5 pagers",
		"5 objectsandmore",
		"1M pages",
		"5%x",
		"1 object per",
		"1 object per run",
		"1 object/",
		"1 object/iterations",
		"1 object periteration",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(texts); i++)
		assert_refused(texts[i], NULL);
	assert_refused("12Q", "expected a limit such as 512K, 300 pages, "
			      "1 object or 20%, found \"12Q\"");
	assert_refused("1M and", NULL);
	assert_refused("1M and 12Q",
		       "expected a limit such as 512K, 300 pages, "
		       "1 object or 20%, found \"12Q\"");
	assert_refused("1M, 20%", NULL);
	assert_refused("1M 20%",
		       "expected 'and' between two limits, found \"20%\"");
}

static void numbers_that_a_double_cannot_hold_are_refused(void **state)
{
	(void)state;
	assert_refused("9007199254740992", NULL);
	assert_refused("8388608G", NULL);
	assert_refused("18446744073709551616", NULL);
	assert_refused("99999999999999999999 objects", NULL);
	assert_refused("17179869184G", NULL);
}

static void a_measure_that_comes_twice_is_refused(void **state)
{
	(void)state;
	assert_refused("1M and 512K",
		       "expected each measure once, found \"512K\"");
	assert_refused("1 object and 20% and 2 objects", NULL);
	assert_refused("1 and 1 page and 1 object and 1% and 1/iteration",
		       "expected at most 4 limits in a rule, found \"1 and 1 "
		       "page and 1 object and 1% and 1/iteration\"");
}

static void what_was_found_is_escaped(void **state)
{
	(void)state;
	assert_refused("1\033[2J", "expected a limit such as 512K, 300 pages, "
				   "1 object or 20%, found \"1\\x1b[2J\"");
}

static void a_maximum_is_in_bytes_objects_or_both(void **state)
{
	struct suppression entry = {0};

	(void)state;
	assert_true(limit_text_read_maximum(SPAN("8M"), &entry, &err));
	assert_true(entry.has_bytes && !entry.has_records);
	assert_u64(entry.max_bytes, 8 << 20);
	entry = (struct suppression){0};
	assert_true(
		limit_text_read_maximum(SPAN("4000 objects"), &entry, &err));
	assert_true(!entry.has_bytes && entry.has_records);
	assert_u64(entry.max_records, 4000);
	entry = (struct suppression){0};
	assert_true(
		limit_text_read_maximum(SPAN("1 object and 2K"), &entry, &err));
	assert_true(entry.has_bytes && entry.has_records);
	assert_u64(entry.max_bytes, 2048);
	assert_u64(entry.max_records, 1);
}

static void other_maxima_are_refused(void **state)
{
	static const char *const texts[] = {
		"",	      "0",  "0 objects and 1M", "20%",
		"30 pages",   "8Q", "8M/iteration",	"8M and 9M",
		"8M objects",
	};
	struct suppression entry = {0}, untouched = {0};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(texts); i++) {
		if (limit_text_read_maximum(span_of(texts[i]), &entry, &err))
			fail_msg("\"%s\" was taken", texts[i]);
		assert_memory_equal(&entry, &untouched, sizeof(entry));
	}
	assert_string_equal(err.text, "expected a maximum such as 8M, 4000 "
				      "objects, or both with 'and', found "
				      "\"8M objects\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_alone_and_one_with_k_m_or_g_is_bytes),
		cmocka_unit_test(a_word_behind_the_number_tells_the_measure),
		cmocka_unit_test(each_measure_but_a_share_may_be_per_iteration),
		cmocka_unit_test(
			what_is_counted_may_have_a_fraction_per_iteration),
		cmocka_unit_test(limits_are_joined_by_and),
		cmocka_unit_test(what_is_no_limit_is_refused),
		cmocka_unit_test(numbers_that_a_double_cannot_hold_are_refused),
		cmocka_unit_test(a_measure_that_comes_twice_is_refused),
		cmocka_unit_test(what_was_found_is_escaped),
		cmocka_unit_test(a_maximum_is_in_bytes_objects_or_both),
		cmocka_unit_test(other_maxima_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
