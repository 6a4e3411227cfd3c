/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/frame.h"

static void assert_span(struct span span, const char *expected)
{
	assert_int_equal(span.length, strlen(expected));
	assert_memory_equal(span.at ? span.at : "", expected, span.length);
}

static struct frame split(const char *text)
{
	struct frame frame;

	frame_split(span_of(text), &frame);
	assert_span(frame.text, text);
	return frame;
}

static void assert_frame(const char *text, const char *symbol, uint64_t offset,
			 uint64_t size, const char *module)
{
	struct frame frame = split(text);

	assert_span(frame.symbol, symbol);
	assert_span(frame.module, module);
	assert_true(frame.offset == offset);
	assert_true(frame.size == size);
}

static void splits_symbol_offset_and_size(void **state)
{
	(void)state;
	assert_frame("new_slab+0x392/0x490", "new_slab", 0x392, 0x490, "");
	assert_false(frame_is_address(&(struct frame){.symbol = SPAN("a")}));
}

static void splits_the_module_off(void **state)
{
	(void)state;
	assert_frame("do_leak+0x1b/0x30 [leaky_pages]", "do_leak", 0x1b, 0x30,
		     "leaky_pages");
}

static void leaves_the_build_id_out_of_the_module(void **state)
{
	(void)state;
	assert_frame("f+0x1/0x2 [m 0123456789abcdef0123456789abcdef01234567]",
		     "f", 1, 2, "m");
}

static void knows_a_bare_address(void **state)
{
	struct frame frame = split("0xffffffffc0123456");

	(void)state;
	assert_true(frame_is_address(&frame));
	assert_true(frame.offset == 0xffffffffc0123456);
	assert_int_equal(frame.name.length, 0);
}

static void takes_a_symbol_without_size(void **state)
{
	(void)state;
	assert_frame("f+0x1a", "f", 0x1a, 0, "");
	assert_frame("f+0x1a [m]", "f", 0x1a, 0, "m");
}

static void takes_a_symbol_without_offset_beside_a_module(void **state)
{
	(void)state;
	assert_frame("probe [m]", "probe", 0, 0, "m");
}

static void skips_the_raw_pointer_of_old_kernels(void **state)
{
	(void)state;
	assert_frame("[<ffffffff8117e4e3>] f+0x1/0x2 [m]", "f", 1, 2, "m");
	assert_frame("[<ffffffffa0000010>] 0xffffffffa0000010", "",
		     0xffffffffa0000010, 0, "");
}

static void keeps_dots_dollars_and_mangled_names(void **state)
{
	(void)state;
	assert_frame("a.b$c+0x1/0x2", "a.b$c", 1, 2, "");
	assert_frame("_RNvMNtCs1_4core3fmtNtB2_9Formatter3pad+0x1f/0x40 [r]",
		     "_RNvMNtCs1_4core3fmtNtB2_9Formatter3pad", 0x1f, 0x40,
		     "r");
	assert_frame("_ZN4core3fmt5write17h0123456789abcdefE+0x1/0x2",
		     "_ZN4core3fmt5write17h0123456789abcdefE", 1, 2, "");
}

static void takes_what_it_cannot_split_for_a_symbol(void **state)
{
	static const char *const garbage[] = {
		"Charged to memcg x [y z] w",
		"f+1a/0x2",
		"f+0x1/0x",
		"f+0x1/0x2 trailing",
		"+0x1/0x2",
		"f+0x11111111111111111/0x2",
		"a b [m]",
		"]",
		" [m]",
		"f []",
		"0x",
		"0xffffg",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++)
		assert_frame(garbage[i], garbage[i], 0, 0, "");
}

static void assert_fold(const char *symbol, const char *expected)
{
	assert_span(frame_fold_name(span_of(symbol)), expected);
}

static void folds_each_suffix_of_compilers(void **state)
{
	(void)state;
	assert_fold("f.constprop.0", "f");
	assert_fold("f.isra.12", "f");
	assert_fold("f.part.0", "f");
	assert_fold("f.cold", "f");
	assert_fold("f.cold.3", "f");
	assert_fold("f.llvm.18446744073709551616", "f");
	assert_fold("f.lto_priv.0", "f");
	assert_fold("f.__uniq.123", "f");
	assert_fold("f_noprof", "f");
}

static void folds_suffixes_in_any_order(void **state)
{
	(void)state;
	assert_fold("f.constprop.0.isra.0", "f");
	assert_fold("f_noprof.isra.0.cold", "f");
	assert_fold("f.part.0.constprop.1.cold.2", "f");
	assert_fold("f.isra.0_noprof", "f");
}

static void folds_nothing_that_is_part_of_the_name(void **state)
{
	(void)state;
	assert_fold("f.3", "f.3");
	assert_fold("f.partial", "f.partial");
	assert_fold("f.0.part2", "f.0.part2");
	assert_fold("alloc_noprof_x", "alloc_noprof_x");
	assert_fold("go:isra.0", "go:isra.0");
}

static void folds_no_name_away(void **state)
{
	(void)state;
	assert_fold("", "");
	assert_fold(".", ".");
	assert_fold("_noprof", "_noprof");
	assert_fold("_noprof_noprof", "_noprof");
	assert_fold(".isra.0", "isra.0");
}

static void drops_the_leading_dot_of_ppc64(void **state)
{
	struct frame frame = split(".alloc_pages_current.part.0+0x1/0x2");

	(void)state;
	assert_span(frame.symbol, ".alloc_pages_current.part.0");
	assert_span(frame.name, "alloc_pages_current");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_symbol_offset_and_size),
		cmocka_unit_test(splits_the_module_off),
		cmocka_unit_test(leaves_the_build_id_out_of_the_module),
		cmocka_unit_test(knows_a_bare_address),
		cmocka_unit_test(takes_a_symbol_without_size),
		cmocka_unit_test(takes_a_symbol_without_offset_beside_a_module),
		cmocka_unit_test(skips_the_raw_pointer_of_old_kernels),
		cmocka_unit_test(keeps_dots_dollars_and_mangled_names),
		cmocka_unit_test(takes_what_it_cannot_split_for_a_symbol),
		cmocka_unit_test(folds_each_suffix_of_compilers),
		cmocka_unit_test(folds_suffixes_in_any_order),
		cmocka_unit_test(folds_nothing_that_is_part_of_the_name),
		cmocka_unit_test(folds_no_name_away),
		cmocka_unit_test(drops_the_leading_dot_of_ppc64),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
