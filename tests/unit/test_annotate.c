/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "cli/annotate.h"

/* Answers by the symbol: see resolve(). */
struct oracle {
	size_t asked;
	char build_id[100]; /* "module=build id" of the last that has one */
};

static const struct source_line plain[] = {{"otter", "mm/otter.c", 12}};
static const struct source_line exact[] = {{"otter", "mm/otter.c", 13}};
static const struct source_line deep[] = {
	{"leaf", "mm/leaf.h", 1},
	{"middle", "mm/middle.h", 2},
	{"otter", "mm/otter.c", 3},
};
static const struct source_line hostile[] = {
	{"a\033[2J\n", "x\r\ny", 1},
	{"otter", "\xff", 2},
};
static const struct source_line vague[] = {{NULL, "mm/otter.c", 0}};

static bool resolve(void *context, const struct frame_query *queries,
		    size_t count, struct frame_answer *answers)
{
	struct oracle *oracle = context;
	size_t i;

	for (i = 0; i < count; i++) {
		if (queries[i].build_id)
			snprintf(oracle->build_id, sizeof(oracle->build_id),
				 "%s=%s", queries[i].module,
				 queries[i].build_id);
		struct frame_answer answer = {.status = FRAME_RESOLVED};

		oracle->asked++;
		if (strcmp(queries[i].symbol, "plain") == 0) {
			answer.lines = queries[i].exact ? exact : plain;
			answer.line_count = 1;
		} else if (strcmp(queries[i].symbol, "deep") == 0) {
			answer.lines = deep;
			answer.line_count = 3;
		} else if (strcmp(queries[i].symbol, "hostile") == 0) {
			answer.lines = hostile;
			answer.line_count = 2;
		} else if (strcmp(queries[i].symbol, "vague") == 0) {
			answer.lines = vague;
			answer.line_count = 1;
		} else {
			answer.status = FRAME_NO_SYMBOL;
		}
		answers[i] = answer;
	}
	return true;
}

struct fixture {
	struct oracle oracle;
	struct frame_teller teller;
	struct annotator annotator;
	char *text;
	size_t length;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	fixture->teller = (struct frame_teller){resolve, &fixture->oracle};
	fixture->annotator.teller = &fixture->teller;
	fixture->annotator.book.count_max = 100;
	fixture->annotator.out =
		open_memstream(&fixture->text, &fixture->length);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	fclose(fixture->annotator.out);
	free(fixture->text);
	annotator_deinit(&fixture->annotator);
	free(fixture);
	return 0;
}

/* What comes out of lines since the last time. */
static struct span add(struct fixture *fixture, struct span lines)
{
	size_t before = fixture->length;

	assert_true(annotator_add(&fixture->annotator, lines));
	fflush(fixture->annotator.out);
	return (struct span){fixture->text + before, fixture->length - before};
}

static void assert_becomes(struct fixture *fixture, const char *text,
			   const char *expected)
{
	assert_span(add(fixture, span_of(text)), expected);
}

static void a_line_is_put_behind_the_frame(void **state)
{
	assert_becomes(*state, "[ 1.2]  plain+0x1/0x20 [m] x\n",
		       "[ 1.2]  plain+0x1/0x20 [m] (mm/otter.c:12) x\n");
	assert_becomes(*state, "vague+0x1/0x20",
		       "vague+0x1/0x20 (mm/otter.c:?)");
}

static void inlined_functions_have_lines_above(void **state)
{
	assert_becomes(*state, "a\n> [   12.345678]  ? deep+0x1/0x20\nb\n",
		       "a\n"
		       "> [   12.345678]    leaf (mm/leaf.h:1) (inlined)\n"
		       "> [   12.345678]    middle (mm/middle.h:2) (inlined)\n"
		       "> [   12.345678]  ? deep+0x1/0x20 (mm/otter.c:3)\n"
		       "b\n");
	assert_becomes(*state, "\t 7 deep+0x1/0x20 age=1\r\n",
		       "\t   leaf (mm/leaf.h:1) (inlined)\r\n"
		       "\t   middle (mm/middle.h:2) (inlined)\r\n"
		       "\t 7 deep+0x1/0x20 (mm/otter.c:3) age=1\r\n");
}

static void elsewhere_they_are_chained(void **state)
{
	assert_becomes(*state, "x=deep+0x1/0x20 y\n",
		       "x=deep+0x1/0x20 "
		       "(mm/leaf.h:1 mm/middle.h:2 mm/otter.c:3) y\n");
	assert_becomes(*state, " plain+0x1/0x20 deep+0x1/0x20\n",
		       " plain+0x1/0x20 (mm/otter.c:12) deep+0x1/0x20 "
		       "(mm/leaf.h:1 mm/middle.h:2 mm/otter.c:3)\n");
	/* A first frame that nothing is known of is a first one, too. */
	assert_becomes(*state, " none+0x1/0x20 deep+0x1/0x20\n",
		       " none+0x1/0x20 deep+0x1/0x20 "
		       "(mm/leaf.h:1 mm/middle.h:2 mm/otter.c:3)\n");
}

static void a_program_counter_is_asked_exactly(void **state)
{
	assert_becomes(*state, "RIP: 0010:plain+0x1/0x20\n plain+0x1/0x20\n",
		       "RIP: 0010:plain+0x1/0x20 (mm/otter.c:13)\n"
		       " plain+0x1/0x20 (mm/otter.c:12)\n");
}

static void of_perf_the_first_frame_is_exact(void **state)
{
	assert_becomes(*state,
		       "x 1 cycles:\n"
		       "\tffff1 plain+0x1 ([kernel.kallsyms])\n"
		       "\tffff2 plain+0x1 ([kernel.kallsyms])\n",
		       "x 1 cycles:\n"
		       "\tffff1 plain+0x1 ([kernel.kallsyms]) "
		       "(mm/otter.c:13)\n"
		       "\tffff2 plain+0x1 ([kernel.kallsyms]) "
		       "(mm/otter.c:12)\n");
	/* The stack goes on where a block of lines ended. */
	assert_becomes(*state, "\tffff3 plain+0x1 ([kernel.kallsyms])\n\n",
		       "\tffff3 plain+0x1 ([kernel.kallsyms]) "
		       "(mm/otter.c:12)\n\n");
	assert_becomes(*state, "\tffff4 plain+0x1 ([kernel.kallsyms])\n",
		       "\tffff4 plain+0x1 ([kernel.kallsyms]) "
		       "(mm/otter.c:13)\n");
}

static void names_of_debug_information_are_escaped(void **state)
{
	assert_becomes(*state, "hostile+0x1/0x20\n",
		       "a\\x1b[2J\\n (x\\r\\ny:1) (inlined)\n"
		       "hostile+0x1/0x20 (\\xff:2)\n");
}

static void what_is_not_known_passes_byte_for_byte(void **state)
{
	static const char text[] = "\0none+0x1/0x20\xff\r\n\0\n\nplain+0x1";
	struct span in = {text, sizeof(text) - 1};
	struct span out = add(*state, in);

	assert_true(span_equal(in, out));
}

static void a_line_that_is_told_already_stays(void **state)
{
	struct fixture *fixture = *state;

	assert_becomes(fixture, "deep+0x1/0x20 (mm/x.c:9)\n",
		       "deep+0x1/0x20 (mm/x.c:9)\n");
	assert_u64(fixture->annotator.told, 1);
	assert_u64(fixture->annotator.frames, 0);
}

static void what_was_annotated_stays_when_annotated_again(void **state)
{
	struct span once, twice;
	char *copy;

	once = add(*state, SPAN(" deep+0x1/0x20 [m]\n x=deep+0x1/0x20\n"));
	copy = malloc(once.length);
	assert_non_null(copy);
	memcpy(copy, once.at, once.length);
	once.at = copy;
	twice = add(*state, once);
	assert_true(span_equal(once, twice));
	free(copy);
}

static void each_frame_is_asked_once(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, SPAN("plain+0x1/0x20\nnone+0x1/0x20\nplain+0x1/0x20\n"));
	add(fixture, SPAN("none+0x1/0x20\nplain+0x1/0x20\n"));
	assert_int_equal(fixture->oracle.asked, 2);
	assert_u64(fixture->annotator.frames, 5);
	assert_u64(fixture->annotator.annotated, 3);
	add(fixture, SPAN("plain+0x2/0x20\nplain+0x1/0x20 [m]\n"));
	assert_int_equal(fixture->oracle.asked, 4);
}

static void a_build_id_is_asked_with(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, SPAN("plain+0x1/0x2 "
			  "[m 00112233445566778899aabbccddeeff00112233]\n"));
	assert_string_equal(fixture->oracle.build_id,
			    "m=00112233445566778899aabbccddeeff00112233");
}

static void frames_beyond_the_limit_pass(void **state)
{
	struct fixture *fixture = *state;

	fixture->annotator.book.count_max = 1;
	assert_becomes(fixture, "plain+0x1/0x20\nplain+0x2/0x20\n",
		       "plain+0x1/0x20 (mm/otter.c:12)\nplain+0x2/0x20\n");
	assert_true(fixture->annotator.book.full);
	assert_becomes(fixture, "plain+0x1/0x20\n",
		       "plain+0x1/0x20 (mm/otter.c:12)\n");
}

static void a_book_that_is_cleared_asks_anew(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, SPAN("plain+0x1/0x20\n"));
	frame_book_clear(&fixture->annotator.book);
	add(fixture, SPAN("plain+0x1/0x20\n"));
	assert_int_equal(fixture->oracle.asked, 2);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_line_is_put_behind_the_frame),
		CASE(inlined_functions_have_lines_above),
		CASE(elsewhere_they_are_chained),
		CASE(a_program_counter_is_asked_exactly),
		CASE(of_perf_the_first_frame_is_exact),
		CASE(names_of_debug_information_are_escaped),
		CASE(what_is_not_known_passes_byte_for_byte),
		CASE(a_line_that_is_told_already_stays),
		CASE(what_was_annotated_stays_when_annotated_again),
		CASE(each_frame_is_asked_once),
		CASE(a_build_id_is_asked_with),
		CASE(frames_beyond_the_limit_pass),
		CASE(a_book_that_is_cleared_asks_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
