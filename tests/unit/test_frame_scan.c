/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "cli/frame_scan.h"

static struct frame_match first_of(const char *text)
{
	struct frame_match match;
	struct span span = span_of(text);

	if (!frame_scan_next(span, span.at, &match))
		fail_msg("no frame in \"%s\"", text);
	return match;
}

static void assert_none(const char *text)
{
	struct frame_match match;
	struct span span = span_of(text);

	if (frame_scan_next(span, span.at, &match))
		fail_msg("\"%.*s\" is a frame of \"%s\"",
			 (int)match.text.length, match.text.at, text);
}

static void assert_symbol(const char *text, const char *symbol)
{
	assert_span(first_of(text).symbol, symbol);
}

static void a_frame_is_split(void **state)
{
	struct frame_match match =
		first_of("[ 1.2]  otter_dive+0x1a/0x2c [otter_net]\n");

	(void)state;
	assert_span(match.text, "otter_dive+0x1a/0x2c [otter_net]");
	assert_span(match.symbol, "otter_dive");
	assert_span(match.module, "otter_net");
	assert_span(match.build_id, "");
	assert_u64(match.offset, 0x1a);
	assert_u64(match.size, 0x2c);
	assert_false(match.told);
}

static void all_forms_of_lines_have_their_frame(void **state)
{
	(void)state;
	assert_symbol("otter_dive+0x0/0x1", "otter_dive");
	assert_symbol(" ? otter_dive+0x1/0x2", "otter_dive");
	assert_symbol("[<ffffffff81234567>] otter_dive+0x1/0x2", "otter_dive");
	assert_symbol("[<c0123456>] (otter_dive+0x1/0x2) from x", "otter_dive");
	assert_symbol("RIP: 0010:otter_dive+0x1/0x2", "otter_dive");
	assert_symbol("TPC: <otter_dive+0x1/0x2>", "otter_dive");
	assert_symbol(" => otter_dive+0x1/0x2", "otter_dive");
	assert_symbol("     12 otter_dive+0x1/0x2 age=3 pid=4", "otter_dive");
	assert_symbol("0x1-0x2   20480 otter_dive+0x1/0x2 pages=4",
		      "otter_dive");
	assert_symbol("caller=otter_dive+0x1/0x2", "otter_dive");
	assert_symbol("> \033[0;33motter_dive+0x1/0x2\033[0m", "otter_dive");
	assert_symbol("at: otter_dive+0x1/0x2, at 3", "otter_dive");
}

static void symbols_keep_what_compilers_put_there(void **state)
{
	(void)state;
	assert_symbol("a.constprop.0+0x1/0x2", "a.constprop.0");
	assert_symbol("a.isra.0.cold+0x1/0x2", "a.isra.0.cold");
	assert_symbol(".otter+0x1/0x2", ".otter");
	assert_symbol("_ZN5otter4diveEv+0x1/0x2", "_ZN5otter4diveEv");
	assert_symbol("_RNvCs1_5otter4dive+0x1/0x2", "_RNvCs1_5otter4dive");
	assert_symbol("_ZN4$LT$o$GT$E+0x1/0x2", "_ZN4$LT$o$GT$E");
}

static void a_build_id_stands_in_the_brackets(void **state)
{
	static const char id[] = "00112233445566778899aabbccddeeff00112233";
	char text[200];
	struct frame_match match;

	(void)state;
	snprintf(text, sizeof(text), "a+0x1/0x2 [otter %s] b", id);
	match = first_of(text);
	assert_span(match.module, "otter");
	assert_span(match.build_id, id);
	assert_ptr_equal(span_end(match.text), strstr(text, " b"));
	snprintf(text, sizeof(text), "a+0x1/0x2 [%s]", id);
	match = first_of(text);
	assert_span(match.module, "");
	assert_span(match.build_id, id);
}

static void flags_of_a_module_are_passed_over(void **state)
{
	static const char *const texts[] = {
		"a+0x1/0x2 [otter(OE)]",
		"a+0x1/0x2 [otter(O) 00112233445566778899aabbccddeeff00112233]",
		"a+0x1/0x2 [otter 00112233445566778899aabbccddeeff00112233(O)]",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(texts); i++) {
		struct frame_match match = first_of(texts[i]);

		assert_span(match.module, "otter");
		assert_span(match.text, texts[i]);
	}
}

static void brackets_that_are_no_module_stay_outside(void **state)
{
	(void)state;
	assert_span(first_of("a+0x1/0x2 [<ffff>] b").text, "a+0x1/0x2");
	assert_span(first_of("a+0x1/0x2 [12]").text, "a+0x1/0x2");
	assert_span(first_of("a+0x1/0x2 (P)").text, "a+0x1/0x2");
	assert_span(first_of("a+0x1/0x2, b").text, "a+0x1/0x2");
	assert_span(first_of("a+0x1/0x2. b").text, "a+0x1/0x2");
}

static void a_module_that_was_cut_makes_no_frame_of_the_kernel(void **state)
{
	(void)state;
	assert_none("a+0x1/0x2 [otte");
	assert_none("a+0x1/0x2 [ot\"ter]");
	assert_none("a+0x1/0x2 [otter 0011]");
}

static void what_only_looks_like_a_frame_is_none(void **state)
{
	(void)state;
	assert_none("");
	assert_none("+0x1/0x2");
	assert_none("a+0x/0x2");
	assert_none("a+0x1/0x");
	assert_none("a+0x1/2");
	assert_none("a+1/0x2");
	assert_none("a+0x1");
	assert_none("a+0x0/0x0");
	assert_none("a+0x3/0x2");
	assert_none("a+0x1/0x2g");
	assert_none("a+0x1/0x12345678123456789");
	assert_none("0xffffffffc0123456+0x1/0x2");
	assert_none("core::fmt::write+0x1/0x2");
	assert_none("\xc3\xa9tang+0x1/0x2");
}

static void an_offset_may_equal_the_size(void **state)
{
	(void)state;
	assert_u64(first_of("a+0x2/0x2").offset, 2);
}

static void a_name_longer_than_any_symbol_is_none(void **state)
{
	char text[FRAME_SYMBOL_MAX + 20];

	(void)state;
	memset(text, 'a', sizeof(text));
	strcpy(text + FRAME_SYMBOL_MAX, "+0x1/0x2");
	assert_int_equal(first_of(text).symbol.length, FRAME_SYMBOL_MAX);
	memset(text, 'a', sizeof(text));
	strcpy(text + FRAME_SYMBOL_MAX + 1, "+0x1/0x2");
	assert_none(text);
}

static void perf_tells_no_size(void **state)
{
	struct frame_match match =
		first_of("\tffff otter_dive+0x1a ([kernel.kallsyms])\n");

	(void)state;
	assert_span(match.symbol, "otter_dive");
	assert_span(match.module, "");
	assert_u64(match.size, 0);
	assert_span(match.text, "otter_dive+0x1a ([kernel.kallsyms])");
	assert_span(first_of("a+0x1 ([otter])").module, "otter");
	assert_span(first_of("a+0x1 (/lib/modules/6/x/otter-net.ko.xz)").module,
		    "otter-net");
	assert_span(first_of("a+0x1 (/usr/lib/debug/boot/vmlinux-6.1)").module,
		    "");
}

static void what_perf_says_of_programs_is_no_frame(void **state)
{
	(void)state;
	assert_none("main+0x1a (/usr/bin/otter)");
	assert_none("main+0x1a (inlined)");
	assert_none("a+0x1a ([vdso])");
	assert_none("a+0x1a ([unknown])");
	assert_none("a+0x1a ([guest.kernel.kallsyms])");
	assert_none("a+0x1a ([kernel.kallsyms\n])");
	assert_none("a+0x1a (/x\n/otter.ko)");
}

static void a_source_line_behind_a_frame_is_seen(void **state)
{
	(void)state;
	assert_true(first_of("a+0x1/0x2 (mm/otter.c:12)").told);
	assert_true(first_of("a+0x1/0x2 [otter] (mm/otter.c:?)").told);
	assert_true(first_of("a+0x1/0x2 mm/otter.c:12 [inline]").told);
	assert_false(first_of("a+0x1/0x2 age=1/2/3").told);
	assert_false(first_of("a+0x1/0x2 at 12:13").told);
	assert_false(first_of("a+0x1/0x2 (node:3)").told);
	assert_false(first_of("a+0x1/0x2\n (mm/otter.c:12)").told);
}

static void frames_of_a_line_are_found_in_turn(void **state)
{
	struct span text = SPAN("a+0x1/0x2 <-b+0x3/0x4 [m]\nc+0x5/0x6");
	struct frame_match match;
	const char *at = text.at;
	char found[4] = "";
	size_t count = 0;

	(void)state;
	while (frame_scan_next(text, at, &match) && count < 3) {
		found[count++] = match.symbol.at[0];
		at = span_end(match.text);
	}
	assert_string_equal(found, "abc");
}

static void a_cut_frame_is_never_read_past_its_end(void **state)
{
	static const char text[] =
		"x \033[1mott.cold+0x1a/0x2c [otter(OE) "
		"00112233445566778899aabbccddeeff00112233] (mm/a.c:1)";
	size_t length;

	(void)state;
	for (length = 1; length <= sizeof(text) - 1; length++) {
		char *exact = malloc(length);
		struct frame_match match;

		assert_non_null(exact);
		memcpy(exact, text, length);
		if (frame_scan_next((struct span){exact, length}, exact,
				    &match))
			assert_true(span_end(match.text) <= exact + length);
		free(exact);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_is_split),
		cmocka_unit_test(all_forms_of_lines_have_their_frame),
		cmocka_unit_test(symbols_keep_what_compilers_put_there),
		cmocka_unit_test(a_build_id_stands_in_the_brackets),
		cmocka_unit_test(flags_of_a_module_are_passed_over),
		cmocka_unit_test(brackets_that_are_no_module_stay_outside),
		cmocka_unit_test(
			a_module_that_was_cut_makes_no_frame_of_the_kernel),
		cmocka_unit_test(what_only_looks_like_a_frame_is_none),
		cmocka_unit_test(an_offset_may_equal_the_size),
		cmocka_unit_test(a_name_longer_than_any_symbol_is_none),
		cmocka_unit_test(perf_tells_no_size),
		cmocka_unit_test(what_perf_says_of_programs_is_no_frame),
		cmocka_unit_test(a_source_line_behind_a_frame_is_seen),
		cmocka_unit_test(frames_of_a_line_are_found_in_turn),
		cmocka_unit_test(a_cut_frame_is_never_read_past_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
