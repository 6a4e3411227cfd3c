/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/tallier.h"

/* A tallier with its snapshot and filter. */
struct counting {
	struct filter filter;
	struct tally_plan plan;
	struct snapshot snapshot;
	struct tallier tallier;
};

static struct error err;

static void begin(struct counting *counting)
{
	counting->plan.filter = &counting->filter;
	assert_true(
		snapshot_init(&counting->snapshot, counting->plan.by, &err));
	assert_true(tallier_init(&counting->tallier, &counting->plan,
				 &counting->snapshot, &err));
}

static void end(struct counting *counting)
{
	tallier_deinit(&counting->tallier);
	snapshot_deinit(&counting->snapshot);
	filter_deinit(&counting->filter);
}

static struct record a_record(const char *stack, uint64_t ts_ns)
{
	return (struct record){
		.stack = span_of(stack),
		.count = 1,
		.units = 1,
		.alloc_ts_ns = ts_ns,
		.pfn = PFN_NONE,
		.line = 1,
	};
}

static void take(struct counting *counting, const struct record *record)
{
	struct sink *sink = &counting->tallier.sink;

	assert_true(sink->record(sink, record, &err));
}

static void count(struct counting *counting, const char *stack, uint64_t ts_ns)
{
	struct record record = a_record(stack, ts_ns);

	take(counting, &record);
}

static void count_many(struct counting *counting, const char *stack,
		       uint64_t ts_ns, int times)
{
	while (times-- > 0)
		count(counting, stack, ts_ns);
}

static const struct tally *tally_of(struct counting *counting, const char *text)
{
	struct row *row;

	for (row = counting->snapshot.rows; row; row = row->hh.next)
		if (span_equal(row->key.stack->text, span_of(text)))
			return &row->tally;
	fail_msg("no row of %s", text);
	return NULL;
}

#define F " f+0x1/0x2\n"
#define G " g+0x1/0x2\n"

static void records_are_counted_by_stack(void **state)
{
	struct counting counting = {
		.plan = {.began_ns = TS_NONE, .before_own = true}};

	(void)state;
	begin(&counting);
	count(&counting, F, 1);
	count(&counting, G, 2);
	count(&counting, F, 3);
	assert_u64(counting.snapshot.seen, 3);
	assert_u64(counting.snapshot.counted.units, 3);
	assert_u64(tally_of(&counting, F)->records, 2);
	assert_u64(tally_of(&counting, G)->records, 1);
	assert_int_equal(HASH_COUNT(counting.snapshot.rows), 2);
	end(&counting);
}

static void a_known_moment_cuts_at_once(void **state)
{
	struct counting counting = {
		.plan = {.began_ns = 100, .before_own = true}};

	(void)state;
	begin(&counting);
	assert_null(counting.tallier.head);
	count(&counting, F, 100);
	count(&counting, F, 101);
	count(&counting, F, TS_NONE);
	assert_u64(tally_of(&counting, F)->units_before, 1);
	assert_u64(tally_of(&counting, F)->units_fresh, 1);
	assert_u64(tally_of(&counting, F)->units_timed, 2);
	end(&counting);
}

static void the_cut_of_an_older_dump_is_for_before_only(void **state)
{
	struct counting counting = {.plan = {.began_ns = 100, .before_ns = 50}};

	(void)state;
	begin(&counting);
	count(&counting, F, 50);
	count(&counting, F, 51);
	count(&counting, F, 101);
	assert_u64(tally_of(&counting, F)->units_before, 1);
	assert_u64(tally_of(&counting, F)->units_fresh, 1);
	end(&counting);
}

static void a_short_dump_began_at_its_youngest_record(void **state)
{
	struct counting counting = {.plan = {.began_ns = TS_NONE,
					     .learn = true,
					     .before_own = true}};

	(void)state;
	begin(&counting);
	count(&counting, F, 10);
	count(&counting, G, 99);
	count(&counting, F, 50);
	assert_u64(tally_of(&counting, F)->units_before, 0);
	tallier_settle(&counting.tallier);
	assert_u64(counting.snapshot.began_ns, 99);
	assert_u64(tally_of(&counting, F)->units_before, 2);
	assert_u64(tally_of(&counting, G)->units_fresh, 0);
	/* Harmless later. */
	tallier_settle(&counting.tallier);
	assert_u64(tally_of(&counting, F)->units_before, 2);
	end(&counting);
}

/* Most of the head is old; a few records came while it was read. */
static void what_comes_after_the_head_is_fresh(void **state)
{
	struct counting counting = {.plan = {.began_ns = TS_NONE,
					     .learn = true,
					     .before_own = true}};

	(void)state;
	begin(&counting);
	count_many(&counting, F, 1000, HEAD_LEAST);
	count_many(&counting, F, 500, HEAD_RECORDS - HEAD_LEAST - 100);
	assert_false(tallier_is_settled(&counting.tallier));
	count_many(&counting, G, 2000, 100);
	assert_null(counting.tallier.head);
	assert_u64(counting.snapshot.began_ns, 1000);
	count_many(&counting, G, 3000, 5);
	count_many(&counting, F, 1000, 1);
	assert_u64(tally_of(&counting, G)->units_fresh, 105);
	assert_u64(tally_of(&counting, G)->units_before, 0);
	assert_u64(tally_of(&counting, F)->units_fresh, 0);
	assert_u64(tally_of(&counting, F)->units_before,
		   HEAD_RECORDS - 100 + 1);
	end(&counting);
}

/* The pages of a small zone are all old: the first ones do not tell. */
static void a_head_of_old_pages_is_looked_behind(void **state)
{
	struct counting counting = {.plan = {.began_ns = TS_NONE,
					     .learn = true,
					     .before_own = true}};

	(void)state;
	begin(&counting);
	count_many(&counting, F, 5, 2 * HEAD_LEAST);
	count_many(&counting, G, 1000, HEAD_RECORDS - 2 * HEAD_LEAST);
	assert_u64(counting.snapshot.began_ns, 1000);
	assert_u64(tally_of(&counting, G)->units_fresh, 0);
	end(&counting);
}

static void a_dump_without_times_began_at_no_known_moment(void **state)
{
	struct counting counting = {.plan = {.began_ns = TS_NONE,
					     .learn = true,
					     .before_own = true}};

	(void)state;
	begin(&counting);
	count_many(&counting, F, TS_NONE, HEAD_RECORDS + 1);
	assert_u64(counting.snapshot.began_ns, TS_NONE);
	assert_u64(tally_of(&counting, F)->units_timed, 0);
	end(&counting);
}

static void a_filtered_record_still_tells_when_reading_began(void **state)
{
	struct counting counting = {.plan = {.began_ns = TS_NONE,
					     .learn = true,
					     .before_own = true}};

	(void)state;
	counting.filter.until_ns = 50;
	begin(&counting);
	count(&counting, F, 10);
	count(&counting, F, 99);
	tallier_settle(&counting.tallier);
	assert_u64(counting.snapshot.began_ns, 99);
	assert_u64(counting.snapshot.filtered.records, 1);
	assert_u64(counting.snapshot.counted.records, 1);
	assert_u64(counting.snapshot.seen, 2);
	end(&counting);
}

static void rows_are_told_apart_by_the_fields_asked_for(void **state)
{
	struct counting counting = {
		.plan = {.by = 1u << FIELD_COMM | 1u << FIELD_ORDER,
			 .began_ns = TS_NONE}};
	struct record record = a_record(F, 1);
	const char *comms[] = {"a", "b", "a", "a"};
	size_t i;

	(void)state;
	begin(&counting);
	for (i = 0; i < 4; i++) {
		record.fields[FIELD_COMM] = span_of(comms[i]);
		record.fields[FIELD_ORDER] = SPAN("0");
		record.fields[FIELD_PID] = span_of(i % 2 ? "7" : "8");
		take(&counting, &record);
	}
	assert_int_equal(HASH_COUNT(counting.snapshot.rows), 2);
	end(&counting);
}

static void an_offline_cgroup_is_told_from_its_living_namesake(void **state)
{
	struct counting counting = {
		.plan = {.by = 1u << FIELD_MEMCG, .began_ns = TS_NONE}};
	struct record record = a_record(F, 1);
	struct row *row;

	(void)state;
	begin(&counting);
	record.memcg = record.fields[FIELD_MEMCG] = SPAN("x");
	take(&counting, &record);
	record.memcg_offline = true;
	take(&counting, &record);
	take(&counting, &record);
	assert_int_equal(HASH_COUNT(counting.snapshot.rows), 2);
	row = counting.snapshot.rows->hh.next;
	assert_span(string_pool_text(&counting.snapshot.names,
				     row->key.values[FIELD_MEMCG]),
		    "x (offline)");
	assert_u64(counting.snapshot.offline.records, 2);
	assert_int_equal(counting.snapshot.offline_names.count, 1);
	end(&counting);
}

static void same_stack_counts_where_the_record_before_did(void **state)
{
	struct counting counting = {.plan = {.began_ns = TS_NONE}};
	struct record record = a_record(F, 1);

	(void)state;
	begin(&counting);
	take(&counting, &record);
	record.same_stack = true;
	take(&counting, &record);
	assert_u64(tally_of(&counting, F)->records, 2);
	end(&counting);
}

static void damage_is_seen_unless_it_is_stray(void **state)
{
	struct counting counting = {.plan = {.began_ns = TS_NONE}};
	struct damage damage = {.line = 1, .expected = "x"};
	struct sink *sink = &counting.tallier.sink;

	(void)state;
	begin(&counting);
	sink->damage(sink, &damage);
	damage.stray = true;
	sink->damage(sink, &damage);
	assert_u64(counting.snapshot.seen, 1);
	assert_u64(counting.snapshot.loss.records, 1);
	assert_u64(counting.snapshot.loss.stray_lines, 1);
	end(&counting);
}

/* What becomes of an unfinished record with `stack` behind others. */
static void assert_unfinished(const char *stack, bool counted)
{
	struct counting counting = {.plan = {.began_ns = TS_NONE}};
	struct record record = a_record(stack, 1);

	begin(&counting);
	count(&counting, " f+0x1/0x2\n g+0x3/0x40\n h+0x1/0x2 [m]\n", 1);
	record.unfinished = true;
	take(&counting, &record);
	assert_u64(counting.snapshot.seen, 2);
	assert_u64(counting.snapshot.counted.records, 1);
	tallier_settle(&counting.tallier);
	assert_true(tallier_conclude(&counting.plan, &counting.snapshot, &err));
	assert_u64(counting.snapshot.counted.records, counted ? 2 : 1);
	assert_u64(counting.snapshot.loss.records, counted ? 0 : 1);
	end(&counting);
}

static void an_unfinished_record_counts_unless_its_stack_was_cut(void **state)
{
	(void)state;
	assert_unfinished(" f+0x1/0x2\n g+0x3/0x40\n h+0x1/0x2 [m]\n", true);
	assert_unfinished(" x+0x1/0x2\n", true);
	assert_unfinished(" f+0x1/0x2\n", false);
	assert_unfinished(" f+0x1/0x2\n g+0x3/0x40\n", false);
	/* Cut inside a number, and before the module. */
	assert_unfinished(" f+0x1/0x2\n g+0x3/0x4\n", false);
	assert_unfinished(" f+0x1/0x2\n g+0x3/0x40\n h+0x1/0x2\n", false);
	assert_unfinished("", false);
	/* The same as kernels up to 4.11 print it. */
	assert_unfinished(" [<ffffffff81000000>] f+0x1/0x2\n", false);
}

static void a_lost_unfinished_record_is_one_whatever_it_counts(void **state)
{
	static const uint64_t counts[] = {0, 1, 79, UINT64_MAX};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(counts); i++) {
		struct counting counting = {.plan = {.began_ns = TS_NONE}};
		struct record record = a_record(F, 1);

		begin(&counting);
		count(&counting, F G, 1);
		record.unfinished = true;
		record.count = counts[i];
		take(&counting, &record);
		tallier_settle(&counting.tallier);
		assert_true(tallier_conclude(&counting.plan, &counting.snapshot,
					     &err));
		assert_u64(counting.snapshot.seen, 2);
		assert_u64(counting.snapshot.counted.records, 1);
		assert_u64(counting.snapshot.loss.records, 1);
		end(&counting);
	}
}

static void an_unfinished_record_is_filtered_like_any(void **state)
{
	struct counting counting = {.plan = {.began_ns = TS_NONE}};
	struct record record = a_record(G, 100);

	(void)state;
	counting.filter.until_ns = 50;
	begin(&counting);
	record.unfinished = true;
	take(&counting, &record);
	assert_true(tallier_conclude(&counting.plan, &counting.snapshot, &err));
	assert_u64(counting.snapshot.filtered.records, 1);
	assert_u64(counting.snapshot.counted.records, 0);
	end(&counting);
}

static unsigned block_shift_of(const char *page_line, uint64_t pfn)
{
	struct counting counting = {.plan = {.began_ns = TS_NONE}};
	struct record record = a_record(F, 1);
	unsigned shift;

	begin(&counting);
	record.page_line = span_of(page_line);
	record.pfn = pfn;
	take(&counting, &record);
	shift = counting.snapshot.block_shift;
	end(&counting);
	return shift;
}

static void the_size_of_a_block_is_learned_when_one_only_fits(void **state)
{
	(void)state;
	assert_int_equal(
		block_shift_of("PFN 11172 type X Block 21 type X", 11172), 9);
	assert_int_equal(block_shift_of("PFN 0x0 type X Block 0 type X", 0), 0);
	assert_int_equal(block_shift_of("PFN 5 type X Block 77 type X", 5), 0);
	assert_int_equal(
		block_shift_of("PFN 90000 type X Block 10 type X", 90000), 13);
	assert_int_equal(block_shift_of("", 11172), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_counted_by_stack),
		cmocka_unit_test(a_known_moment_cuts_at_once),
		cmocka_unit_test(the_cut_of_an_older_dump_is_for_before_only),
		cmocka_unit_test(a_short_dump_began_at_its_youngest_record),
		cmocka_unit_test(what_comes_after_the_head_is_fresh),
		cmocka_unit_test(a_head_of_old_pages_is_looked_behind),
		cmocka_unit_test(a_dump_without_times_began_at_no_known_moment),
		cmocka_unit_test(
			a_filtered_record_still_tells_when_reading_began),
		cmocka_unit_test(rows_are_told_apart_by_the_fields_asked_for),
		cmocka_unit_test(
			an_offline_cgroup_is_told_from_its_living_namesake),
		cmocka_unit_test(same_stack_counts_where_the_record_before_did),
		cmocka_unit_test(damage_is_seen_unless_it_is_stray),
		cmocka_unit_test(
			an_unfinished_record_counts_unless_its_stack_was_cut),
		cmocka_unit_test(
			a_lost_unfinished_record_is_one_whatever_it_counts),
		cmocka_unit_test(an_unfinished_record_is_filtered_like_any),
		cmocka_unit_test(
			the_size_of_a_block_is_learned_when_one_only_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
