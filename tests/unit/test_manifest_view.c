/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/manifest_view.h"

static struct counters counters;
static struct error err;

static int teardown(void **state)
{
	(void)state;
	counters_deinit(&counters);
	return 0;
}

static void put_text(const char *scope, const char *name, const char *text)
{
	const struct counter counter = {
		.group = SPAN("manifest"),
		.scope = span_of(scope),
		.name = span_of(name),
		.text = span_of(text),
		.unit = COUNTER_TEXT,
	};

	assert_true(counters_add(&counters, &counter, &err));
}

static void put_ns(const char *scope, const char *name, uint64_t value)
{
	const struct counter counter = {
		.group = SPAN("manifest"),
		.scope = span_of(scope),
		.name = span_of(name),
		.text = SPAN(""),
		.value = value,
		.unit = COUNTER_NS,
	};

	assert_true(counters_add(&counters, &counter, &err));
}

static void without_a_manifest_there_is_nothing_to_see(void **state)
{
	const struct counter_entry *at = NULL;
	struct manifest_member member;
	struct manifest_view view;

	(void)state;
	assert_false(manifest_view(&counters, &view));
	assert_false(manifest_view_next(&counters, &at, &member));
	assert_u64(manifest_view_began(&counters, SPAN("a")), TS_NONE);
}

static void what_a_capture_does_not_tell_is_empty(void **state)
{
	struct manifest_view view;

	(void)state;
	put_text("", "machine", "live");
	assert_true(manifest_view(&counters, &view));
	assert_span(view.machine, "live");
	assert_int_equal(view.outcome.length, 0);
	assert_u64(view.began_ns, TS_NONE);
	assert_u64(view.ended_ns, TS_NONE);
	assert_true(manifest_view_is_early(&view));
	put_text("", "outcome", "no room");
	assert_true(manifest_view(&counters, &view));
	assert_true(manifest_view_is_early(&view));
	put_text("", "outcome", "whole");
	assert_true(manifest_view(&counters, &view));
	assert_false(manifest_view_is_early(&view));
}

static void members_that_are_not_whole_are_found_in_their_order(void **state)
{
	const struct counter_entry *at = NULL;
	struct manifest_member member;

	(void)state;
	put_text("", "machine", "live");
	put_text("", "status", "odd");
	put_text("a", "status", "part");
	put_text("a", "why", "killed");
	put_ns("a", "began", 5);
	put_text("b", "status", "whole");
	put_text("c", "status", "missing");
	assert_true(manifest_view_next(&counters, &at, &member));
	assert_span(member.path, "a");
	assert_span(member.status, "part");
	assert_span(member.why, "killed");
	assert_u64(member.began_ns, 5);
	assert_u64(member.ended_ns, TS_NONE);
	assert_true(manifest_member_is_lost(&member));
	assert_true(manifest_view_next(&counters, &at, &member));
	assert_span(member.path, "c");
	assert_false(manifest_member_is_lost(&member));
	assert_false(manifest_view_next(&counters, &at, &member));
	assert_true(manifest_view_member(&counters, SPAN("b"), &member));
	assert_false(manifest_view_member(&counters, SPAN(""), &member));
}

static void a_moment_is_that_of_a_live_machine(void **state)
{
	(void)state;
	put_text("", "machine", "folder");
	put_text("a", "status", "whole");
	put_ns("a", "began", 5);
	assert_u64(manifest_view_began(&counters, SPAN("a")), TS_NONE);
	put_text("", "machine", "live");
	assert_u64(manifest_view_began(&counters, SPAN("a")), 5);
	assert_u64(manifest_view_began(&counters, SPAN("b")), TS_NONE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(without_a_manifest_there_is_nothing_to_see),
		TEST(what_a_capture_does_not_tell_is_empty),
		TEST(members_that_are_not_whole_are_found_in_their_order),
		TEST(a_moment_is_that_of_a_live_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
