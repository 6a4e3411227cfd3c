/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "gate/gate_rules.h"

/* What each entry must have, for those that are wrong elsewhere. */
#define REST "maximum 8M\nreason because\n"

static struct gate_rules rules;
static struct error err;

static int teardown(void **state)
{
	(void)state;
	gate_rules_deinit(&rules);
	return 0;
}

static void take(const char *text)
{
	if (!gate_rules_parse(&rules, "a.rules", span_of(text), &err))
		fail_msg("%s", err.text);
}

/* Nothing of a refused file is taken. */
static void assert_refused_text(struct span text, const char *why)
{
	const size_t rule_count = rules.rule_count;
	const size_t suppression_count = rules.suppression_count;
	const uint64_t iterations = rules.iterations;

	if (gate_rules_parse(&rules, "a.rules", text, &err))
		fail_msg("\"%.*s\" was taken", (int)text.length, text.at);
	assert_int_equal(err.code, ERROR_USAGE);
	assert_string_equal(err.text, why);
	assert_int_equal(rules.rule_count, rule_count);
	assert_int_equal(rules.suppression_count, suppression_count);
	assert_u64(rules.iterations, iterations);
}

static void assert_refused(const char *text, const char *why)
{
	assert_refused_text(span_of(text), why);
}

static void a_file_has_rules_iterations_and_suppressions(void **state)
{
	const struct suppression *entry;

	(void)state;
	take("# nightly.rules\n"
	     "fail-over function: 512K\n"
	     "fail-over module=nvme*: 1 object per iteration\n"
	     "\n"
	     "iterations 500\n"
	     "suppress\n"
	     "\tframes   churn_warm_fill ... warm_set*\n"
	     "\tmodule   churn\n"
	     "\tcache    kmalloc-2k\n"
	     "\tcategory slab\n"
	     "\tmaximum  8M and 4000 objects\n"
	     "\texpires  2028-02-29\n"
	     "\treason   a cache of 4,000 entries, bug #12\n"
	     "suppress\n"
	     "unaccounted\n"
	     "reason balloon\n"
	     "maximum 1G\n");
	assert_int_equal(rules.rule_count, 2);
	assert_span(rules.rules[0].text, "function: 512K");
	assert_string_equal(rules.rules[0].origin, "a.rules:2");
	assert_string_equal(rules.rules[1].origin, "a.rules:3");
	assert_u64(rules.iterations, 500);
	assert_int_equal(rules.suppression_count, 2);
	entry = &rules.suppressions[0];
	assert_string_equal(entry->origin, "a.rules:6");
	assert_int_equal(entry->frame_count, 3);
	assert_span(entry->frames[0], "churn_warm_fill");
	assert_span(entry->frames[1], "...");
	assert_span(entry->frames[2], "warm_set*");
	assert_span(entry->module, "churn");
	assert_span(entry->cache, "kmalloc-2k");
	assert_span(entry->category, "slab");
	assert_false(entry->unaccounted);
	assert_true(entry->has_bytes && entry->has_records);
	assert_u64(entry->max_bytes, 8 << 20);
	assert_u64(entry->max_records, 4000);
	assert_span(entry->expires, "2028-02-29");
	assert_span(entry->reason, "a cache of 4,000 entries, bug #12");
	entry = &rules.suppressions[1];
	assert_string_equal(entry->origin, "a.rules:14");
	assert_true(entry->unaccounted);
	assert_int_equal(entry->frame_count, 0);
	assert_int_equal(entry->expires.length, 0);
	assert_int_equal(entry->state, SUPPRESSION_UNUSED);
}

static void the_text_of_a_file_is_copied(void **state)
{
	char text[] = "suppress\nmodule churn\n" REST;

	(void)state;
	take(text);
	memset(text, 'x', sizeof(text) - 1);
	assert_span(rules.suppressions[0].module, "churn");
	assert_span(rules.suppressions[0].reason, "because");
}

static void carriage_returns_and_a_missing_newline_are_no_matter(void **state)
{
	(void)state;
	take("\xef\xbb\xbf"
	     "suppress\r\n\r\nframes a b\r\nmodule churn\r\n"
	     "maximum 8M\r\nexpires 2027-06-30\r\nreason because");
	assert_span(rules.suppressions[0].module, "churn");
	assert_int_equal(rules.suppressions[0].frame_count, 2);
	assert_span(rules.suppressions[0].frames[1], "b");
	assert_span(rules.suppressions[0].expires, "2027-06-30");
	assert_span(rules.suppressions[0].reason, "because");
	take("");
	take("\n\r\n  \t\n# nothing");
	assert_int_equal(rules.suppression_count, 1);
}

static void a_comment_begins_at_the_start_or_behind_a_blank(void **state)
{
	(void)state;
	take("  # one\n"
	     "fail-over module=a#b: 1M # two\n"
	     "suppress # three\n"
	     "frames a b # c\n" REST);
	assert_span(rules.rules[0].pattern, "a#b");
	assert_span(rules.rules[0].text, "module=a#b: 1M");
	assert_int_equal(rules.suppressions[0].frame_count, 2);
}

static void files_add_up(void **state)
{
	(void)state;
	take("fail-over default\niterations 5\n");
	take("fail-over default\niterations 5\nsuppress\nmodule a\n" REST);
	take("suppress\nmodule b\n" REST);
	assert_int_equal(rules.rule_count, 3);
	assert_int_equal(rules.suppression_count, 2);
	assert_span(rules.suppressions[0].module, "a");
	assert_span(rules.suppressions[1].module, "b");
	assert_refused("\niterations 6\n", "a.rules:2: 6 iterations, where "
					   "another file says 5");
}

static void unknown_words_are_refused(void **state)
{
	(void)state;
	assert_refused("fail-over default\nfailover stack: 1M\n",
		       "a.rules:2: expected fail-over, iterations or suppress, "
		       "found \"failover\"");
	assert_refused("suppress\nframe a\n" REST,
		       "a.rules:2: expected a word of rules files or of an "
		       "entry, found \"frame\"");
	assert_refused("suppress\nModule a\n" REST,
		       "a.rules:2: expected a word of rules files or of an "
		       "entry, found \"Module\"");
	assert_refused("maximum 8M\n",
		       "a.rules:1: expected 'suppress' before it, found "
		       "\"maximum\"");
	assert_refused("suppress\nmodule a\n" REST "fail-over default\n"
		       "cache b\n",
		       "a.rules:6: expected 'suppress' before it, found "
		       "\"cache\"");
	assert_refused("\x1b[2J\n", "a.rules:1: expected no control "
				    "characters, found \"\\x1b[2J\"");
}

static void words_that_come_twice_are_refused(void **state)
{
	(void)state;
	assert_refused("suppress\nmodule a\nmodule b\n" REST,
		       "a.rules:3: expected each word once in an entry, found "
		       "\"module\"");
	assert_refused("suppress\nmodule a\n" REST "maximum 9M\n",
		       "a.rules:5: expected each word once in an entry, found "
		       "\"maximum\"");
	assert_refused("iterations 5\niterations 5\n",
		       "a.rules:2: expected 'iterations' once in a file, found "
		       "\"5\"");
}

static void values_that_are_none_are_refused(void **state)
{
	static const struct {
		const char *text, *why;
	} lines[] = {
		{"frames", "expected function names, found \"\""},
		{"module", "expected a name or a pattern, found \"\""},
		{"cache", "expected a name or a pattern, found \"\""},
		{"category leaks",
		 "expected a category that 'pageowl help categories' lists, "
		 "found \"leaks\""},
		{"unaccounted yes",
		 "expected nothing behind 'unaccounted', found \"yes\""},
		{"maximum", "expected a maximum such as 8M, 4000 objects, or "
			    "both with 'and', found \"\""},
		{"maximum 99999999999G",
		 "expected a maximum such as 8M, 4000 objects, or both with "
		 "'and', found \"99999999999G\""},
		{"reason  ", "expected a reason in some words, found \"\""},
		{"fail-over stack: 1Q",
		 "expected a limit such as 512K, 300 pages, 1 object or 20%, "
		 "found \"1Q\""},
		{"iterations 0",
		 "expected a number of 1 and more, found \"0\""},
		{"iterations", "expected a number of 1 and more, found \"\""},
		{"iterations 18446744073709551616",
		 "expected a number of 1 and more, found "
		 "\"18446744073709551616\""},
		{"suppress all", "expected nothing behind 'suppress', found "
				 "\"all\""},
	};
	char text[256], why[256];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(lines); i++) {
		snprintf(text, sizeof(text),
			 "suppress\nmodule a\n" REST "suppress\nframes x\n" REST
			 "suppress\n%s\n",
			 lines[i].text);
		snprintf(why, sizeof(why), "a.rules:10: %s", lines[i].why);
		/* What ends an entry needs one that is whole. */
		if (strchr("fis", lines[i].text[0]) &&
		    strncmp(lines[i].text, "frames", 6) != 0) {
			snprintf(text, sizeof(text), "\n\n%s\n", lines[i].text);
			snprintf(why, sizeof(why), "a.rules:3: %s",
				 lines[i].why);
		}
		assert_refused(text, why);
	}
}

static void days_that_are_none_are_refused(void **state)
{
	static const char *const days[] = {
		"",	      "2027-02-30", "2027-02-29",  "2100-02-29",
		"2027-04-31", "2027-13-01", "2027-00-10",  "2027-01-00",
		"2027-1-10",  "27-01-10",   "20270110",	   "2027-01-10x",
		"2027/01/10", "tomorrow",   "2027-01-010", "2027-001-1",
	};
	char text[256], why[256];
	size_t i;

	(void)state;
	take("suppress\nmodule a\n" REST "expires 2000-02-29\n");
	take("suppress\nmodule a\n" REST "expires 2027-12-31\n");
	for (i = 0; i < TEST_COUNT(days); i++) {
		snprintf(text, sizeof(text), "suppress\nexpires %s\n", days[i]);
		snprintf(why, sizeof(why),
			 "a.rules:2: expected a day such as 2027-06-30, found "
			 "\"%s\"",
			 days[i]);
		assert_refused(text, why);
	}
}

static void entries_that_lack_something_are_refused(void **state)
{
	(void)state;
	assert_refused("\nsuppress\nmodule a\nreason x\n",
		       "a.rules:2: an entry without a maximum; add one such as "
		       "'maximum 8M' or 'maximum 4000 objects'");
	assert_refused("suppress\nmodule a\nmaximum 8M\nfail-over default\n",
		       "a.rules:1: an entry without a reason; say in a line "
		       "'reason ...' why it may grow");
	assert_refused("suppress\nmodule a\nmaximum 8M\nsuppress\n",
		       "a.rules:1: an entry without a reason; say in a line "
		       "'reason ...' why it may grow");
}

static void entries_that_fit_everything_are_refused(void **state)
{
	static const char *const entries[] = {
		"",	      "frames ...\n",	      "frames * ... *\n",
		"module *\n", "module **\ncache *\n", "category *\n",
	};
	char text[128];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(entries); i++) {
		snprintf(text, sizeof(text), "suppress\n%s" REST, entries[i]);
		assert_refused(text, "a.rules:1: an entry that fits "
				     "everything; name frames, module, "
				     "category or cache, or say "
				     "'unaccounted'");
	}
	take("suppress\nframes * ... a*\n" REST);
	take("suppress\nframes *\nmodule a\n" REST);
}

static void unaccounted_goes_with_no_pattern_and_no_objects(void **state)
{
	(void)state;
	assert_refused("suppress\nunaccounted\nmodule a\n" REST,
		       "a.rules:1: an entry on 'unaccounted' and on stacks; "
		       "make two of it");
	assert_refused("suppress\nunaccounted\nmaximum 5 objects\nreason x\n",
		       "a.rules:1: an entry on 'unaccounted' with a maximum in "
		       "objects; it has bytes alone");
}

static void bytes_that_no_text_has_are_refused(void **state)
{
	static const char text[] = "suppress\nmodule a\0b\n" REST;

	(void)state;
	assert_refused_text(SPAN(text),
			    "a.rules:2: expected no control characters, found "
			    "\"module a\\x00b\"");
	assert_refused("suppress\nmodule a\x7f\n" REST,
		       "a.rules:2: expected no control characters, found "
		       "\"module a\\x7f\"");
	assert_refused("suppress\nmodule a\rb\n" REST,
		       "a.rules:2: expected no control characters, found "
		       "\"module a\\rb\"");
}

static void a_line_that_is_too_long_is_refused(void **state)
{
	static char text[65600];
	const size_t head = strlen("suppress\nmodule ");

	(void)state;
	memset(text, 'a', sizeof(text));
	memcpy(text, "suppress\nmodule ", head);
	assert_refused_text((struct span){text, sizeof(text)},
			    "a.rules:2: a line of more than 65536 bytes");
	memcpy(text + strlen("suppress\n") + 65536, "\n" REST,
	       strlen("\n" REST));
	assert_true(gate_rules_parse(
		&rules, "a.rules",
		(struct span){text,
			      strlen("suppress\n") + 65536 + strlen("\n" REST)},
		&err));
}

static void frames_have_a_bound(void **state)
{
	char text[512] = "suppress\nframes";
	size_t i;

	(void)state;
	for (i = 0; i < SUPPRESSION_FRAMES_MAX; i++)
		strcat(text, " a");
	strcat(text, "\n" REST);
	take(text);
	assert_int_equal(rules.suppressions[0].frame_count, 64);
	text[strlen("suppress\nframes") + 128] = '\0';
	strcat(text, " b\n" REST);
	assert_refused(text,
		       "a.rules:2: expected at most 64 frames, found \"b\"");
}

static void suppressions_have_a_bound(void **state)
{
	const char *entry = "suppress\nmodule a\n" REST;
	const size_t length = strlen(entry);
	const size_t count = GATE_SUPPRESSIONS_MAX;
	char *text = malloc(length * (count + 1));
	size_t i;

	(void)state;
	assert_non_null(text);
	for (i = 0; i <= count; i++)
		memcpy(text + i * length, entry, length);
	assert_refused_text((struct span){text, length * (count + 1)},
			    "a.rules:16385: more than 4096 suppressions");
	assert_true(gate_rules_parse(
		&rules, "a.rules", (struct span){text, length * count}, &err));
	assert_int_equal(rules.suppression_count, count);
	assert_string_equal(rules.suppressions[count - 1].origin,
			    "a.rules:16381");
	free(text);
}

static void what_was_there_stays_when_a_file_is_refused(void **state)
{
	(void)state;
	take("fail-over stack: 1K\nsuppress\nmodule a\n" REST);
	assert_refused("fail-over stack: 2K\nfail-over stack: 3K\n"
		       "iterations 7\nsuppress\nmodule b\n" REST
		       "suppress\nmodule c\n" REST "x\n",
		       "a.rules:12: expected a word of rules files or of an "
		       "entry, found \"x\"");
	take("fail-over stack: 4K\n");
	assert_int_equal(rules.rule_count, 2);
	assert_span(rules.rules[0].text, "stack: 1K");
	assert_span(rules.rules[1].text, "stack: 4K");
	assert_span(rules.suppressions[0].module, "a");
}

static void the_path_is_escaped(void **state)
{
	(void)state;
	assert_false(gate_rules_parse(&rules, "a\n.rules", SPAN("x\n"), &err));
	assert_string_equal(err.text,
			    "a\\n.rules:1: expected fail-over, iterations or "
			    "suppress, found \"x\"");
	assert_false(gate_rules_parse(&rules, "-", SPAN("x\n"), &err));
	assert_text_has(err.text, "standard input:1: ");
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_has_rules_iterations_and_suppressions),
		TEST(the_text_of_a_file_is_copied),
		TEST(carriage_returns_and_a_missing_newline_are_no_matter),
		TEST(a_comment_begins_at_the_start_or_behind_a_blank),
		TEST(files_add_up),
		TEST(unknown_words_are_refused),
		TEST(words_that_come_twice_are_refused),
		TEST(values_that_are_none_are_refused),
		TEST(days_that_are_none_are_refused),
		TEST(entries_that_lack_something_are_refused),
		TEST(entries_that_fit_everything_are_refused),
		TEST(unaccounted_goes_with_no_pattern_and_no_objects),
		TEST(bytes_that_no_text_has_are_refused),
		TEST(a_line_that_is_too_long_is_refused),
		TEST(frames_have_a_bound),
		TEST(suppressions_have_a_bound),
		TEST(what_was_there_stays_when_a_file_is_refused),
		TEST(the_path_is_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
