/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "model/address_table.h"
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "kallsyms", span_of(text), "proc/kallsyms");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void symbols_are_counted_and_the_kernel_is_placed(void **state)
{
	(void)state;
	read_text("0000000000000000 A fixed_percpu_data\n"
		  "ffffffff8d400000 T _text\n"
		  "ffffffff8d400040 T _stext\n"
		  "ffffffff8e7ed000 ? __nosave_begin\n"
		  "ffffffffc0202000 t do_leak\t[leaky_pages]\r\n"
		  "ffffffffc0300000 t bpf_prog_6deef7357e7b4530  [bpf]\n"
		  "ffffffffc0400000 T _stext\t[odd]\n");
	assert_clean(&dump, 2);
	assert_counter(&dump, "", "symbols", 7, COUNTER_NUMBER);
	assert_counter(&dump, "", "_stext", 0xffffffff8d400040, COUNTER_NUMBER);
	assert_null(dump.remarks.at);
}

static void addresses_of_32_bits_and_carriage_returns_are_taken(void **state)
{
	(void)state;
	read_text("c0100000 T _stext\r\nc0100040 t x\r\n");
	assert_clean(&dump, 2);
	assert_counter(&dump, "", "_stext", 0xc0100000, COUNTER_NUMBER);
}

static void that_all_addresses_are_hidden_is_told(void **state)
{
	(void)state;
	read_text("0000000000000000 T _text\n0000000000000000 T _stext\n");
	assert_non_null(strstr(dump.remarks.at, "hidden"));
	assert_counter(&dump, "", "symbols", 2, COUNTER_NUMBER);
	assert_null(counter_dump_find(&dump, "", "_stext"));
	read_text("0000000000000000 T _text\n0000000000000001 T _stext\n");
	assert_null(dump.remarks.at);
}

static void each_damaged_line_is_told_with_its_number(void **state)
{
	static const char *const lines[] = {
		"rubbish\n",
		"ffffffff8d40000 T short_address\n",
		"ffffffff8d4000000 T long_address\n",
		"ffffffff8d400000  T two_spaces\n",
		"ffffffff8d400000 7 no_type\n",
		"ffffffff8d400000 Text\n",
		"ffffffff8d400000 T \n",
		"ffffffff8d400000 T\n",
		"ffffffff8d400000 T name more\n",
		"ffffffff8d400000 T na\x01me\n",
		"ffffffff8d400000 T na\x7fme\n",
		"ffffffff8d400000 T name\t[open\n",
		"ffffffff8d400000 T name\t[]\n",
		"ffffffff8d400000 T name\t[two words]\n",
		"ffffffff8d400000 T name[glued]\t[m] x\n",
	};
	char text[128];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(lines); i++) {
		snprintf(text, sizeof(text), "c0100000 T a\n\n%sc0100010 T b\n",
			 lines[i]);
		read_text(text);
		assert_counter(&dump, "", "symbols", 2, COUNTER_NUMBER);
		assert_int_equal(dump.skipped, 1);
		assert_u64(dump.damages[0].line, 3);
	}
}

static void what_nm_prints_without_an_address_is_passed_over(void **state)
{
	(void)state;
	read_text("                 U printk\n"
		  "                 w __weak_one\n"
		  "c0100000 T a\n");
	assert_clean(&dump, 1);
}

/* Half of a name may be the name of another function. */
static void a_last_line_that_is_cut_is_not_believed(void **state)
{
	(void)state;
	read_text("c0100000 T a\nc0100010 T do_leak_of_all_that_the");
	assert_int_equal(dump.skipped, 1);
	assert_u64(dump.damages[0].line, 2);
	assert_counter(&dump, "", "symbols", 1, COUNTER_NUMBER);
	read_text("");
	assert_clean(&dump, 0);
}

static void a_name_that_is_too_long_is_damage(void **state)
{
	char text[KERNEL_SYMBOL_NAME_MAX + 32] = "c0100000 T ";

	(void)state;
	memset(text + 11, 'a', KERNEL_SYMBOL_NAME_MAX);
	strcpy(text + 11 + KERNEL_SYMBOL_NAME_MAX, "\n");
	read_text(text);
	assert_clean(&dump, 1);
	strcpy(text + 11 + KERNEL_SYMBOL_NAME_MAX, "a\n");
	read_text(text);
	assert_int_equal(dump.skipped, 1);
}

static void two_lines_at_the_start_decide(void **state)
{
	const char *text = "ffffffff8d400000 T _text\nc0100000 t b\t[m]\n";
	const struct format *format = format_sniff(span_of(text));

	(void)state;
	assert_non_null(format);
	assert_string_equal(format->name, "kallsyms");
	assert_ptr_equal(format->sniff(span_of(text)), text);
	assert_null(format_sniff(SPAN("ffffffff8d400000 T _text\n")));
	assert_null(format_sniff(SPAN("x\nc0100000 T a\nc0100000 T b\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(symbols_are_counted_and_the_kernel_is_placed),
		TEST(addresses_of_32_bits_and_carriage_returns_are_taken),
		TEST(that_all_addresses_are_hidden_is_told),
		TEST(each_damaged_line_is_told_with_its_number),
		TEST(what_nm_prints_without_an_address_is_passed_over),
		TEST(a_last_line_that_is_cut_is_not_believed),
		TEST(a_name_that_is_too_long_is_damage),
		TEST(two_lines_at_the_start_decide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
