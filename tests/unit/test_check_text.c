/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/check_text.h"
#include "tests/support/check.h"

static const struct live_source there = {
	.name = "counters", .adds = "how much memory is used for what"};
static const struct live_source gone = {
	.name = "page_owner",
	.adds = "each page with the stack that it was allocated with",
	.enable = "boot with page_owner=on",
	.price = "1.8 % of memory",
};

/* No kernel prints these. */
static struct live_check example(void)
{
	return (struct live_check){
		.root = "copies/a\tb",
		.release = "6.12.1",
		.superuser = true,
		.offers = {{.source = &there, .files = 1234},
			   {.source = &gone,
			    .state = OFFER_MISSING,
			    .remedy = "page_owner is off; boot with it"},
			   {.source = &gone,
			    .state = OFFER_LIMITED,
			    .files = 1,
			    .records = 5000,
			    .bytes = 3 << 20,
			    .ms = 75,
			    .how = "as many pages are in use",
			    .remedy = "in part only"}},
		.offer_count = 3,
		.bugs = {{.title = "Reading it hangs.",
			  .applies = "page_owner is on",
			  .handled = "it is left out",
			  .severe = true}},
		.bug_count = 1,
	};
}

/* The caller frees it. */
static char *rendered(const struct live_check *check, bool json, size_t width)
{
	char *text = NULL;
	size_t length;
	FILE *file = open_memstream(&text, &length);

	assert_non_null(file);
	if (json)
		check_json_write(check, file);
	else
		check_text_write(check, width, file);
	assert_int_equal(fclose(file), 0);
	return text;
}

static void people_are_told_what_is_there_and_how_to_have_more(void **state)
{
	struct live_check check = example();
	char *text = rendered(&check, false, 80);

	(void)state;
	assert_string_equal(
		text,
		"Linux 6.12.1, below copies/a\\tb: copies of files, which no "
		"kernel prints\n"
		"\n"
		"What a capture would take, in this order; nothing was taken:\n"
		"\n"
		"  source             here       files  what it adds\n"
		"  counters           yes        1,234  how much memory is "
		"used for what\n"
		"  page_owner         no                each page with the "
		"stack that it was\n"
		"                                       allocated with\n"
		"  page_owner         in part        1  each page with the "
		"stack that it was\n"
		"                                       allocated with\n"
		"\n"
		"To have more:\n"
		"\n"
		"  page_owner\n"
		"    page_owner is off; boot with it\n"
		"    It takes: boot with page_owner=on\n"
		"    It costs: 1.8 % of memory\n"
		"\n"
		"  page_owner\n"
		"    in part only\n"
		"\n"
		"What reading costs:\n"
		"\n"
		"  page_owner         some 5,000 records, about 3.0 MiB of "
		"text, 1 s with one\n"
		"                     reader; as many pages are in use\n"
		"  All else costs next to nothing.\n"
		"\n"
		"Known bugs of kernels that apply:\n"
		"\n"
		"  DANGER: Reading it hangs.\n"
		"    Why here: page_owner is on\n"
		"    A capture: it is left out\n");
	free(text);
}

static void no_line_is_wider_than_asked_for(void **state)
{
	static const size_t widths[] = {60, 72, 0};
	struct live_check check = example();

	(void)state;
	check.root = "";
	for (size_t i = 0; i < TEST_COUNT(widths); i++) {
		char *text = rendered(&check, false, widths[i]);
		struct span rest = span_of(text), line;

		while (span_take_line(&rest, &line))
			assert_in_range(line.length, 0,
					widths[i] ? widths[i] : 80);
		free(text);
	}
}

static void programs_are_told_the_same(void **state)
{
	struct live_check check = example();
	char *text;

	(void)state;
	check.offer_count = 1;
	check.release = NULL;
	text = rendered(&check, true, 0);
	assert_non_null(strstr(text, "\"command\": \"capture --check\""));
	assert_non_null(strstr(text, "\"kernel\": null"));
	assert_non_null(strstr(text, "\"source\": \"counters\""));
	assert_non_null(strstr(text, "\"state\": \"readable\""));
	assert_non_null(strstr(text, "\"records\": null"));
	assert_non_null(strstr(text, "\"severe\": true"));
	free(text);
}

static void a_kernel_without_bugs_is_said_to_have_none(void **state)
{
	struct live_check check = example();
	char *text;

	(void)state;
	check.bug_count = 0;
	text = rendered(&check, false, 80);
	assert_non_null(strstr(text, "\nNo known bug of kernels applies.\n"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			people_are_told_what_is_there_and_how_to_have_more),
		cmocka_unit_test(no_line_is_wider_than_asked_for),
		cmocka_unit_test(programs_are_told_the_same),
		cmocka_unit_test(a_kernel_without_bugs_is_said_to_have_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
