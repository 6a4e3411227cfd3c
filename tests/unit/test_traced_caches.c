/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "input/traced_caches.h"

static struct traced_caches caches;
static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	traced_caches_deinit(&caches);
	arena_deinit(&arena);
	return 0;
}

/* Note a cache of so many objects; the name of its twin, or "". */
static void expect_twin(const char *name, uint64_t objects,
			const struct format *format, const char *twin)
{
	const struct snapshot snapshot = {.seen = objects};
	const struct traced_cache *found = NULL;
	struct error err = {0};
	char path[64];

	snprintf(path, sizeof(path), "slab/%s/alloc_traces", name);
	assert_true(traced_caches_note(&caches, &arena, format, &snapshot,
				       span_of(path), &found, &err));
	assert_span(found ? found->name : SPAN(""), twin);
}

static const struct format a = {.name = "a"}, b = {.name = "b"};

static void one_name_with_the_same_objects_is_one_cache(void **state)
{
	(void)state;
	expect_twin("x", 5, &a, "");
	expect_twin("y", 5, &a, "");
	expect_twin("x", 6, &a, "");
	expect_twin("x", 5, &b, "");
	expect_twin("x", 5, &a, "x");
	expect_twin("x", 6, &a, "x");
	expect_twin("y", 6, &a, "");
}

static void a_merged_name_has_the_objects_of_any_other(void **state)
{
	(void)state;
	expect_twin("x", 5, &a, "");
	expect_twin("y", 5, &a, "");
	expect_twin(":0000064", 5, &a, "y");
	expect_twin(":0000096", 7, &a, "");
	expect_twin("x", 7, &a, ":0000096");
	expect_twin(":0000128", 7, &a, ":0000096");
	expect_twin(":0000064", 8, &a, "");
	expect_twin(":0000064", 5, &b, "");
}

static void caches_without_objects_are_nobodys_twins(void **state)
{
	(void)state;
	expect_twin(":0000064", 0, &a, "");
	expect_twin(":0000064", 0, &a, "");
	expect_twin("x", 0, &a, "");
}

static void a_cache_is_found_by_its_name_and_format(void **state)
{
	(void)state;
	assert_false(traced_caches_has(&caches, &a, SPAN("x")));
	expect_twin("x", 5, &a, "");
	expect_twin("x", 9, &a, "");
	expect_twin("empty", 0, &a, "");
	expect_twin(":0000064", 5, &a, "x");
	assert_true(traced_caches_has(&caches, &a, SPAN("x")));
	assert_true(traced_caches_has(&caches, &a, SPAN("empty")));
	assert_false(traced_caches_has(&caches, &b, SPAN("x")));
	assert_false(traced_caches_has(&caches, &a, SPAN("")));
	/* A twin was not noted. */
	assert_false(traced_caches_has(&caches, &a, SPAN(":0000064")));
}

static void caches_are_listed_with_the_newest_first(void **state)
{
	(void)state;
	expect_twin("x", 5, &a, "");
	expect_twin("y", 5, &a, "");
	expect_twin("y", 5, &a, "y");
	assert_span(caches.first->name, "y");
	assert_span(caches.first->next->name, "x");
	assert_null(caches.first->next->next);
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_name_with_the_same_objects_is_one_cache),
		TEST(a_merged_name_has_the_objects_of_any_other),
		TEST(caches_without_objects_are_nobodys_twins),
		TEST(a_cache_is_found_by_its_name_and_format),
		TEST(caches_are_listed_with_the_newest_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
