/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is answered about an object file depends neither on how many processes
 * share the work, nor on how it is divided, nor on the order of the queries.
 */
#include "tests/support/check.h"

#include <unistd.h>

#include "symbolize/bfd_object.h"
#include "symbolize/object_reader.h"
#include "tests/support/dice.h"
#include "tests/support/sample_object.h"

enum { ROUNDS = 12 };

static uint64_t seed;
static struct text_buffer file;
static struct frame_query *queries;
static size_t count;

static void ask(const struct frame_query *const *asked,
		struct frame_answer *answers, struct text_pool *pool,
		unsigned processes, unsigned batch)
{
	const struct reader_limits limits = {
		.processes = processes,
		.batch = batch,
	};
	struct object_job job = {
		.fd = sample_object_file(text_buffer_span(&file)),
		.size = file.length,
		.queries = asked,
		.count = count,
		.answers = answers,
	};
	struct reason why = {""};

	assert_true(object_reader_run(&job, 1, &limits, pool, &why));
	assert_string_equal(job.failure.text, "");
	close(job.fd);
}

static void assert_same_text(const char *a, const char *b)
{
	assert_true(!a == !b);
	if (a)
		assert_string_equal(a, b);
}

static void assert_same(const struct frame_answer *a,
			const struct frame_answer *b)
{
	assert_int_equal(a->status, b->status);
	assert_int_equal(a->candidates, b->candidates);
	assert_int_equal(a->line_count, b->line_count);
	for (size_t i = 0; i < a->line_count; i++) {
		assert_int_equal(a->lines[i].line, b->lines[i].line);
		assert_same_text(a->lines[i].function, b->lines[i].function);
		assert_same_text(a->lines[i].file, b->lines[i].file);
	}
}

static void shuffle(struct dice *dice, size_t *order)
{
	for (size_t i = 0; i < count; i++) {
		size_t j = dice_below(dice, i + 1);

		order[i] = order[j];
		order[j] = i;
	}
}

static void division_and_order_change_no_answer(void **state)
{
	struct frame_answer *once = calloc(count, sizeof(*once));
	struct frame_answer *again = calloc(count, sizeof(*again));
	const struct frame_query **asked = calloc(count, sizeof(*asked));
	size_t *order = calloc(count, sizeof(*order)), resolved = 0;
	struct dice dice = {seed};
	struct text_pool pool = {0};

	(void)state;
	assert_true(once && again && asked && order);
	for (size_t i = 0; i < count; i++)
		asked[i] = &queries[i];
	ask(asked, once, &pool, 1, 1 << 20);
	for (size_t i = 0; i < count; i++)
		resolved += once[i].status == FRAME_RESOLVED;
	/* Else there would be nothing to compare. */
	assert_true(resolved > count / 2);
	for (int round = 0; round < ROUNDS; round++) {
		unsigned processes = (unsigned)(1 + dice_below(&dice, 4));
		unsigned batch = (unsigned)(1 + dice_below(&dice, count));

		shuffle(&dice, order);
		for (size_t i = 0; i < count; i++)
			asked[i] = &queries[order[i]];
		ask(asked, again, &pool, processes, batch);
		for (size_t i = 0; i < count; i++)
			assert_same(&again[i], &once[order[i]]);
	}
	text_pool_deinit(&pool);
	free(order);
	free(asked);
	free(again);
	free(once);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(division_and_order_change_no_answer),
	};
	int failed;

	/* Nothing could be asked. */
	if (!bfd_object_is_built())
		return 0;
	seed = dice_seed();
	sample_object_read(&file, SAMPLE_MODULE);
	queries = sample_object_queries(text_buffer_span(&file), &count);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(queries);
	text_buffer_deinit(&file);
	return failed;
}
