/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

#define TITLE "pageowl capture manifest 1\n"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "manifest", span_of(text), "manifest");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void the_head_tells_of_the_capture(void **state)
{
	(void)state;
	read_text(TITLE "machine\tlive\n"
			"kernel\t6.12.117-lab x86_64\n"
			"boot\t0c3b1e1e-7d38-4f4b-8f65-2b0f6c4e9a10\n"
			"began\t2026-11-22T16:02:03Z\t31.123456789\n"
			"# status\tbegan\tended\tbytes\tpath\twhy\n"
			"ended\t2026-11-22T16:02:08Z\t35.223\twhole\n");
	assert_clean(&dump, 7);
	assert_counter_text(&dump, "", "machine", "live");
	assert_counter_text(&dump, "", "kernel", "6.12.117-lab x86_64");
	assert_counter_text(&dump, "", "boot_id",
			    "0c3b1e1e-7d38-4f4b-8f65-2b0f6c4e9a10");
	assert_counter_text(&dump, "", "date", "2026-11-22T16:02:03Z");
	assert_counter(&dump, "", "began", 31123456789, COUNTER_NS);
	assert_counter(&dump, "", "ended", 35223000000, COUNTER_NS);
	assert_counter_text(&dump, "", "outcome", "whole");
}

static void what_is_not_known_is_absent(void **state)
{
	(void)state;
	read_text(TITLE "machine\tfolder\nkernel\t-\nboot\t-\n");
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "", "machine", "folder");
}

static void a_row_is_a_member(void **state)
{
	(void)state;
	read_text(TITLE "whole\t31.124\t31.125\t1488\tproc/meminfo\n"
			"missing\t-\t-\t0\tproc/allocinfo\tno; do this\n"
			"left out\t-\t-\t0\tproc/x\t\n"
			"begun\t33.5\t-\t0\tsys/kernel/debug/page_owner\n");
	assert_clean(&dump, 4 + 3 + 2 + 3);
	assert_counter_text(&dump, "proc/meminfo", "status", "whole");
	assert_counter(&dump, "proc/meminfo", "began", 31124000000, COUNTER_NS);
	assert_counter(&dump, "proc/meminfo", "ended", 31125000000, COUNTER_NS);
	assert_counter(&dump, "proc/meminfo", "bytes", 1488, COUNTER_BYTES);
	assert_counter_text(&dump, "proc/allocinfo", "status", "missing");
	assert_counter_text(&dump, "proc/allocinfo", "why", "no; do this");
	assert_null(counter_dump_find(&dump, "proc/allocinfo", "began"));
	assert_counter_text(&dump, "proc/x", "status", "left out");
	assert_counter_text(&dump, "sys/kernel/debug/page_owner", "status",
			    "begun");
	assert_counter(&dump, "sys/kernel/debug/page_owner", "began",
		       33500000000, COUNTER_NS);
}

static void paths_and_reasons_are_as_they_were(void **state)
{
	(void)state;
	read_text(TITLE "part\t1.0\t2.0\t0\ta\\tb\\\\c\\x1b d\ta\\nb\n");
	assert_clean(&dump, 5);
	assert_counter_text(&dump, "a\tb\\c\033 d", "status", "part");
	assert_counter_text(&dump, "a\tb\\c\033 d", "why", "a\nb");
}

static void the_later_row_of_a_member_holds(void **state)
{
	(void)state;
	read_text(TITLE "machine\tlive\nbegun\t1.0\t-\t0\ta\n" TITLE
			"machine\tlive\npart\t1.0\t2.0\t5\ta\twhy\n");
	assert_int_equal(dump.damage_count, 0);
	assert_counter_text(&dump, "a", "status", "part");
	assert_counter(&dump, "a", "bytes", 5, COUNTER_BYTES);
}

static void a_row_that_is_cut_or_damaged_is_skipped(void **state)
{
	static const char *const rows[] = {
		"half\t1.0\t2.0\t0\ta\n",
		"whole\n",
		"whole\t1.0\t2.0\t0\n",
		"whole\t1.0\t2.0\t0\t\n",
		"whole\t1\t2.0\t0\ta\n",
		"whole\t1.0\t2.0x\t0\ta\n",
		"whole\t1.0\t2.0\tx\ta\n",
		"whole\t1.0\t2.0\t0x\ta\n",
		"whole\t1.0\t2.0\t0\ta\\q\n",
		"whole\t1.0\t2.0\t0\ta\\\n",
		"whole\t1.0\t2.0\t0\ta\\x00\n",
		"whole\t1.0\t2.0\t0\ta\033\n",
		"whole\t1.0\t2.0\t0\ta\tw\tx\n",
		"whole\t1.0\t2.0\t0\ta",
		"machine\n",
		"began\t2026\n",
		"began\t2026\t-\n",
		"began\t\t1.0\n",
		"began\t2026\t1.0x\n",
		"rubbish\n",
	};
	char text[256];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(rows); i++) {
		snprintf(text, sizeof(text), TITLE "%s", rows[i]);
		read_text(text);
		if (dump.counters.count || dump.damage_count != 1)
			fail_msg("%s", rows[i]);
	}
}

static void an_end_without_an_outcome_is_damaged(void **state)
{
	(void)state;
	read_text(TITLE "ended\t2026\t1.0\n");
	assert_int_equal(dump.damage_count, 1);
	assert_null(counter_dump_find(&dump, "", "outcome"));
}

static void text_under_another_title_is_none(void **state)
{
	(void)state;
	assert_rubbish("manifest", "machine\tlive\n", "manifest");
	assert_rubbish("manifest", "pageowl capture manifest\n", "manifest");
	assert_rubbish("manifest", "pageowl capture manifest 1x\nmachine\ta\n",
		       "manifest");
}

static void a_newer_one_is_read_as_far_as_it_is_known(void **state)
{
	(void)state;
	read_text("pageowl capture manifest 2\nmachine\tlive\nnew\tline\n");
	assert_int_equal(dump.damage_count, 1);
	assert_counter_text(&dump, "", "machine", "live");
	assert_span(text_buffer_span(&dump.remarks),
		    "written by a newer pageowl; what is known of it is "
		    "read\n");
}

static void the_title_decides(void **state)
{
	const struct format *manifest = format_named("manifest");

	(void)state;
	assert_ptr_equal(format_sniff(SPAN(TITLE)), manifest);
	assert_ptr_equal(format_sniff(SPAN("pageowl capture manifest 27\n")),
			 manifest);
	assert_null(format_sniff(SPAN("\n" TITLE)));
	assert_null(format_sniff(SPAN("manifest 1\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_head_tells_of_the_capture),
		TEST(what_is_not_known_is_absent),
		TEST(a_row_is_a_member),
		TEST(paths_and_reasons_are_as_they_were),
		TEST(the_later_row_of_a_member_holds),
		TEST(a_row_that_is_cut_or_damaged_is_skipped),
		TEST(an_end_without_an_outcome_is_damaged),
		TEST(text_under_another_title_is_none),
		TEST(a_newer_one_is_read_as_far_as_it_is_known),
		TEST(the_title_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
