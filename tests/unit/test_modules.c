/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "modules", span_of(text), "proc/modules");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void a_row_is_a_module(void **state)
{
	(void)state;
	read_text("leaky_slab 24576 0 - Live 0xffffffffc0601000 (O)\n"
		  "usbcore 137505 2 uhci_hcd,ehci_hcd, Live 0xf8829000\n");
	assert_clean(&dump, 8);
	assert_counter(&dump, "leaky_slab", "size", 24576, COUNTER_BYTES);
	assert_counter(&dump, "leaky_slab", "refcount", 0, COUNTER_NUMBER);
	assert_counter(&dump, "leaky_slab", "address", 0xffffffffc0601000,
		       COUNTER_NUMBER);
	assert_counter_text(&dump, "leaky_slab", "taint", "O");
	assert_null(counter_dump_find(&dump, "leaky_slab", "used by"));
	assert_counter_text(&dump, "usbcore", "used by", "uhci_hcd,ehci_hcd");
	assert_counter(&dump, "usbcore", "address", 0xf8829000, COUNTER_NUMBER);
	assert_null(counter_dump_find(&dump, "usbcore", "taint"));
}

static void what_a_kernel_does_not_know_is_absent(void **state)
{
	(void)state;
	read_text("a 1 - - Live 0x0000000000000000\n"
		  "b 2 -1 - Unloading 0x          (null)\n"
		  "c 3 1 [permanent], Loading 0xffffffffc0601000 (POE+)\n"
		  "d 4 0 -\n");
	assert_clean(&dump, 11);
	assert_null(counter_dump_find(&dump, "a", "refcount"));
	assert_counter(&dump, "a", "address", 0, COUNTER_NUMBER);
	assert_null(counter_dump_find(&dump, "b", "refcount"));
	assert_counter(&dump, "b", "address", 0, COUNTER_NUMBER);
	assert_counter_text(&dump, "c", "used by", "[permanent]");
	assert_counter_text(&dump, "c", "taint", "POE+");
	assert_counter(&dump, "d", "refcount", 0, COUNTER_NUMBER);
	assert_null(counter_dump_find(&dump, "d", "address"));
}

static void a_row_that_is_cut_or_damaged_is_skipped(void **state)
{
	static const char *const rows[] = {
		"a",
		"a 1",
		"a 1 0",
		"a x 0 - Live 0xffffffffc0601000",
		"a 1 0 b,c",
		"a 1 0 - Li",
		"a 1 0 - Live 0xffffffffc06010",
		"a 1 0 - Live 0xffffffffc0601000 (O",
		"a 1 0 - Live 0xffffffffc0601000 (O) x",
		"a 99999999999999999999 0 - Live 0xffffffffc0601000",
		"Module                  Size  Used by",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(rows); i++) {
		char text[200];

		snprintf(text, sizeof(text), "%s\nb 2 0 -\n", rows[i]);
		read_text(text);
		assert_int_equal(dump.counters.count, 2);
		assert_int_equal(dump.skipped, 1);
		assert_u64(dump.damages[0].line, 1);
	}
	assert_rubbish("modules", "rubbish\n", NULL);
}

static void assert_sniffed(const char *text, size_t at)
{
	const struct format *format = format_sniff(span_of(text));

	assert_non_null(format);
	assert_string_equal(format->name, "modules");
	assert_ptr_equal(format->sniff(span_of(text)), text + at);
}

static void a_row_with_an_address_decides(void **state)
{
	(void)state;
	assert_sniffed("x\na 1 0 - Live 0xffffffffc0601000\n", 2);
	assert_null(format_sniff(SPAN("a 1 0 -\n")));
	assert_null(format_sniff(SPAN("it is Live 0xffffffffc0601000\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_row_is_a_module),
		TEST(what_a_kernel_does_not_know_is_absent),
		TEST(a_row_that_is_cut_or_damaged_is_skipped),
		TEST(a_row_with_an_address_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
