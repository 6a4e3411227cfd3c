/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <signal.h>

#include "cli/proposal_file.h"

static char directory[] = "/tmp/test_proposal_file.XXXXXX";
static char path[64], other[64];
static struct gate_rules rules;
static struct error err;

static int setup(void **state)
{
	(void)state;
	strcpy(directory + strlen(directory) - 6, "XXXXXX");
	if (!mkdtemp(directory))
		return -1;
	snprintf(path, sizeof(path), "%s/new.rules", directory);
	snprintf(other, sizeof(other), "%s/other", directory);
	return gate_rules_parse(&rules, "x",
				SPAN("suppress\nmodule churn\nmaximum 8M\n"
				     "reason a cache\n"),
				&err)
		       ? 0
		       : -1;
}

static int teardown(void **state)
{
	(void)state;
	gate_rules_deinit(&rules);
	unlink(path);
	unlink(other);
	return rmdir(directory);
}

static void what_is_written_is_read_again(void **state)
{
	struct gate_rules again = {0};
	char text[4096];
	ssize_t length;
	int fd;

	(void)state;
	assert_true(proposal_file_is_new(path, &err));
	assert_true(proposal_file_write(path, &rules, &err));
	fd = open(path, O_RDONLY);
	length = read(fd, text, sizeof(text));
	close(fd);
	assert_true(length > 0);
	assert_true(gate_rules_parse(
		&again, path, (struct span){text, (size_t)length}, &err));
	assert_int_equal(again.suppression_count, 1);
	assert_span(again.suppressions[0].module, "churn");
	gate_rules_deinit(&again);
}

static void a_file_that_is_there_is_left_alone(void **state)
{
	struct stat status;
	char why[256];
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	(void)state;
	assert_int_equal(write(fd, "x", 1), 1);
	close(fd);
	snprintf(why, sizeof(why),
		 "'%s' is there already; suppressions are written into a new "
		 "file",
		 path);
	assert_false(proposal_file_is_new(path, &err));
	assert_string_equal(err.text, why);
	err = (struct error){0};
	assert_false(proposal_file_write(path, &rules, &err));
	assert_string_equal(err.text, why);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_size, 1);
}

static void a_link_is_not_followed(void **state)
{
	(void)state;
	assert_int_equal(symlink(other, path), 0);
	assert_false(proposal_file_is_new(path, &err));
	assert_false(proposal_file_write(path, &rules, &err));
	assert_int_not_equal(access(other, F_OK), 0);
}

static void a_file_that_cannot_be_written_is_taken_away(void **state)
{
	const struct rlimit none = {0, RLIM_INFINITY};
	struct rlimit before;
	bool done;

	(void)state;
	getrlimit(RLIMIT_FSIZE, &before);
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE,
		  &(struct rlimit){none.rlim_cur, before.rlim_max});
	done = proposal_file_write(path, &rules, &err);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_false(done);
	assert_text_has(err.text, "cannot write '");
	assert_text_has(err.text, "File too large");
	assert_int_not_equal(access(path, F_OK), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_written_is_read_again),
		TEST(a_file_that_is_there_is_left_alone),
		TEST(a_link_is_not_followed),
		TEST(a_file_that_cannot_be_written_is_taken_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
