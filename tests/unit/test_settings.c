/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "cli/settings.h"

static struct settings settings;
static struct error err;

static int setup(void **state)
{
	(void)state;
	settings_init(&settings);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	settings_deinit(&settings);
	return 0;
}

static const struct cli_option *find(const char *name)
{
	const struct cli_option *const tables[] = {
		row_options,  show_options,    source_options, diff_options,
		gate_options, address_options, general_options};
	const struct cli_option *option;
	size_t i;

	for (i = 0; i < TEST_COUNT(tables); i++)
		for (option = tables[i]; option->name; option++)
			if (strcmp(option->name, name) == 0)
				return option;
	fail_msg("no option %s", name);
	return NULL;
}

static void set(const char *name, const char *value)
{
	if (!find(name)->set(&settings, value, &err))
		fail_msg("%s", err.text);
}

static void assert_refused(const char *name, const char *value,
			   const char *text)
{
	err = (struct error){0};
	if (find(name)->set(&settings, value, &err))
		fail_msg("--%s=%s was taken", name, value);
	assert_int_equal(err.code, ERROR_USAGE);
	if (text)
		assert_string_equal(err.text, text);
	/* In the tone of all messages: what, where, what to do instead. */
	assert_non_null(strchr(err.text, ';'));
	assert_true(err.text[strlen(err.text) - 1] != '.');
}

/* Options of one command; `*ret` counts them. */
static const struct cli_option *const *options_of(const struct command *command,
						  size_t *ret)
{
	static const struct cli_option *all[128];
	const struct cli_option *option;
	size_t i;

	*ret = 0;
	for (i = 0; command->options && command->options[i]; i++)
		for (option = command->options[i]; option->name; option++)
			all[(*ret)++] = option;
	return all;
}

static void no_two_options_of_a_command_share_a_name_or_a_letter(void **state)
{
	size_t count, c, i, k;

	(void)state;
	for (c = 0; commands[c]; c++) {
		const struct cli_option *const *all =
			options_of(commands[c], &count);

		for (i = 0; i < count; i++)
			for (k = 0; k < i; k++) {
				assert_string_not_equal(all[i]->name,
							all[k]->name);
				if (all[i]->letter)
					assert_int_not_equal(all[i]->letter,
							     all[k]->letter);
			}
	}
}

static void sizes_are_powers_of_1024(void **state)
{
	static const struct {
		const char *text;
		uint64_t bytes;
	} sizes[] = {
		{"0", 0},	    {"64", 64},
		{"64K", 65536},	    {"1M", 1 << 20},
		{"2G", 2ull << 30}, {"1KiB", 1024},
		{"3MB", 3 << 20},   {"17179869183G", 17179869183ull << 30},
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(sizes); i++) {
		set("min", sizes[i].text);
		assert_u64(settings.show.min_bytes, sizes[i].bytes);
	}
}

static void bad_sizes_are_refused(void **state)
{
	(void)state;
	assert_refused("min", "12Q",
		       "invalid size '12Q' for '--min'; use digits with K, M "
		       "or G");
	assert_refused("min", "", NULL);
	assert_refused("min", "K", NULL);
	assert_refused("min", "-1", NULL);
	assert_refused("min", "1.5M", NULL);
	assert_refused("min", "1Mi", NULL);
	assert_refused("min", "1MiBs", NULL);
	assert_refused("min", "17179869184G", NULL);
	assert_refused("min", "99999999999999999999", NULL);
	assert_u64(settings.show.min_bytes, 0);
}

static void counts_are_digits(void **state)
{
	(void)state;
	set("top", "0");
	assert_true(settings.show.top_given);
	assert_int_equal(settings.show.top, 0);
	set("top", "25");
	assert_int_equal(settings.show.top, 25);
	assert_refused("top", "-1", NULL);
	assert_refused("top", "x",
		       "invalid number 'x' for '--top'; use "
		       "digits");
	assert_refused("top", "5x", NULL);
	set("threads", "64");
	assert_int_equal(settings.threads, 64);
	assert_refused("threads", "65",
		       "invalid number '65' for '--threads'; use 0 to 64");
}

static void seconds_may_have_a_fraction(void **state)
{
	(void)state;
	set("since", "12");
	assert_u64(settings.filter.since_ns, 12000000000);
	set("since", "12.5");
	assert_u64(settings.filter.since_ns, 12500000000);
	set("until", "0.000000001");
	assert_u64(settings.filter.until_ns, 1);
	set("until", "0.0000000019");
	assert_u64(settings.filter.until_ns, 1);
	/* 0 means no limit inside, so the begin of time is 1 ns. */
	set("until", "0");
	assert_u64(settings.filter.until_ns, 1);
	assert_refused("since", "1:30",
		       "invalid time '1:30' for '--since'; use seconds since "
		       "boot");
	assert_refused("since", "", NULL);
	assert_refused("since", "-5", NULL);
	assert_refused("since", "5s", NULL);
	assert_refused("since", "4294967296", NULL);
}

static void page_sizes_are_powers_of_two(void **state)
{
	(void)state;
	set("page-size", "16K");
	assert_u64(settings.page_size, 16384);
	assert_refused("page-size", "0", NULL);
	assert_refused("page-size", "256", NULL);
	assert_refused("page-size", "5000", NULL);
	assert_refused("page-size", "32M", NULL);
	assert_u64(settings.page_size, 16384);
}

static void an_offset_is_hexadecimal(void **state)
{
	(void)state;
	assert_false(settings.addresses.offset_given);
	set("kaslr-offset", "0xc400000");
	assert_u64(settings.addresses.offset, 0xc400000);
	assert_true(settings.addresses.offset_given);
	set("kaslr-offset", "C400");
	assert_u64(settings.addresses.offset, 0xc400);
	set("kaslr-offset", "ffffffffffffffff");
	assert_u64(settings.addresses.offset, UINT64_MAX);
	assert_refused("kaslr-offset", "", NULL);
	assert_refused("kaslr-offset", "0x", NULL);
	assert_refused("kaslr-offset", "0x12g", NULL);
	assert_refused("kaslr-offset", "-1", NULL);
	assert_refused("kaslr-offset", "10000000000000000", NULL);
	assert_u64(settings.addresses.offset, UINT64_MAX);
}

static void every_order_has_a_name_and_a_reverse(void **state)
{
	static const struct {
		const char *name;
		enum report_sort sort;
	} orders[] = {
		{"rank", SORT_RANK},	   {"growth", SORT_GROWTH},
		{"before", SORT_BEFORE},   {"after", SORT_AFTER},
		{"records", SORT_RECORDS}, {"first", SORT_FIRST},
		{"last", SORT_LAST},	   {"kept", SORT_KEPT},
		{"fresh", SORT_FRESH},	   {"function", SORT_FUNCTION},
		{"size", SORT_AFTER},
	};
	char text[32];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(orders); i++) {
		set("sort", orders[i].name);
		assert_int_equal(settings.sort, orders[i].sort);
		assert_false(settings.reverse);
		snprintf(text, sizeof(text), "-%s", orders[i].name);
		set("sort", text);
		assert_int_equal(settings.sort, orders[i].sort);
		assert_true(settings.reverse);
	}
	assert_refused("sort", "speed", NULL);
	assert_refused("sort", "", NULL);
	assert_refused("sort", "-", NULL);
}

static void words_are_taken_as_they_are_listed(void **state)
{
	(void)state;
	set("format", "page_owner_sort");
	assert_string_equal(settings.format->name, "page_owner_sort");
	set("output", "json");
	assert_string_equal(settings.output->name, "json");
	set("color", "always");
	assert_int_equal(settings.colour, COLOUR_ALWAYS);
	set("color", "never");
	assert_int_equal(settings.colour, COLOUR_NEVER);
	set("color", "auto");
	assert_int_equal(settings.colour, COLOUR_AUTO);
	set("match", "name");
	assert_true(settings.match_given);
	assert_int_equal(settings.match, MATCH_NAME);
	set("match", "auto");
	assert_false(settings.match_given);
	assert_refused("color", "maybe", NULL);
	assert_refused("match", "fuzzy", NULL);
	assert_refused("output", "xml", NULL);
}

static void a_bad_format_leaves_none_behind(void **state)
{
	(void)state;
	assert_refused("format", "x\n",
		       "invalid format 'x\\n' for "
		       "'--format'; 'pageowl help formats' "
		       "lists them");
}

static void flags_are_off_until_set(void **state)
{
	(void)state;
	assert_false(settings.strict || settings.quiet || settings.verbose ||
		     settings.all || settings.show.full);
	set("strict", NULL);
	set("quiet", NULL);
	set("verbose", NULL);
	set("all", NULL);
	set("full", NULL);
	assert_true(settings.strict && settings.quiet && settings.verbose &&
		    settings.all && settings.show.full);
}

static void rules_and_keys_add_up(void **state)
{
	(void)state;
	set("by", "comm");
	set("by", "order,pid");
	assert_int_equal(settings.grouping.count, 3);
	set("only", "comm=x");
	set("not", "order=0");
	assert_int_equal(settings.filter.rule_count, 2);
	assert_true(settings.filter.rules[1].negated);
	set("function", "leak");
	assert_true(settings.filter.has_function);
}

static void the_help_names_all_sources(void **state)
{
	const char *help = find("source")->help;
	size_t i;

	(void)state;
	for (i = 0; formats[i]; i++)
		if (!formats[i]->counts && !formats[i]->mixed &&
		    !strstr(help, formats[i]->name))
			fail_msg("no %s", formats[i]->name);
}

static void a_source_is_a_format_of_stacks(void **state)
{
	(void)state;
	assert_null(settings.source);
	set("source", "page_owner_stacks");
	assert_string_equal(settings.source, "page_owner_stacks");
	set("source", "slab");
	assert_string_equal(settings.source, "slab_traces");
	set("source", "slab_free_traces");
	assert_string_equal(settings.source, "slab_free_traces");
	/* Counters have no stacks to show. */
	assert_refused("source", "meminfo",
		       "'--source=meminfo': meminfo has counters, no stacks; "
		       "'pageowl account' reads them");
	/* A text of several is none of them. */
	assert_refused("source", "mixed", NULL);
	assert_refused("source", "", NULL);
	assert_refused("source", "Slab", NULL);
	assert_string_equal(settings.source, "slab_free_traces");
}

static void config_hz_is_digits_up_to_10000(void **state)
{
	(void)state;
	assert_int_equal(settings.hz, 0);
	set("hz", "250");
	assert_int_equal(settings.hz, 250);
	set("hz", "10000");
	assert_int_equal(settings.hz, 10000);
	assert_refused("hz", "10001",
		       "invalid number '10001' for '--hz'; use 0 to 10000");
	assert_refused("hz", "", NULL);
	assert_refused("hz", "-1", NULL);
	assert_refused("hz", "250Hz", NULL);
	assert_int_equal(settings.hz, 10000);
}

static void rules_of_the_gate_are_read_at_once(void **state)
{
	(void)state;
	set("fail-over", "function: 512K");
	set("fail-over", "default");
	assert_int_equal(settings.gate.rules.rule_count, 3);
	assert_string_equal(settings.gate.rules.rules[0].origin, "--fail-over");
	assert_refused("fail-over", "stack: 1Q",
		       "invalid rule 'stack: 1Q' for '--fail-over'; expected a "
		       "limit such as 512K, 300 pages, 1 object or 20%, found "
		       "\"1Q\"");
	assert_int_equal(settings.gate.rules.rule_count, 3);
}

static void there_is_at_least_one_iteration(void **state)
{
	(void)state;
	set("iterations", "1");
	assert_u64(settings.gate.iterations, 1);
	set("iterations", "18446744073709551615");
	assert_u64(settings.gate.iterations, UINT64_MAX);
	assert_refused("iterations", "0",
		       "invalid number '0' for '--iterations'; use 1 or more");
	assert_refused("iterations", "-1", NULL);
	assert_refused("iterations", "18446744073709551616", NULL);
	assert_u64(settings.gate.iterations, UINT64_MAX);
}

static void files_of_rules_are_kept_in_order(void **state)
{
	size_t i;

	(void)state;
	set("rules", "a");
	for (i = 1; i < RULES_FILES_MAX; i++)
		set("rules", "b");
	assert_string_equal(settings.gate.files[0], "a");
	assert_string_equal(settings.gate.files[RULES_FILES_MAX - 1], "b");
	assert_refused("rules", "", NULL);
	err = (struct error){0};
	assert_false(find("rules")->set(&settings, "c", &err));
	assert_string_equal(err.text, "more than 64 of '--rules'");
	assert_int_equal(settings.gate.file_count, RULES_FILES_MAX);
}

static void the_gate_is_for_stacks_alone(void **state)
{
	(void)state;
	set("by", "module");
	assert_true(settings_agree(&settings, &err));
	set("write-suppressions", "x");
	assert_false(settings_agree(&settings, &err));
	assert_string_equal(err.text,
			    "'--write-suppressions' is for stacks, of which "
			    "'--by' makes other rows; leave one of them out");
	settings.grouping.count = 0;
	assert_true(settings_agree(&settings, &err));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(no_two_options_of_a_command_share_a_name_or_a_letter),
		TEST(sizes_are_powers_of_1024),
		TEST(bad_sizes_are_refused),
		TEST(counts_are_digits),
		TEST(seconds_may_have_a_fraction),
		TEST(page_sizes_are_powers_of_two),
		TEST(an_offset_is_hexadecimal),
		TEST(every_order_has_a_name_and_a_reverse),
		TEST(words_are_taken_as_they_are_listed),
		TEST(a_bad_format_leaves_none_behind),
		TEST(flags_are_off_until_set),
		TEST(rules_and_keys_add_up),
		TEST(the_help_names_all_sources),
		TEST(a_source_is_a_format_of_stacks),
		TEST(config_hz_is_digits_up_to_10000),
		TEST(rules_of_the_gate_are_read_at_once),
		TEST(there_is_at_least_one_iteration),
		TEST(files_of_rules_are_kept_in_order),
		TEST(the_gate_is_for_stacks_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
