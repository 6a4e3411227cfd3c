/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "gate/proposal.h"
#include "gate/proposal_entry.h"
#include "tests/support/gate_sample.h"

static struct gate_sample sample;
static struct gate_rules rules, proposal;
static struct error err;

static int teardown(void **state)
{
	(void)state;
	gate_rules_deinit(&rules);
	gate_rules_deinit(&proposal);
	gate_sample_deinit(&sample);
	rules = proposal = (struct gate_rules){0};
	sample = (struct gate_sample){0};
	return 0;
}

/* What the rules are. */
static const char *said;

static void propose(const char *text)
{
	bool passes = false;

	said = text;
	if (!gate_rules_parse(&rules, "a.rules", span_of(text), &err) ||
	    !proposal_make(&rules, &sample.input, &proposal, &passes, &err))
		fail_msg("%s", err.text);
	assert_true(passes);
}

static char *written(void)
{
	size_t length;
	char *text;
	FILE *file = open_memstream(&text, &length);

	assert_non_null(file);
	proposal_write(&proposal, file);
	fclose(file);
	return text;
}

/* It is read as a file, before the rules that there are. */
static size_t failing_with_it(void)
{
	struct gate_rules all = {0};
	struct gate_result result = {0};
	char *text = written();
	size_t failing;

	if (!gate_rules_parse(&all, "proposed", span_of(text), &err))
		fail_msg("%s\n%s", err.text, text);
	assert_int_equal(all.suppression_count, proposal.suppression_count);
	if (!gate_rules_parse(&all, "a.rules", span_of(said), &err) ||
	    !gate_judge(&all, &sample.input, &result, &err))
		fail_msg("%s", err.text);
	failing = result.failing;
	gate_result_deinit(&result);
	gate_rules_deinit(&all);
	free(text);
	return failing;
}

static void assert_written(const char *expected)
{
	char *text = written();
	const char *first = strstr(text, "\nsuppress\n");

	assert_string_equal(first ? first : text, expected);
	free(text);
	assert_int_equal(failing_with_it(), 0);
}

#define REPORT(rows) gate_sample_init(&sample, (rows), TEST_COUNT(rows))

#define PAGES(stack, old, new)                                        \
	{                                                             \
		.frames = (stack), .category = CATEGORY_DRIVER,       \
		.verdict = VERDICT_APPEARED, .units = {(old), (new)}, \
		.records = {                                          \
			(old),                                        \
			(new)                                         \
		}                                                     \
	}

#define OBJECTS(stack, slab, size, old, new)                                   \
	{                                                                      \
		.frames = (stack), .cache = (slab), .category = CATEGORY_SLAB, \
		.verdict = VERDICT_APPEARED,                                   \
		.units = {(size) * (old), (size) * (new)}, .records = {        \
			(old),                                                 \
			(new)                                                  \
		}                                                              \
	}

#define REASON "\treason   to be replaced: say why this may grow\n"

static void a_function_is_named_with_its_module_and_use(void **state)
{
	const struct sample_row rows[] = {
		PAGES("do_leak[leaky] rx", 0, 100),
		PAGES("do_leak[leaky] tx", 0, 3),
		OBJECTS("do_leak[leaky] rx", "kmalloc-64", 64u, 0, 100),
		PAGES("small", 0, 1),
	};

	(void)state;
	REPORT(rows);
	propose("fail-over function: 5K\n");
	/* 412K, and 6.25K: no more than a sixteenth above. */
	assert_written("\nsuppress\n"
		       "\tframes   do_leak\n"
		       "\tmodule   leaky\n"
		       "\tcategory driver\n"
		       "\tmaximum  416K\n" REASON "\nsuppress\n"
		       "\tframes   do_leak\n"
		       "\tmodule   leaky\n"
		       "\tcache    kmalloc-64\n"
		       "\tmaximum  7K\n" REASON);
}

static void a_stack_is_named_by_all_of_its_functions(void **state)
{
	const struct sample_row rows[] = {
		PAGES("do_leak rx.isra.0 0xffffffffc0001234 main", 0, 256)};

	(void)state;
	REPORT(rows);
	propose("fail-over stack: 0\n");
	assert_written("\nsuppress\n"
		       "\tframes   do_leak rx 0x* main\n"
		       "\tcategory driver\n"
		       "\tmaximum  1M\n" REASON);
}

static void an_address_is_named_by_who_called_it(void **state)
{
	const struct sample_row rows[] = {
		PAGES("0xffffffffc0001234 0xffffffffc0005678 rx main", 0, 2),
		PAGES("0xffffffffc0001234 tx main", 0, 1),
	};

	(void)state;
	REPORT(rows);
	propose("fail-over function: 0\n");
	assert_written("\nsuppress\n"
		       "\tframes   0x* 0x* rx\n"
		       "\tcategory driver\n"
		       "\tmaximum  8K\n" REASON "\nsuppress\n"
		       "\tframes   0x* tx\n"
		       "\tcategory driver\n"
		       "\tmaximum  4K\n" REASON);
}

static void objects_of_no_known_size_have_a_number(void **state)
{
	struct sample_row rows[] = {OBJECTS("do_leak", "odd", 0u, 0, 33)};

	(void)state;
	rows[0].unsized = 33;
	REPORT(rows);
	propose("fail-over function: 1 object\n");
	assert_written("\nsuppress\n"
		       "\tframes   do_leak\n"
		       "\tcache    odd\n"
		       "\tmaximum  34 objects\n" REASON);
}

static void coarser_rules_get_entries_where_finer_ones_do_not_do(void **state)
{
	const struct sample_row rows[] = {
		PAGES("do_leak[leaky]", 0, 100),
		PAGES("one[many]", 0, 2),
		PAGES("two[many]", 0, 2),
	};

	(void)state;
	REPORT(rows);
	sample.input.unaccounted_known = true;
	sample.input.unaccounted_kib[1] = 3000;
	propose("fail-over function: 100K\nfail-over module: 12K\n"
		"fail-over category=driver: 12K\nfail-over unaccounted: 1M\n");
	assert_written("\nsuppress\n"
		       "\tframes   do_leak\n"
		       "\tmodule   leaky\n"
		       "\tcategory driver\n"
		       "\tmaximum  400K\n" REASON "\nsuppress\n"
		       "\tmodule   many\n"
		       "\tmaximum  16K\n" REASON "\nsuppress\n"
		       "\tcategory driver\n"
		       "\tmaximum  416K\n" REASON "\nsuppress\n"
		       "\tunaccounted\n"
		       "\tmaximum  3M\n" REASON);
}

static void of_an_entry_that_is_exceeded_there_is_a_larger_copy(void **state)
{
	const struct sample_row rows[] = {PAGES("do_fill rx", 0, 100)};

	(void)state;
	REPORT(rows);
	propose("fail-over function: 1K\n"
		"suppress\nframes do_* ... rx\nmaximum 8K\n"
		"expires 2027-06-30\nreason a cache of bug #12\n");
	assert_written("\nsuppress\n"
		       "\tframes   do_* ... rx\n"
		       "\tmaximum  400K\n"
		       "\texpires  2027-06-30\n"
		       "\treason   a cache of bug #12\n");
}

static void what_passes_needs_nothing(void **state)
{
	const struct sample_row rows[] = {PAGES("do_fill rx", 0, 1)};

	(void)state;
	REPORT(rows);
	propose("fail-over function: 4K\n");
	assert_written("# Nothing grew that needs a suppression.\n");
}

static void it_fails_again_when_more_is_taken(void **state)
{
	struct sample_row rows[] = {PAGES("do_fill rx", 0, 100)};

	(void)state;
	REPORT(rows);
	propose("fail-over function: 1K\n");
	rows[0].units[1] = 101;
	gate_sample_deinit(&sample);
	REPORT(rows);
	assert_int_equal(failing_with_it(), 1);
}

static void too_many_stacks_share_one_entry(void **state)
{
	static struct sample_row rows[PROPOSAL_STACKS_MAX + 2];
	static char names[PROPOSAL_STACKS_MAX + 2][16];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(rows); i++) {
		snprintf(names[i], sizeof(names[i]), "leak_%zu", i);
		rows[i] = (struct sample_row)PAGES(names[i], 0, 1);
	}
	REPORT(rows);
	propose("fail-over function: 0\n");
	assert_int_equal(proposal.suppression_count, PROPOSAL_STACKS_MAX + 1);
	assert_span(proposal.suppressions[PROPOSAL_STACKS_MAX].frames[0],
		    "...");
	assert_int_equal(proposal.suppressions[PROPOSAL_STACKS_MAX].max_bytes,
			 8192);
	assert_int_equal(failing_with_it(), 0);
}

static void assert_pattern(struct span name, const char *expected)
{
	struct arena arena = {0};
	struct span pattern;

	assert_true(proposal_pattern(name, &arena, &pattern));
	assert_span(pattern, expected);
	arena_deinit(&arena);
}

static void names_that_a_file_cannot_have_become_patterns(void **state)
{
	static char name[600];
	struct arena arena = {0};
	struct span pattern;

	(void)state;
	assert_pattern(SPAN("do_leak.cold"), "do_leak.cold");
	assert_pattern(SPAN("a b\tc\nd\r\x1b#*\x7f\xff\0e"), "a?b?c?d???????e");
	assert_pattern(SPAN("..."), "?..");
	assert_pattern(SPAN(""), "*");
	memset(name, 'n', sizeof(name));
	assert_true(proposal_pattern((struct span){name, sizeof(name)}, &arena,
				     &pattern));
	assert_int_equal(pattern.length, 513);
	assert_int_equal(pattern.at[512], '*');
	arena_deinit(&arena);
}

static void hostile_names_are_read_back(void **state)
{
	struct sample_row rows[] = {
		PAGES("#x[#] suppress\x01", 0, 9),
		PAGES("...", 0, 8),
		OBJECTS("reason", "maximum 8M\nsuppress", 64u, 0, 100),
		PAGES("", 0, 7),
	};

	(void)state;
	REPORT(rows);
	propose("fail-over stack: 0\nfail-over function: 0\n");
	assert_int_equal(proposal.suppression_count, 4);
	assert_int_equal(failing_with_it(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
			a_function_is_named_with_its_module_and_use, teardown),
		cmocka_unit_test_teardown(
			a_stack_is_named_by_all_of_its_functions, teardown),
		cmocka_unit_test_teardown(an_address_is_named_by_who_called_it,
					  teardown),
		cmocka_unit_test_teardown(
			objects_of_no_known_size_have_a_number, teardown),
		cmocka_unit_test_teardown(
			coarser_rules_get_entries_where_finer_ones_do_not_do,
			teardown),
		cmocka_unit_test_teardown(
			of_an_entry_that_is_exceeded_there_is_a_larger_copy,
			teardown),
		cmocka_unit_test_teardown(what_passes_needs_nothing, teardown),
		cmocka_unit_test_teardown(it_fails_again_when_more_is_taken,
					  teardown),
		cmocka_unit_test_teardown(too_many_stacks_share_one_entry,
					  teardown),
		cmocka_unit_test_teardown(
			names_that_a_file_cannot_have_become_patterns,
			teardown),
		cmocka_unit_test_teardown(hostile_names_are_read_back,
					  teardown),

	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
