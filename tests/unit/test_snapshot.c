/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/snapshot.h"

static struct error err;

static struct row *row_of(struct snapshot *snapshot, const char *stack,
			  const char *comm)
{
	struct row_key key = {0};
	struct row *row;

	assert_true(stack_table_intern(&snapshot->stacks, span_of(stack),
				       &key.stack, NULL, &err));
	assert_true(string_pool_intern(&snapshot->names, span_of(comm),
				       &key.values[FIELD_COMM], &err));
	assert_true(snapshot_row(snapshot, &key, &row, &err));
	return row;
}

static void a_key_has_one_row(void **state)
{
	struct snapshot snapshot;
	struct row *row;

	(void)state;
	assert_true(snapshot_init(&snapshot, 1u << FIELD_COMM, &err));
	row = row_of(&snapshot, " f+0x1/0x2\n", "a");
	assert_ptr_equal(row_of(&snapshot, " f+0x1/0x2\n", "a"), row);
	assert_ptr_equal(row->key.stack->row, row);
	assert_ptr_not_equal(row_of(&snapshot, " f+0x1/0x2\n", "b"), row);
	assert_ptr_not_equal(row_of(&snapshot, " g+0x1/0x2\n", "a"), row);
	assert_int_equal(HASH_COUNT(snapshot.rows), 3);
	snapshot_deinit(&snapshot);
}

static void a_field_that_is_missing_has_id_0(void **state)
{
	struct snapshot snapshot;
	string_id id;

	(void)state;
	assert_true(snapshot_init(&snapshot, 0, &err));
	assert_true(string_pool_intern(&snapshot.names, SPAN(""), &id, &err));
	assert_int_equal(id.index, 0);
	snapshot_deinit(&snapshot);
}

static void a_pfn_that_goes_down_is_noted_with_its_line(void **state)
{
	struct snapshot snapshot;

	(void)state;
	assert_true(snapshot_init(&snapshot, 0, &err));
	snapshot_note_pfn(&snapshot, 5, 1);
	snapshot_note_pfn(&snapshot, 5, 6);
	snapshot_note_pfn(&snapshot, 9, 11);
	assert_u64(snapshot.loss.descents, 0);
	snapshot_note_pfn(&snapshot, 8, 16);
	snapshot_note_pfn(&snapshot, 7, 21);
	assert_u64(snapshot.loss.descents, 2);
	assert_u64(snapshot.loss.first_descent, 16);
	assert_u64(snapshot.first_pfn, 5);
	assert_u64(snapshot.last_pfn, 7);
	snapshot_deinit(&snapshot);
}

/* A snapshot of one record, as a tallier would have made it. */
static void count(struct snapshot *snapshot, const char *stack,
		  const char *comm, uint64_t pfn, uint64_t line)
{
	struct row *row = row_of(snapshot, stack, comm);
	struct record record = {.count = 1,
				.units = 2,
				.order = 1,
				.alloc_ts_ns = pfn,
				.pfn = pfn};

	tally_record(&row->tally, &record);
	row->key.stack->evidence |= 1u << (pfn % 3);
	snapshot->seen++;
	snapshot->counted.records++;
	snapshot->counted.units += 2;
	snapshot->lines += 5;
	snapshot_note_pfn(snapshot, pfn, line);
}

static void merge_adds_rows_sums_and_evidence(void **state)
{
	struct snapshot a, b;
	struct row *row;

	(void)state;
	assert_true(snapshot_init(&a, 1u << FIELD_COMM, &err));
	assert_true(snapshot_init(&b, 1u << FIELD_COMM, &err));
	count(&a, " f+0x1/0x2\n", "x", 10, 1);
	count(&b, " g+0x1/0x2\n", "y", 20, 1);
	count(&b, " f+0x1/0x2\n", "x", 30, 6);
	count(&b, " f+0x1/0x2\n", "y", 31, 11);
	b.filtered = (struct amount){3, 4};
	assert_true(snapshot_merge(&a, &b, &err));
	snapshot_deinit(&b); /* nothing of it may be needed any more */
	assert_u64(a.seen, 4);
	assert_u64(a.counted.units, 8);
	assert_u64(a.filtered.records, 3);
	assert_u64(a.filtered.units, 4);
	assert_u64(a.lines, 20);
	assert_int_equal(HASH_COUNT(a.rows), 3);
	row = row_of(&a, " f+0x1/0x2\n", "x");
	assert_u64(row->tally.records, 2);
	assert_u64(row->tally.units, 4);
	assert_u64(row->tally.last_ts_ns, 30);
	assert_int_equal(row->key.stack->evidence, 1 << 0 | 1 << 1);
	assert_u64(row_of(&a, " g+0x1/0x2\n", "y")->tally.units, 2);
	snapshot_deinit(&a);
}

static void merge_counts_lines_on_and_sees_where_pfns_join(void **state)
{
	struct snapshot a, b;

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_init(&b, 0, &err));
	count(&a, " f+0x1/0x2\n", "", 10, 1);
	count(&b, " f+0x1/0x2\n", "", 4, 3);
	count(&b, " f+0x1/0x2\n", "", 3, 8);
	loss_add(&b.loss, &(struct damage){.line = 7, .expected = "x"});
	assert_true(snapshot_merge(&a, &b, &err));
	assert_u64(a.loss.descents, 2);
	assert_u64(a.loss.first_descent, 5 + 3);
	assert_u64(a.loss.first_line, 5 + 7);
	assert_u64(a.last_pfn, 3);
	snapshot_deinit(&a);
	snapshot_deinit(&b);
}

static void merge_into_nothing_keeps_the_first_pfn(void **state)
{
	struct snapshot a, b;

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_init(&b, 0, &err));
	a.lines = 4;
	count(&b, " f+0x1/0x2\n", "", 4, 2);
	assert_true(snapshot_merge(&a, &b, &err));
	assert_u64(a.loss.descents, 0);
	assert_u64(a.first_pfn, 4);
	assert_u64(a.first_line, 6);
	snapshot_deinit(&a);
	snapshot_deinit(&b);
}

static void merge_knows_the_stacks_of_filtered_records_too(void **state)
{
	struct snapshot a, b;
	struct stack *stack;
	bool is_new;

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_init(&b, 0, &err));
	assert_true(stack_table_intern(&b.stacks, SPAN(" f+0x1/0x2\n"), &stack,
				       NULL, &err));
	assert_true(snapshot_merge(&a, &b, &err));
	assert_true(stack_table_intern(&a.stacks, SPAN(" f+0x1/0x2\n"), &stack,
				       &is_new, &err));
	assert_false(is_new);
	snapshot_deinit(&a);
	snapshot_deinit(&b);
}

static void merge_adopts_the_unfinished_record(void **state)
{
	struct record record = {.line = 3, .units = 4, .count = 1};
	struct snapshot a, b;
	char stack[] = " f+0x1/0x2\n", comm[] = "x";

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_init(&b, 0, &err));
	a.lines = 100;
	record.stack = span_of(stack);
	record.fields[FIELD_COMM] = span_of(comm);
	assert_true(snapshot_keep_unfinished(&b, &record, &err));
	assert_true(snapshot_merge(&a, &b, &err));
	stack[1] = comm[0] = '#';
	snapshot_deinit(&b);
	assert_non_null(a.unfinished);
	assert_u64(a.unfinished->record.line, 103);
	assert_u64(a.unfinished->record.units, 4);
	assert_span(a.unfinished->record.stack, " f+0x1/0x2\n");
	assert_span(a.unfinished->record.fields[FIELD_COMM], "x");
	snapshot_deinit(&a);
}

static void all_unfinished_records_are_kept_in_order(void **state)
{
	struct record record = {.line = 1, .count = 1};
	struct snapshot a, b;

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_init(&b, 0, &err));
	a.lines = 10;
	assert_true(snapshot_keep_unfinished(&a, &record, &err));
	record.line = 2;
	assert_true(snapshot_keep_unfinished(&a, &record, &err));
	assert_true(snapshot_keep_unfinished(&b, &record, &err));
	assert_true(snapshot_merge(&a, &b, &err));
	snapshot_deinit(&b);
	assert_u64(a.unfinished->record.line, 1);
	assert_u64(a.unfinished->next->record.line, 2);
	assert_u64(a.unfinished->next->next->record.line, 12);
	assert_null(a.unfinished->next->next->next);
	snapshot_deinit(&a);
}

static void of_too_many_unfinished_records_the_rest_is_skipped(void **state)
{
	const struct record record = {.line = 1, .count = 3};
	struct snapshot a, b;
	size_t i;

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_init(&b, 0, &err));
	for (i = 0; i < UNFINISHED_MAX; i++) {
		a.seen += record.count;
		assert_true(snapshot_keep_unfinished(&a, &record, &err));
	}
	assert_u64(a.loss.records, 0);
	b.seen += record.count;
	assert_true(snapshot_keep_unfinished(&b, &record, &err));
	assert_true(snapshot_merge(&a, &b, &err));
	snapshot_deinit(&b);
	assert_u64(a.unfinished_count, UNFINISHED_MAX);
	assert_u64(a.loss.records, 1);
	assert_u64(a.seen, 3 * UNFINISHED_MAX + 1);
	snapshot_deinit(&a);
}

static void merge_counts_each_offline_cgroup_once(void **state)
{
	struct snapshot a, b;
	string_id id;

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_init(&b, 0, &err));
	a.offline = (struct amount){1, 2};
	b.offline = (struct amount){10, 20};
	string_pool_intern(&a.offline_names, SPAN("x"), &id, &err);
	string_pool_intern(&b.offline_names, SPAN("y"), &id, &err);
	string_pool_intern(&b.offline_names, SPAN("x"), &id, &err);
	assert_true(snapshot_merge(&a, &b, &err));
	assert_u64(a.offline.records, 11);
	assert_u64(a.offline.units, 22);
	assert_int_equal(a.offline_names.count, 2);
	snapshot_deinit(&a);
	snapshot_deinit(&b);
}

static void a_remark_is_kept_once_in_order(void **state)
{
	struct snapshot a;

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_remark(&a, "one", &err));
	assert_true(snapshot_remark(&a, "two", &err));
	assert_true(snapshot_remark(&a, "one", &err));
	assert_string_equal(a.remarks->text, "one");
	assert_string_equal(a.remarks->next->text, "two");
	assert_null(a.remarks->next->next);
	snapshot_deinit(&a);
}

static void of_many_remarks_the_last_says_that_there_are_more(void **state)
{
	const struct remark *remark;
	struct snapshot a;
	char text[32];
	size_t count = 0;

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	for (size_t i = 0; i < 2 * REMARKS_MAX; i++) {
		snprintf(text, sizeof(text), "remark %zu", i);
		assert_true(snapshot_remark(&a, text, &err));
	}
	for (remark = a.remarks; remark->next; remark = remark->next)
		count++;
	assert_int_equal(count + 1, REMARKS_MAX);
	assert_string_equal(remark->text,
			    "there is more to say of it than is kept");
	snapshot_deinit(&a);
}

static void a_remark_that_is_too_long_is_cut_and_known_again(void **state)
{
	struct snapshot a;
	char text[600];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_remark(&a, text, &err));
	assert_true(snapshot_remark(&a, text, &err));
	assert_int_equal(strlen(a.remarks->text), sizeof(a.remarks->text) - 1);
	assert_null(a.remarks->next);
	snapshot_deinit(&a);
}

static void merge_adds_the_remarks_that_are_new(void **state)
{
	struct snapshot a, b;

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_init(&b, 0, &err));
	assert_true(snapshot_remark(&a, "one", &err));
	assert_true(snapshot_remark(&b, "two", &err));
	assert_true(snapshot_remark(&b, "one", &err));
	assert_true(snapshot_merge(&a, &b, &err));
	snapshot_deinit(&b);
	assert_string_equal(a.remarks->text, "one");
	assert_string_equal(a.remarks->next->text, "two");
	assert_null(a.remarks->next->next);
	snapshot_deinit(&a);
}

static void an_unfinished_record_keeps_its_objects(void **state)
{
	struct object_facts facts = {.age_max = 9, .waste_bytes = 4};
	const struct record record = {.count = 5,
				      .line = 3,
				      .unfinished = true,
				      .stack = SPAN(" f+0x1/0x2\n"),
				      .objects = &facts};
	struct snapshot a, b;
	struct record kept;

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_init(&b, 0, &err));
	assert_true(snapshot_keep_unfinished(&b, &record, &err));
	facts.age_max = 0;
	assert_true(snapshot_merge(&a, &b, &err));
	snapshot_deinit(&b);
	kept = unfinished_record(a.unfinished);
	assert_non_null(kept.objects);
	assert_u64(kept.objects->age_max, 9);
	assert_u64(kept.objects->waste_bytes, 4);
	assert_u64(kept.count, 5);
	assert_span(kept.stack, " f+0x1/0x2\n");
	snapshot_deinit(&a);
}

static void an_unfinished_record_without_objects_has_none(void **state)
{
	const struct record record = {.count = 1};
	struct snapshot a;

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_keep_unfinished(&a, &record, &err));
	assert_null(unfinished_record(a.unfinished).objects);
	snapshot_deinit(&a);
}

static void merge_adds_what_is_known_of_the_machine(void **state)
{
	struct snapshot a, b;

	(void)state;
	assert_true(snapshot_init(&a, 0, &err));
	assert_true(snapshot_init(&b, 0, &err));
	a.jiffies = (struct jiffies_facts){.oldest = 7};
	b.jiffies = (struct jiffies_facts){
		.oldest = 9, .known = true, .first = -5, .last = -4};
	b.page_size = 16384;
	b.entries = 3;
	b.bytes = 70;
	a.entries = 2;
	a.bytes = 5;
	assert_true(snapshot_merge(&a, &b, &err));
	assert_u64(a.jiffies.oldest, 9);
	assert_true(a.jiffies.known);
	assert_true(a.jiffies.first == -5);
	assert_u64(a.page_size, 16384);
	assert_u64(a.entries, 5);
	assert_u64(a.bytes, 75);
	/* What was known first stays. */
	b.page_size = 4096;
	assert_true(snapshot_merge(&a, &b, &err));
	assert_u64(a.page_size, 16384);
	snapshot_deinit(&a);
	snapshot_deinit(&b);
}

static void merge_adds_objects_of_one_stack_and_cache(void **state)
{
	const struct object_facts facts = {
		.age_min = 1, .age_mean = 2, .age_max = 3};
	const struct record record = {.count = 5,
				      .alloc_ts_ns = TS_NONE,
				      .pfn = PFN_NONE,
				      .objects = &facts};
	struct snapshot a, b;

	(void)state;
	assert_true(snapshot_init(&a, 1u << FIELD_COMM, &err));
	assert_true(snapshot_init(&b, 1u << FIELD_COMM, &err));
	tally_record(&row_of(&a, " f+0x1/0x2\n", "x")->tally, &record);
	tally_record(&row_of(&b, " f+0x1/0x2\n", "x")->tally, &record);
	tally_record(&row_of(&b, " f+0x1/0x2\n", "y")->tally, &record);
	assert_true(snapshot_merge(&a, &b, &err));
	assert_u64(row_of(&a, " f+0x1/0x2\n", "x")->tally.objects.objects, 10);
	assert_u64(row_of(&a, " f+0x1/0x2\n", "x")->tally.objects.age_sum, 20);
	assert_u64(row_of(&a, " f+0x1/0x2\n", "y")->tally.objects.objects, 5);
	snapshot_deinit(&a);
	snapshot_deinit(&b);
}

/* Note that 10 units of row were made so many seconds after boot. */
static void note_made(struct snapshot *snapshot, struct row *row,
		      uint64_t seconds)
{
	const struct creation creation = {
		.jiffies = ((uint64_t)1 << 32) - 300 * 250 + seconds * 250,
		.age_ns = TS_NONE,
	};
	const struct record record = {
		.count = 1,
		.units = 10,
		.alloc_ts_ns = TS_NONE,
		.pfn = PFN_NONE,
		.creation = &creation,
		.fields[FIELD_COMM] = SPAN("otter"),
	};

	tally_record(&row->tally, &record);
	assert_true(snapshot_note_creation(snapshot, row, &record, &err));
}

static void times_are_told_once_the_clock_is_known(void **state)
{
	static const struct tally_cuts cuts = {50000000000, 80000000000};
	struct snapshot snapshot, later;
	struct row *row, *from;

	(void)state;
	assert_true(snapshot_init(&snapshot, 0, &err));
	assert_true(snapshot_init(&later, 0, &err));
	row = row_of(&snapshot, " f+0x1/0x2\n", "");
	from = row_of(&later, " f+0x1/0x2\n", "");
	note_made(&snapshot, row, 60);
	note_made(&later, from, 40);
	note_made(&later, from, 90);
	assert_true(snapshot_merge(&snapshot, &later, &err));
	snapshot_deinit(&later);
	assert_u64(row->tally.units_timed, 0);
	assert_false(snapshot.has_times);
	snapshot_tell_times(&snapshot, 250, &cuts);
	snapshot_tell_times(&snapshot, 250, &cuts);
	assert_true(snapshot.has_times);
	assert_u64(row->tally.units_timed, 30);
	assert_u64(row->tally.first_ts_ns, 40000000000);
	assert_u64(row->tally.last_ts_ns, 90000000000);
	assert_u64(row->tally.units_before, 10);
	assert_u64(row->tally.units_fresh, 10);
	assert_span(tally_task(&row->tally), "otter");
	snapshot_deinit(&snapshot);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_has_one_row),
		cmocka_unit_test(a_field_that_is_missing_has_id_0),
		cmocka_unit_test(a_pfn_that_goes_down_is_noted_with_its_line),
		cmocka_unit_test(merge_adds_rows_sums_and_evidence),
		cmocka_unit_test(
			merge_counts_lines_on_and_sees_where_pfns_join),
		cmocka_unit_test(merge_into_nothing_keeps_the_first_pfn),
		cmocka_unit_test(
			merge_knows_the_stacks_of_filtered_records_too),
		cmocka_unit_test(merge_adopts_the_unfinished_record),
		cmocka_unit_test(all_unfinished_records_are_kept_in_order),
		cmocka_unit_test(
			of_too_many_unfinished_records_the_rest_is_skipped),
		cmocka_unit_test(merge_counts_each_offline_cgroup_once),
		cmocka_unit_test(a_remark_is_kept_once_in_order),
		cmocka_unit_test(
			of_many_remarks_the_last_says_that_there_are_more),
		cmocka_unit_test(
			a_remark_that_is_too_long_is_cut_and_known_again),
		cmocka_unit_test(merge_adds_the_remarks_that_are_new),
		cmocka_unit_test(an_unfinished_record_keeps_its_objects),
		cmocka_unit_test(an_unfinished_record_without_objects_has_none),
		cmocka_unit_test(merge_adds_what_is_known_of_the_machine),
		cmocka_unit_test(merge_adds_objects_of_one_stack_and_cache),
		cmocka_unit_test(times_are_told_once_the_clock_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
