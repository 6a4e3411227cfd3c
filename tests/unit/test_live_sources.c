/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/format.h"
#include "formats/member_path.h"
#include "live/live_check.h"
#include "tests/support/check.h"

/* Whether what a part of a format's path stands for is taken, too. */
static bool part_is_covered(struct span ours, struct span theirs)
{
	return span_equal(ours, theirs) ||
	       (memchr(theirs.at, '*', theirs.length) &&
		(memchr(ours.at, '*', ours.length) ||
		 memchr(ours.at, '#', ours.length)));
}

static bool path_is_covered(const char *ours, const char *theirs)
{
	struct span left = span_of(ours), right = span_of(theirs), a, b;

	/* Of proc/config.gz the format is that of proc/config. */
	span_drop(&left, SPAN(".gz"));
	while (member_take_part(&left, &a) && member_take_part(&right, &b))
		if (!part_is_covered(a, b))
			return false;
	return !left.length && !right.length;
}

static bool is_covered(const char *theirs)
{
	for (const struct live_source *source = live_sources; source->name[0];
	     source++)
		for (size_t i = 0; source->paths[i]; i++)
			if (path_is_covered(source->paths[i], theirs))
				return true;
	return false;
}

static void a_capture_has_what_each_format_reads(void **state)
{
	(void)state;
	for (size_t i = 0; formats[i]; i++) {
		/* Logs on a disk are not taken: they are not of this moment.
		 * Nor are traces, which somebody has to start. */
		if (!formats[i]->paths || formats[i]->mixed ||
		    formats[i]->companion)
			continue;
		for (size_t j = 0; formats[i]->paths[j]; j++) {
			const char *path = formats[i]->paths[j];

			/* A link to where sources look for it. */
			if (strcmp(path, "sys/block/zram#/mm_stat") == 0)
				continue;
			if (strchr(path, '/') && !is_covered(path))
				fail_msg("%s is in no source", path);
		}
	}
}

static void what_may_kill_comes_last_and_page_owner_at_the_end(void **state)
{
	const struct live_source *source = live_sources;
	bool risky = false;

	(void)state;
	for (; source->name[0]; source++) {
		assert_true(source->risky || !risky);
		risky = source->risky;
		assert_int_equal(source->quick_omits,
				 strcmp(source->name, "page_owner") == 0);
		assert_non_null(source->explain);
		assert_non_null(source->paths[0]);
	}
	assert_string_equal(source[-1].name, "page_owner");
	assert_true(source - live_sources <= CHECK_OFFERS_MAX);
}

static void no_source_has_what_holds_secrets(void **state)
{
	static const char *const secrets[] = {
		"proc/1/cmdline", "proc/1/environ", "proc/kcore", "proc/keys"};

	(void)state;
	for (const struct live_source *source = live_sources; source->name[0];
	     source++)
		for (size_t i = 0; source->paths[i]; i++)
			for (size_t j = 0; j < TEST_COUNT(secrets); j++)
				assert_false(live_path_matches(source->paths[i],
							       secrets[j]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_capture_has_what_each_format_reads),
		cmocka_unit_test(
			what_may_kill_comes_last_and_page_owner_at_the_end),
		cmocka_unit_test(no_source_has_what_holds_secrets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
