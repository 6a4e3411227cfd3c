/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "base/quote.h"

static void assert_quoted(const char *text, const char *expected)
{
	char quoted[QUOTE_CAPACITY];

	quote_text(span_of(text), QUOTE_LIMIT, quoted, sizeof(quoted));
	assert_string_equal(quoted, expected);
}

static void plain_text_stays(void **state)
{
	(void)state;
	assert_quoted("", "");
	assert_quoted("kworker/u8:3 (x)", "kworker/u8:3 (x)");
	assert_quoted("caf\xc3\xa9 \xe2\x86\x92 \xf0\x9f\xa6\x89",
		      "caf\xc3\xa9 \xe2\x86\x92 \xf0\x9f\xa6\x89");
}

static void controls_are_escaped(void **state)
{
	(void)state;
	assert_quoted("x\n\nPFN 0x1 typ", "x\\n\\nPFN 0x1 typ");
	assert_quoted("\033[2J\t\r\x7f\\", "\\x1b[2J\\t\\r\\x7f\\\\");
	/* C1 controls, which some terminals obey. */
	assert_quoted("\xc2\x9b"
		      "2J",
		      "\\xc2\\x9b2J");
}

static void a_zero_byte_is_escaped(void **state)
{
	char quoted[QUOTE_CAPACITY];

	(void)state;
	quote_text(SPAN("a\0b"), QUOTE_LIMIT, quoted, sizeof(quoted));
	assert_string_equal(quoted, "a\\x00b");
}

static void marks_that_turn_the_direction_are_escaped(void **state)
{
	(void)state;
	assert_quoted("a\xe2\x80\xae"
		      "b",
		      "a\\xe2\\x80\\xaeb");
	assert_quoted("\xe2\x81\xa6\xef\xbb\xbf\xe2\x80\x8f",
		      "\\xe2\\x81\\xa6\\xef\\xbb\\xbf\\xe2\\x80\\x8f");
}

/* UTF-8 of a code point of two or three bytes. */
static void encode(uint32_t code, char *ret)
{
	if (code < 0x800) {
		*ret++ = (char)(0xc0 | code >> 6);
	} else {
		*ret++ = (char)(0xe0 | code >> 12);
		*ret++ = (char)(0x80 | (code >> 6 & 0x3f));
	}
	*ret++ = (char)(0x80 | (code & 0x3f));
	*ret = '\0';
}

static void just_the_harmful_characters_are_refused(void **state)
{
	static const struct {
		uint32_t first, last;
	} harmful[] = {{0x80, 0x9f},	 {0x200b, 0x200f}, {0x2028, 0x202e},
		       {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfffe, 0xffff}};
	uint32_t code, ignored;
	char text[4];
	size_t i;

	(void)state;
	for (code = 0x80; code <= 0xffff; code++) {
		/* Surrogates are no characters. */
		bool bad = code >= 0xd800 && code < 0xe000;

		for (i = 0; i < TEST_COUNT(harmful); i++)
			bad |= code >= harmful[i].first &&
			       code <= harmful[i].last;
		encode(code, text);
		assert_int_equal(quote_utf8(span_of(text), &ignored) == 0, bad);
	}
	encode(0xfffd, text);
	assert_int_equal(quote_utf8(span_of(text), &ignored), 3);
	assert_int_equal(quote_utf8(SPAN("\x7f"), &ignored), 0);
	assert_int_equal(quote_utf8(SPAN("~"), &ignored), 1);
}

static void bytes_that_are_no_utf8_are_escaped(void **state)
{
	static const char *const bad[] = {
		"\xff",		    /* no such byte */
		"\x80",		    /* goes on from nowhere */
		"\xc3",		    /* breaks off */
		"\xc0\xaf",	    /* too long for '/' */
		"\xe0\x80\xaf",	    /* the same */
		"\xed\xa0\x80",	    /* a surrogate */
		"\xf4\x90\x80\x80", /* beyond Unicode */
		"\xe2\x86",	    /* breaks off */
	};
	uint32_t code = 7;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(bad); i++) {
		assert_int_equal(quote_utf8(span_of(bad[i]), &code), 0);
		assert_int_equal(code, 7);
	}
	assert_quoted("\xff(", "\\xff(");
	assert_quoted("\xc3(", "\\xc3(");
}

static void utf8_gives_length_and_code_point(void **state)
{
	uint32_t code;

	(void)state;
	assert_int_equal(quote_utf8(SPAN("ab"), &code), 1);
	assert_int_equal(code, 'a');
	assert_int_equal(quote_utf8(SPAN("\xc3\xa9x"), &code), 2);
	assert_int_equal(code, 0xe9);
	assert_int_equal(quote_utf8(SPAN("\xe2\x86\x92"), &code), 3);
	assert_int_equal(code, 0x2192);
	assert_int_equal(quote_utf8(SPAN("\xf0\x9f\xa6\x89"), &code), 4);
	assert_int_equal(code, 0x1f989);
	assert_int_equal(quote_utf8(SPAN(""), &code), 0);
}

static void decode_gives_harmful_characters_too(void **state)
{
	uint32_t code;

	(void)state;
	assert_int_equal(quote_decode(SPAN("\n"), &code), 1);
	assert_int_equal(code, '\n');
	assert_int_equal(quote_decode(SPAN("\xe2\x80\xae"), &code), 3);
	assert_int_equal(code, 0x202e);
	assert_int_equal(quote_utf8(SPAN("\xe2\x80\xae"), &code), 0);
	assert_int_equal(quote_decode(SPAN("\xff"), &code), 0);
	assert_int_equal(quote_decode(SPAN(""), &code), 0);
}

static void what_exceeds_the_limit_is_cut_between_characters(void **state)
{
	char quoted[QUOTE_CAPACITY];

	(void)state;
	quote_text(SPAN("abcdef"), 3, quoted, sizeof(quoted));
	assert_string_equal(quoted, "abc...");
	quote_text(SPAN("abcdef"), 6, quoted, sizeof(quoted));
	assert_string_equal(quoted, "abcdef");
	quote_text(SPAN("ab\xc3\xa9"), 3, quoted, sizeof(quoted));
	assert_string_equal(quoted, "ab...");
}

static void never_more_than_the_capacity_is_written(void **state)
{
	static const char text[] = "\x01\x02\x03"
				   "abcdefghijklmnop";
	size_t capacity;

	(void)state;
	for (capacity = 0; capacity < 40; capacity++) {
		char quoted[48];

		memset(quoted, '#', sizeof(quoted));
		quote_text(SPAN(text), 100, quoted, capacity);
		if (capacity)
			assert_true(strlen(quoted) < capacity);
		assert_int_equal(quoted[capacity], '#');
	}
}

static void the_capacity_holds_any_text_of_the_limit(void **state)
{
	char text[QUOTE_LIMIT + 1], quoted[QUOTE_CAPACITY];

	(void)state;
	memset(text, 0xff, sizeof(text));
	quote_text((struct span){text, QUOTE_LIMIT}, QUOTE_LIMIT, quoted,
		   sizeof(quoted));
	assert_int_equal(strlen(quoted), 4 * QUOTE_LIMIT);
	quote_text((struct span){text, QUOTE_LIMIT + 1}, QUOTE_LIMIT, quoted,
		   sizeof(quoted));
	assert_string_equal(quoted + 4 * QUOTE_LIMIT, "...");
}

static void assert_undone(const char *quoted, struct span expected)
{
	char text[64];
	size_t length;

	assert_true(quote_undo(span_of(quoted), text, &length));
	assert_int_equal(length, expected.length);
	assert_memory_equal(text, expected.at, length);
}

static void what_was_escaped_can_be_undone(void **state)
{
	char all[256], quoted[4 * 256 + 4], back[sizeof(quoted)];
	size_t length, i;

	(void)state;
	assert_undone("a b", SPAN("a b"));
	assert_undone("a\\\\n\\n\\t\\r\\x1b", SPAN("a\\n\n\t\r\033"));
	for (i = 0; i < sizeof(all); i++)
		all[i] = (char)i;
	quote_text((struct span){all + 1, 255}, 255, quoted, sizeof(quoted));
	assert_true(quote_undo(span_of(quoted), back, &length));
	assert_int_equal(length, 255);
	assert_memory_equal(back, all + 1, 255);
}

static void what_no_escape_is_cannot_be_undone(void **state)
{
	static const char *const texts[] = {"\\",    "a\\q",  "\\x",  "\\x1",
					    "\\xg1", "\\x1g", "\\x00"};
	char text[8];
	size_t length, i;

	(void)state;
	for (i = 0; i < TEST_COUNT(texts); i++)
		assert_false(quote_undo(span_of(texts[i]), text, &length));
	/* What lies behind the text is none of it. */
	assert_false(quote_undo((struct span){"\\x41", 3}, text, &length));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text_stays),
		cmocka_unit_test(controls_are_escaped),
		cmocka_unit_test(a_zero_byte_is_escaped),
		cmocka_unit_test(marks_that_turn_the_direction_are_escaped),
		cmocka_unit_test(just_the_harmful_characters_are_refused),
		cmocka_unit_test(bytes_that_are_no_utf8_are_escaped),
		cmocka_unit_test(utf8_gives_length_and_code_point),
		cmocka_unit_test(decode_gives_harmful_characters_too),
		cmocka_unit_test(
			what_exceeds_the_limit_is_cut_between_characters),
		cmocka_unit_test(never_more_than_the_capacity_is_written),
		cmocka_unit_test(the_capacity_holds_any_text_of_the_limit),
		cmocka_unit_test(what_was_escaped_can_be_undone),
		cmocka_unit_test(what_no_escape_is_cannot_be_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
