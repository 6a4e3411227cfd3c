/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/address_table.h"

#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/symbol_list.h"

static struct address_table table;

static void read_list(const char *text)
{
	address_table_deinit(&table);
	symbol_list_read(&table, span_of(text));
}

static int teardown(void **state)
{
	(void)state;
	address_table_deinit(&table);
	return 0;
}

/* As the kernel prints it; "" when there is no name. */
static const char *name(uint64_t address)
{
	static char text[256];
	struct address_place place;

	if (!address_table_find(&table, address, &place))
		return "";
	snprintf(text, sizeof(text), "%.*s+0x%llx/0x%llx%s%.*s",
		 (int)place.symbol.length, place.symbol.at,
		 (unsigned long long)place.offset,
		 (unsigned long long)place.size, place.module.length ? " " : "",
		 (int)place.module.length, place.module.at);
	return text;
}

static const char kernel[] = "ffffffff81000000 T _text\n"
			     "ffffffff81000100 T do_one\n"
			     "ffffffff81000180 t do_two\n"
			     "ffffffff81000200 D jiffies\n"
			     "ffffffff81000280 T do_three\n"
			     "ffffffff81000300 T _etext\n"
			     "ffffffff81800000 R __start_rodata\n";

static void an_address_is_of_the_symbol_before_it(void **state)
{
	(void)state;
	read_list(kernel);
	assert_string_equal(name(0xffffffff81000101), "do_one+0x1/0x80");
	assert_string_equal(name(0xffffffff8100017f), "do_one+0x7f/0x80");
	assert_string_equal(name(0xffffffff810001c0), "do_two+0x40/0x80");
}

/* A call may be the last instruction: then the next function begins there. */
static void a_return_address_at_a_start_is_of_the_function_before(void **state)
{
	(void)state;
	read_list(kernel);
	assert_string_equal(name(0xffffffff81000180), "do_one+0x80/0x80");
	assert_string_equal(name(0xffffffff81000200), "do_two+0x80/0x80");
}

static void data_end_a_function_and_are_none(void **state)
{
	(void)state;
	read_list(kernel);
	assert_string_equal(name(0xffffffff81000201), "");
	assert_string_equal(name(0xffffffff81000281), "do_three+0x1/0x80");
}

static void what_is_outside_has_no_name(void **state)
{
	(void)state;
	read_list(kernel);
	assert_string_equal(name(0), "");
	assert_string_equal(name(1), "");
	assert_string_equal(name(0xffffffff80ffffff), "");
	assert_string_equal(name(0xffffffff81000000), "");
	assert_string_equal(name(0xffffffff81000400), "");
	assert_string_equal(name(0xffffffffc0123456), "");
	assert_string_equal(name(UINT64_MAX), "");
	read_list("");
	assert_string_equal(name(0xffffffff81000101), "");
}

static void of_two_names_the_kernels_list_has_the_right_one_first(void **state)
{
	(void)state;
	read_list("ffffffff81000000 T zeta\n"
		  "ffffffff81000000 T alpha\n"
		  "ffffffff81000010 T next\n");
	assert_string_equal(name(0xffffffff81000004), "zeta+0x4/0x10");
	read_list("ffffffff81000000 D data\n"
		  "ffffffff81000000 W weak\n"
		  "ffffffff81000010 T next\n");
	assert_string_equal(name(0xffffffff81000004), "weak+0x4/0x10");
}

/* As scripts/kallsyms.c of the kernel sorts them. */
static void of_two_names_in_a_map_the_kernels_choice_is_made(void **state)
{
	(void)state;
	read_list("ffffffff81000000 W a_weak\n"
		  "ffffffff81000000 T __irqentry_text_start\n"
		  "ffffffff81000000 T __x64_sys_read\n"
		  "ffffffff81000000 T _one\n"
		  "ffffffff81000000 T none\n"
		  "ffffffff81000000 T none_either\n"
		  "ffffffff81000010 W weak\n"
		  "ffffffff81000010 T __start_of\n"
		  "ffffffff81000020 T __end_of\n"
		  "ffffffff81000020 T ____deep\n"
		  "ffffffff81000030 T next\n");
	assert_string_equal(name(0xffffffff81000004), "a_weak+0x4/0x10");
	table.ranked = true;
	assert_string_equal(name(0xffffffff81000004), "none+0x4/0x10");
	assert_string_equal(name(0xffffffff81000014), "__start_of+0x4/0x10");
	assert_string_equal(name(0xffffffff81000024), "____deep+0x4/0x10");
}

static void modules_stand_in_any_order(void **state)
{
	(void)state;
	read_list("ffffffff81000000 T kernel_function\n"
		  "ffffffff81000040 T _etext\n"
		  "ffffffffc0202040 t second\t[leaky]\n"
		  "ffffffffc0202000 t first\t[leaky]\n"
		  "ffffffffc0100000 T get\t[churn]\n"
		  "ffffffffc0100020 T put\t[churn]\n"
		  "ffffffffc0202080 d table\t[leaky]\n");
	assert_string_equal(name(0xffffffffc0202001), "first+0x1/0x40 leaky");
	assert_string_equal(name(0xffffffffc0202041), "second+0x1/0x40 leaky");
	assert_string_equal(name(0xffffffffc0100021), "put+0x1/0xfe0 churn");
	assert_string_equal(name(0xffffffff81000001),
			    "kernel_function+0x1/0x40");
}

/*
 * Its text ends with a page, whatever comes next: what lies behind may have
 * been given back.
 */
static void the_last_function_of_a_module_ends_with_its_page(void **state)
{
	(void)state;
	read_list("ffffffffc0100f00 t last\t[one]\n"
		  "ffffffffc0102000 d data\t[one]\n"
		  "ffffffffc0104f80 t other\t[two]\n"
		  "ffffffffc0108000 t far\t[three]\n"
		  "ffffffffc0309000 t further\t[three]\n");
	assert_string_equal(name(0xffffffffc0101000), "last+0x100/0x100 one");
	assert_string_equal(name(0xffffffffc0101001), "");
	assert_string_equal(name(0xffffffffc0105000), "other+0x80/0x80 two");
	assert_string_equal(name(0xffffffffc0105001), "");
	assert_string_equal(name(0xffffffffc0108001), "far+0x1/0x1000 three");
	assert_string_equal(name(0xffffffffc0109001), "");
	assert_string_equal(name(0xffffffffc0309001),
			    "further+0x1/0x1000 three");
}

static void a_function_of_a_module_may_be_longer_than_a_page(void **state)
{
	(void)state;
	read_list("ffffffffc0100f00 t long_one\t[one]\n"
		  "ffffffffc0104f00 t next\t[one]\n");
	assert_string_equal(name(0xffffffffc0103000),
			    "long_one+0x2100/0x4000 one");
}

/* Nobody knows where a program of BPF ends, and what was freed behind it. */
static void what_is_no_real_module_has_no_names(void **state)
{
	(void)state;
	read_list(
		"ffffffffc0100000 t real\t[one]\n"
		"ffffffffc0100100 t bpf_prog_6deef7357e7b4530\t[bpf]\n"
		"ffffffffc0101000 t ftrace_trampoline\t[__builtin__ftrace]\n"
		"ffffffffc0102000 t kprobe_insn_page\t[__builtin__kprobes]\n");
	assert_string_equal(name(0xffffffffc0100080), "real+0x80/0x100 one");
	assert_string_equal(name(0xffffffffc0100101), "");
	assert_string_equal(name(0xffffffffc0101001), "");
	assert_string_equal(name(0xffffffffc0102001), "");
}

static void labels_and_what_a_module_lacks_are_passed_over(void **state)
{
	(void)state;
	read_list("ffffffffc0100000 t $x\t[one]\n"
		  "ffffffffc0100000 t real\t[one]\n"
		  "ffffffffc0100010 t .L12\t[one]\n"
		  "ffffffffc0100020 t L0\t[one]\n"
		  "ffffffffc0100030 u kfree\t[one]\n"
		  "ffffffffc0100040 t next\t[one]\n");
	assert_string_equal(name(0xffffffffc0100038), "real+0x38/0x40 one");
}

/* Per-cpu variables of x86: "0000000000015000 A gdt_page". */
static void absolute_symbols_are_no_functions(void **state)
{
	(void)state;
	read_list("0000000000000000 A fixed_percpu_data\n"
		  "0000000000015000 A gdt_page\n"
		  "0000000000016000 a _alloc_tag_cntr.1\t[one]\n"
		  "ffffffff81000000 T _stext\n");
	assert_string_equal(name(0x15008), "");
	assert_string_equal(name(0x16008), "");
}

static void what_lies_megabytes_behind_a_function_is_not_its_own(void **state)
{
	(void)state;
	read_list("ffffffff81000000 T lone\n"
		  "ffffffff83000000 T far_away\n");
	assert_string_equal(name(0xffffffff81000ff0), "lone+0xff0/0x1000");
	assert_string_equal(name(0xffffffff81001001), "");
}

static void an_offset_moves_the_kernel_up_or_down(void **state)
{
	(void)state;
	read_list(kernel);
	table.offset = 0xc400000;
	assert_string_equal(name(0xffffffff8d400101), "do_one+0x1/0x80");
	assert_string_equal(name(0xffffffff81000101), "");
	table.offset = -(uint64_t)0x1000000;
	assert_string_equal(name(0xffffffff80000101), "do_one+0x1/0x80");
}

static void addresses_of_32_bits_are_taken(void **state)
{
	(void)state;
	read_list("c0100000 T _text\nc0100040 T start_kernel\nc0100080 T x\n");
	assert_string_equal(name(0xc0100044), "start_kernel+0x4/0x40");
}

static void hidden_addresses_name_nothing(void **state)
{
	(void)state;
	read_list("0000000000000000 T _text\n0000000000000000 T _stext\n");
	assert_true(address_table_is_hidden(&table));
	assert_string_equal(name(1), "");
	read_list(kernel);
	assert_false(address_table_is_hidden(&table));
	read_list("");
	assert_false(address_table_is_hidden(&table));
}

static void a_function_is_found_by_name_and_size(void **state)
{
	bool fits = false;

	(void)state;
	read_list("ffffffff81000000 t twice\n"
		  "ffffffff81000040 T once\n"
		  "ffffffff81000060 t twice\n"
		  "ffffffff81000080 T _etext\n"
		  "ffffffffc0100000 t mine\t[one]\n");
	assert_true(address_table_has(&table, SPAN("twice"), 0x40, &fits));
	assert_true(fits);
	assert_true(address_table_has(&table, SPAN("twice"), 0x20, &fits));
	assert_true(fits);
	assert_true(address_table_has(&table, SPAN("once"), 0x40, &fits));
	assert_false(fits);
	assert_false(address_table_has(&table, SPAN("never"), 0x40, &fits));
	assert_false(address_table_has(&table, SPAN("mine"), 0x1000, &fits));
}

/* Sorting goes byte by byte: each of them has to be looked at. */
static void every_byte_of_an_address_is_sorted_by(void **state)
{
	struct error err;
	char symbol[32];
	unsigned i;

	(void)state;
	address_table_deinit(&table);
	for (i = 16; i-- > 0;) {
		struct kernel_symbol added = {
			.address = (uint64_t)1 << (4 * i) | 1,
			.module = SPAN(""),
			.type = 't',
		};

		snprintf(symbol, sizeof(symbol), "f%u", i);
		added.name = span_of(symbol);
		assert_true(address_table_add(&table, &added, &err));
	}
	assert_true(address_table_sort(&table, &err));
	for (i = 1; i < table.count; i++)
		assert_true(table.entries[i].address >=
			    table.entries[i - 1].address);
	assert_string_equal(name(0x102), "f2+0x1/0xf00");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(an_address_is_of_the_symbol_before_it),
		TEST(a_return_address_at_a_start_is_of_the_function_before),
		TEST(data_end_a_function_and_are_none),
		TEST(what_is_outside_has_no_name),
		TEST(of_two_names_the_kernels_list_has_the_right_one_first),
		TEST(of_two_names_in_a_map_the_kernels_choice_is_made),
		TEST(modules_stand_in_any_order),
		TEST(the_last_function_of_a_module_ends_with_its_page),
		TEST(a_function_of_a_module_may_be_longer_than_a_page),
		TEST(what_is_no_real_module_has_no_names),
		TEST(labels_and_what_a_module_lacks_are_passed_over),
		TEST(absolute_symbols_are_no_functions),
		TEST(what_lies_megabytes_behind_a_function_is_not_its_own),
		TEST(an_offset_moves_the_kernel_up_or_down),
		TEST(addresses_of_32_bits_are_taken),
		TEST(hidden_addresses_name_nothing),
		TEST(a_function_is_found_by_name_and_size),
		TEST(every_byte_of_an_address_is_sorted_by),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
