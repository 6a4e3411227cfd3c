/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/dump_text.h"

#include "model/stack_class.h"

static struct collector dump;

static void read_text(const char *text)
{
	dump_text_read(&dump, "vmallocinfo", span_of(text), NULL);
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static const struct record *record_at(size_t i)
{
	assert_in_range(i, 0, dump.count - 1);
	return &dump.records[i].record;
}

static bool is_sniffed(const char *text)
{
	const struct format *format = format_sniff(span_of(text));

	return format && strcmp(format->name, "vmallocinfo") == 0;
}

static void assert_area(size_t i, const char *stack, const char *kind,
			uint64_t pages, const char *nodes)
{
	const struct record *record = record_at(i);

	assert_span(record->stack, stack);
	assert_span(record->fields[FIELD_KIND], kind);
	assert_span(record->fields[FIELD_NODE], nodes);
	assert_u64(record->count, 1);
	assert_u64(record->units, pages);
	assert_u64(record->alloc_ts_ns, TS_NONE);
	assert_u64(record->pfn, PFN_NONE);
	assert_int_equal(record->evidence, EVIDENCE_VMALLOC);
}

static void assert_losses(size_t skipped, size_t stray)
{
	assert_int_equal(dump.skipped, skipped);
	assert_int_equal(dump.stray, stray);
}

#define RANGE "0xffffc90000000000-0xffffc90000005000   "

static void an_area_has_a_caller_pages_and_a_kind(void **state)
{
	(void)state;
	read_text(RANGE
		  "20480 kernel_clone+0xbd/0x360 pages=4 vmalloc N0=4\n" RANGE
		  "8192 heron_map+0x1a/0x2c [heron] pages=1 vmalloc "
		  "vpages N0=1\n");
	assert_int_equal(dump.count, 2);
	assert_losses(0, 0);
	assert_area(0, " kernel_clone+0xbd/0x360\n", "vmalloc", 4, "0");
	assert_area(1, " heron_map+0x1a/0x2c [heron]\n", "vmalloc", 1, "0");
	assert_u64(record_at(1)->line, 2);
	assert_u64(dump.sink.lines, 2);
}

static void the_kind_is_the_first_type_printed(void **state)
{
	(void)state;
	read_text(RANGE "8192 f+0x1/0x2 phys=0x000000003ffe1000 ioremap\n" RANGE
			"8192 f+0x1/0x2 phys=e000a000 ioremap\n" RANGE
			"20480 f+0x1/0x2 vmap\n" RANGE
			"20480 f+0x1/0x2 pages=4 vmap user\n" RANGE
			"1056768 vm_map_ram\n" RANGE
			"20480 unpurged vm_area\n" RANGE
			"20480 f+0x1/0x2 pages=4 dma-coherent\n" RANGE
			"20480 f+0x1/0x2 ioremap sparse\n" RANGE
			"20480 f+0x1/0x2 sparse\n" RANGE
			"20480 f+0x1/0x2 user\n" RANGE "20480 f+0x1/0x2\n" RANGE
			"20480\n");
	assert_int_equal(dump.count, 12);
	assert_losses(0, 0);
	assert_area(0, " f+0x1/0x2\n", "ioremap", 0, "");
	assert_area(1, " f+0x1/0x2\n", "ioremap", 0, "");
	assert_area(2, " f+0x1/0x2\n", "vmap", 0, "");
	assert_area(3, " f+0x1/0x2\n", "vmap", 4, "");
	assert_area(4, "", "vm_map_ram", 0, "");
	assert_area(5, "", "unpurged vm_area", 0, "");
	assert_area(6, " f+0x1/0x2\n", "dma-coherent", 4, "");
	assert_area(7, " f+0x1/0x2\n", "ioremap", 0, "");
	assert_area(8, " f+0x1/0x2\n", "sparse", 0, "");
	assert_area(9, " f+0x1/0x2\n", "user", 0, "");
	assert_area(10, " f+0x1/0x2\n", "", 0, "");
	assert_area(11, "", "", 0, "");
}

static void a_caller_may_have_no_name(void **state)
{
	(void)state;
	read_text(RANGE "8192 0xffffffffc0123456 pages=1 vmalloc N0=1\n" RANGE
			"8192 00000000f00dbabe pages=1 vmalloc N0=1\n" RANGE
			"8192 pages=1 vmalloc N0=1\n");
	assert_int_equal(dump.count, 3);
	assert_area(0, " 0xffffffffc0123456\n", "vmalloc", 1, "0");
	assert_area(1, " 00000000f00dbabe\n", "vmalloc", 1, "0");
	assert_area(2, "", "vmalloc", 1, "0");
}

static void addresses_may_be_hidden(void **state)
{
	(void)state;
	read_text("0x(____ptrval____)-0x(____ptrval____) 8192 f+0x1/0x2 "
		  "pages=1 vmalloc\n"
		  "(____ptrval____)-(____ptrval____)    8192 f+0x1/0x2 "
		  "pages=1 vmalloc\n"
		  "0x        (ptrval)-0x        (ptrval)    8192 f+0x1/0x2 "
		  "pages=1 vmalloc\n"
		  "0x0000000000000000-0x0000000000000000    8192 f+0x1/0x2 "
		  "pages=1 vmalloc\n"
		  "0xd0831000-0xd083d000   49152 f+0x1/0x2 pages=11 vmalloc\n"
		  "0x00000000-0x00000000 16777216 f+0x1/0x2 vmap\n");
	assert_int_equal(dump.count, 6);
	assert_losses(0, 0);
	assert_area(4, " f+0x1/0x2\n", "vmalloc", 11, "");
}

static void nodes_are_those_that_have_pages(void **state)
{
	(void)state;
	read_text(RANGE "20480 f+0x1/0x2 pages=4 vmalloc N0=1 N1=3\n" RANGE
			"20480 f+0x1/0x2 pages=4 vmalloc N0=0 N12=4\n" RANGE
			"20480 f+0x1/0x2 pages=4 vmalloc\n");
	assert_area(0, " f+0x1/0x2\n", "vmalloc", 4, "0,1");
	assert_area(1, " f+0x1/0x2\n", "vmalloc", 4, "12");
	assert_area(2, " f+0x1/0x2\n", "vmalloc", 4, "");
}

static void words_of_kernels_to_come_are_accepted(void **state)
{
	(void)state;
	read_text(RANGE "20480 f+0x1/0x2 pages=4 huge order=9 vmalloc (new) "
			"N0=4 pinned\r\n" RANGE
			"20480 shiny pages=4 vmalloc\n");
	assert_int_equal(dump.count, 2);
	assert_losses(0, 0);
	assert_area(0, " f+0x1/0x2\n", "vmalloc", 4, "0");
	assert_area(1, "", "vmalloc", 4, "");
}

static void most_areas_tell_the_size_of_a_page(void **state)
{
	(void)state;
	read_text(RANGE "20480 f+0x1/0x2 pages=4 vmalloc\n" RANGE
			"12288 f+0x1/0x2 pages=2 vmalloc\n" RANGE
			"131072 f+0x1/0x2 pages=1 vmalloc\n" RANGE
			"8192 f+0x1/0x2 phys=e000a000 ioremap\n");
	assert_u64(dump.sink.page_size, 4096);
	read_text(RANGE "131072 f+0x1/0x2 pages=1 vmalloc\n");
	assert_u64(dump.sink.page_size, 65536);
	/* No page behind it, and an area that disagrees. */
	read_text(RANGE "16384 f+0x1/0x2 pages=4 vmalloc\n" RANGE
			"12288 f+0x1/0x2 vmalloc\n");
	assert_u64(dump.sink.page_size, 0);
	read_text(RANGE "131072 f+0x1/0x2 pages=1 vmalloc\n" RANGE
			"12288 f+0x1/0x2 pages=2 vmalloc\n");
	assert_u64(dump.sink.page_size, 0);
}

static void a_line_that_cannot_be_read_is_skipped(void **state)
{
	(void)state;
	read_text(RANGE
		  "20480 f+0x1/0x2 pages=x vmalloc\n" RANGE
		  "20480 f+0x1/0x2 pages=99999999999999999999 vmalloc\n" RANGE
		  "20480x f+0x1/0x2 pages=4 vmalloc\n" RANGE
		  "99999999999999999999 f+0x1/0x2 pages=4 vmalloc\n" RANGE
		  "f+0x1/0x2 pages=4 vmalloc\n"
		  "0xffffc90000000000-0xffffc9\n" RANGE
		  "20480 f+0x1/0x2 pages=4 vmalloc\n");
	assert_int_equal(dump.count, 1);
	assert_losses(6, 0);
	assert_u64(dump.damages[5].line, 6);
}

static void an_area_glued_to_one_that_was_cut_is_read(void **state)
{
	static const char area[] =
		RANGE "20480 f+0x1/0x2 [m] pages=42 vmalloc N0=42";
	char text[200];
	size_t length;

	(void)state;
	for (length = 10; length < sizeof(area); length++) {
		snprintf(text, sizeof(text),
			 "%.*s0xffffc90000007000-0xffffc90000009000    8192 "
			 "g+0x1/0x2 pages=1 vmalloc N0=1\n",
			 (int)length, area);
		read_text(text);
		if (dump.count != 1)
			fail_msg("%zu areas in %s", dump.count, text);
		assert_losses(1, 0);
		assert_area(0, " g+0x1/0x2\n", "vmalloc", 1, "0");
	}
}

static void a_last_line_without_a_kind_was_cut(void **state)
{
	(void)state;
	read_text(RANGE "20480 f+0x1/0x2 pages=42 vmalloc\n" RANGE
			"20480 f+0x1/0x2 pages=4");
	assert_int_equal(dump.count, 1);
	assert_losses(1, 0);
	read_text(RANGE "20480 f+0x1/0x2 pages=42 vmalloc");
	assert_int_equal(dump.count, 1);
	assert_losses(0, 0);
}

static void other_text_is_stray(void **state)
{
	(void)state;
	read_text("$ cat vmallocinfo\n\n"
		  "[ 1.0] " RANGE "20480 f+0x1/0x2 pages=4 vmalloc\n"
		  "> " RANGE "20480 f+0x1/0x2 pages=4 vmalloc\n"
		  "0xffffc90000000000\n");
	assert_int_equal(dump.count, 2);
	assert_losses(1, 1);
	assert_u64(dump.damages[0].line, 1);
	assert_true(dump.damages[0].stray);
	assert_u64(dump.damages[1].line, 5);
}

static void one_line_tells_the_format(void **state)
{
	(void)state;
	assert_true(is_sniffed("x\n" RANGE "20480 unpurged vm_area\n"));
	assert_true(is_sniffed(RANGE "20480 f+0x1/0x2 pages=4 vmalloc"));
	assert_true(is_sniffed("0x(____ptrval____)-0x(____ptrval____) 8192 "
			       "f+0x1/0x2 pages=1 vmalloc\n"));
	assert_false(is_sniffed(RANGE "20480\n"));
	assert_false(is_sniffed("0x0000-0x1000 : boot\n"));
	assert_false(is_sniffed("BIOS-e820: [mem 0x0000000000000000-"
				"0x000000000009fbff] usable\n"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(an_area_has_a_caller_pages_and_a_kind),
		TEST(the_kind_is_the_first_type_printed),
		TEST(a_caller_may_have_no_name),
		TEST(addresses_may_be_hidden),
		TEST(nodes_are_those_that_have_pages),
		TEST(words_of_kernels_to_come_are_accepted),
		TEST(most_areas_tell_the_size_of_a_page),
		TEST(a_line_that_cannot_be_read_is_skipped),
		TEST(an_area_glued_to_one_that_was_cut_is_read),
		TEST(a_last_line_without_a_kind_was_cut),
		TEST(other_text_is_stray),
		TEST(one_line_tells_the_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
