/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/build_id.h"

static void check_notes(const void *notes, size_t length, const char *expected)
{
	char text[2 * BUILD_ID_MAX + 1] = "none";
	struct build_id id = {0};

	if (build_id_of_notes(notes, length, &id))
		build_id_text(&id, text);
	assert_string_equal(text, expected);
}

/* A literal's zero at the end is not part of the notes. */
#define CHECK_NOTES(notes, expected) \
	check_notes((notes), sizeof(notes) - 1, (expected))

static void a_build_id_is_found_behind_other_notes(void **state)
{
	(void)state;
	CHECK_NOTES("\6\0\0\0\1\0\0\0\0\1\0\0Linux\0\0\0\x7f\0\0\0"
		    "\4\0\0\0\3\0\0\0\3\0\0\0GNU\0\xab\xcd\xef\0",
		    "abcdef");
	/* Of another owner that type means something else. */
	CHECK_NOTES("\4\0\0\0\3\0\0\0\3\0\0\0Xen\0\xab\xcd\xef\0", "none");
	CHECK_NOTES("\10\0\0\0\3\0\0\0\3\0\0\0GNU\0GNU\0\xab\xcd\xef\0",
		    "none");
	CHECK_NOTES("\4\0\0\0\3\0\0\0\5\0\0\0GNU\0\xab\xcd\xef\0", "none");
}

static void notes_of_the_other_byte_order_are_read(void **state)
{
	(void)state;
	CHECK_NOTES("\0\0\0\6\0\0\0\1\0\0\1\0Linux\0\0\0\x7f\0\0\0"
		    "\0\0\0\4\0\0\0\2\0\0\0\3GNU\0\x12\x34",
		    "1234");
}

static void notes_padded_to_eight_bytes_are_read(void **state)
{
	(void)state;
	CHECK_NOTES("\4\0\0\0\x4\0\0\0\5\0\0\0GNU\0\1\2\3\4\0\0\0\0"
		    "\4\0\0\0\2\0\0\0\3\0\0\0GNU\0\x12\x34\0\0\0\0\0\0",
		    "1234");
}

static void a_note_that_is_cut_or_too_long_is_none(void **state)
{
	(void)state;
	CHECK_NOTES("\4\0\0\0\3\0\0\0\3\0\0\0GNU\0\xab\xcd", "none");
	CHECK_NOTES("\4\0\0\0\0\0\0\0\3\0\0\0GNU\0", "none");
	CHECK_NOTES("\4\0\0\0\x15\0\0\0\3\0\0\0GNU\0"
		    "123456789012345678901\0\0",
		    "none");
	CHECK_NOTES("\xff\xff\xff\xff\xff\xff\xff\xff\3\0\0\0GNU\0", "none");
	CHECK_NOTES("\4\0\0\0", "none");
	check_notes(NULL, 0, "none");
}

static void build_ids_are_equal_byte_by_byte_and_none_to_nothing(void **state)
{
	struct build_id a = {{1, 2, 3}, 3}, b = {{1, 2, 3}, 3}, none = {0};

	(void)state;
	assert_true(build_id_equal(&a, &b));
	b.bytes[2] = 4;
	assert_false(build_id_equal(&a, &b));
	b = (struct build_id){{1, 2, 3}, 2};
	assert_false(build_id_equal(&a, &b));
	assert_false(build_id_equal(&none, &none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_build_id_is_found_behind_other_notes),
		cmocka_unit_test(notes_of_the_other_byte_order_are_read),
		cmocka_unit_test(notes_padded_to_eight_bytes_are_read),
		cmocka_unit_test(a_note_that_is_cut_or_too_long_is_none),
		cmocka_unit_test(
			build_ids_are_equal_byte_by_byte_and_none_to_nothing),
	};

	return cmocka_run_group_tests_name("build_id", tests, NULL, NULL);
}
