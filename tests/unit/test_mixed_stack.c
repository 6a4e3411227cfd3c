/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/mixed_stack.h"

#define HOOK " post_alloc_hook+0x59/0x120\n"
#define LIST " get_page_from_freelist+0x550/0x1240\n"
#define PAGE " __alloc_pages_noprof+0x193/0x1040\n"
#define CALL " heron_fill+0x2/0x20 [heron]\n"
#define ENTRY                         \
	" do_syscall_64+0x9e/0x1c0\n" \
	" entry_SYSCALL_64_after_hwframe+0x77/0x7f\n"
#define FORK " ret_from_fork+0x2f/0x50\n ret_from_fork_asm+0x1a/0x30\n"

static bool is_mixed(const char *text)
{
	return mixed_stack_of_page(span_of(text));
}

static void stacks_of_allocations_are_whole(void **state)
{
	(void)state;
	assert_false(is_mixed(""));
	assert_false(is_mixed(" f+0x1/0x2\n"));
	assert_false(is_mixed(HOOK LIST PAGE CALL ENTRY));
	assert_false(is_mixed(HOOK LIST PAGE CALL FORK));
	assert_false(is_mixed(HOOK " alloc_pages_bulk_noprof+0x1/0x2\n" CALL));
	assert_false(is_mixed(HOOK " split_map_pages+0x1/0x2\n"));
	assert_false(is_mixed(HOOK " 0xffffffff81234567\n"));
	assert_false(is_mixed(" __set_page_owner+0x1/0x2\n" HOOK LIST PAGE));
	/* The places of a symbolized report. */
	assert_false(is_mixed(HOOK " [mm/page_alloc.c:1]\n" LIST PAGE));
}

static void frames_of_another_stack_are_found(void **state)
{
	(void)state;
	/* Frames behind what is outermost. */
	assert_true(is_mixed(HOOK LIST PAGE CALL ENTRY CALL));
	assert_true(is_mixed(HOOK LIST FORK PAGE));
	assert_true(is_mixed(PAGE " ret_from_fork+0x2f/0x50\n" CALL));
	/* Callers that do not call it. */
	assert_true(is_mixed(HOOK " vfs_write+0xfe/0x480\n" ENTRY));
	assert_true(is_mixed(HOOK LIST " kthread+0xcb/0xf0\n"));
	/* The innermost, and yet not there. */
	assert_true(is_mixed(CALL CALL CALL HOOK LIST PAGE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stacks_of_allocations_are_whole),
		cmocka_unit_test(frames_of_another_stack_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
