/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "store/manifest.h"

static void expect_text(const struct manifest *manifest, const char *expected)
{
	assert_span(((struct span){manifest->text, manifest->length}),
		    expected);
}

static void begin(struct manifest *manifest, const struct manifest_head *head)
{
	struct error err;

	*manifest = (struct manifest){0};
	assert_true(manifest_begin(manifest, head, &err));
}

static void a_manifest_has_a_line_for_each_member(void **state)
{
	static const struct manifest_head head = {
		.live = true,
		.kernel = "6.12.117-lab x86_64",
		.boot_id = "b00t",
		.wall_s = 1795363323,
		.began_ns = 31123456789,
	};
	static const struct member_note notes[] = {
		{"proc/meminfo", MEMBER_WHOLE, 31124000000, 31125000001, 1488,
		 NULL},
		{"proc/allocinfo", MEMBER_MISSING, 0, 0, 0, "not built in"},
		{"a b", MEMBER_LEFT_OUT, 0, 0, 0, "--quick"},
		{"c", MEMBER_PART, 1, 2, UINT64_MAX, "killed"},
		{"d", MEMBER_FAILED, 999999999, 1000000000, 0, "EIO"},
	};
	struct manifest manifest;
	struct error err;

	(void)state;
	begin(&manifest, &head);
	for (size_t i = 0; i < TEST_COUNT(notes); i++)
		assert_true(manifest_add(&manifest, &notes[i], &err));
	assert_true(
		manifest_end(&manifest, 1795363328, 35223000000, NULL, &err));
	expect_text(&manifest,
		    "pageowl capture manifest 1\n"
		    "machine\tlive\n"
		    "kernel\t6.12.117-lab x86_64\n"
		    "boot\tb00t\n"
		    "began\t2026-11-22T16:02:03Z\t31.123456789\n"
		    "# status\tbegan\tended\tbytes\tpath\twhy\n"
		    "whole\t31.124000000\t31.125000001\t1488\tproc/meminfo\n"
		    "missing\t-\t-\t0\tproc/allocinfo\tnot built in\n"
		    "left out\t-\t-\t0\ta b\t--quick\n"
		    "part\t0.000000001\t0.000000002\t18446744073709551615\tc"
		    "\tkilled\n"
		    "failed\t0.999999999\t1.000000000\t0\td\tEIO\n"
		    "ended\t2026-11-22T16:02:08Z\t35.223000000\twhole\n");
	assert_int_equal(manifest.counts[MEMBER_WHOLE], 1);
	assert_int_equal(manifest.counts[MEMBER_PART], 1);
	assert_int_equal(manifest.counts[MEMBER_FAILED], 1);
	assert_int_equal(manifest.counts[MEMBER_MISSING], 1);
	assert_int_equal(manifest.counts[MEMBER_LEFT_OUT], 1);
	manifest_deinit(&manifest);
	assert_null(manifest.text);
}

static void what_is_not_known_is_a_dash(void **state)
{
	static const struct manifest_head head = {.wall_s = INT64_MAX};
	struct manifest manifest;
	struct error err;

	(void)state;
	begin(&manifest, &head);
	assert_true(manifest_end(&manifest, 0, 0, "stopped by a signal", &err));
	expect_text(&manifest, "pageowl capture manifest 1\n"
			       "machine\tfolder\n"
			       "kernel\t-\n"
			       "boot\t-\n"
			       "began\t-\t0.000000000\n"
			       "# status\tbegan\tended\tbytes\tpath\twhy\n"
			       "ended\t1970-01-01T00:00:00Z\t0.000000000\t"
			       "stopped by a signal\n");
	manifest_deinit(&manifest);
}

static void names_cannot_make_lines_or_fields(void **state)
{
	static const struct manifest_head head = {.kernel = "6\n.1",
						  .live = true};
	static const struct member_note note = {
		"proc/x\ny\tz\\\x1b\xff\xc3\xa4",
		MEMBER_FAILED,
		0,
		0,
		0,
		"a\tb\r\n"};
	struct manifest manifest;
	struct error err;
	size_t before;

	(void)state;
	begin(&manifest, &head);
	assert_non_null(strstr(manifest.text, "\nkernel\t6\\n.1\n"));
	before = manifest.length;
	assert_true(manifest_add(&manifest, &note, &err));
	assert_string_equal(manifest.text + before,
			    "failed\t-\t-\t0\t"
			    "proc/x\\ny\\tz\\\\\\x1b\\xff\xc3\xa4"
			    "\ta\\tb\\r\\n\n");
	manifest_deinit(&manifest);
}

static void a_long_path_and_a_long_reason_are_there_in_full(void **state)
{
	static const struct manifest_head head = {.live = true};
	static char path[4096], why[70000];
	const struct member_note note = {path, MEMBER_FAILED, 0, 0, 0, why};
	struct manifest manifest;
	struct error err;

	(void)state;
	memset(path, '\n', sizeof(path) - 1);
	memset(why, '\x01', sizeof(why) - 1);
	begin(&manifest, &head);
	for (int i = 0; i < 3; i++) {
		size_t before = manifest.length;

		assert_true(manifest_add(&manifest, &note, &err));
		assert_int_equal(manifest.length - before,
				 strlen("failed\t-\t-\t0\t\t\n") +
					 2 * strlen(path) + 4 * strlen(why));
	}
	manifest_deinit(&manifest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_manifest_has_a_line_for_each_member),
		cmocka_unit_test(what_is_not_known_is_a_dash),
		cmocka_unit_test(names_cannot_make_lines_or_fields),
		cmocka_unit_test(
			a_long_path_and_a_long_reason_are_there_in_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
