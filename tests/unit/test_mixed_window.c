/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <stdlib.h>

#include "input/mixed_window.h"

#define LONG_LENGTH ((size_t)300 << 10)

static struct mixed_window *window;
static char *text;

static int setup(void **state)
{
	(void)state;
	window = calloc(1, sizeof(*window));
	text = malloc(2 * LONG_LENGTH);
	return window && text ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	free(window);
	free(text);
	return 0;
}

/* A line of LONG_LENGTH bytes that begins with front, then a short one. */
static struct span long_then_short(const char *front, char filler)
{
	static const char after[] = "short\n";
	size_t length = strlen(front);

	memcpy(text, front, length);
	memset(text + length, filler, LONG_LENGTH - length);
	text[LONG_LENGTH - 1] = '\n';
	memcpy(text + LONG_LENGTH, after, sizeof(after) - 1);
	return (struct span){text, LONG_LENGTH + sizeof(after) - 1};
}

static void assert_cut(struct span lines)
{
	struct span held;

	assert_true(mixed_window_add(window, &lines));
	assert_int_equal(lines.length, 0);
	held = mixed_window_text(window);
	assert_true(held.length <= LINE_MAX_LENGTH + 6);
	assert_true(span_ends_with(held, SPAN("\nshort\n")));
	mixed_window_begin(window);
	while (window->at < span_end(held))
		mixed_window_move(window,
				  mixed_window_piece(window, span_end(held)));
	assert_int_equal(window->line, 2);
}

static void of_a_line_that_is_too_long_the_beginning_is_kept(void **state)
{
	(void)state;
	assert_cut(long_then_short("[    1.000000] ", 'x'));
}

static void a_long_line_of_kmsg_is_cut_before_it_is_taken_apart(void **state)
{
	(void)state;
	assert_cut(long_then_short("6,1,2,-;\\x0a", 'x'));
}

static void a_long_line_with_colours_is_cut_before_they_go(void **state)
{
	(void)state;
	assert_cut(long_then_short("\033[0m", 'x'));
}

static void lines_of_just_the_limit_stay_whole(void **state)
{
	struct span lines;

	(void)state;
	memset(text, 'x', LINE_MAX_LENGTH);
	text[LINE_MAX_LENGTH - 1] = '\n';
	lines = (struct span){text, LINE_MAX_LENGTH};
	assert_true(mixed_window_add(window, &lines));
	assert_int_equal(window->length, LINE_MAX_LENGTH);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(of_a_line_that_is_too_long_the_beginning_is_kept),
		TEST(a_long_line_of_kmsg_is_cut_before_it_is_taken_apart),
		TEST(a_long_line_with_colours_is_cut_before_they_go),
		TEST(lines_of_just_the_limit_stay_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
