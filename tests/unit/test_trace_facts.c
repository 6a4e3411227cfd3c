/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_facts.h"

#include "tests/support/check.h"

static struct error err;

static uint32_t number_of(struct trace_facts *facts, const char *comm)
{
	struct trace_fact_set set = {.evidence = 0x102};
	uint32_t number = UINT32_MAX;

	set.fields[FIELD_COMM] = span_of(comm);
	assert_true(trace_facts_intern(facts, &set, &number, &err));
	return number;
}

static void assert_comm(const struct trace_facts *facts, uint32_t number,
			const char *comm)
{
	struct trace_fact_set set;

	trace_facts_get(facts, number, &set);
	assert_int_equal(set.evidence, *comm ? 0x102 : 0);
	assert_span(set.fields[FIELD_COMM], comm);
	assert_span(set.fields[FIELD_PID], "");
}

static void a_set_has_one_number(void **state)
{
	struct trace_facts facts = {0};
	uint32_t otter, heron;

	(void)state;
	otter = number_of(&facts, "otter");
	heron = number_of(&facts, "heron");
	assert_int_not_equal(otter, heron);
	assert_int_equal(number_of(&facts, "otter"), otter);
	assert_int_equal(number_of(&facts, "otter"), otter);
	assert_comm(&facts, otter, "otter");
	assert_comm(&facts, heron, "heron");
	trace_facts_deinit(&facts);
}

static void one_too_many_has_no_fields(void **state)
{
	struct trace_facts facts = {.limit = 3};
	uint32_t otter;

	(void)state;
	otter = number_of(&facts, "otter");
	assert_comm(&facts, number_of(&facts, "heron"), "heron");
	assert_comm(&facts, number_of(&facts, "stoat"), "");
	assert_comm(&facts, number_of(&facts, "stoat"), "");
	assert_u64(facts.beyond, 2);
	/* What is there already is none too many. */
	assert_int_equal(number_of(&facts, "otter"), otter);
	assert_u64(facts.beyond, 2);
	trace_facts_deinit(&facts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_set_has_one_number),
		cmocka_unit_test(one_too_many_has_no_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
