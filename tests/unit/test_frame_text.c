/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/frame_text.h"

static void whole_frames_are_known(void **state)
{
	static const char *const whole[] = {
		"f+0x1a/0x2c",
		"f+0x1a/0x2c [mod]",
		"f+0x1/0x2 [m 0123456789abcdef0123456789abcdef01234567]",
		"0xffffffffc0123456",
		"[<ffffffff8117e4e3>] f+0x1/0x2",
		"[<ffffffff8117e4e3>] f+0x1/0x2 [mod]",
		"[<ffffffff8117e4e3>] 0xffffffff8117e4e3",
		"[<00000000abcd1234>]f+0x1/0x2",
		"a.b.constprop.0$x+0x1/0x2",
		"a+0x1b+0x1/0x2",
		"_RNvMNtCs1_4core3fmt+0x1f/0x40 [r]",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(whole); i++)
		if (!frame_text_is_whole(span_of(whole[i])))
			fail_msg("%s", whole[i]);
}

static void cut_frames_and_other_lines_are_not_whole(void **state)
{
	static const char *const others[] = {
		"",
		"f",
		"f+",
		"f+0x",
		"f+0x1",
		"f+0x1/",
		"f+0x1/0x",
		"f+0x1/0x2 ",
		"f+0x1/0x2 [",
		"f+0x1/0x2 [mod",
		"f+0x1/0x2 []",
		"f+0x1/0x2 x",
		"+0x1/0x2",
		"a b+0x1/0x2",
		"0x",
		"0x12 x",
		"[<ffff",
		"[<ffff>]",
		"[<ffff>] f",
		"Charged to memcg x",
		"Page has been migrated, last migrate reason: numa",
		"f+0x11111111111111111/0x2",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(others); i++)
		if (frame_text_is_whole(span_of(others[i])))
			fail_msg("%s", others[i]);
}

static void blank_is_what_holds_white_space_only(void **state)
{
	(void)state;
	assert_true(frame_text_is_blank(SPAN("")));
	assert_true(frame_text_is_blank(SPAN(" \t\r")));
	assert_false(frame_text_is_blank(SPAN(" x")));
	assert_false(frame_text_is_blank(SPAN("\0")));
}

static void a_space_is_odd_but_beside_a_bracket(void **state)
{
	struct span text = SPAN("] f [");

	(void)state;
	assert_false(frame_text_has_odd_space(SPAN("f+0x1/0x2")));
	assert_false(frame_text_has_odd_space(SPAN("f+0x1/0x2 [mod]")));
	assert_false(frame_text_has_odd_space(SPAN("[<ffff>] f+0x1/0x2 [m]")));
	assert_false(frame_text_has_odd_space(SPAN("")));
	assert_true(frame_text_has_odd_space(SPAN("f g+0x1/0x2")));
	assert_true(frame_text_has_odd_space(SPAN("f+0x1/0x2 [mod 01ab]")));
	assert_true(frame_text_has_odd_space(SPAN(" f+0x1/0x2")));
	assert_true(frame_text_has_odd_space(SPAN("f+0x1/0x2 ")));
	/* Of the frame itself. */
	assert_true(frame_text_has_odd_space((struct span){text.at + 1, 2}));
	assert_true(frame_text_has_odd_space((struct span){text.at + 2, 2}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_frames_are_known),
		cmocka_unit_test(cut_frames_and_other_lines_are_not_whole),
		cmocka_unit_test(blank_is_what_holds_white_space_only),
		cmocka_unit_test(a_space_is_odd_but_beside_a_bracket),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
