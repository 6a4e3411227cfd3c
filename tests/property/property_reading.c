/* SPDX-License-Identifier: GPL-3.0-or-later */
/* However the bytes of a dump are read, the report is the same. */
#include "tests/support/check.h"

#include <time.h>

#include "tests/support/dump_maker.h"
#include "tests/support/dump_reader.h"

static uint64_t seed;

/* How long mutated dumps are tried; MUTATE_SECONDS sets it. */
static double mutate_seconds(void)
{
	const char *given = getenv("MUTATE_SECONDS");

	return given ? strtod(given, NULL) : 4;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static const struct way whole = {.name = "whole, one thread", .threads = 1};

static const struct question questions[] = {
	{0},
	{.by = "comm,memcg"},
	{.by = "order,gfp,migratetype,pageblock,node,zone,pid,tgid"},
	{.only = "comm=*a*", .since_ns = 20000000000},
	{.by = "category,module", .not = "order=0"},
};

/* Keep what differs, so that it can be looked at. */
static void save(const char *name, struct span text)
{
	FILE *file = fopen(name, "w");

	if (!file)
		return;
	fwrite(text.at, 1, text.length, file);
	fclose(file);
}

static void assert_same(struct span bytes, const struct way *way,
			const struct question *question, const char *expected)
{
	char *answer = dump_answer(bytes, way, question);

	if (strcmp(answer, expected) != 0) {
		save("/tmp/pageowl-differs.input", bytes);
		save("/tmp/pageowl-differs.expected", span_of(expected));
		save("/tmp/pageowl-differs.found", span_of(answer));
		fail_msg("'%s' (block %zu, range %zu, threads %u, part %zu) "
			 "differs from '%s'; see /tmp/pageowl-differs.*, "
			 "SEED=%llu",
			 way->name, way->block_size, (size_t)way->range_size,
			 way->threads, way->part, whole.name,
			 (unsigned long long)seed);
	}
	free(answer);
}

static const struct way *random_way(struct dice *dice, size_t length)
{
	static struct way way;

	way = (struct way){
		.name = "random",
		.block_size = 1 + dice_below(dice, 3000),
		.threads = 1 + (unsigned)dice_below(dice, 5),
		.careful = dice_one_in(dice, 2),
		.portable = dice_one_in(dice, 2),
	};
	if (dice_one_in(dice, 3))
		way.part = 1 + dice_below(dice, 5000);
	else
		way.range_size = 1 + dice_below(dice, length + 1);
	return &way;
}

static void assert_all_ways_agree(struct span bytes,
				  const struct question *question,
				  struct dice *dice)
{
	static const struct way ways[] = {
		{.name = "defaults"},
		{.name = "careful", .threads = 1, .careful = true},
		{.name = "portable", .threads = 1, .portable = true},
		{.name = "stream", .part = SIZE_MAX},
		{.name = "stream of one thread", .part = 999, .threads = 1},
		{.name = "blocks of 1 byte", .block_size = 1, .threads = 1},
		{.name = "blocks of 1 byte, careful",
		 .block_size = 1,
		 .threads = 1,
		 .careful = true},
		{.name = "many ranges", .range_size = 1, .threads = 16},
		{.name = "many ranges, small blocks, careful",
		 .range_size = 1,
		 .threads = 7,
		 .block_size = 100,
		 .careful = true},
	};
	char *expected = dump_answer(bytes, &whole, question);
	size_t i;

	for (i = 0; i < TEST_COUNT(ways); i++)
		assert_same(bytes, &ways[i], question, expected);
	for (i = 0; i < 3; i++)
		assert_same(bytes, random_way(dice, bytes.length), question,
			    expected);
	free(expected);
}

static void make_text(struct text_buffer *text, struct dice *dice,
		      size_t records, bool tame)
{
	const struct dump_recipe recipe = {
		.records = records,
		.stacks = 1 + dice_below(dice, 20),
		.tame = tame,
	};
	const struct dump_style style = {
		.variant = (enum dump_variant)dice_below(dice, DUMP_VARIANTS),
		.crlf = tame && dice_one_in(dice, 8),
		.prefix =
			tame && dice_one_in(dice, 8) ? "[  12.345678] " : NULL,
		.no_blank_lines = tame && dice_one_in(dice, 8),
		.no_indent = tame && dice_one_in(dice, 8),
		.wrapped = tame && dice_one_in(dice, 8),
	};
	struct dump dump = {0};

	dump_make(&dump, dice, &recipe);
	dump_write(text, &dump, &style);
	dump_deinit(&dump);
}

static void a_whole_dump_reads_the_same_in_all_ways(void **state)
{
	struct dice dice = {seed};
	unsigned i;

	(void)state;
	for (i = 0; i < 12; i++) {
		struct text_buffer text = {0};

		make_text(&text, &dice, 100, i & 1);
		assert_all_ways_agree(text_buffer_span(&text),
				      &questions[i % TEST_COUNT(questions)],
				      &dice);
		text_buffer_deinit(&text);
	}
}

/* T0 is learned from the first records, which must not depend on ranges. */
static void a_long_dump_reads_the_same_in_all_ways(void **state)
{
	struct dice dice = {seed ^ 1};
	struct text_buffer text = {0};
	char *expected;
	unsigned i;

	(void)state;
	make_text(&text, &dice, 20000, false);
	expected = dump_answer(text_buffer_span(&text), &whole, &questions[0]);
	for (i = 0; i < 4; i++) {
		struct way way = *random_way(&dice, text.length);

		way.block_size += 20000;
		if (way.part)
			way.part += 5000;
		assert_same(text_buffer_span(&text), &way, &questions[0],
			    expected);
	}
	free(expected);
	text_buffer_deinit(&text);
}

static void a_damaged_dump_reads_the_same_in_all_ways(void **state)
{
	double end = now() + mutate_seconds();
	struct dice dice = {seed ^ 2};
	unsigned tries = 0;

	(void)state;
	while (now() < end) {
		struct text_buffer text = {0};

		make_text(&text, &dice, 1 + dice_below(&dice, 12),
			  dice_one_in(&dice, 2));
		if (dice_one_in(&dice, 3))
			make_text(&text, &dice, 3, false);
		dump_damage(&text, &dice, 1 + (unsigned)dice_below(&dice, 6));
		assert_all_ways_agree(
			text_buffer_span(&text),
			&questions[dice_below(&dice, TEST_COUNT(questions))],
			&dice);
		text_buffer_deinit(&text);
		tries++;
	}
	assert_true(tries > 0);
	print_message("%u damaged dumps\n", tries);
}

static void gzip_of_any_members_reads_as_the_text_does(void **state)
{
	struct dice dice = {seed ^ 3};
	unsigned i;

	(void)state;
	for (i = 0; i < 30; i++) {
		struct text_buffer text = {0};
		struct way way;
		char *packed, *expected;
		size_t length;

		make_text(&text, &dice, 50, i & 1);
		if (i % 3 == 0)
			dump_damage(&text, &dice, 4);
		packed =
			dump_pack(text_buffer_span(&text),
				  1 + (unsigned)dice_below(&dice, 40), &length);
		expected = dump_answer(text_buffer_span(&text), &whole,
				       &questions[i % TEST_COUNT(questions)]);
		way = *random_way(&dice, length);
		assert_same((struct span){packed, length}, &way,
			    &questions[i % TEST_COUNT(questions)], expected);
		free(expected);
		free(packed);
		text_buffer_deinit(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_dump_reads_the_same_in_all_ways),
		cmocka_unit_test(a_long_dump_reads_the_same_in_all_ways),
		cmocka_unit_test(a_damaged_dump_reads_the_same_in_all_ways),
		cmocka_unit_test(gzip_of_any_members_reads_as_the_text_does),
	};

	seed = dice_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
