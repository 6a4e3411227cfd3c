/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * However many readers share page_owner, and whatever ends them, the text is
 * that of one reading in order: nothing doubled, and lost only what none of
 * them had read.
 */
#define _XOPEN_SOURCE 700
#include "tests/support/check.h"

#include "live/owner_ranges.h"
#include "tests/support/fake_owner.h"
#include "tests/support/gzip_reader.h"

#define ROUNDS 12

static uint64_t seed;

struct reading {
	struct text_buffer text;
	uint64_t records, refused;
	enum piece_end end;
	uint64_t next;
	uint64_t walked;
};

static void make_owner(struct fake_owner *owner, struct dice *dice,
		       size_t records)
{
	fake_owner_init(owner);
	owner->since_6_1 = dice_one_in(dice, 2);
	owner->hex = dice_one_in(dice, 2);
	owner->passes_refused = dice_one_in(dice, 2);
	owner->min_low_pfn = dice_one_in(dice, 2) ? 1 : dice_below(dice, 99999);
	fake_owner_fill(owner, dice, records);
}

static void add_piece(struct reader_pool *pool, enum reader_packing packing,
		      const struct piece *piece, struct text_buffer *text)
{
	if (packing != NOT_PACKED)
		piece = reader_pool_packed(pool, piece);
	if (packing == NOT_PACKED)
		text_buffer_add(text, (struct span){piece->packed,
						    piece->packed_length});
	else
		gzip_reader_add(text, (struct span){piece->packed,
						    piece->packed_length});
}

static void read_all(struct fake_owner *owner, unsigned jobs, unsigned pieces,
		     struct reading *ret)
{
	const struct reader_options options = {
		.readers = jobs,
		.pieces = pieces,
		.patience_s = owner->detain_at ? 1 : 0,
		.io = &owner->io,
		/* Whoever packs, the text is the same. */
		.packing = (enum reader_packing)(pieces % 3),
	};
	struct owner_ranges *ranges;
	struct reader_pool *pool;
	const struct piece *piece;
	struct error err;

	memset(ret, 0, sizeof(*ret));
	atomic_store(&owner->counts->walked, 0);
	atomic_store(&owner->counts->reads, 0);
	assert_true(reader_pool_create(&options, &pool, &err));
	assert_true(owner_ranges_create(pool, "page_owner", &ranges, &err));
	while (owner_ranges_next(ranges, &piece) == OWNER_PIECE) {
		size_t before = ret->text.length;

		add_piece(pool, options.packing, piece, &ret->text);
		assert_u64(ret->text.length - before, piece->text_bytes);
		ret->records += piece->records;
		ret->refused += piece->refused;
	}
	ret->end = owner_ranges_end(ranges)->end;
	ret->next = owner_ranges_end(ranges)->next;
	ret->walked = atomic_load(&owner->counts->walked);
	owner_ranges_destroy(ranges);
	reader_pool_destroy(pool);
}

static void assert_same_text(const struct text_buffer *text,
			     const struct text_buffer *expected)
{
	assert_u64(text->length, expected->length);
	assert_true(!text->length ||
		    memcmp(text->at, expected->at, text->length) == 0);
}

static const unsigned job_counts[] = {1, 2, 4, 16};

static void any_number_of_readers_gives_the_text_in_order(void **state)
{
	struct dice dice = {seed};

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct text_buffer expected = {0};
		struct fake_owner owner;

		make_owner(&owner, &dice, 200 + dice_below(&dice, 4000));
		fake_owner_all(&owner, UINT64_MAX, &expected);
		for (size_t i = 0; i < TEST_COUNT(job_counts); i++) {
			unsigned jobs = job_counts[i];
			struct reading reading;
			uint64_t last = owner.records[owner.count - 1].pfn;

			read_all(&owner, jobs,
				 jobs + (unsigned)dice_below(&dice, jobs + 1),
				 &reading);
			assert_int_equal(reading.end, PIECE_DONE);
			assert_u64(reading.next, UINT64_MAX);
			assert_same_text(&reading.text, &expected);
			/* A hole is met by each, but not by each range. */
			assert_in_range(reading.walked, owner.count,
					(jobs + 3) * last);
			text_buffer_deinit(&reading.text);
		}
		text_buffer_deinit(&expected);
		fake_owner_deinit(&owner);
	}
}

static void ranges_that_fill_several_pieces_stay_in_order(void **state)
{
	struct text_buffer expected = {0};
	struct dice dice = {seed + 5};
	struct fake_owner owner;

	(void)state;
	fake_owner_init(&owner);
	owner.min_low_pfn = 1;
	owner.noise = &dice;
	for (uint64_t pfn = 1; pfn < 3000; pfn++)
		fake_owner_add(&owner, pfn, 0, "bash",
			       3000 + dice_below(&dice, 700));
	fake_owner_all(&owner, UINT64_MAX, &expected);
	for (size_t i = 0; i < TEST_COUNT(job_counts); i++) {
		struct reading reading;

		read_all(&owner, job_counts[i], job_counts[i], &reading);
		assert_int_equal(reading.end, PIECE_DONE);
		assert_same_text(&reading.text, &expected);
		text_buffer_deinit(&reading.text);
	}
	text_buffer_deinit(&expected);
	fake_owner_deinit(&owner);
}

/* Whether text is a row of records in order, each at most once. */
static void assert_subset(const struct fake_owner *owner,
			  const struct text_buffer *text, uint64_t complete)
{
	struct span rest = text_buffer_span(text);

	for (size_t i = 0; i < owner->count; i++) {
		const struct fake_record *record = &owner->records[i];

		if (!span_take(&rest, fake_owner_text(owner, i)))
			assert_true(record->refused || record->pfn >= complete);
	}
	assert_u64(rest.length, 0);
}

static void a_reader_that_dies_takes_nothing_with_it(void **state)
{
	struct dice dice = {seed + 1};

	(void)state;
	for (int round = 0; round < 3 * ROUNDS; round++) {
		unsigned jobs = job_counts[round % TEST_COUNT(job_counts)];
		struct fake_owner owner;
		struct reading reading;

		make_owner(&owner, &dice, 2000);
		owner.kill_at = 1 + dice_below(&dice, 1900);
		read_all(&owner, jobs, 2 * jobs, &reading);
		assert_int_equal(reading.end, PIECE_KILLED);
		assert_subset(&owner, &reading.text, reading.next);
		text_buffer_deinit(&reading.text);
		fake_owner_deinit(&owner);
	}
}

/* One range, one reader: so what it had read is known to the record. */
static void what_a_dead_reader_had_read_is_complete(void **state)
{
	struct dice dice = {seed + 2};

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct text_buffer expected = {0};
		struct fake_owner owner;
		struct reading reading;
		uint64_t dies_at = 1 + dice_below(&dice, 2000);

		fake_owner_init(&owner);
		owner.min_low_pfn = 1;
		for (uint64_t pfn = 1; pfn < 2048; pfn++)
			fake_owner_add(&owner, pfn, 0, "bash",
				       dice_below(&dice, 900));
		/* The first read finds where page frames are. */
		owner.kill_at = dies_at;
		read_all(&owner, 1, 2, &reading);
		fake_owner_all(&owner, dies_at > 1 ? dies_at - 1 : 0,
			       &expected);
		assert_same_text(&reading.text, &expected);
		assert_int_equal(reading.end, PIECE_KILLED);
		assert_u64(reading.next, dies_at > 2   ? dies_at - 1
					 : dies_at > 1 ? 1
						       : 0);
		text_buffer_deinit(&expected);
		text_buffer_deinit(&reading.text);
		fake_owner_deinit(&owner);
	}
}

static void a_reader_that_never_answers_is_left_behind(void **state)
{
	struct dice dice = {seed + 3};
	struct fake_owner owner;
	struct reading reading;

	(void)state;
	make_owner(&owner, &dice, 3000);
	owner.detain_at = 2 + dice_below(&dice, 2500);
	read_all(&owner, 2, 4, &reading);
	assert_int_equal(reading.end, PIECE_LATE);
	assert_subset(&owner, &reading.text, reading.next);
	text_buffer_deinit(&reading.text);
	fake_owner_deinit(&owner);
}

static void an_error_of_the_file_keeps_what_came_before(void **state)
{
	struct dice dice = {seed + 4};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(job_counts); i++) {
		struct fake_owner owner;
		struct reading reading;

		make_owner(&owner, &dice, 2000);
		owner.fail_at = 2 + dice_below(&dice, 1900);
		read_all(&owner, job_counts[i], 2 * job_counts[i], &reading);
		assert_int_equal(reading.end, PIECE_FAILED);
		assert_subset(&owner, &reading.text, reading.next);
		text_buffer_deinit(&reading.text);
		fake_owner_deinit(&owner);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_number_of_readers_gives_the_text_in_order),
		cmocka_unit_test(ranges_that_fill_several_pieces_stay_in_order),
		cmocka_unit_test(a_reader_that_dies_takes_nothing_with_it),
		cmocka_unit_test(what_a_dead_reader_had_read_is_complete),
		cmocka_unit_test(a_reader_that_never_answers_is_left_behind),
		cmocka_unit_test(an_error_of_the_file_keeps_what_came_before),
	};

	seed = dice_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
