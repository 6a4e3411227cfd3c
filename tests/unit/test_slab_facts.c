/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/slab_facts.h"

/* What text tells of objects that have a symbol. */
static struct slab_facts facts_of(const char *text)
{
	struct slab_facts facts;

	slab_facts_init(&facts, true);
	if (!slab_facts_add(&facts, span_of(text)))
		fail_msg("%s", text);
	return facts;
}

static void each_fact_has_its_place(void **state)
{
	struct slab_facts facts;

	(void)state;
	facts = facts_of(" waste=521872/1544 age=290837/291891/293509 "
			 "pid=1-1705 cpus=0-3,106 nodes=0-1");
	assert_true(facts.objects.has_waste);
	assert_u64(facts.objects.waste_bytes, 521872);
	assert_true(facts.has_age);
	assert_u64(facts.objects.age_min, 290837);
	assert_u64(facts.objects.age_mean, 291891);
	assert_u64(facts.objects.age_max, 293509);
	assert_u64(facts.objects.jiffies_now, AGE_NONE);
	assert_int_equal(facts.objects.pid_min, 1);
	assert_int_equal(facts.objects.pid_max, 1705);
	assert_span(facts.pid, "1-1705");
	assert_span(facts.cpus, "0-3,106");
	assert_span(facts.nodes, "0-1");
}

static void what_is_not_told_is_not_known(void **state)
{
	struct slab_facts facts;

	(void)state;
	facts = facts_of("");
	assert_false(facts.has_age);
	assert_false(facts.objects.has_waste);
	assert_u64(facts.objects.age_min, AGE_NONE);
	assert_u64(facts.objects.age_mean, AGE_NONE);
	assert_u64(facts.objects.age_max, AGE_NONE);
	assert_u64(facts.objects.jiffies_now, AGE_NONE);
	assert_span(facts.pid, "");
	assert_span(facts.cpus, "");
	assert_span(facts.nodes, "");
}

static void one_number_is_least_mean_and_largest(void **state)
{
	struct slab_facts facts;

	(void)state;
	facts = facts_of(" age=17 pid=4");
	assert_u64(facts.objects.age_min, 17);
	assert_u64(facts.objects.age_mean, 17);
	assert_u64(facts.objects.age_max, 17);
	assert_int_equal(facts.objects.pid_min, 4);
	assert_int_equal(facts.objects.pid_max, 4);
}

static void the_age_of_what_is_not_available_is_the_clock(void **state)
{
	struct slab_facts facts;

	(void)state;
	slab_facts_init(&facts, false);
	assert_true(slab_facts_add(&facts, SPAN("age=7/8/9")));
	assert_true(facts.has_age);
	/* It went on while the objects were looked at. */
	assert_u64(facts.objects.jiffies_now, 9);
	assert_u64(facts.objects.age_min, AGE_NONE);
	assert_u64(facts.objects.age_max, AGE_NONE);
}

static void facts_may_come_in_two_texts(void **state)
{
	struct slab_facts facts;

	(void)state;
	facts = facts_of(" age=5");
	assert_true(slab_facts_add(&facts, SPAN("\tpid=1  cpus=2 ")));
	assert_u64(facts.objects.age_max, 5);
	assert_span(facts.pid, "1");
	assert_span(facts.cpus, "2");
}

static void facts_that_are_not_known_are_passed_over(void **state)
{
	struct slab_facts facts;

	(void)state;
	facts = facts_of("age=5 size=7 =x pid=1 tags=");
	assert_u64(facts.objects.age_max, 5);
	assert_int_equal(facts.objects.pid_min, 1);
}

static void the_largest_numbers_are_read(void **state)
{
	struct slab_facts facts;

	(void)state;
	facts = facts_of("waste=18446744073709551615/1 "
			 "age=18446744073709551614 pid=4294967295");
	assert_u64(facts.objects.waste_bytes, UINT64_MAX);
	assert_u64(facts.objects.age_max, UINT64_MAX - 1);
	assert_u64(facts.objects.pid_max, UINT32_MAX);
}

static void what_is_no_fact_is_refused(void **state)
{
	static const char *const others[] = {
		"age=18446744073709551616",
		"age=1/18446744073709551616/3",
		"waste=18446744073709551616/1",
		"pid=4294967296",
		"pid=0-4294967296",
		"pid=4294967296-5",
		"pid=-5",
		"pid=",
		"pid=1-2-3",
		"age=1/2",
		"age=1/2/3/4",
		"age=1/2/",
		"age=-5",
		"age=5x",
		"age=",
		"waste=5",
		"waste=5/1/1",
		"cpus=a",
		"nodes=0;1",
		"age",
		"word",
		"age=5 word",
	};
	struct slab_facts facts;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(others); i++) {
		slab_facts_init(&facts, true);
		if (slab_facts_add(&facts, span_of(others[i])))
			fail_msg("%s", others[i]);
	}
}

static void known_facts_can_start_a_line(void **state)
{
	(void)state;
	assert_true(slab_facts_is_start(SPAN("waste=")));
	assert_true(slab_facts_is_start(SPAN(" age=5")));
	assert_true(slab_facts_is_start(SPAN("\tpid=1 cpus=2")));
	assert_true(slab_facts_is_start(SPAN("cpus=2")));
	assert_true(slab_facts_is_start(SPAN("nodes=0")));
	assert_false(slab_facts_is_start(SPAN("size=5")));
	assert_false(slab_facts_is_start(SPAN("age")));
	assert_false(slab_facts_is_start(SPAN("f+0x1/0x2 age=5")));
	assert_false(slab_facts_is_start(SPAN("")));
}

static void an_age_at_the_end_is_told_from_one_before_more(void **state)
{
	(void)state;
	assert_true(slab_facts_end_in_age(SPAN(" age=")));
	assert_true(slab_facts_end_in_age(SPAN(" waste=1/1 age=1/2")));
	assert_false(slab_facts_end_in_age(SPAN(" age=5 ")));
	assert_false(slab_facts_end_in_age(SPAN(" age=5 pid=1")));
	assert_false(slab_facts_end_in_age(SPAN(" waste=1/1")));
	assert_false(slab_facts_end_in_age(SPAN("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fact_has_its_place),
		cmocka_unit_test(what_is_not_told_is_not_known),
		cmocka_unit_test(one_number_is_least_mean_and_largest),
		cmocka_unit_test(the_age_of_what_is_not_available_is_the_clock),
		cmocka_unit_test(facts_may_come_in_two_texts),
		cmocka_unit_test(facts_that_are_not_known_are_passed_over),
		cmocka_unit_test(the_largest_numbers_are_read),
		cmocka_unit_test(what_is_no_fact_is_refused),
		cmocka_unit_test(known_facts_can_start_a_line),
		cmocka_unit_test(
			an_age_at_the_end_is_told_from_one_before_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
