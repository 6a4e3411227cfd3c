/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <locale.h>
#include <math.h>

#include "output/json_writer.h"

static char *written;
static size_t written_length;
static struct json_writer json;

static int setup(void **state)
{
	(void)state;
	written = NULL;
	json = (struct json_writer){
		.file = open_memstream(&written, &written_length)};
	return json.file ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	free(written);
	return 0;
}

static void assert_written(const char *expected)
{
	assert_int_equal(json.depth, 0);
	fclose(json.file);
	assert_string_equal(written, expected);
}

static void members_stand_on_lines_of_their_own(void **state)
{
	(void)state;
	json_open_object(&json, NULL);
	json_u64(&json, "a", UINT64_MAX);
	json_i64(&json, "b", INT64_MIN);
	json_open_array(&json, "c");
	json_bool(&json, NULL, true);
	json_bool(&json, NULL, false);
	json_null(&json, NULL);
	json_close_array(&json);
	json_close_object(&json);
	assert_written("{\n"
		       "  \"a\": 18446744073709551615,\n"
		       "  \"b\": -9223372036854775808,\n"
		       "  \"c\": [\n"
		       "    true,\n"
		       "    false,\n"
		       "    null\n"
		       "  ]\n"
		       "}\n");
}

static void what_is_flat_stands_on_one_line_with_all_it_holds(void **state)
{
	(void)state;
	json_open_array(&json, NULL);
	json_open_flat_object(&json, NULL);
	json_u64(&json, "a", 1);
	json_open_array(&json, "b");
	json_u64(&json, NULL, 2);
	json_u64(&json, NULL, 3);
	json_close_array(&json);
	json_close_object(&json);
	json_open_flat_array(&json, NULL);
	json_close_array(&json);
	json_close_array(&json);
	assert_written("[\n"
		       "  {\"a\": 1, \"b\": [2, 3]},\n"
		       "  []\n"
		       "]\n");
}

static void what_is_empty_has_no_lines(void **state)
{
	(void)state;
	json_open_object(&json, NULL);
	json_open_array(&json, "a");
	json_close_array(&json);
	json_open_object(&json, "b");
	json_close_object(&json);
	json_close_object(&json);
	assert_written("{\n  \"a\": [],\n  \"b\": {}\n}\n");
}

static void assert_string_as(struct span text, const char *expected)
{
	struct json_writer one = {0};
	char *at = NULL;
	size_t length;

	one.file = open_memstream(&at, &length);
	json_string(&one, NULL, text);
	fclose(one.file);
	assert_string_equal(at, expected);
	free(at);
}

static void strings_are_escaped_and_always_utf8(void **state)
{
	(void)state;
	assert_string_as(SPAN(""), "\"\"");
	assert_string_as(SPAN("a\"b\\c/"), "\"a\\\"b\\\\c/\"");
	assert_string_as(SPAN("\n\t\x01\x1f\x7f\0"),
			 "\"\\u000a\\u0009\\u0001\\u001f\\u007f\\u0000\"");
	assert_string_as(SPAN("caf\xc3\xa9 \xf0\x9f\xa6\x89"),
			 "\"caf\xc3\xa9 \xf0\x9f\xa6\x89\"");
	assert_string_as(SPAN("\xff(\xc3"), "\"\\\\xff(\\\\xc3\"");
	assert_string_as(SPAN("\xe2\x80\xae\xc2\x9b\xef\xbb\xbf"),
			 "\"\\u202e\\u009b\\ufeff\"");
	fclose(json.file);
}

/* The same rules as for names of tasks, so that nothing hides in a file. */
static void harmful_characters_are_not_passed_on_as_they_are(void **state)
{
	char *at;

	(void)state;
	json_string(&json, NULL, SPAN("a\xe2\x80\xae\xc2\x9b"));
	fclose(json.file);
	for (at = written; *at; at++)
		assert_in_range((unsigned char)*at, 0x20, 0x7e);
}

static void shares_have_four_digits_in_any_locale(void **state)
{
	(void)state;
	setlocale(LC_ALL, "de_DE.UTF-8");
	json_open_flat_array(&json, NULL);
	json_share(&json, NULL, 0);
	json_share(&json, NULL, 1);
	json_share(&json, NULL, 0.12345);
	json_share(&json, NULL, 0.99996);
	json_share(&json, NULL, -1);
	json_close_array(&json);
	assert_written("[0.0000, 1.0000, 0.1235, 1.0000, null]\n");
	setlocale(LC_ALL, "C");
}

static void what_is_not_known_is_null(void **state)
{
	(void)state;
	json_open_flat_array(&json, NULL);
	json_optional(&json, NULL, "a");
	json_optional(&json, NULL, "");
	json_optional(&json, NULL, NULL);
	json_optional_span(&json, NULL, SPAN("b"));
	json_optional_span(&json, NULL, (struct span){0});
	json_u64_if(&json, NULL, true, 0);
	json_u64_if(&json, NULL, false, 7);
	json_close_array(&json);
	assert_written("[\"a\", null, null, \"b\", null, 0, null]\n");
}

static void decimals_have_four_digits_and_a_sign(void **state)
{
	(void)state;
	json_open_flat_array(&json, NULL);
	json_decimal(&json, NULL, 2);
	json_decimal(&json, NULL, -0.04);
	json_decimal(&json, NULL, -0.00001);
	json_decimal(&json, NULL, 163840.12344);
	json_decimal(&json, NULL, 1e300);
	json_decimal(&json, NULL, -INFINITY);
	json_decimal(&json, NULL, NAN);
	json_close_array(&json);
	assert_written("[2.0000, -0.0400, 0.0000, 163840.1234, null, null, "
		       "null]\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(decimals_have_four_digits_and_a_sign),
		TEST(members_stand_on_lines_of_their_own),
		TEST(what_is_flat_stands_on_one_line_with_all_it_holds),
		TEST(what_is_empty_has_no_lines),
		TEST(strings_are_escaped_and_always_utf8),
		TEST(harmful_characters_are_not_passed_on_as_they_are),
		TEST(what_is_not_known_is_null),
		TEST(shares_have_four_digits_in_any_locale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
