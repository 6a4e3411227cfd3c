/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All of symbolize/ behind its door, on the modules of the samples. */
#include "tests/support/check.h"

#include "symbolize/symbolizer.h"

/* What ran, and something else. */
#define TRUE_ID	 "02d7d6065e336ac93dc9464f417e29f5ae8b8ad2"
#define OTHER_ID "0123456789abcdef0123456789abcdef01234567"

static const char *const samples[] = {"samples/symbols", NULL};

static struct symbolizer *create(bool keep)
{
	const struct symbolizer_options options = {.directories = samples,
						   .keep = keep};
	struct symbolizer *symbolizer = symbolizer_create(&options);

	assert_non_null(symbolizer);
	return symbolizer;
}

static struct frame_answer ask(struct symbolizer *symbolizer,
			       const struct frame_query *query)
{
	struct frame_answer answer = {.status = FRAME_UNASKED};

	assert_true(symbolizer_resolve(symbolizer, query, 1, &answer));
	return answer;
}

static const struct frame_query leak = {.module = "leaky_pages",
					.symbol = "do_leak",
					.offset = 0x1b,
					.size = 0x30};
static const struct frame_query grown = {.module = "leaky_pages",
					 .symbol = "do_leak",
					 .offset = 0x1b,
					 .size = 0x40};

static int need_bfd(void **state)
{
	(void)state;
	/* cmocka has no skip() in a setup: tests ask for themselves. */
	setenv("XDG_CACHE_HOME", "/nonexistent", 1);
	return 0;
}

#define NEED_BFD()                          \
	do {                                \
		if (!symbolizer_is_built()) \
			skip();             \
	} while (0)

static void a_frame_of_a_module_has_its_line(void **state)
{
	struct symbolizer *symbolizer;
	struct frame_answer answer;

	(void)state;
	NEED_BFD();
	symbolizer = create(false);
	answer = ask(symbolizer, &leak);
	assert_int_equal(answer.status, FRAME_RESOLVED);
	assert_int_equal(answer.line_count, 1);
	assert_string_equal(answer.lines[0].function, "do_leak");
	assert_int_equal(answer.lines[0].line, 17);
	symbolizer_destroy(symbolizer);
}

static void frames_of_two_builds_are_told_apart(void **state)
{
	struct frame_query right = leak, wrong = leak;
	struct symbolizer *symbolizer;
	unsigned i;

	(void)state;
	NEED_BFD();
	right.build_id = TRUE_ID;
	wrong.build_id = OTHER_ID;
	/* In either order. */
	for (i = 0; i < 2; i++) {
		symbolizer = create(false);
		if (i)
			assert_int_equal(ask(symbolizer, &wrong).status,
					 FRAME_NO_OBJECT);
		assert_int_equal(ask(symbolizer, &right).status,
				 FRAME_RESOLVED);
		assert_int_equal(ask(symbolizer, &wrong).status,
				 FRAME_NO_OBJECT);
		assert_int_equal(ask(symbolizer, &right).status,
				 FRAME_RESOLVED);
		assert_non_null(strstr(symbolizer_warning(symbolizer, 0),
				       "its build id is " TRUE_ID));
		symbolizer_destroy(symbolizer);
	}
}

static void a_build_id_that_comes_later_holds_from_then_on(void **state)
{
	struct symbolizer *symbolizer;

	(void)state;
	NEED_BFD();
	symbolizer = create(false);
	assert_int_equal(ask(symbolizer, &leak).status, FRAME_RESOLVED);
	assert_true(symbolizer_expect(symbolizer, "leaky-pages", OTHER_ID));
	assert_int_equal(ask(symbolizer, &leak).status, FRAME_NO_OBJECT);
	symbolizer_destroy(symbolizer);
}

static void one_misfit_is_told_in_the_end(void **state)
{
	struct symbolizer *symbolizer;

	(void)state;
	NEED_BFD();
	symbolizer = create(false);
	assert_int_equal(ask(symbolizer, &grown).status, FRAME_REFUSED);
	assert_null(symbolizer_warning(symbolizer, 0));
	symbolizer_conclude(symbolizer);
	assert_non_null(strstr(symbolizer_warning(symbolizer, 0),
			       "is not the module leaky_pages that ran"));
	symbolizer_destroy(symbolizer);
}

/* Nothing of it may be believed in the next run. */
static void a_refused_file_leaves_nothing_in_the_cache(void **state)
{
	struct frame_query named = grown;
	struct symbolizer *symbolizer;
	struct symbolizer_object object;
	char folder[] = "/tmp/pageowl-cache-XXXXXX", command[64];

	(void)state;
	NEED_BFD();
	assert_non_null(mkdtemp(folder));
	setenv("XDG_CACHE_HOME", folder, 1);
	symbolizer = create(true);
	assert_int_equal(ask(symbolizer, &named).status, FRAME_REFUSED);
	symbolizer_destroy(symbolizer);
	symbolizer = create(true);
	assert_int_equal(ask(symbolizer, &leak).status, FRAME_RESOLVED);
	symbolizer_destroy(symbolizer);
	/* But this is. */
	symbolizer = create(true);
	assert_true(symbolizer_expect(symbolizer, "leaky_pages", TRUE_ID));
	assert_int_equal(ask(symbolizer, &leak).status, FRAME_RESOLVED);
	assert_true(symbolizer_object(symbolizer, 0, &object));
	assert_int_equal(object.cached, 1);
	assert_null(object.path);
	symbolizer_destroy(symbolizer);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_of_a_module_has_its_line),
		cmocka_unit_test(frames_of_two_builds_are_told_apart),
		cmocka_unit_test(
			a_build_id_that_comes_later_holds_from_then_on),
		cmocka_unit_test(one_misfit_is_told_in_the_end),
		cmocka_unit_test(a_refused_file_leaves_nothing_in_the_cache),
	};

	return cmocka_run_group_tests(tests, need_bfd, NULL);
}
