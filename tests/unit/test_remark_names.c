/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/remark_names.h"

static char told[512];

static void take_remark(struct sink *sink, const char *text)
{
	(void)sink;
	snprintf(told, sizeof(told), "%s", text);
}

static const char *tell(const struct remark_names *names)
{
	struct sink sink = {.remark = take_remark};

	told[0] = '\0';
	remark_names_tell(names, &sink, "cache is lost", "caches are lost");
	return told;
}

static void names_are_listed_once_and_counted_each_time(void **state)
{
	struct remark_names names = {0};

	(void)state;
	assert_string_equal(tell(&names), "");
	remark_names_add(&names, SPAN("b"));
	assert_string_equal(tell(&names), "1 cache is lost: b");
	remark_names_add(&names, SPAN("a"));
	remark_names_add(&names, SPAN("b"));
	assert_string_equal(tell(&names), "3 caches are lost: b, a");
}

static void what_has_no_name_is_counted(void **state)
{
	struct remark_names names = {0};

	(void)state;
	remark_names_add(&names, SPAN(""));
	assert_string_equal(tell(&names), "1 cache is lost");
}

static void of_many_names_the_first_are_listed(void **state)
{
	struct remark_names names = {0};
	char name[4];
	int i;

	(void)state;
	for (i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		remark_names_add(&names, span_of(name));
	}
	assert_string_equal(tell(&names), "20 caches are lost: n0, n1, n2, n3, "
					  "n4, n5, n6, n7, ...");
}

static void names_are_escaped_and_cut(void **state)
{
	struct remark_names names = {0};

	(void)state;
	remark_names_add(&names, SPAN("\033[2J"));
	remark_names_add(&names,
			 SPAN("0123456789012345678901234567890123456789"));
	assert_string_equal(tell(&names),
			    "2 caches are lost: \\x1b[2J, "
			    "01234567890123456789012345678901...");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_listed_once_and_counted_each_time),
		cmocka_unit_test(what_has_no_name_is_counted),
		cmocka_unit_test(of_many_names_the_first_are_listed),
		cmocka_unit_test(names_are_escaped_and_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
