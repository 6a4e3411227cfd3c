/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <elf.h>
#include <unistd.h>

#include "symbolize/bfd_object.h"
#include "symbolize/object_reader.h"
#include "tests/support/sample_object.h"

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SANITIZED 1
#endif

enum { QUERIES_MAX = 8 };

struct fixture {
	struct text_buffer file;
	struct frame_answer answers[QUERIES_MAX];
	struct text_pool pool;
	struct reason failure;
};

static int begin(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	sample_object_read(&fixture->file, SAMPLE_MODULE);
	*state = fixture;
	return 0;
}

static int end(void **state)
{
	struct fixture *fixture = *state;

	text_buffer_deinit(&fixture->file);
	text_pool_deinit(&fixture->pool);
	free(fixture);
	return 0;
}

static void ask_file(struct fixture *fixture, int fd,
		     const struct frame_query *queries, size_t count,
		     uint64_t memory)
{
	const struct reader_limits limits = {.memory = memory};
	const struct frame_query *asked[QUERIES_MAX];
	struct object_job job = {
		.fd = fd,
		.size = fixture->file.length,
		.queries = asked,
		.count = count,
		.answers = fixture->answers,
	};
	struct reason why = {""};

	for (size_t i = 0; i < count; i++)
		asked[i] = &queries[i];
	assert_true(object_reader_run(&job, 1, &limits, &fixture->pool, &why));
	fixture->failure = job.failure;
	close(fd);
}

static void ask(struct fixture *fixture, const struct frame_query *queries,
		size_t count)
{
	ask_file(fixture, sample_object_file(text_buffer_span(&fixture->file)),
		 queries, count, 0);
}

static void assert_line(const struct source_line *line, const char *function,
			const char *file, unsigned number)
{
	const char *name = strrchr(line->file, '/');

	assert_string_equal(line->function, function);
	assert_string_equal(name ? name + 1 : line->file, file);
	assert_int_equal(line->line, number);
}

static void frames_of_a_module_have_lines(void **state)
{
	struct fixture *fixture = *state;
	const struct frame_query queries[] = {
		{.symbol = "do_leak", .offset = 0x1b},
		{.symbol = "leaky_inlined_path", .offset = 0x3b},
		{.symbol = "leaky_inlined_path", .offset = 0x3a, .exact = true},
	};
	const struct frame_answer *answers = fixture->answers;

	ask(fixture, queries, TEST_COUNT(queries));
	assert_string_equal(fixture->failure.text, "");
	assert_int_equal(answers[0].status, FRAME_RESOLVED);
	assert_int_equal(answers[0].line_count, 1);
	assert_line(&answers[0].lines[0], "do_leak", "leaky_pages_main.c", 17);
	for (size_t i = 1; i < 3; i++) {
		size_t count = answers[i].line_count;

		assert_true(count > 2);
		assert_line(&answers[i].lines[count - 2], "leaky_inl_top",
			    "leaky_pages_main.c", 55);
		assert_line(&answers[i].lines[count - 1], "leaky_inlined_path",
			    "leaky_pages_main.c", 61);
	}
}

static void what_is_not_known_is_told_apart(void **state)
{
	struct fixture *fixture = *state;
	const struct frame_query queries[] = {
		{.symbol = "leaky_nowhere", .offset = 5},
		{.symbol = "do_leak", .offset = 5, .size = 0x1000},
		{.symbol = "do_leak", .offset = 0x1b, .size = 0x30},
	};

	ask(fixture, queries, TEST_COUNT(queries));
	assert_string_equal(fixture->failure.text, "");
	assert_int_equal(fixture->answers[0].status, FRAME_NO_SYMBOL);
	assert_int_equal(fixture->answers[1].status, FRAME_OTHER_SIZE);
	assert_int_equal(fixture->answers[2].status, FRAME_RESOLVED);
}

static void lose_lines(struct fixture *fixture)
{
	size_t at = sample_object_section(text_buffer_span(&fixture->file),
					  ".debug_info");
	Elf64_Shdr section;

	memcpy(&section, fixture->file.at + at, sizeof(section));
	section.sh_type = SHT_NOBITS;
	memcpy(fixture->file.at + at, &section, sizeof(section));
}

static void lines_that_are_not_in_the_file_are_not_there(void **state)
{
	struct fixture *fixture = *state;
	const struct frame_query query = {.symbol = "do_leak", .offset = 0x1b};

	lose_lines(fixture);
	ask(fixture, &query, 1);
	assert_string_equal(fixture->failure.text, "");
	assert_int_equal(fixture->answers[0].status, FRAME_NO_LINE);
}

/* A .debug_info that libbfd cannot make sense of is not the same as none. */
static void lines_that_cannot_be_read_are_told(void **state)
{
	struct fixture *fixture = *state;
	const struct frame_query queries[] = {
		{.symbol = "do_leak", .offset = 0x1b},
		{.symbol = "no_such_symbol", .offset = 1},
	};
	size_t at = sample_object_section(text_buffer_span(&fixture->file),
					  ".debug_abbrev");
	Elf64_Shdr section;

	memcpy(&section, fixture->file.at + at, sizeof(section));
	section.sh_type = SHT_NOBITS;
	memcpy(fixture->file.at + at, &section, sizeof(section));
	ask(fixture, queries, 2);
	assert_string_equal(fixture->failure.text,
			    "its debug information cannot be read by libbfd");
	assert_int_equal(fixture->answers[0].status, FRAME_FAILED);
	assert_int_equal(fixture->answers[1].status, FRAME_NO_SYMBOL);
}

/* ---- symbols of one name ---- */

static Elf64_Sym *symbols_of(struct fixture *fixture, size_t *ret_count,
			     const char **ret_names)
{
	struct span bytes = text_buffer_span(&fixture->file);
	Elf64_Shdr table, names;

	memcpy(&table, bytes.at + sample_object_section(bytes, ".symtab"),
	       sizeof(table));
	memcpy(&names, bytes.at + sample_object_section(bytes, ".strtab"),
	       sizeof(names));
	*ret_count = table.sh_size / sizeof(Elf64_Sym);
	*ret_names = bytes.at + names.sh_offset;
	return (Elf64_Sym *)(fixture->file.at + table.sh_offset);
}

static Elf64_Sym *symbol_of(struct fixture *fixture, const char *name)
{
	const char *names;
	size_t count;
	Elf64_Sym *symbols = symbols_of(fixture, &count, &names);

	for (size_t i = 0; i < count; i++)
		if (strcmp(names + symbols[i].st_name, name) == 0)
			return &symbols[i];
	fail_msg("there is no %s", name);
	return NULL;
}

static void symbols_of_one_name_and_other_lines_are_ambiguous(void **state)
{
	struct fixture *fixture = *state;
	const struct frame_query queries[] = {
		{.symbol = "do_leak", .offset = 0x1b},
		/* There is but one of this size: 38 bytes and padding. */
		{.symbol = "do_leak", .offset = 0x1b, .size = 0x30},
	};

	symbol_of(fixture, "leaky_work_fn")->st_name =
		symbol_of(fixture, "do_leak")->st_name;
	symbol_of(fixture, "leaky_zeroed")->st_name =
		symbol_of(fixture, "do_leak")->st_name;
	ask(fixture, queries, TEST_COUNT(queries));
	assert_int_equal(fixture->answers[0].status, FRAME_AMBIGUOUS);
	assert_int_equal(fixture->answers[0].candidates, 3);
	assert_int_equal(fixture->answers[0].line_count, 0);
	assert_int_equal(fixture->answers[1].status, FRAME_RESOLVED);
	assert_line(&fixture->answers[1].lines[0], "do_leak",
		    "leaky_pages_main.c", 17);
}

/* As those of a function that is in a header, and so in many units. */
static void symbols_of_one_name_and_the_same_answer_are_not(void **state)
{
	struct fixture *fixture = *state;
	const struct frame_query query = {.symbol = "do_leak", .offset = 0x1b};

	symbol_of(fixture, "leaky_work_fn")->st_name =
		symbol_of(fixture, "do_leak")->st_name;
	lose_lines(fixture);
	ask(fixture, &query, 1);
	assert_int_equal(fixture->answers[0].status, FRAME_NO_LINE);
	assert_int_equal(fixture->answers[0].candidates, 0);
}

/* ---- files that are none ---- */

static void assert_failed(struct fixture *fixture, const char *words)
{
	assert_int_equal(fixture->answers[0].status, FRAME_FAILED);
	assert_text_has(fixture->failure.text, words);
}

static void a_file_of_text_has_failed(void **state)
{
	struct fixture *fixture = *state;
	const struct frame_query query = {.symbol = "do_leak", .offset = 0x1b};

	memset(fixture->file.at, 'x', fixture->file.length);
	ask(fixture, &query, 1);
	assert_failed(fixture, "libbfd does not take it");
}

/* It cannot be read at a place. */
static void a_pipe_has_failed(void **state)
{
	struct fixture *fixture = *state;
	const struct frame_query query = {.symbol = "do_leak", .offset = 0x1b};
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	ask_file(fixture, ends[0], &query, 1, 0);
	close(ends[1]);
	assert_int_equal(fixture->answers[0].status, FRAME_FAILED);
	assert_true(fixture->failure.text[0]);
}

static void too_little_memory_is_not_taken_for_no_line(void **state)
{
	struct fixture *fixture = *state;
	const struct frame_query query = {.symbol = "do_leak", .offset = 0x1b};
	struct span bytes = text_buffer_span(&fixture->file);
	bool resolved = false;

#ifdef SANITIZED
	skip();
#endif
	/* Wherever it runs out, there is no answer, or the right one. */
	for (uint64_t kib = 0; kib < 8192; kib += 64) {
		ask_file(fixture, sample_object_file(bytes), &query, 1,
			 kib ? kib << 10 : 1);
		resolved = fixture->answers[0].status == FRAME_RESOLVED;
		if (!resolved)
			assert_failed(fixture, "");
		if (!resolved && !strstr(fixture->failure.text, "crashed"))
			assert_text_has(fixture->failure.text, "of memory");
	}
	assert_true(resolved);
}

#define test_of(name) cmocka_unit_test_setup_teardown(name, begin, end)

static void without_libbfd_nothing_is_tried(void **state)
{
	const struct reader_limits limits = {0};
	struct text_pool pool = {0};
	struct reason why = {""};

	(void)state;
	assert_false(object_reader_run(NULL, 0, &limits, &pool, &why));
	assert_string_equal(why.text, "this program was built without libbfd");
}

int main(void)
{
	const struct CMUnitTest with[] = {
		test_of(frames_of_a_module_have_lines),
		test_of(what_is_not_known_is_told_apart),
		test_of(lines_that_are_not_in_the_file_are_not_there),
		test_of(lines_that_cannot_be_read_are_told),
		test_of(symbols_of_one_name_and_other_lines_are_ambiguous),
		test_of(symbols_of_one_name_and_the_same_answer_are_not),
		test_of(a_file_of_text_has_failed),
		test_of(a_pipe_has_failed),
		test_of(too_little_memory_is_not_taken_for_no_line),
	};
	const struct CMUnitTest without[] = {
		cmocka_unit_test(without_libbfd_nothing_is_tried),
	};

	if (!bfd_object_is_built())
		return cmocka_run_group_tests(without, NULL, NULL);
	return cmocka_run_group_tests(with, NULL, NULL);
}
