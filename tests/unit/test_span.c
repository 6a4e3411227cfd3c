/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

static void take_u64_takes_digits_and_leaves_the_rest(void **state)
{
	struct span text = SPAN("0120 ns");
	uint64_t value = 0;

	(void)state;
	assert_true(span_take_u64(&text, &value));
	assert_u64(value, 120);
	assert_span(text, " ns");
}

static void take_u64_takes_the_largest_number(void **state)
{
	struct span text = SPAN("18446744073709551615");
	uint64_t value = 0;

	(void)state;
	assert_true(span_take_u64(&text, &value));
	assert_u64(value, UINT64_MAX);
	assert_span(text, "");
}

static void take_u64_refuses_overflow_and_keeps_its_place(void **state)
{
	static const char *const large[] = {"18446744073709551616",
					    "99999999999999999999999"};
	uint64_t value = 7;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(large); i++) {
		struct span text = span_of(large[i]);

		assert_false(span_take_u64(&text, &value));
		assert_span(text, large[i]);
		assert_u64(value, 7);
	}
}

static void take_u64_wants_a_digit_in_front(void **state)
{
	static const char *const none[] = {"", " 1", "-1", "+1", "x", "/", ":"};
	uint64_t value = 7;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(none); i++) {
		struct span text = span_of(none[i]);

		assert_false(span_take_u64(&text, &value));
		assert_span(text, none[i]);
		assert_u64(value, 7);
	}
}

static void take_hex_takes_both_cases(void **state)
{
	struct span text = SPAN("0xfFffFFffc0123aBcg");
	uint64_t value = 0;

	(void)state;
	assert_true(span_take_hex(&text, &value));
	assert_u64(value, 0xffffffffc0123abc);
	assert_span(text, "g");
}

static void take_hex_refuses_what_is_none_and_keeps_its_place(void **state)
{
	static const char *const none[] = {
		"",   "0x", "0xg", "ff",  "0X1",
		"x1", "0",  "0x@", "0x`", "0x11111111111111111"};
	uint64_t value = 7;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(none); i++) {
		struct span text = span_of(none[i]);

		assert_false(span_take_hex(&text, &value));
		assert_span(text, none[i]);
		assert_u64(value, 7);
	}
}

static void each_hex_digit_has_its_value_and_no_other_byte_has(void **state)
{
	static const char digits[] = "0123456789abcdef";
	static const char large[] = "0123456789ABCDEF";
	int c;

	(void)state;
	for (c = 0; c < 256; c++) {
		const char *low = c ? strchr(digits, c) : NULL;
		const char *high = c ? strchr(large, c) : NULL;
		int expected = low    ? (int)(low - digits)
			       : high ? (int)(high - large)
				      : -1;

		assert_int_equal(span_hex_digit((char)c), expected);
	}
}

static void drop_u64_takes_digits_from_the_back(void **state)
{
	struct span text = SPAN(", ts 120");
	uint64_t value = 0;

	(void)state;
	assert_true(span_drop_u64(&text, &value));
	assert_u64(value, 120);
	assert_span(text, ", ts ");
	assert_false(span_drop_u64(&text, &value));
	assert_span(text, ", ts ");
	text = SPAN("118446744073709551616");
	assert_false(span_drop_u64(&text, &value));
	assert_span(text, "118446744073709551616");
	text = SPAN("42");
	assert_true(span_drop_u64(&text, &value));
	assert_int_equal(text.length, 0);
}

static void take_and_drop_move_only_when_the_text_is_there(void **state)
{
	struct span text = SPAN("abcab");

	(void)state;
	assert_false(span_take(&text, SPAN("b")));
	assert_false(span_drop(&text, SPAN("a")));
	assert_false(span_take(&text, SPAN("abcabc")));
	assert_span(text, "abcab");
	assert_true(span_take(&text, SPAN("ab")));
	assert_span(text, "cab");
	assert_true(span_drop(&text, SPAN("ab")));
	assert_span(text, "c");
	assert_true(span_take(&text, SPAN("")));
	assert_span(text, "c");
}

static void take_line_takes_lines_and_a_last_one_without_newline(void **state)
{
	struct span text = SPAN("a\n\nb"), line;

	(void)state;
	assert_true(span_take_line(&text, &line));
	assert_span(line, "a");
	assert_true(span_take_line(&text, &line));
	assert_span(line, "");
	assert_true(span_take_line(&text, &line));
	assert_span(line, "b");
	assert_false(span_take_line(&text, &line));
	text = SPAN("c\n");
	assert_true(span_take_line(&text, &line));
	assert_false(span_take_line(&text, &line));
}

/* Wherever it stands in longer text, and where it nearly does. */
static void find_finds_the_first_of_all_places(void **state)
{
	char text[100];
	size_t length, at;

	(void)state;
	for (length = 3; length < sizeof(text); length++) {
		struct span span = {text, length};

		memset(text, 'a', sizeof(text));
		assert_null(span_find(span, SPAN("abc")));
		for (at = 0; at + 3 <= length; at++) {
			memset(text, 'a', sizeof(text));
			memcpy(text + at, "abc", 3);
			assert_ptr_equal(span_find(span, SPAN("abc")),
					 text + at);
			text[at + 1] = 'c';
			assert_null(span_find(span, SPAN("abc")));
		}
		memcpy(text + length - 2, "abc", 2);
		assert_null(span_find(span, SPAN("abc")));
	}
}

static void find_returns_the_first_place(void **state)
{
	struct span text = SPAN("a memcg memcg x");

	(void)state;
	assert_ptr_equal(span_find(text, SPAN("memcg")), text.at + 2);
	assert_null(span_find(text, SPAN("memcgx")));
	assert_null(span_find((struct span){NULL, 0}, SPAN("a")));
}

static void has_word_wants_the_whole_word(void **state)
{
	struct span list = SPAN("slab|head||lru");

	(void)state;
	assert_true(span_has_word(list, SPAN("slab"), '|'));
	assert_true(span_has_word(list, SPAN("lru"), '|'));
	assert_true(span_has_word(list, SPAN(""), '|'));
	assert_false(span_has_word(list, SPAN("lr"), '|'));
	assert_false(span_has_word(list, SPAN("slab|head"), '|'));
	assert_false(span_has_word(SPAN(""), SPAN("slab"), '|'));
}

static void compare_is_by_unsigned_bytes_and_puts_a_prefix_first(void **state)
{
	(void)state;
	assert_true(span_compare(SPAN("a"), SPAN("b")) < 0);
	assert_true(span_compare(SPAN("b"), SPAN("a")) > 0);
	assert_true(span_compare(SPAN("a"), SPAN("ab")) < 0);
	assert_true(span_compare(SPAN("\xff"), SPAN("a")) > 0);
	assert_int_equal(span_compare(SPAN("a"), SPAN("a")), 0);
	assert_true(span_compare((struct span){NULL, 0}, SPAN("a")) < 0);
	assert_int_equal(span_compare((struct span){NULL, 0}, SPAN("")), 0);
}

static void equal_knows_empty_spans_without_address(void **state)
{
	(void)state;
	assert_true(span_equal((struct span){NULL, 0}, SPAN("")));
	assert_true(span_equal(SPAN("ab"), span_of("ab")));
	assert_false(span_equal(SPAN("ab"), SPAN("abc")));
	assert_false(span_equal(SPAN("ab"), SPAN("ac")));
}

static void blanks_words_and_digits_are_taken_from_the_front(void **state)
{
	struct span line = SPAN("ab \t12c d"), part;

	(void)state;
	assert_false(span_take_blanks(&line));
	assert_false(span_take_digits(&line, &part));
	assert_true(span_take_word(&line, &part));
	assert_span(part, "ab");
	assert_false(span_take_word(&line, &part));
	assert_true(span_take_blanks(&line));
	assert_true(span_take_digits(&line, &part));
	assert_span(part, "12");
	assert_true(span_take_word(&line, &part));
	assert_span(part, "c");
	assert_span(line, " d");
}

static void from_u64_prints_every_digit_and_no_more(void **state)
{
	char buffer[SPAN_U64_DIGITS];

	(void)state;
	assert_span(span_from_u64(0, buffer), "0");
	assert_span(span_from_u64(1090, buffer), "1090");
	assert_span(span_from_u64(UINT64_MAX, buffer), "18446744073709551615");
}

static void trim_end_takes_blanks_and_cr_behind_the_text(void **state)
{
	(void)state;
	assert_span(span_trim_end(SPAN(" a b \t\r \r")), " a b");
	assert_span(span_trim_end(SPAN("a\n")), "a\n");
	assert_span(span_trim_end(SPAN(" \r")), "");
	assert_span(span_trim_end(SPAN("")), "");
}

static void find_last_returns_the_last_place(void **state)
{
	struct span text = SPAN("abab");

	(void)state;
	assert_ptr_equal(span_find_last(text, 'a'), text.at + 2);
	assert_ptr_equal(span_find_last(SPAN("a"), 'b'), NULL);
	assert_ptr_equal(span_find_last(SPAN(""), 'a'), NULL);
	assert_ptr_equal(span_find_last((struct span){0}, 'a'), NULL);
}

static void line_around_ends_at_newlines_and_at_the_text(void **state)
{
	struct span text = SPAN("ab\n\ncd");

	(void)state;
	assert_span(span_line_around(text, text.at), "ab");
	/* A newline is of the line that it ends. */
	assert_span(span_line_around(text, text.at + 2), "ab");
	assert_span(span_line_around(text, text.at + 3), "");
	assert_span(span_line_around(text, text.at + 5), "cd");
	assert_span(span_line_around(text, span_end(text)), "cd");
}

static void take_size_takes_powers_of_1024(void **state)
{
	struct span text = SPAN("64K 1MiB 2gB 12Q 7");
	uint64_t size;

	(void)state;
	assert_true(span_take_size(&text, &size));
	assert_true(size == 65536);
	text = span_skip(text, 1);
	assert_true(span_take_size(&text, &size));
	assert_true(size == 1 << 20);
	text = span_skip(text, 1);
	assert_true(span_take_size(&text, &size));
	assert_true(size == (uint64_t)2 << 30);
	text = span_skip(text, 1);
	/* What is no unit is left. */
	assert_true(span_take_size(&text, &size));
	assert_true(size == 12);
	assert_true(span_equal(text, SPAN("Q 7")));
	text = span_skip(text, 2);
	assert_true(span_take_size(&text, &size));
	assert_true(size == 7 && !text.length);
}

static void take_size_refuses_overflow_and_keeps_its_place(void **state)
{
	static const char *const texts[] = {"17179869184G", "K", "",
					    "18446744073709551616"};
	uint64_t size = 5;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct span text = span_of(texts[i]);

		assert_false(span_take_size(&text, &size));
		assert_true(text.at == texts[i] && size == 5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(find_finds_the_first_of_all_places),
		cmocka_unit_test(take_u64_takes_digits_and_leaves_the_rest),
		cmocka_unit_test(take_u64_takes_the_largest_number),
		cmocka_unit_test(take_u64_refuses_overflow_and_keeps_its_place),
		cmocka_unit_test(take_u64_wants_a_digit_in_front),
		cmocka_unit_test(take_hex_takes_both_cases),
		cmocka_unit_test(
			take_hex_refuses_what_is_none_and_keeps_its_place),
		cmocka_unit_test(
			each_hex_digit_has_its_value_and_no_other_byte_has),
		cmocka_unit_test(drop_u64_takes_digits_from_the_back),
		cmocka_unit_test(
			take_and_drop_move_only_when_the_text_is_there),
		cmocka_unit_test(
			take_line_takes_lines_and_a_last_one_without_newline),
		cmocka_unit_test(find_returns_the_first_place),
		cmocka_unit_test(has_word_wants_the_whole_word),
		cmocka_unit_test(
			compare_is_by_unsigned_bytes_and_puts_a_prefix_first),
		cmocka_unit_test(
			blanks_words_and_digits_are_taken_from_the_front),
		cmocka_unit_test(trim_end_takes_blanks_and_cr_behind_the_text),
		cmocka_unit_test(from_u64_prints_every_digit_and_no_more),
		cmocka_unit_test(find_last_returns_the_last_place),
		cmocka_unit_test(line_around_ends_at_newlines_and_at_the_text),
		cmocka_unit_test(equal_knows_empty_spans_without_address),
		cmocka_unit_test(take_size_takes_powers_of_1024),
		cmocka_unit_test(
			take_size_refuses_overflow_and_keeps_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
