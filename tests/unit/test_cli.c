/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole program, in process: words in, text and a status out. */
#define _GNU_SOURCE /* mkdtemp */
#include "tests/support/check.h"

#include <unistd.h>

#include "cli/command.h"
#include "output/text_table.h"
#include "output/text_width.h"

#define WORDS_MAX 12

static char *out, *err;
static size_t out_length, err_length;
static char directory[64], old_path[96], new_path[96];

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

#define RECORD(order, ts, pfn)                                              \
	"Page allocated via order " order ", mask 0x1(GFP_KERNEL), pid 7, " \
	"tgid 7 (cat), ts " ts " ns\n"                                      \
	"PFN " pfn " type Unmovable Block 5 type Unmovable Flags 0x0()\n"   \
	" do_leak+0x1/0x20 [leaky]\n"                                       \
	" init_module+0x1/0x20 [leaky]\n"                                   \
	"\n"

static int setup(void **state)
{
	(void)state;
	strcpy(directory, "/tmp/test_cli.XXXXXX");
	if (!mkdtemp(directory))
		return -1;
	snprintf(old_path, sizeof(old_path), "%s/old", directory);
	snprintf(new_path, sizeof(new_path), "%s/new", directory);
	put(old_path, RECORD("0", "10", "3000"));
	put(new_path, RECORD("0", "10", "3000") RECORD("1", "90", "3002"));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	unlink(old_path);
	unlink(new_path);
	return rmdir(directory);
}

static int forget(void **state)
{
	(void)state;
	free(out);
	free(err);
	out = err = NULL;
	return 0;
}

static int run_words(const char *const *words)
{
	char copies[WORDS_MAX][128], *argv[WORDS_MAX + 1] = {NULL};
	FILE *out_file, *err_file;
	int argc = 0, status;

	forget(NULL);
	for (; words[argc]; argc++) {
		assert_in_range(argc, 0, WORDS_MAX - 1);
		snprintf(copies[argc], sizeof(copies[argc]), "%s", words[argc]);
		argv[argc] = copies[argc];
	}
	out_file = open_memstream(&out, &out_length);
	err_file = open_memstream(&err, &err_length);
	status = cli_main(argc, argv, out_file, err_file);
	fclose(out_file);
	fclose(err_file);
	return status;
}

#define RUN(...) run_words((const char *const[]){"pageowl", __VA_ARGS__, NULL})

/* A usage error: status 2, nothing on stdout, one line on stderr. */
static void assert_trouble(int status, const char *message)
{
	assert_int_equal(status, STATUS_TROUBLE);
	assert_string_equal(out, "");
	assert_string_equal(err, message);
}

static void without_a_command_usage_goes_to_stderr(void **state)
{
	(void)state;
	assert_int_equal(run_words((const char *const[]){"pageowl", NULL}),
			 STATUS_TROUBLE);
	assert_string_equal(out, "");
	assert_non_null(strstr(err, "pageowl diff"));
}

static void unknown_commands_are_named(void **state)
{
	(void)state;
	assert_trouble(RUN("tpo"), "pageowl: 'tpo' is no command; 'pageowl "
				   "help' lists them\n");
	assert_trouble(RUN("a\033[2J"),
		       "pageowl: 'a\\x1b[2J' is no command; 'pageowl help' "
		       "lists them\n");
}

static void unknown_options_are_named(void **state)
{
	(void)state;
	assert_trouble(RUN("top", "--frobnicate", "x"),
		       "pageowl: unknown option '--frobnicate'; see 'pageowl "
		       "help top'\n");
	assert_trouble(RUN("top", "-Z"),
		       "pageowl: unknown option '-Z'; see 'pageowl help "
		       "top'\n");
	assert_trouble(RUN("top", "-qZ", old_path),
		       "pageowl: unknown option '-Z'; see 'pageowl help "
		       "top'\n");
	/* One of diff's. */
	assert_int_equal(RUN("help", "--by=comm"), STATUS_TROUBLE);
}

static void options_may_be_shortened_while_one_only_fits(void **state)
{
	(void)state;
	assert_int_equal(RUN("top", "--stri", new_path), STATUS_DONE);
	assert_trouble(RUN("top", "--f=x", new_path),
		       "pageowl: several options begin like '--f=x'; see "
		       "'pageowl help top'\n");
	assert_trouble(RUN("top", "--strict=yes", new_path),
		       "pageowl: no value can be given in '--strict=yes'; see "
		       "'pageowl help top'\n");
}

static void missing_values_are_named(void **state)
{
	(void)state;
	assert_trouble(RUN("top", "--by"),
		       "pageowl: no value for '--by'; see 'pageowl help "
		       "top'\n");
	assert_trouble(RUN("top", "-n"),
		       "pageowl: no value for '-n'; see 'pageowl help top'\n");
}

static void bad_values_are_refused_before_anything_is_read(void **state)
{
	(void)state;
	assert_trouble(RUN("top", "--min=12Q", "/nonexistent"),
		       "pageowl: invalid size '12Q' for '--min'; use digits "
		       "with K, M or G\n");
	assert_int_equal(RUN("top", "--by=colour", old_path), STATUS_TROUBLE);
	assert_int_equal(RUN("top", "--only=comm", old_path), STATUS_TROUBLE);
	assert_int_equal(RUN("top", "--function=(", old_path), STATUS_TROUBLE);
}

static void too_few_or_too_many_operands_are_refused(void **state)
{
	(void)state;
	assert_int_equal(RUN("diff"), STATUS_TROUBLE);
	assert_non_null(strstr(err, "at least 1 operand, OLD [MORE...] NEW"));
	assert_int_equal(RUN("diff", old_path), STATUS_TROUBLE);
	assert_non_null(strstr(err, "only one capture is named"));
	assert_int_equal(RUN("top", old_path, new_path), STATUS_TROUBLE);
	assert_string_equal(out, "");
}

static void what_cannot_be_read_is_named(void **state)
{
	char message[256];

	(void)state;
	assert_trouble(RUN("top", "/nonexistent/a\nb"),
		       "pageowl: cannot open '/nonexistent/a\\nb': No such "
		       "file or directory\n");
	put(new_path, "# notes\n");
	snprintf(message, sizeof(message),
		 "pageowl: %s: not a dump of a known format; 'pageowl help "
		 "formats' lists them\n",
		 new_path);
	assert_trouble(RUN("top", new_path), message);
	assert_trouble(RUN("diff", old_path, new_path), message);
	put(new_path, RECORD("0", "10", "3000") RECORD("1", "90", "3002"));
}

static void top_prints_its_report_and_is_done(void **state)
{
	(void)state;
	assert_int_equal(RUN("top", new_path), STATUS_DONE);
	assert_string_equal(err, "");
	assert_non_null(strstr(out, "do_leak [leaky]"));
	assert_non_null(strstr(out, "12.0 KiB"));
	assert_non_null(strstr(out, "2 records read, none skipped"));
	assert_null(strchr(out, '\033'));
}

static void diff_of_what_grew_is_done_too(void **state)
{
	(void)state;
	assert_int_equal(RUN("diff", old_path, new_path), STATUS_DONE);
	assert_non_null(strstr(out, "+8.0 KiB"));
	assert_non_null(strstr(out, "accumulates"));
}

static void options_may_stand_behind_operands_and_be_short(void **state)
{
	(void)state;
	assert_int_equal(RUN("top", new_path, "-b", "comm", "-n1", "-qa"),
			 STATUS_DONE);
	assert_non_null(strstr(out, "comm"));
	assert_non_null(strstr(out, "cat"));
	assert_int_equal(RUN("top", "--", new_path), STATUS_DONE);
	assert_int_equal(RUN("top", "--by", "order", new_path), STATUS_DONE);
}

static void strict_makes_a_loss_a_failure(void **state)
{
	(void)state;
	put(old_path, RECORD("0", "10", "3000") "Page allocated via order x\n");
	assert_int_equal(RUN("top", old_path), STATUS_DONE);
	assert_non_null(strstr(err, "1 of 2 records skipped"));
	assert_int_equal(RUN("top", "--quiet", old_path), STATUS_DONE);
	assert_string_equal(err, "");
	assert_int_equal(RUN("top", "--strict", old_path), STATUS_TROUBLE);
	assert_non_null(strstr(err, "--strict"));
	/* What could be counted is shown all the same. */
	assert_non_null(strstr(out, "do_leak"));
	assert_int_equal(RUN("top", "--strict", new_path), STATUS_DONE);
	put(old_path, RECORD("0", "10", "3000"));
}

static void one_run_leaves_nothing_for_the_next(void **state)
{
	char *first;

	(void)state;
	assert_int_equal(RUN("top", new_path), STATUS_DONE);
	first = strdup(out);
	assert_int_equal(RUN("top", "--by=comm", "--only=comm=x",
			     "--sort=-kept", new_path),
			 STATUS_DONE);
	assert_int_equal(RUN("top", "--nonsense", new_path), STATUS_TROUBLE);
	assert_int_equal(RUN("top", new_path), STATUS_DONE);
	assert_string_equal(out, first);
	free(first);
}

/* ---- help ---- */

static void assert_fits_a_terminal(const char *text)
{
	struct span rest = span_of(text), line;

	while (span_take_line(&rest, &line)) {
		char copy[256];

		snprintf(copy, sizeof(copy), "%.*s", (int)line.length, line.at);
		if (text_width(copy) > 80)
			fail_msg("too wide: %s", copy);
		assert_false(span_ends_with(line, SPAN(" ")));
	}
}

static void help_of_each_command_fits_80_columns_and_has_examples(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; commands[i]; i++) {
		const char *name = commands[i]->name;
		char *first;

		assert_int_equal(RUN(name, "--help"), STATUS_DONE);
		assert_string_equal(err, "");
		assert_fits_a_terminal(out);
		assert_non_null(strstr(out, "\nExamples:\n"));
		assert_non_null(strstr(out, commands[i]->examples[0]));
		assert_non_null(strstr(out, commands[i]->examples[1]));
		assert_non_null(strstr(out, commands[i]->summary));
		first = strdup(out);
		assert_int_equal(RUN("help", name), STATUS_DONE);
		assert_string_equal(out, first);
		assert_int_equal(RUN(name, "-h"), STATUS_DONE);
		assert_string_equal(out, first);
		free(first);
	}
}

static void help_names_every_option_of_a_command(void **state)
{
	const struct cli_option *const *table, *option;
	size_t i;

	(void)state;
	for (i = 0; commands[i]; i++) {
		assert_int_equal(RUN("help", commands[i]->name), STATUS_DONE);
		for (table = commands[i]->options; *table; table++)
			for (option = *table; option->name; option++) {
				char name[64];

				snprintf(name, sizeof(name), "--%s",
					 option->name);
				assert_non_null(strstr(out, name));
			}
	}
}

static void topics_list_their_tables(void **state)
{
	static const struct {
		const char *topic, *word;
	} topics[] = {
		{"formats", "page_owner_sort"},
		{"keys", "migratetype"},
		{"categories", "page cache"},
		{"verdicts", "accumulates"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(topics); i++) {
		assert_int_equal(RUN("help", topics[i].topic), STATUS_DONE);
		assert_non_null(strstr(out, topics[i].word));
		assert_fits_a_terminal(out);
	}
	assert_int_equal(RUN("help"), STATUS_DONE);
	assert_fits_a_terminal(out);
	assert_int_equal(RUN("--help"), STATUS_DONE);
	assert_string_equal(err, "");
	assert_trouble(RUN("help", "me"),
		       "pageowl: no help on 'me'; 'pageowl help' lists what "
		       "there is\n");
}

static void version_is_told_anywhere(void **state)
{
	(void)state;
	assert_int_equal(RUN("--version"), STATUS_DONE);
	assert_memory_equal(out, "pageowl " PAGEOWL_VERSION "\n",
			    strlen("pageowl " PAGEOWL_VERSION "\n"));
	assert_int_equal(RUN("top", "--version"), STATUS_DONE);
	assert_memory_equal(out, "pageowl ", 8);
}

static void assert_full_disk_is_trouble(const char *first, const char *second)
{
	char name[] = "pageowl", words[2][96];
	char *argv[] = {name, words[0], words[1], NULL};
	FILE *full = fopen("/dev/full", "w"), *err_file;

	assert_non_null(full);
	strcpy(words[0], first);
	strcpy(words[1], second);
	forget(NULL);
	err_file = open_memstream(&err, &err_length);
	assert_int_equal(cli_main(3, argv, full, err_file), STATUS_TROUBLE);
	fclose(err_file);
	fclose(full);
	assert_string_equal(err, "pageowl: cannot write: No space left on "
				 "device\n");
}

static void output_that_cannot_be_written_is_trouble(void **state)
{
	(void)state;
	assert_full_disk_is_trouble("top", new_path);
	assert_full_disk_is_trouble("help", "top");
	assert_full_disk_is_trouble("top", "--version");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, forget)
	const struct CMUnitTest tests[] = {
		TEST(without_a_command_usage_goes_to_stderr),
		TEST(unknown_commands_are_named),
		TEST(unknown_options_are_named),
		TEST(options_may_be_shortened_while_one_only_fits),
		TEST(missing_values_are_named),
		TEST(bad_values_are_refused_before_anything_is_read),
		TEST(too_few_or_too_many_operands_are_refused),
		TEST(what_cannot_be_read_is_named),
		TEST(top_prints_its_report_and_is_done),
		TEST(diff_of_what_grew_is_done_too),
		TEST(options_may_stand_behind_operands_and_be_short),
		TEST(strict_makes_a_loss_a_failure),
		TEST(one_run_leaves_nothing_for_the_next),
		TEST(help_of_each_command_fits_80_columns_and_has_examples),
		TEST(help_names_every_option_of_a_command),
		TEST(topics_list_their_tables),
		TEST(version_is_told_anywhere),
		TEST(output_that_cannot_be_written_is_trouble),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
