/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "input/inflate.h"
#include "input/inflate_engine.h"

/* All engines must behave alike: each test runs over all of them. */
static const struct inflate_engine *const engines[] = {
	&inflate_engine_zlib,
#ifdef HAVE_ISAL
	&inflate_engine_isal,
#endif
};

enum { ENGINES = sizeof(engines) / sizeof(*engines), CAPACITY = 1 << 20 };

/* Bytes that grow; each test has its own. */
struct bytes {
	size_t length;
	uint8_t at[CAPACITY];
};

static struct bytes *bytes_create(void)
{
	struct bytes *bytes = calloc(1, sizeof(*bytes));

	assert_non_null(bytes);
	return bytes;
}

static void bytes_add(struct bytes *bytes, const void *more, size_t length)
{
	assert_true(bytes->length + length <= CAPACITY);
	memcpy(bytes->at + bytes->length, more, length);
	bytes->length += length;
}

/* Add text with zlib, as far as flush says; header may be NULL. */
static void deflate_text(struct bytes *packed, const void *text, size_t length,
			 gz_header *header, int flush)
{
	z_stream stream = {0};

	assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8,
				      Z_DEFAULT_STRATEGY),
			 Z_OK);
	if (header)
		assert_int_equal(deflateSetHeader(&stream, header), Z_OK);
	stream.next_in = (Bytef *)text;
	stream.avail_in = (uInt)length;
	stream.next_out = packed->at + packed->length;
	stream.avail_out = (uInt)(CAPACITY - packed->length);
	assert_int_equal(deflate(&stream, flush),
			 flush == Z_FINISH ? Z_STREAM_END : Z_OK);
	packed->length = CAPACITY - stream.avail_out;
	deflateEnd(&stream);
}

/* Add one gzip member. */
static void add_member(struct bytes *packed, const void *text, size_t length,
		       gz_header *header)
{
	deflate_text(packed, text, length, header, Z_FINISH);
}

static void add_string(struct bytes *packed, const char *text)
{
	add_member(packed, text, strlen(text), NULL);
}

/* Text that repeats itself near and far, and is more than any window. */
static void fill_text(struct bytes *text, size_t length)
{
	uint32_t random = 12345;

	while (text->length < length) {
		char line[64];
		int n;

		random = random * 1103515245 + 12345;
		n = snprintf(line, sizeof(line), " frame_%u+0x%x/0x1c0\n",
			     random >> 27, random >> 20);
		bytes_add(text, line, (size_t)n);
	}
}

/* What came out of an engine. */
struct outcome {
	struct inflate_loss loss;
	struct bytes *text;
	char told[256];
};

/* Decompress in parts of at most in_part and out_part bytes. */
static void run(const struct inflate_engine *engine, const struct bytes *packed,
		size_t in_part, size_t out_part, struct outcome *ret)
{
	struct inflate *inflate;
	struct inflate_buffers buffers = {.in = packed->at};
	size_t left = packed->length;
	struct error err;

	/* Text of an earlier run must not pass for text of this one. */
	memset(ret->text->at, 0xee, CAPACITY);
	ret->text->length = 0;
	assert_true(inflate_create(engine, &inflate, &err));
	for (;;) {
		uint8_t *out = ret->text->at + ret->text->length;
		enum inflate_status status;

		buffers.out = out;
		buffers.out_room = out_part;
		if (ret->text->length + out_part > CAPACITY)
			buffers.out_room = CAPACITY - ret->text->length;
		assert_true(inflate_run(inflate, &buffers, &status, &err));
		ret->text->length += (size_t)(buffers.out - out);
		if (status == INFLATE_DONE)
			break;
		if (status == INFLATE_OUTPUT_FULL) {
			assert_int_equal(buffers.out_room, 0);
			assert_true(ret->text->length < CAPACITY);
			continue;
		}
		assert_int_equal(buffers.in_length, 0);
		if (!left)
			break;
		buffers.in_length = left < in_part ? left : in_part;
		left -= buffers.in_length;
	}
	inflate_finish(inflate);
	ret->loss = *inflate_loss(inflate);
	inflate_describe_loss(&ret->loss, ret->told, sizeof(ret->told));
	assert_int_equal(ret->loss.text_bytes, ret->text->length);
	inflate_destroy(inflate);
}

struct fixture {
	struct bytes *packed, *text;
	struct outcome outcome;
};

static int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	fixture->packed = bytes_create();
	fixture->text = bytes_create();
	fixture->outcome.text = bytes_create();
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	free(fixture->packed);
	free(fixture->text);
	free(fixture->outcome.text);
	free(fixture);
	return 0;
}

static void assert_text(const struct outcome *outcome, const void *text,
			size_t length)
{
	assert_int_equal(outcome->text->length, length);
	assert_memory_equal(outcome->text->at, text, length);
}

/* Every engine gives text and tells loss, in large parts and bytewise. */
static void expect(struct fixture *fixture, const char *text, const char *told)
{
	static const size_t parts[] = {1, CAPACITY};

	for (size_t i = 0; i < ENGINES * 4; i++) {
		run(engines[i / 4], fixture->packed, parts[i / 2 % 2],
		    parts[i % 2], &fixture->outcome);
		assert_text(&fixture->outcome, text, strlen(text));
		assert_string_equal(fixture->outcome.told, told);
	}
}

static void any_division_of_input_and_output_gives_the_same_text(void **state)
{
	static const size_t in_parts[] = {1, 2, 3, 7, 64, 1000, 65536};
	static const size_t out_parts[] = {1, 5, 4096, 40000, 100000};
	struct fixture *fixture = *state;

	fill_text(fixture->text, 300000);
	add_member(fixture->packed, fixture->text->at, 200000, NULL);
	add_member(fixture->packed, fixture->text->at + 200000,
		   fixture->text->length - 200000, NULL);
	for (size_t i = 0; i < ENGINES * 7 * 5; i++) {
		run(engines[i / 35], fixture->packed, in_parts[i / 5 % 7],
		    out_parts[i % 5], &fixture->outcome);
		assert_text(&fixture->outcome, fixture->text->at,
			    fixture->text->length);
		assert_string_equal(fixture->outcome.told, "");
		assert_int_equal(fixture->outcome.loss.members, 2);
	}
}

static void data_that_does_not_compress_is_read(void **state)
{
	struct fixture *fixture = *state;
	uint32_t random = 1;

	for (size_t i = 0; i < 200000; i++) {
		random = random * 1664525 + 1013904223;
		bytes_add(fixture->text, (uint8_t *)&random + 3, 1);
	}
	add_member(fixture->packed, fixture->text->at, fixture->text->length,
		   NULL);
	for (size_t i = 0; i < ENGINES; i++) {
		run(engines[i], fixture->packed, 999, 1234, &fixture->outcome);
		assert_text(&fixture->outcome, fixture->text->at,
			    fixture->text->length);
		assert_string_equal(fixture->outcome.told, "");
	}
}

static void members_follow_one_another_and_may_be_empty(void **state)
{
	struct fixture *fixture = *state;

	add_string(fixture->packed, "one ");
	add_string(fixture->packed, "");
	add_string(fixture->packed, "two");
	expect(fixture, "one two", "");
	assert_int_equal(fixture->outcome.loss.members, 3);
}

static void no_input_at_all_lacks_its_member(void **state)
{
	expect(*state, "", "compressed data ends early after 0 bytes of text");
}

static void every_field_of_a_header_is_skipped(void **state)
{
	struct fixture *fixture = *state;
	gz_header header = {
		.extra = (Bytef *)"extra\0field",
		.extra_len = 11,
		.name = (Bytef *)"dump.po",
		.comment = (Bytef *)"a comment",
		.hcrc = 1,
		.text = 1,
	};
	gz_header empty = {.extra = (Bytef *)"", .extra_len = 0};

	add_member(fixture->packed, "text", 4, &header);
	add_member(fixture->packed, ", more", 6, &empty);
	expect(fixture, "text, more", "");
}

static void zero_bytes_between_and_after_members_are_padding(void **state)
{
	static const uint8_t zeros[1000];
	struct fixture *fixture = *state;

	add_string(fixture->packed, "one ");
	bytes_add(fixture->packed, zeros, 5);
	add_string(fixture->packed, "two");
	bytes_add(fixture->packed, zeros, sizeof(zeros));
	expect(fixture, "one two", "");
}

static void bytes_after_the_last_member_are_counted_as_ignored(void **state)
{
	struct fixture *fixture = *state;

	add_string(fixture->packed, "text");
	bytes_add(fixture->packed, "\0\0", 2);
	bytes_add(fixture->packed, "\x1f\x8b?", 3);
	expect(fixture, "text",
	       "3 bytes after the end of the gzip data are ignored");
	bytes_add(fixture->packed, "\0more", 5);
	expect(fixture, "text",
	       "8 bytes after the end of the gzip data are ignored");
	fixture->packed->length -= 8;
	bytes_add(fixture->packed, "x", 1);
	expect(fixture, "text",
	       "1 byte after the end of the gzip data is ignored");
}

static void a_wrong_checksum_names_the_member_and_keeps_the_text(void **state)
{
	struct fixture *fixture = *state;

	add_string(fixture->packed, "one ");
	add_string(fixture->packed, "two ");
	fixture->packed->at[fixture->packed->length - 8] ^= 1;
	add_string(fixture->packed, "three");
	expect(fixture, "one two three",
	       "checksum of gzip member 2 does not match");
	fixture->packed->at[fixture->packed->length - 5] ^= 0x80;
	expect(fixture, "one two three",
	       "checksum of gzip member 2 does not match (and of 1 more)");
	assert_int_equal(fixture->outcome.loss.members, 3);
	assert_int_equal(fixture->outcome.loss.bad_members, 2);
}

static void a_wrong_length_names_the_member_and_keeps_the_text(void **state)
{
	struct fixture *fixture = *state;

	add_string(fixture->packed, "text");
	fixture->packed->at[fixture->packed->length - 1] ^= 0x80;
	expect(fixture, "text", "length of gzip member 1 does not match");
}

static void input_cut_anywhere_gives_what_is_readable_and_says_so(void **state)
{
	struct fixture *fixture = *state;
	gz_header header = {.name = (Bytef *)"dump", .hcrc = 1};
	struct bytes *packed = fixture->packed;
	size_t whole, seen = 0;

	fill_text(fixture->text, 2000);
	add_member(packed, fixture->text->at, fixture->text->length, &header);
	whole = packed->length;
	for (size_t i = 0; i < ENGINES; i++) {
		for (size_t cut = 0; cut < whole; cut++) {
			packed->length = cut;
			run(engines[i], packed, 50, 500, &fixture->outcome);
			assert_true(fixture->outcome.loss.cut);
			assert_false(fixture->outcome.loss.damaged);
			assert_text(&fixture->outcome, fixture->text->at,
				    fixture->outcome.text->length);
			seen = fixture->outcome.text->length;
		}
		/* Only the trailer was missing. */
		assert_int_equal(seen, fixture->text->length);
	}
}

static void a_cut_tells_how_much_text_there_was(void **state)
{
	struct fixture *fixture = *state;

	add_string(fixture->packed, "whole");
	fixture->packed->length -= 3;
	expect(fixture, "whole",
	       "compressed data ends early after 5 bytes of text");
}

/* A header, "text" as stored block, then a block of a kind that is none. */
static void add_damaged(struct bytes *packed)
{
	static const uint8_t member[] = {
		0x1f, 0x8b, 8,	 0,   0,    0, 0, 0, 0, 3, 0, 4, 0, 0xfb, 0xff,
		't',  'e',  'x', 't', 0x07, 0, 0, 0, 0, 0, 0, 0, 0, 0,	  0,
	};

	bytes_add(packed, member, sizeof(member));
}

static void text_before_the_damage_is_given_out(void **state)
{
	struct fixture *fixture = *state;

	add_string(fixture->packed, "good ");
	add_damaged(fixture->packed);
	add_string(fixture->packed, "never seen");
	expect(fixture, "good text",
	       "compressed data is damaged after 9 bytes of text, "
	       "the rest is lost");
}

/*
 * The fast loop of ISA-L 2.30 gives out 258 bytes of nothing here, but only
 * with enough input behind the damage.
 */
static void a_reference_before_the_first_byte_is_damage(void **state)
{
	/* Fixed codes: length 258, distance 1, with no text before. */
	static const uint8_t member[10 + 2 + 1000] = {
		0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x1b, 0x05,
	};
	struct fixture *fixture = *state;

	bytes_add(fixture->packed, member, 16);
	expect(fixture, "",
	       "compressed data is damaged after 0 bytes of text, "
	       "the rest is lost");
	bytes_add(fixture->packed, member + 16, sizeof(member) - 16);
	expect(fixture, "",
	       "compressed data is damaged after 0 bytes of text, "
	       "the rest is lost");
}

/* Damage behind much text, where outputs of all sizes are full. */
static void text_far_before_the_damage_is_given_out_whole(void **state)
{
	static const size_t parts[] = {3000, 40000, CAPACITY};
	/* Fixed codes: length 258 and a distance that there is not. */
	static const uint8_t damage[1000] = {0x1b, 0x7d};
	struct fixture *fixture = *state;
	struct bytes *packed = fixture->packed;

	fill_text(fixture->text, 300000);
	/* A flush ends the last block but not the member. */
	deflate_text(packed, fixture->text->at, fixture->text->length, NULL,
		     Z_FULL_FLUSH);
	bytes_add(packed, damage, sizeof(damage));
	for (size_t i = 0; i < ENGINES * 9; i++) {
		run(engines[i / 9], packed, parts[i / 3 % 3], parts[i % 3],
		    &fixture->outcome);
		assert_text(&fixture->outcome, fixture->text->at,
			    fixture->text->length);
		assert_true(fixture->outcome.loss.damaged);
		assert_false(fixture->outcome.loss.cut);
	}
}

/*
 * Deflate data in which one byte stands for up to 258 bytes of text and, next
 * to it, damage: text has to wait for room when the damage is already known.
 * First a table in which 'a' has one bit, length 258 and the end of the block
 * have two, and distance 1 has one; and "aaa".
 */
static const uint8_t dense_head[] = {
	0x1f, 0x8b, 8, 0, 0,	0,    0,    0,	  0,	3,    0xec, 0xc1, 0x01,
	0x09, 0,    0, 0, 0x80, 0xa0, 0xad, 0xfe, 0x3f, 0xd1, 0x91, 0x14,
};
/* 258 times the same, eight times. */
static const uint8_t dense_eight[] = {0xdb, 0xb6, 0x6d};
/* That once, the end of the block, and a block of the kind 3. */
static const uint8_t dense_damage[] = {0xeb};

static void text_that_waits_for_room_survives_the_damage(void **state)
{
	static const int eights[] = {0, 3, 31, 32, 33, 40};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(eights) / sizeof(*eights); i++) {
		size_t length = 3 + 258 * (8 * (size_t)eights[i] + 1);
		char told[100];

		fixture->packed->length = 0;
		bytes_add(fixture->packed, dense_head, sizeof(dense_head));
		for (int j = 0; j < eights[i]; j++)
			bytes_add(fixture->packed, dense_eight,
				  sizeof(dense_eight));
		bytes_add(fixture->packed, dense_damage, 1);
		memset(fixture->text->at, 'a', length);
		fixture->text->at[length] = '\0';
		snprintf(told, sizeof(told),
			 "compressed data is damaged after %zu bytes of text, "
			 "the rest is lost",
			 length);
		expect(fixture, (const char *)fixture->text->at, told);
		/* And with what a fast loop wants to see behind it. */
		bytes_add(fixture->packed, dense_head, sizeof(dense_head));
		expect(fixture, (const char *)fixture->text->at, told);
	}
}

static void what_is_no_gzip_is_damaged_from_the_start(void **state)
{
	struct fixture *fixture = *state;

	bytes_add(fixture->packed, "\x1f\x8b\x07", 3);
	expect(fixture, "",
	       "compressed data is damaged after 0 bytes of text, "
	       "the rest is lost");
}

static void a_header_with_reserved_flags_is_damage(void **state)
{
	struct fixture *fixture = *state;
	size_t second;

	add_string(fixture->packed, "one");
	second = fixture->packed->length;
	add_string(fixture->packed, "two");
	fixture->packed->at[second + 3] = 0x20;
	expect(fixture, "one",
	       "compressed data is damaged after 3 bytes of text, "
	       "the rest is lost");
}

/* Engines that misbehave in ways that no library does at will. */

static void *fake_create(void)
{
	static char state;

	return &state;
}

static void *fake_create_fails(void)
{
	return NULL;
}

static void fake_nothing(void *state)
{
	(void)state;
}

static enum inflate_step fake_run_fails(void *state,
					struct inflate_buffers *buffers)
{
	(void)state;
	(void)buffers;
	return INFLATE_STEP_MEMORY;
}

static enum inflate_step fake_run_stuck(void *state,
					struct inflate_buffers *buffers)
{
	(void)state;
	(void)buffers;
	return INFLATE_STEP_INPUT;
}

static void memory_that_runs_out_is_an_error(void **state)
{
	struct inflate_engine engine = {
		.create = fake_create_fails,
		.destroy = fake_nothing,
		.reset = fake_nothing,
		.run = fake_run_fails,
	};
	struct fixture *fixture = *state;
	struct inflate_buffers buffers = {.out = fixture->text->at,
					  .out_room = 10};
	struct inflate *inflate = NULL;
	enum inflate_status status;
	struct error err = {0};

	assert_false(inflate_create(&engine, &inflate, &err));
	assert_int_equal(err.code, ERROR_MEMORY);
	assert_null(inflate);

	engine.create = fake_create;
	err.code = ERROR_NONE;
	add_string(fixture->packed, "text");
	buffers.in = fixture->packed->at;
	buffers.in_length = fixture->packed->length;
	assert_true(inflate_create(&engine, &inflate, &err));
	assert_false(inflate_run(inflate, &buffers, &status, &err));
	assert_int_equal(err.code, ERROR_MEMORY);
	inflate_destroy(inflate);
}

static void an_engine_that_is_stuck_ends_as_damage(void **state)
{
	const struct inflate_engine engine = {
		.create = fake_create,
		.destroy = fake_nothing,
		.reset = fake_nothing,
		.run = fake_run_stuck,
	};
	struct fixture *fixture = *state;

	add_string(fixture->packed, "text");
	run(&engine, fixture->packed, 100, 100, &fixture->outcome);
	assert_true(fixture->outcome.loss.damaged);
}

static void several_losses_are_told_in_one_line(void **state)
{
	const struct inflate_loss loss = {
		.text_bytes = 1,
		.members = 9,
		.bad_members = 3,
		.first_bad = 4,
		.garbage_bytes = 2,
	};
	char told[256], cut[30];

	(void)state;
	inflate_describe_loss(&loss, told, sizeof(told));
	assert_string_equal(told,
			    "checksum of gzip member 4 does not match "
			    "(and of 2 more); 2 bytes after the end of the "
			    "gzip data are ignored");
	inflate_describe_loss(&loss, cut, sizeof(cut));
	assert_string_equal(cut, "checksum of gzip member 4 doe");
}

static void the_backend_has_a_name_and_a_version(void **state)
{
	(void)state;
#ifdef HAVE_ISAL
	assert_ptr_equal(inflate_engine_default(), &inflate_engine_isal);
	assert_memory_equal(inflate_backend(), "ISA-L 2.", 8);
#else
	assert_ptr_equal(inflate_engine_default(), &inflate_engine_zlib);
	assert_string_equal(inflate_backend(), "zlib " ZLIB_VERSION);
#endif
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(any_division_of_input_and_output_gives_the_same_text),
		TEST(data_that_does_not_compress_is_read),
		TEST(members_follow_one_another_and_may_be_empty),
		TEST(no_input_at_all_lacks_its_member),
		TEST(every_field_of_a_header_is_skipped),
		TEST(zero_bytes_between_and_after_members_are_padding),
		TEST(bytes_after_the_last_member_are_counted_as_ignored),
		TEST(a_wrong_checksum_names_the_member_and_keeps_the_text),
		TEST(a_wrong_length_names_the_member_and_keeps_the_text),
		TEST(input_cut_anywhere_gives_what_is_readable_and_says_so),
		TEST(a_cut_tells_how_much_text_there_was),
		TEST(text_before_the_damage_is_given_out),
		TEST(a_reference_before_the_first_byte_is_damage),
		TEST(text_far_before_the_damage_is_given_out_whole),
		TEST(text_that_waits_for_room_survives_the_damage),
		TEST(what_is_no_gzip_is_damaged_from_the_start),
		TEST(a_header_with_reserved_flags_is_damage),
		TEST(memory_that_runs_out_is_an_error),
		TEST(an_engine_that_is_stuck_ends_as_damage),
		TEST(several_losses_are_told_in_one_line),
		TEST(the_backend_has_a_name_and_a_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
