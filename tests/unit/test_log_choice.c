/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "input/log_choice.h"

static struct log_candidate a_log(const char *path, size_t parts)
{
	struct log_candidate candidate = {.path = path, .parts = parts};

	log_candidate_name(&candidate, span_of(path));
	return candidate;
}

/* Each goes before the next, and the next does not go before it. */
static void logs_are_in_order_by_their_names(void **state)
{
	static const char *const paths[] = {
		"c/dev/kmsg",
		"c/var/log/dmesg",
		"c/sos_commands/logs/journalctl_--boot",
		"c/var/log/kern.log",
		"c/var/log/messages",
		"c/console.2",
		"c/console.log",
		"c/dmesg.0.gz",
		"c/var/log/kern.log.1",
		"c/var/log/kern.log.2.gz",
		"c/var/log/kern.log.10",
		"c/var/log/messages-20261101",
		"c/var/log/messages-20261001.xz",
	};
	size_t i;

	(void)state;
	for (i = 0; i + 1 < TEST_COUNT(paths); i++) {
		struct log_candidate a = a_log(paths[i], 1);
		struct log_candidate b = a_log(paths[i + 1], 1);

		assert_true(log_candidate_is_better(&a, &b));
		assert_false(log_candidate_is_better(&b, &a));
	}
}

static void a_log_that_reports_nothing_is_the_last(void **state)
{
	struct log_candidate old = a_log("var/log/kern.log.7", 1);
	struct log_candidate kernel = a_log("dev/kmsg", 0), none = {0};

	(void)state;
	assert_true(log_candidate_is_better(&old, &kernel));
	assert_false(log_candidate_is_better(&kernel, &old));
	assert_true(log_candidate_is_better(&kernel, &none));
	assert_false(log_candidate_is_better(&none, &kernel));
}

static void of_names_alike_the_one_with_more_goes_first(void **state)
{
	struct log_candidate a = a_log("a.log", 1), b = a_log("b.log", 1);

	(void)state;
	b.entries = 1;
	assert_true(log_candidate_is_better(&b, &a));
	assert_false(log_candidate_is_better(&a, &b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(logs_are_in_order_by_their_names),
		cmocka_unit_test(a_log_that_reports_nothing_is_the_last),
		cmocka_unit_test(of_names_alike_the_one_with_more_goes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
