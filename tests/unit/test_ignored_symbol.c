/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/ignored_symbol.h"

static void names_that_some_kernel_leaves_out_are_ignored(void **state)
{
	static const char *const names[] = {
		"$x",
		"$d.42",
		".L12",
		".LASANPC7",
		"L0",
		"__crc_printk",
		"__efistub_memcpy",
		"__kcfi_typeid_init",
		"__kstrtab_kfree",
		"__kstrtabns_kfree",
		"__kvm_nvhe_$x",
		"__kvm_nvhe_.L3",
		"__pi_$d",
		"__AArch64ADRPThunk_kfree",
		"kfree_from_arm",
		"kfree_from_thumb",
		"__memcpy_veneer",
		"0012.long_branch.kfree",
		"0012.plt_branch.kfree",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(names); i++)
		if (!symbol_is_ignored(names[i]))
			fail_msg("%s is kept", names[i]);
}

static void names_of_functions_are_kept(void **state)
{
	static const char *const names[] = {
		"do_leak",
		"do_leak.cold",
		"__pfx_do_leak",
		"L1_size",
		"_etext",
		"__x86_indirect_thunk_rax",
		"__pi_memcpy",
		"__kvm_nvhe_hyp_init",
		"__cfi_do_leak",
		"from_arm",
		"my_Thunk_",
		"myThunk_",
		"__a_Thunk_b",
		"_ZN4core3fmt5write17h0123456789abcdefE",
		"",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(names); i++)
		if (symbol_is_ignored(names[i]))
			fail_msg("%s is ignored", names[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_some_kernel_leaves_out_are_ignored),
		cmocka_unit_test(names_of_functions_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
