/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create */
#include "tests/support/check.h"

#include <sys/mman.h>
#include <unistd.h>

#include "input/file_range.h"
#include "tests/support/text_buffer.h"

static const struct format *page_owner;

#define RECORD(n)                                                       \
	"Page allocated via order 0, mask 0x1(X), pid " n ", ts 5 ns\n" \
	"PFN 0x1 type Movable Block 0 type Movable Flags 0x0()\n"       \
	" f+0x1/0x2\n"                                                  \
	"\n"

static int make_file(struct span text)
{
	int fd = memfd_create("dump", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text.at, text.length), text.length);
	return fd;
}

static void read_range(int fd, uint64_t begin, uint64_t end, size_t block_size,
		       struct text_buffer *ret)
{
	struct file_range *range = calloc(1, sizeof(*range));
	struct span lines;
	struct error err;

	assert_non_null(range);
	assert_true(file_range_init(range, fd, begin, end, block_size,
				    page_owner, &err));
	while (true) {
		assert_true(file_range_next(range, &lines, &err));
		if (!lines.length)
			break;
		text_buffer_add(ret, lines);
	}
	file_range_deinit(range);
	free(range);
}

/* Cut text in two at each byte: both ranges together are the text. */
static void assert_tiles(const char *text, size_t block_size)
{
	struct span all = span_of(text);
	int fd = make_file(all);
	size_t cut;

	for (cut = 1; cut <= all.length + 1; cut++) {
		struct text_buffer found = {0};
		size_t first;

		read_range(fd, 0, cut, block_size, &found);
		first = found.length;
		read_range(fd, cut, UINT64_MAX, block_size, &found);
		if (!span_equal(text_buffer_span(&found), all))
			fail_msg("cut at %zu, block %zu: %s", cut, block_size,
				 found.at);
		/* The second range begins with a record. */
		if (first && first < all.length)
			assert_ptr_equal(page_owner->resync(span_between(
						 found.at + first,
						 found.at + found.length)),
					 found.at + first);
		/* And with none that starts before the cut. */
		if (first < all.length)
			assert_true(first >= cut);
		text_buffer_deinit(&found);
	}
	close(fd);
}

static void two_ranges_tile_a_file_wherever_it_is_cut(void **state)
{
	static const char text[] = RECORD("1") RECORD("2") RECORD("3");
	static const size_t blocks[] = {1, 7, 100, 4096};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(blocks); i++)
		assert_tiles(text, blocks[i]);
}

static void stray_text_belongs_to_the_record_before_it(void **state)
{
	(void)state;
	assert_tiles("# log\n" RECORD("1") "stray\nstray\n" RECORD("2") "end",
		     50);
	assert_tiles("stray only\nand more\n", 3);
	assert_tiles("", 10);
}

static void prefixed_and_glued_records_are_cut_at_their_line(void **state)
{
	(void)state;
	assert_tiles("[  1.0] " RECORD("1") "[  1.0] " RECORD("2"), 30);
	assert_tiles(RECORD("1") " cut+0x1/0" RECORD("2") RECORD("3"), 30);
}

static void a_task_name_with_newlines_is_never_cut(void **state)
{
	(void)state;
	assert_tiles("Page allocated via order 0, mask 0x1(X), pid 1, tgid 1 "
		     "(nl\n\nPFN 0x1 typ), ts 5 ns\nPFN 0x2 type A Block 0 "
		     "type B Flags 0x0()\n f+0x1/0x2\n\n" RECORD("2"),
		     16);
}

/* Any division into many ranges tiles too. */
static void many_ranges_tile_a_file(void **state)
{
	static const char text[] = RECORD("1") RECORD("2") "stray\n" RECORD("3")
		RECORD("4") RECORD("5");
	int fd = make_file(SPAN(text));
	size_t each, at;

	(void)state;
	for (each = 1; each < sizeof(text); each += 3) {
		struct text_buffer found = {0};

		for (at = 0; at < sizeof(text); at += each)
			read_range(fd, at, at + each, 64, &found);
		assert_span(text_buffer_span(&found), text);
		text_buffer_deinit(&found);
	}
	close(fd);
}

/* Whether the last record of a range may be cut is told by this. */
static bool ends_the_file(int fd, uint64_t begin, uint64_t end)
{
	struct file_range *range = calloc(1, sizeof(*range));
	struct span lines;
	struct error err;
	bool ended;

	assert_non_null(range);
	assert_true(
		file_range_init(range, fd, begin, end, 64, page_owner, &err));
	do
		assert_true(file_range_next(range, &lines, &err));
	while (lines.length);
	ended = range->ended;
	file_range_deinit(range);
	free(range);
	return ended;
}

static void the_range_that_ends_the_file_knows_it(void **state)
{
	static const char text[] = RECORD("1") RECORD("2");
	int fd = make_file(SPAN(text));
	size_t half = sizeof(RECORD("1")) - 1;

	(void)state;
	assert_true(ends_the_file(fd, 0, UINT64_MAX));
	assert_false(ends_the_file(fd, 0, half));
	assert_true(ends_the_file(fd, half, UINT64_MAX));
	/* The second record begins here, so the rest of the file has none. */
	assert_true(ends_the_file(fd, half, half + 5));
	assert_true(ends_the_file(fd, half + 5, UINT64_MAX));
	close(fd);
}

static void a_file_that_cannot_be_read_is_an_error(void **state)
{
	struct file_range *range = calloc(1, sizeof(*range));
	struct span lines;
	struct error err;

	(void)state;
	assert_non_null(range);
	assert_true(file_range_init(range, -1, 0, 10, 16, page_owner, &err));
	assert_false(file_range_next(range, &lines, &err));
	assert_int_equal(err.code, ERROR_IO);
	assert_string_equal(err.text, "cannot read: Bad file descriptor");
	file_range_deinit(range);
	free(range);
}

static int setup(void **state)
{
	(void)state;
	page_owner = format_named("page_owner");
	return page_owner ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_ranges_tile_a_file_wherever_it_is_cut),
		cmocka_unit_test(stray_text_belongs_to_the_record_before_it),
		cmocka_unit_test(
			prefixed_and_glued_records_are_cut_at_their_line),
		cmocka_unit_test(a_task_name_with_newlines_is_never_cut),
		cmocka_unit_test(many_ranges_tile_a_file),
		cmocka_unit_test(the_range_that_ends_the_file_knows_it),
		cmocka_unit_test(a_file_that_cannot_be_read_is_an_error),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
