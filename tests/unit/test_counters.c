/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/counters.h"

static struct counters counters;

static int teardown(void **state)
{
	(void)state;
	counters_deinit(&counters);
	return 0;
}

static void add(const char *scope, const char *name, uint64_t value)
{
	const struct counter counter = {
		.group = SPAN("meminfo"),
		.scope = span_of(scope),
		.name = span_of(name),
		.value = value,
		.unit = COUNTER_KIB,
	};
	struct error err;

	assert_true(counters_add(&counters, &counter, &err));
}

static void add_text(const char *name, const char *text)
{
	/* The memory of an input is gone after the call. */
	char *copy = strdup(text);
	const struct counter counter = {
		.group = SPAN("version"),
		.name = span_of(name),
		.text = span_of(copy),
		.unit = COUNTER_TEXT,
	};
	struct error err;

	assert_true(counters_add(&counters, &counter, &err));
	memset(copy, '#', strlen(copy));
	free(copy);
}

static uint64_t value_of(const char *scope, const char *name)
{
	uint64_t value;

	assert_true(counters_value(&counters, "meminfo", span_of(scope), name,
				   &value));
	return value;
}

static void a_counter_is_found_by_group_scope_and_name(void **state)
{
	(void)state;
	add("", "MemTotal", 1000);
	add("node 0", "MemTotal", 600);
	add("node 1", "MemTotal", 400);
	assert_u64(value_of("", "MemTotal"), 1000);
	assert_u64(value_of("node 0", "MemTotal"), 600);
	assert_u64(value_of("node 1", "MemTotal"), 400);
	assert_int_equal(counters.count, 3);
	assert_int_equal(
		counters_find(&counters, "meminfo", SPAN("node 1"), "MemTotal")
			->unit,
		COUNTER_KIB);
}

static void what_is_missing_is_not_found_and_gives_no_value(void **state)
{
	uint64_t value = 7;

	(void)state;
	assert_null(counters_find(&counters, "meminfo", SPAN(""), "MemTotal"));
	add("", "MemTotal", 1000);
	assert_null(counters_find(&counters, "vmstat", SPAN(""), "MemTotal"));
	assert_null(counters_find(&counters, "meminfo", SPAN("x"), "MemTotal"));
	assert_null(counters_find(&counters, "meminfo", SPAN(""), "MemTota"));
	assert_false(counters_value(&counters, "meminfo", SPAN(""), "MemFree",
				    &value));
	assert_u64(value, 7);
}

static void the_parts_of_a_key_do_not_run_into_each_other(void **state)
{
	(void)state;
	add("ab", "c", 1);
	add("a", "bc", 2);
	add("", "abc", 3);
	assert_u64(value_of("ab", "c"), 1);
	assert_u64(value_of("a", "bc"), 2);
	assert_u64(value_of("", "abc"), 3);
}

static void a_counter_that_comes_again_replaces_the_first(void **state)
{
	(void)state;
	add("", "MemFree", 5);
	add("", "MemTotal", 9);
	add("", "MemFree", 6);
	assert_u64(value_of("", "MemFree"), 6);
	assert_int_equal(counters.count, 2);
	assert_int_equal(counters.replaced, 1);
	assert_int_equal(counters.dropped, 0);
	/* The order is that of first sight. */
	assert_span(counters.table->counter.name, "MemFree");
}

static const struct counter *text_of(const char *name)
{
	return counters_find(&counters, "version", SPAN(""), name);
}

static void text_is_kept_and_is_no_number(void **state)
{
	uint64_t value = 7;

	(void)state;
	add_text("release", "6.12.117-lab");
	assert_span(text_of("release")->text, "6.12.117-lab");
	assert_int_equal(text_of("release")->unit, COUNTER_TEXT);
	assert_false(counters_value(&counters, "version", SPAN(""), "release",
				    &value));
	assert_u64(value, 7);
}

static void text_is_replaced_by_shorter_and_by_longer_text(void **state)
{
	(void)state;
	add_text("release", "6.12.117-lab");
	add_text("version", "Linux");
	add_text("release", "6.1");
	assert_span(text_of("release")->text, "6.1");
	add_text("release", "6.12.118-lab");
	assert_span(text_of("release")->text, "6.12.118-lab");
	add_text("release", "6.12.118-lab-and-more");
	assert_span(text_of("release")->text, "6.12.118-lab-and-more");
	add_text("release", "");
	assert_span(text_of("release")->text, "");
	assert_span(text_of("version")->text, "Linux");
}

static void text_that_alternates_takes_no_more_memory(void **state)
{
	size_t left;
	int i;

	(void)state;
	add_text("release", "first");
	left = counters.arena.left;
	for (i = 0; i < 100; i++)
		add_text("release", i % 2 ? "first" : "later");
	assert_int_equal(counters.arena.left, left);
	assert_int_equal(counters.replaced, 100);
}

static void a_name_of_any_length_is_kept(void **state)
{
	const struct counter_entry *entry;
	char name[2000];

	(void)state;
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	add("", name, 1);
	add("", name, 2);
	entry = counters.table;
	assert_int_equal(counters.count, 1);
	assert_u64(entry->counter.value, 2);
	assert_span(entry->counter.name, name);
	/* But nobody asks for such a name. */
	assert_null(counters_find(&counters, "meminfo", SPAN(""), name));
}

/* The names that a walk finds, "a b ". */
static const char *walked(const char *scope)
{
	static char names[64];
	const struct counter_entry *entry = NULL;
	size_t length = 0;

	names[0] = '\0';
	while ((entry = counters_next(&counters, span_of(scope), entry))) {
		struct span name = entry->counter.name;

		memcpy(names + length, name.at, name.length);
		length += name.length;
		memcpy(names + length, " ", sizeof(" "));
		length++;
	}
	return names;
}

static void a_walk_of_a_node_meets_no_other_node(void **state)
{
	(void)state;
	assert_string_equal(walked(""), "");
	assert_string_equal(walked("node 1"), "");
	add("", "a", 1);
	add("node 1 zone Normal", "b", 1);
	add("node 12", "c", 1);
	add("node 1", "d", 1);
	add("node 1 zone Normal cpu 3", "e", 1);
	add("node 1", "d", 2);
	assert_string_equal(walked(""), "a b c d e ");
	assert_string_equal(walked("node 1"), "b d e ");
	assert_string_equal(walked("node 12"), "c ");
	assert_string_equal(walked("node 2"), "");
	/* More than any kernel has: all there is. */
	add("node 99999", "f", 1);
	assert_string_equal(walked("node 99999"), "a b c d e f ");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_counter_is_found_by_group_scope_and_name),
		TEST(what_is_missing_is_not_found_and_gives_no_value),
		TEST(the_parts_of_a_key_do_not_run_into_each_other),
		TEST(a_counter_that_comes_again_replaces_the_first),
		TEST(text_is_kept_and_is_no_number),
		TEST(text_is_replaced_by_shorter_and_by_longer_text),
		TEST(text_that_alternates_takes_no_more_memory),
		TEST(a_name_of_any_length_is_kept),
		TEST(a_walk_of_a_node_meets_no_other_node),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
