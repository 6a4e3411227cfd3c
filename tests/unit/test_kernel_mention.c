/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "cli/kernel_mention.h"

static void assert_release(const char *text, const char *release)
{
	struct kernel_mentions mentions;
	struct kernel_mention mention;

	kernel_mentions_init(&mentions, span_of(text));
	if (!kernel_mentions_next(&mentions, &mention))
		fail_msg("no release in \"%s\"", text);
	assert_span(mention.release, release);
}

static void assert_none(const char *text)
{
	struct kernel_mentions mentions;
	struct kernel_mention mention;

	kernel_mentions_init(&mentions, span_of(text));
	if (kernel_mentions_next(&mentions, &mention))
		fail_msg("\"%.*s\" is a release of \"%s\"",
			 (int)mention.release.length, mention.release.at, text);
}

static void the_banner_of_a_boot_tells_the_release(void **state)
{
	(void)state;
	assert_release("[    0.000000] Linux version 6.1.0-9-otter "
		       "(a@b) (gcc 12) #1 SMP\n",
		       "6.1.0-9-otter");
	assert_none("Since Linux version 6.1 this is so\n");
	assert_none("Linux version ../../6.1 (a@b)\n");
	assert_none("Linux version 6.1/x (a@b)\n");
}

static void the_line_of_taint_tells_the_release(void **state)
{
	(void)state;
	assert_release("x\nCPU: 1 PID: 12 Comm: otter Not tainted "
		       "6.1.0-9-otter #1 Debian 6.1.9-1\n",
		       "6.1.0-9-otter");
	assert_release("CPU: 1 UID: 0 PID: 12 Comm: otter Kdump: loaded "
		       "Tainted: G        W  OE      6.12.1+ #1\n",
		       "6.12.1+");
	assert_release("Pid: 12, comm: otter Not tainted (2.6.26-2 #1)\n",
		       "2.6.26-2");
	assert_none("Tainted: [W]=WARN, [O]=OOT_MODULE\n");
	assert_none("Tainted: G W 6.12.1 and more\n");
	assert_none("Not tainted\n");
	assert_none("Tainted: P");
}

static void a_task_cannot_be_named_like_a_release(void **state)
{
	(void)state;
	assert_release("CPU: 1 PID: 1 Comm: Not tainted 9.9 #1 Not tainted "
		       "6.1.0 #1\n",
		       "6.1.0");
}

static void the_build_id_is_the_last_word(void **state)
{
	static const char id[] = "00112233445566778899aabbccddeeff00112233";
	struct kernel_mentions mentions;
	struct kernel_mention mention;
	char text[200];

	(void)state;
	snprintf(text, sizeof(text),
		 "Comm: a Not tainted 6.1.0 #1 Debian %s\r\nx\n", id);
	kernel_mentions_init(&mentions, span_of(text));
	assert_true(kernel_mentions_next(&mentions, &mention));
	assert_span(mention.build_id, id);
	assert_span(mention.line,
		    "Comm: a Not tainted 6.1.0 #1 Debian "
		    "00112233445566778899aabbccddeeff00112233\r\n");
}

static void all_mentions_are_given_in_turn(void **state)
{
	struct kernel_mentions mentions;
	struct kernel_mention mention;
	char found[8] = "";

	(void)state;
	kernel_mentions_init(&mentions, SPAN("Not tainted 1.1 #1\n"
					     "Linux version 2.1 (x)\n"
					     "untainted\n"
					     "Not tainted 3.1 #1\n"
					     "Not tainted 4.1 #1\n"
					     "Linux version 5.1 (x)"));
	while (kernel_mentions_next(&mentions, &mention) && strlen(found) < 6)
		strncat(found, mention.release.at, 1);
	assert_string_equal(found, "12345");
}

static void a_release_that_uname_cannot_have_is_none(void **state)
{
	char text[120] = "Not tainted 6.";

	(void)state;
	memset(text + strlen(text), '1', KERNEL_RELEASE_CAPACITY - 3);
	strcat(text, " #1");
	assert_release(text, "6.11111111111111111111111111111111111111111111111"
			     "111111111111111");
	strcpy(text, "Not tainted 6.");
	memset(text + strlen(text), '1', KERNEL_RELEASE_CAPACITY - 2);
	text[strlen("Not tainted ") + KERNEL_RELEASE_CAPACITY] = '\0';
	strcat(text, " #1");
	assert_none(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_banner_of_a_boot_tells_the_release),
		cmocka_unit_test(the_line_of_taint_tells_the_release),
		cmocka_unit_test(a_task_cannot_be_named_like_a_release),
		cmocka_unit_test(the_build_id_is_the_last_word),
		cmocka_unit_test(all_mentions_are_given_in_turn),
		cmocka_unit_test(a_release_that_uname_cannot_have_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
