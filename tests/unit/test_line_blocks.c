/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "input/line_blocks.h"
#include "tests/support/dice.h"
#include "tests/support/text_buffer.h"

/* Gives text in blocks of sizes that a die says. */
struct pieces {
	struct block_reader reader; /* first: it is handed back */
	struct span rest;
	size_t most;
	struct dice dice;
	bool fails;
	char *room;
};

static bool next_piece(struct block_reader *reader, char **ret_data,
		       size_t *ret_length, struct error *err)
{
	struct pieces *pieces = (struct pieces *)reader;
	size_t length = 1 + dice_below(&pieces->dice, pieces->most);

	if (pieces->fails && !pieces->rest.length)
		return error_set(err, ERROR_IO, "cannot read");
	if (length > pieces->rest.length)
		length = pieces->rest.length;
	*ret_data = pieces->room + LINE_MAX_LENGTH;
	if (length)
		memcpy(*ret_data, pieces->rest.at, length);
	pieces->rest = span_skip(pieces->rest, length);
	*ret_length = length;
	return true;
}

static struct pieces *pieces_of(struct span text, size_t most)
{
	struct pieces *pieces = calloc(1, sizeof(*pieces));

	assert_non_null(pieces);
	pieces->reader.next = next_piece;
	pieces->rest = text;
	pieces->most = most;
	pieces->dice.state = most;
	pieces->room = malloc(LINE_MAX_LENGTH + most + 1);
	assert_non_null(pieces->room);
	return pieces;
}

static void free_pieces(struct pieces *pieces)
{
	free(pieces->room);
	free(pieces);
}

/*
 * Read text in pieces; gives back all lines, each block checked. `whole`: no
 * line is too long.
 */
static void read_lines(struct span text, size_t most, bool whole,
		       struct text_buffer *ret)
{
	struct line_blocks *blocks = calloc(1, sizeof(*blocks));
	struct pieces *pieces = pieces_of(text, most);
	struct span lines;
	struct error err;

	assert_non_null(blocks);
	blocks->reader = &pieces->reader;
	while (true) {
		assert_true(line_blocks_next(blocks, &lines, &err));
		if (!lines.length)
			break;
		/* It begins where it says; a long line ends too early. */
		assert_memory_equal(text.at + blocks->lines_at, lines.at,
				    lines.length - 1);
		if (whole)
			assert_int_equal(blocks->lines_at, ret->length);
		text_buffer_add(ret, lines);
		assert_true(span_end(lines)[-1] == '\n' ||
			    ret->length == text.length);
	}
	/* The end stays the end. */
	assert_true(line_blocks_next(blocks, &lines, &err));
	assert_int_equal(lines.length, 0);
	free(blocks);
	free_pieces(pieces);
}

static void assert_unchanged(const char *text)
{
	size_t most;

	for (most = 1; most < strlen(text) + 3; most++) {
		struct text_buffer found = {0};

		read_lines(span_of(text), most, true, &found);
		assert_span(text_buffer_span(&found), text);
		text_buffer_deinit(&found);
	}
}

static void blocks_are_whole_lines_and_nothing_is_lost(void **state)
{
	(void)state;
	assert_unchanged("one\ntwo\n\n\nthree\n");
	assert_unchanged("\n");
	assert_unchanged("a\n");
	assert_unchanged("\n\n\n\n");
}

static void the_last_line_may_lack_its_newline(void **state)
{
	(void)state;
	assert_unchanged("one\ntwo");
	assert_unchanged("x");
	assert_unchanged("");
}

static void assert_long_line(size_t length, size_t most)
{
	struct text_buffer text = {0}, found = {0};
	size_t kept = length < LINE_MAX_LENGTH ? length : LINE_MAX_LENGTH - 1;
	size_t i;

	text_buffer_add(&text, SPAN("before\n"));
	for (i = 0; i < length; i++)
		text_buffer_add(&text, SPAN("x"));
	text_buffer_add(&text, SPAN("\nbehind\n"));
	read_lines(text_buffer_span(&text), most, false, &found);
	assert_int_equal(found.length, 7 + kept + 8);
	assert_memory_equal(found.at, "before\n", 7);
	assert_int_equal(found.at[7 + kept - 1], 'x');
	assert_memory_equal(found.at + 7 + kept, "\nbehind\n", 8);
	text_buffer_deinit(&text);
	text_buffer_deinit(&found);
}

/* Where a block ends must not decide what is kept of a long line. */
static void a_line_that_is_too_long_is_cut_wherever_blocks_end(void **state)
{
	static const size_t most[] = {1000, 65536, 65792, 65793, 300000};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(most); i++) {
		assert_long_line(LINE_MAX_LENGTH - 2, most[i]);
		assert_long_line(LINE_MAX_LENGTH - 1, most[i]);
		assert_long_line(200000, most[i]);
	}
	assert_long_line(200000, 7);
}

static void failing_to_read_is_passed_on(void **state)
{
	struct line_blocks *blocks = calloc(1, sizeof(*blocks));
	struct pieces *pieces = pieces_of(SPAN("one\n"), 100);
	struct span lines;
	struct error err;

	(void)state;
	pieces->fails = true;
	blocks->reader = &pieces->reader;
	assert_true(line_blocks_next(blocks, &lines, &err));
	assert_span(lines, "one\n");
	assert_false(line_blocks_next(blocks, &lines, &err));
	assert_int_equal(err.code, ERROR_IO);
	free(blocks);
	free_pieces(pieces);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_whole_lines_and_nothing_is_lost),
		cmocka_unit_test(the_last_line_may_lack_its_newline),
		cmocka_unit_test(
			a_line_that_is_too_long_is_cut_wherever_blocks_end),
		cmocka_unit_test(failing_to_read_is_passed_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
