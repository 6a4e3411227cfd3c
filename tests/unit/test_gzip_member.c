/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "store/gzip_member.h"
#include "live/reader.h"
#include "tests/support/dice.h"
#include "tests/support/gzip_reader.h"

enum { ROOM = READER_TEXT + 4096 };

static char text[READER_TEXT];
static char packed[2 * ROOM];

static struct gzip_packer *new_packer(void)
{
	struct gzip_packer *packer;
	struct error err;

	assert_true(gzip_packer_create(&packer, &err));
	return packer;
}

static void assert_holds(size_t packed_length, struct span expected)
{
	struct text_buffer got = {0};

	gzip_reader_add(&got, (struct span){packed, packed_length});
	assert_true(span_equal(text_buffer_span(&got), expected));
	text_buffer_deinit(&got);
}

static void members_in_a_row_hold_the_texts_in_a_row(void **state)
{
	struct gzip_packer *packer = new_packer();
	size_t length = 0;

	(void)state;
	length += gzip_member_pack(packer, SPAN("first "), packed);
	length += gzip_member_pack(packer, SPAN(""), packed + length);
	gzip_member_store(SPAN("stored "), packed + length);
	length += gzip_member_stored_length(strlen("stored "));
	length += gzip_member_pack(packer, SPAN("last"), packed + length);
	assert_holds(length, SPAN("first stored last"));
	gzip_packer_destroy(packer);
}

static void a_text_does_not_depend_on_what_was_packed_before(void **state)
{
	struct gzip_packer *packer = new_packer();
	size_t first, second;

	(void)state;
	memset(text, 'x', sizeof(text));
	first = gzip_member_pack(packer, (struct span){text, 5000}, packed);
	second = gzip_member_pack(packer, (struct span){text, 5000},
				  packed + first);
	assert_u64(second, first);
	assert_memory_equal(packed, packed + first, first);
	gzip_packer_destroy(packer);
}

static void repetitive_text_shrinks_much(void **state)
{
	struct gzip_packer *packer = new_packer();
	size_t length = 0;

	(void)state;
	while (length + 64 < sizeof(text))
		length += (size_t)sprintf(text + length,
					  "PFN 0x%zx type Unmovable\n", length);
	assert_in_range(
		gzip_member_pack(packer, (struct span){text, length}, packed),
		100, length / 4);
	gzip_packer_destroy(packer);
}

static void noise_stays_within_the_bound(void **state)
{
	static const size_t lengths[] = {1,	100,   65535,
					 65536, 70000, READER_TEXT};
	struct gzip_packer *packer = new_packer();
	struct dice dice = {7};

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)dice_roll(&dice);
	for (size_t i = 0; i < TEST_COUNT(lengths); i++) {
		struct span noise = {text, lengths[i]};
		size_t bound = gzip_member_bound(lengths[i]);
		size_t length;

		packed[bound] = 'B';
		length = gzip_member_pack(packer, noise, packed);
		assert_in_range(length, 1, bound);
		assert_int_equal(packed[bound], 'B');
		assert_holds(length, noise);
	}
	gzip_packer_destroy(packer);
}

static void a_stored_member_has_the_length_that_was_said(void **state)
{
	static const size_t lengths[] = {0, 1, 4000, 65535};

	(void)state;
	memset(text, 's', sizeof(text));
	for (size_t i = 0; i < TEST_COUNT(lengths); i++) {
		size_t length = gzip_member_stored_length(lengths[i]);

		memset(packed, 'B', length + 1);
		gzip_member_store((struct span){text, lengths[i]}, packed);
		assert_int_equal(packed[length], 'B');
		assert_holds(length, (struct span){text, lengths[i]});
	}
}

static void a_member_that_fills_has_its_length_and_no_text(void **state)
{
	static const size_t lengths[] = {GZIP_FILL_MIN, GZIP_FILL_MIN + 1, 535,
					 GZIP_FILL_MAX};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(lengths); i++) {
		size_t length = lengths[i];

		memset(packed, 'B', length + 1);
		gzip_member_fill(length, packed);
		assert_int_equal(packed[length], 'B');
		gzip_member_store(SPAN("next"), packed + length);
		assert_holds(length + gzip_member_stored_length(4),
			     SPAN("next"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_in_a_row_hold_the_texts_in_a_row),
		cmocka_unit_test(
			a_text_does_not_depend_on_what_was_packed_before),
		cmocka_unit_test(repetitive_text_shrinks_much),
		cmocka_unit_test(noise_stays_within_the_bound),
		cmocka_unit_test(a_stored_member_has_the_length_that_was_said),
		cmocka_unit_test(
			a_member_that_fills_has_its_length_and_no_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
