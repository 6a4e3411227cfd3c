/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "cli/frame_lead.h"

static struct frame_lead lead_of(const char *before, const char *behind)
{
	struct frame_lead lead;

	frame_lead_read(span_of(before), span_of(behind), true, &lead);
	return lead;
}

static void assert_exact(const char *before, bool exact)
{
	if (lead_of(before, "\n").exact != exact)
		fail_msg("\"%s\": not %s", before,
			 exact ? "exact" : "a return address");
}

static void program_counters_of_all_machines_are_exact(void **state)
{
	static const char *const befores[] = {
		"RIP: 0010:",
		"[   12.345678] RIP: 0010:[<ffffffff81234567>]  "
		"[<ffffffff81234567>] ",
		"RIP  [<ffffffff81234567>] ",
		"IP: [<ffffffff81234567>] ",
		"IP: ",
		"EIP: 0060:",
		"EIP: ",
		"EIP is at ",
		"pc : ",
		"PC is at ",
		"pc is at ",
		"NIP [c000000000123456] ",
		"epc : ",
		"epc   : 80123456 ",
		"  ERA: 9000000000223344 ",
		"TPC: <",
		"Krnl PSW : 0704c00180000000 0000000000123456 (",
		"> [   12.345678][  T1] RIP: 0010:",
		"unchecked MSR access error: RDMSR from 0x1 at rIP: "
		"0xffffffff81234567 (",
		"WARNING: CPU: 0 PID: 1 at mm/otter.c:12 ",
		"--- interrupt: 300 at ",
		"NMI backtrace for cpu 1 skipped: idling at ",
		"calling  ",
		"initcall ",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(befores); i++)
		assert_exact(befores[i], true);
}

static void all_else_is_a_return_address(void **state)
{
	static const char *const befores[] = {
		"",
		" ",
		"[   12.345678]  ? ",
		" [<ffffffff81234567>] ",
		"[c000000000123456] [c000000000123457] ",
		"lr : ",
		"LR is at ",
		"LR [c000000000123456] ",
		" ra : ",
		"     12 ",
		"0xffffb43a40000000-0xffffb43a40005000   20480 ",
		"#0: (otter){+.+.}-{3:3}, at: ",
		"BUG: KASAN: use-after-free in ",
		"caller=",
		"SKIP: ",
		"otter.epc : x ",
		" => ",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(befores); i++)
		assert_exact(befores[i], false);
}

static void a_function_that_ftrace_entered_is_exact(void **state)
{
	(void)state;
	assert_true(lead_of(" ", " <-otter+0x1/0x2\n").exact);
	assert_false(lead_of(" ", " <\n").exact);
}

static void lines_go_above_stacks_and_registers_alone(void **state)
{
	(void)state;
	assert_true(lead_of("", "").alone);
	assert_true(lead_of("[   12.345678]  ? ", "").alone);
	assert_true(lead_of(" [<ffffffff81234567>] ? ", "").alone);
	assert_true(lead_of("     12 ", "").alone);
	assert_true(lead_of("pc : ", "").alone);
	assert_true(lead_of("lr : ", "").alone);
	assert_true(lead_of("RIP: 0010:", "").alone);
	assert_false(
		lead_of("0xffffb43a40000000-0xffffb43a40005000   20480 ", "")
			.alone);
	assert_false(lead_of("WARNING: CPU: 0 PID: 1 at mm/a.c:1 ", "").alone);
	assert_false(lead_of("caller=", "").alone);
	assert_false(lead_of("12 otters ", "").alone);
}

static void behind_another_frame_none_is_alone(void **state)
{
	struct frame_lead lead;

	(void)state;
	frame_lead_read(SPAN(" "), SPAN("\n"), false, &lead);
	assert_false(lead.alone);
	assert_int_equal(lead.prefix, 0);
	frame_lead_read(SPAN(" ra : "), SPAN("\n"), false, &lead);
	assert_false(lead.alone);
}

static void the_prefix_of_a_log_is_told(void **state)
{
	(void)state;
	assert_int_equal(lead_of("> [   12.345678]  ? ", "").prefix, 17);
	assert_int_equal(lead_of("  ? ", "").prefix, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(program_counters_of_all_machines_are_exact),
		cmocka_unit_test(all_else_is_a_return_address),
		cmocka_unit_test(a_function_that_ftrace_entered_is_exact),
		cmocka_unit_test(lines_go_above_stacks_and_registers_alone),
		cmocka_unit_test(behind_another_frame_none_is_alone),
		cmocka_unit_test(the_prefix_of_a_log_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
