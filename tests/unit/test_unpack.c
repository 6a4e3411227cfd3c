/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/archive_maker.h"
#include "tests/support/check.h"

#include <errno.h>

#include "input/unpack.h"

#ifdef HAVE_ARCHIVE

enum { CAPACITY = 1 << 20 };

/* Bytes from memory, at most part in one read; then the end, or error. */
struct memory {
	const char *at;
	size_t length, part;
	int error;
};

static ssize_t memory_read(void *context, void *buffer, size_t length)
{
	struct memory *memory = context;

	if (!memory->length && memory->error) {
		errno = memory->error;
		return -1;
	}
	if (length > memory->part)
		length = memory->part;
	if (length > memory->length)
		length = memory->length;
	memcpy(buffer, memory->at, length);
	memory->at += length;
	memory->length -= length;
	return (ssize_t)length;
}

/* The text of memory, and what is told of it. */
struct outcome {
	char text[CAPACITY];
	char loss[256];
	size_t length;
};

static void run(struct outcome *outcome, struct memory memory, size_t part)
{
	struct source_io io = {.read = memory_read, .context = &memory};
	struct unpack *unpack = NULL;
	struct error err = {0};
	ssize_t got;

	assert_true(unpack_create(io, &unpack, &err));
	outcome->length = 0;
	do {
		got = unpack_read(unpack, outcome->text + outcome->length,
				  part);
		assert_true(got >= 0);
		outcome->length += (size_t)got;
		assert_true(outcome->length + part < CAPACITY);
	} while (got);
	assert_int_equal(unpack_read(unpack, outcome->text, 1), 0);
	snprintf(outcome->loss, sizeof(outcome->loss), "%s",
		 unpack_loss(unpack));
	unpack_destroy(unpack);
}

struct fixture {
	char text[200000]; /* no two stretches of it are the same */
	struct outcome outcome;
	struct made_archive packed;
};

static int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	size_t length = 0;

	assert_non_null(fixture);
	for (unsigned i = 1; length + 32 < sizeof(fixture->text); i++)
		length += (size_t)snprintf(fixture->text + length, 32,
					   "%u %u\n", i, i * 2654435761u);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	made_archive_deinit(&fixture->packed);
	free(fixture);
	return 0;
}

static const char *const filters[] = {"xz",  "lzma",  "lzip",	 "zstd",
				      "lz4", "bzip2", "compress"};

static void pack(struct fixture *fixture, const char *filter, const char *text)
{
	const struct made_entry entries[] = {{.path = "x", .text = text},
					     {NULL}};

	made_archive_deinit(&fixture->packed);
	made_archive_init(&fixture->packed, "raw", filter, entries);
}

static struct memory packed(const struct fixture *fixture, size_t part)
{
	return (struct memory){.at = fixture->packed.bytes,
			       .length = fixture->packed.length,
			       .part = part};
}

static void each_compression_is_known_and_undone(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < TEST_COUNT(filters); i++) {
		struct span head;

		pack(fixture, filters[i], fixture->text);
		head = (struct span){fixture->packed.bytes, 16};
		if (!unpack_reads(packed_stream(head)))
			fail_msg("%s is not read", filters[i]);
		run(&fixture->outcome, packed(fixture, SIZE_MAX), 65536);
		assert_string_equal(fixture->outcome.text, fixture->text);
		assert_string_equal(fixture->outcome.loss, "");
	}
}

static void how_the_bytes_are_divided_does_not_matter(void **state)
{
	static const size_t parts[] = {1, 7, 4096};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < TEST_COUNT(filters); i++) {
		pack(fixture, filters[i], fixture->text);
		for (size_t k = 0; k < TEST_COUNT(parts); k++) {
			memset(fixture->outcome.text, 0, CAPACITY);
			run(&fixture->outcome, packed(fixture, parts[k]), 999);
			assert_string_equal(fixture->outcome.text,
					    fixture->text);
			assert_string_equal(fixture->outcome.loss, "");
		}
	}
}

static void nothing_compressed_is_an_empty_text(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < TEST_COUNT(filters); i++) {
		/* libarchive's writer fails at these. */
		if (strcmp(filters[i], "compress") == 0 ||
		    strcmp(filters[i], "lz4") == 0)
			continue;
		pack(fixture, filters[i], "");
		run(&fixture->outcome, packed(fixture, SIZE_MAX), 100);
		assert_int_equal(fixture->outcome.length, 0);
		if (fixture->outcome.loss[0])
			fail_msg("%s: %s", filters[i], fixture->outcome.loss);
	}
}

static void two_streams_one_behind_the_other_are_one_text(void **state)
{
	static const char *const joined[] = {"xz", "zstd", "bzip2", "lz4"};
	struct fixture *fixture = *state;
	size_t half = strlen(fixture->text);

	for (size_t i = 0; i < TEST_COUNT(joined); i++) {
		struct memory memory;
		char *twice;

		pack(fixture, joined[i], fixture->text);
		twice = malloc(2 * fixture->packed.length);
		assert_non_null(twice);
		for (size_t k = 0; k < 2; k++)
			memcpy(twice + k * fixture->packed.length,
			       fixture->packed.bytes, fixture->packed.length);
		memory = (struct memory){.at = twice,
					 .length = 2 * fixture->packed.length,
					 .part = SIZE_MAX};
		run(&fixture->outcome, memory, 65536);
		free(twice);
		assert_int_equal(fixture->outcome.length, 2 * half);
		assert_memory_equal(fixture->outcome.text + half, fixture->text,
				    half);
		assert_string_equal(fixture->outcome.loss, "");
	}
}

/* What comes before a cut is given out, but for a block of the library's. */
static void a_cut_stream_gives_its_beginning_and_tells(void **state)
{
	struct fixture *fixture = *state;
	char told[128];

	for (size_t i = 0; i < TEST_COUNT(filters); i++) {
		size_t whole;

		/* It has no mark at its end. */
		if (strcmp(filters[i], "compress") == 0)
			continue;
		pack(fixture, filters[i], fixture->text);
		whole = fixture->packed.length;
		for (size_t cut = 4; cut < whole; cut += whole / 50) {
			struct memory memory = packed(fixture, SIZE_MAX);

			memory.length = cut;
			run(&fixture->outcome, memory, 4096);
			assert_memory_equal(fixture->outcome.text,
					    fixture->text,
					    fixture->outcome.length);
			snprintf(told, sizeof(told),
				 "compressed data ends early after %zu bytes "
				 "of text",
				 fixture->outcome.length);
			assert_string_equal(fixture->outcome.loss, told);
		}
		/* These two have the text in a single block. */
		assert_int_equal(fixture->outcome.length > 0,
				 strcmp(filters[i], "lz4") != 0 &&
					 strcmp(filters[i], "bzip2") != 0);
	}
}

/* Whatever is given out: no crash, no end of it, and no silence. */
static void a_damaged_stream_ends(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < TEST_COUNT(filters); i++) {
		size_t whole;

		pack(fixture, filters[i], fixture->text);
		whole = fixture->packed.length;
		for (size_t at = 20; at < whole; at += whole / 20) {
			fixture->packed.bytes[at] ^= 0x55;
			run(&fixture->outcome, packed(fixture, SIZE_MAX), 4096);
			if (strcmp(filters[i], "xz") == 0 &&
			    !fixture->outcome.loss[0])
				fail_msg("damage at %zu is not told", at);
			fixture->packed.bytes[at] ^= 0x55;
		}
	}
}

static void damage_is_told_with_the_librarys_reason(void **state)
{
	struct fixture *fixture = *state;
	static const char told[] =
		"compressed data is damaged after 0 bytes of text, the rest is "
		"lost (";

	pack(fixture, "xz", fixture->text);
	fixture->packed.bytes[30] ^= 0x55;
	run(&fixture->outcome, packed(fixture, SIZE_MAX), 4096);
	assert_int_equal(fixture->outcome.length, 0);
	assert_memory_equal(fixture->outcome.loss, told, strlen(told));
}

static void what_follows_the_data_is_told(void **state)
{
	struct fixture *fixture = *state;
	size_t whole;

	pack(fixture, "bzip2", fixture->text);
	whole = fixture->packed.length;
	fixture->packed.bytes = realloc(fixture->packed.bytes, whole + 10);
	assert_non_null(fixture->packed.bytes);
	memcpy(fixture->packed.bytes + whole, "more here", 10);
	fixture->packed.length = whole + 10;
	run(&fixture->outcome, packed(fixture, SIZE_MAX), 4096);
	assert_int_equal(fixture->outcome.length, strlen(fixture->text));
	assert_string_equal(fixture->outcome.loss,
			    "what follows the compressed data is ignored");
}

static void a_read_that_fails_is_told_too(void **state)
{
	struct fixture *fixture = *state;
	struct memory memory;

	pack(fixture, "xz", fixture->text);
	memory = packed(fixture, SIZE_MAX);
	memory.length = 100;
	memory.error = EIO;
	run(&fixture->outcome, memory, 4096);
	assert_string_equal(fixture->outcome.loss,
			    "reading stopped after 100 bytes: Input/output "
			    "error; compressed data ends early after 0 bytes "
			    "of text");
}

static void pack_again(struct fixture *fixture, const char *filter)
{
	const struct made_entry entries[] = {{.path = "x",
					      .text = fixture->packed.bytes,
					      .length = fixture->packed.length},
					     {NULL}};
	struct made_archive again;

	made_archive_init(&again, "raw", filter, entries);
	made_archive_deinit(&fixture->packed);
	fixture->packed = again;
}

static void what_is_compressed_twice_is_read_but_not_thrice(void **state)
{
	struct fixture *fixture = *state;

	pack(fixture, "gzip", "text");
	pack_again(fixture, "xz");
	run(&fixture->outcome, packed(fixture, SIZE_MAX), 100);
	assert_int_equal(fixture->outcome.length, 4);
	assert_memory_equal(fixture->outcome.text, "text", 4);
	assert_string_equal(fixture->outcome.loss, "");
	pack_again(fixture, "xz");
	run(&fixture->outcome, packed(fixture, SIZE_MAX), 100);
	assert_int_equal(fixture->outcome.length, 0);
	assert_string_equal(fixture->outcome.loss,
			    "compressed more than twice over, not read");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_compression_is_known_and_undone),
		TEST(how_the_bytes_are_divided_does_not_matter),
		TEST(nothing_compressed_is_an_empty_text),
		TEST(two_streams_one_behind_the_other_are_one_text),
		TEST(a_cut_stream_gives_its_beginning_and_tells),
		TEST(a_damaged_stream_ends),
		TEST(damage_is_told_with_the_librarys_reason),
		TEST(what_follows_the_data_is_told),
		TEST(a_read_that_fails_is_told_too),
		TEST(what_is_compressed_twice_is_read_but_not_thrice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

static void without_libarchive_nothing_is_read(void **state)
{
	(void)state;
	for (int i = PACKED_NONE; i <= PACKED_COMPRESS; i++)
		assert_false(unpack_reads((enum packed_stream)i));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_libarchive_nothing_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
