/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing is lost between the records of a dump and the rows of a report. */
#include "tests/support/check.h"

#include "tests/support/collector.h"
#include "tests/support/dump_maker.h"
#include "tests/support/dump_reader.h"

#define ROUNDS 60

static uint64_t seed;

static const struct way plainly = {.name = "plainly", .threads = 1};

static const struct question questions[] = {
	{0},
	{.match = MATCH_NAME},
	{.by = "comm"},
	{.by = "memcg,order", .only = "comm=*a*"},
	{.by = "function", .not = "category=user*", .since_ns = 30000000000},
	{.by = "stack,pid", .match = MATCH_NAME},
	{.by = "module,category,migratetype"},
};

static const struct question *question_of(unsigned round)
{
	return &questions[round % TEST_COUNT(questions)];
}

static struct dump make_dump(struct dice *dice, bool tame)
{
	const struct dump_recipe recipe = {
		.records = 1 + dice_below(dice, 150),
		.stacks = 1 + dice_below(dice, 20),
		.tame = tame,
	};
	struct dump dump = {0};

	dump_make(&dump, dice, &recipe);
	return dump;
}

static void read_bytes(struct dump_reading *reading, struct span bytes,
		       const struct question *question)
{
	struct error err;

	if (!dump_reading_init(reading, bytes, &plainly, question, &err))
		fail_msg("%s (SEED=%llu)", err.text, (unsigned long long)seed);
}

static enum dump_variant any_variant(struct dice *dice)
{
	return (enum dump_variant)dice_below(dice, DUMP_VARIANTS);
}

/* ---- the balance ---- */

static void assert_balance(const struct dump_reading *reading)
{
	const struct snapshot *snapshot = &reading->snapshot;
	const struct row_set *set = &reading->set;
	uint64_t records = 0, pages = 0;
	const struct keyed_row *keyed;
	size_t rows = 0;
	unsigned i;

	assert_u64(snapshot->seen, snapshot->counted.records +
					   snapshot->filtered.records +
					   snapshot->loss.records);
	for (keyed = set->rows; keyed; keyed = keyed->hh.next) {
		records += keyed->tally->records;
		pages += keyed->tally->units;
		rows++;
	}
	assert_int_equal(rows, set->count);
	assert_u64(records, set->total.records);
	assert_u64(pages, set->total.units);
	assert_u64(records + set->filtered.records, snapshot->counted.records);
	assert_u64(pages + set->filtered.units, snapshot->counted.units);
	for (records = pages = i = 0; i < CATEGORY_COUNT; i++) {
		records += set->categories[i].records;
		pages += set->categories[i].units;
	}
	assert_u64(records, set->total.records);
	assert_u64(pages, set->total.units);
}

static void assert_tally_is_sound(const struct tally *tally)
{
	uint64_t timed = 0;
	unsigned i;

	for (i = 0; i < TIME_BINS; i++)
		timed += tally->times[i];
	assert_u64(timed, tally->units_timed);
	assert_true(tally->units_timed <= tally->units);
	assert_true(tally->units_before <= tally->units_timed);
	assert_true(tally->units_fresh <= tally->units_timed);
	if (timed)
		assert_true(tally->first_ts_ns <= tally->last_ts_ns);
	for (i = 1; i < tally->pfn_count; i++)
		assert_true(tally->pfns[i - 1] < tally->pfns[i]);
}

static void records_and_pages_are_conserved(void **state)
{
	struct dice dice = {seed};
	unsigned round;

	(void)state;
	for (round = 0; round < 2 * ROUNDS; round++) {
		struct dump dump = make_dump(&dice, round & 1);
		struct text_buffer text = {0};
		struct dump_reading reading;
		const struct keyed_row *keyed;

		dump_write(&text, &dump,
			   &(struct dump_style){.variant = any_variant(&dice)});
		/* Behind a record that is left whole, or it may be no dump. */
		if (round % 3) {
			struct text_buffer tail = {0};

			text_buffer_add(&tail, text_buffer_span(&text));
			dump_damage(&tail, &dice, round % 7);
			text_buffer_add(&text, text_buffer_span(&tail));
			text_buffer_deinit(&tail);
		}
		read_bytes(&reading, text_buffer_span(&text),
			   question_of(round));
		assert_balance(&reading);
		for (keyed = reading.set.rows; keyed; keyed = keyed->hh.next)
			assert_tally_is_sound(keyed->tally);
		assert_tally_is_sound(&reading.set.total);
		if (round % 3 == 0)
			assert_u64(reading.snapshot.seen, dump.count);
		dump_reading_deinit(&reading);
		text_buffer_deinit(&text);
		dump_deinit(&dump);
	}
}

/* What is counted is what was made: pages per stack, by our own sums. */
static void each_stack_has_the_pages_that_were_made_with_it(void **state)
{
	struct dice dice = {seed ^ 1};
	unsigned round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		struct dump dump = make_dump(&dice, false);
		const struct dump_style style = {.variant = any_variant(&dice)};
		struct text_buffer text = {0};
		struct dump_reading reading;
		const struct keyed_row *keyed;

		dump_write(&text, &dump, &style);
		read_bytes(&reading, text_buffer_span(&text), &questions[0]);
		for (keyed = reading.set.rows; keyed; keyed = keyed->hh.next) {
			uint64_t pages = 0, records = 0;
			size_t i;

			for (i = 0; i < dump.count; i++) {
				struct text_buffer stack = {0};

				dump_stack_text(&stack, &dump.records[i],
						&style);
				if (span_equal(text_buffer_span(&stack),
					       keyed->stack->text)) {
					records++;
					pages += 1u << dump.records[i].order;
				}
				text_buffer_deinit(&stack);
			}
			assert_u64(keyed->tally->records, records);
			assert_u64(keyed->tally->units, pages);
		}
		assert_u64(reading.set.total.records, dump.count);
		dump_reading_deinit(&reading);
		text_buffer_deinit(&text);
		dump_deinit(&dump);
	}
}

/* ---- reading back ---- */

static void assert_field(const struct collected *got, enum record_field field,
			 bool printed, const char *text)
{
	assert_span(got->record.fields[field], printed ? text : "");
}

static void assert_number(const struct collected *got, enum record_field field,
			  bool printed, unsigned number)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", number);
	assert_field(got, field, printed, text);
}

static void assert_as_made(const struct collected *got,
			   const struct dump_record *made,
			   const struct dump_style *style)
{
	const struct dump_traits *is = dump_traits(style->variant);
	const struct record *record = &got->record;
	struct text_buffer stack = {0};
	char mask[16];

	snprintf(mask, sizeof(mask), "0x%x", made->mask);
	dump_stack_text(&stack, made, style);
	assert_span(got->stack->text, stack.at ? stack.at : "");
	text_buffer_deinit(&stack);
	assert_u64(record->pfn, made->pfn);
	assert_int_equal(record->order, made->order);
	assert_u64(record->units, (uint64_t)1 << made->order);
	assert_u64(record->count, 1);
	assert_u64(record->alloc_ts_ns, is->pid ? made->ts_ns : TS_NONE);
	assert_number(got, FIELD_ORDER, true, made->order);
	assert_field(got, FIELD_GFP, true,
		     is->names && made->gfp[0] ? made->gfp : mask);
	assert_number(got, FIELD_PID, is->pid, made->pid);
	assert_number(got, FIELD_TGID, is->task, made->tgid);
	assert_field(got, FIELD_COMM, is->task, made->comm);
	assert_field(got, FIELD_MIGRATETYPE, !is->letters, made->migratetype);
	if (!is->letters)
		assert_field(got, FIELD_PAGEBLOCK, true, made->pageblock);
	assert_number(got, FIELD_NODE, is->node, made->node);
	assert_number(got, FIELD_ZONE, is->node, made->zone);
	assert_field(got, FIELD_MEMCG, is->task && made->charge, made->memcg);
	assert_int_equal(record->memcg_offline,
			 is->task && made->charge >= CHARGE_OFFLINE);
}

static void each_record_is_read_back_equal(void **state)
{
	static const struct collector_way ways[] = {
		{0}, {.careful = true}, {.block = 200}};
	const struct format *format = format_named("page_owner");
	struct dice dice = {seed ^ 2};
	unsigned round;
	size_t i;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		struct dump dump = make_dump(&dice, false);
		const struct dump_style style = {.variant = any_variant(&dice)};
		struct text_buffer text = {0};
		struct collector found;

		dump_write(&text, &dump, &style);
		collector_read(&found, format, text_buffer_span(&text),
			       &ways[round % TEST_COUNT(ways)]);
		assert_int_equal(found.damage_count, 0);
		assert_int_equal(found.count, dump.count);
		for (i = 0; i < dump.count; i++)
			assert_as_made(&found.records[i], &dump.records[i],
				       &style);
		collector_deinit(&found);
		text_buffer_deinit(&text);
		dump_deinit(&dump);
	}
}

/* ---- order ---- */

static void shuffle(struct dump *dump, struct dice *dice)
{
	size_t i;

	for (i = dump->count; i > 1; i--) {
		size_t other = dice_below(dice, i);
		struct dump_record kept = dump->records[i - 1];

		dump->records[i - 1] = dump->records[other];
		dump->records[other] = kept;
	}
}

static char *render_top(struct span bytes, const struct question *question)
{
	struct dump_reading reading;
	struct report report;
	char *text;

	read_bytes(&reading, bytes, question);
	/* The order of a dump shows where PFNs go down, on purpose. */
	reading.snapshot.loss.descents = 0;
	reading.snapshot.loss.first_descent = 0;
	dump_top(&reading, &report);
	text = dump_render(&report);
	report_deinit(&report);
	dump_reading_deinit(&reading);
	return text;
}

static void the_order_of_records_does_not_change_a_report(void **state)
{
	struct dice dice = {seed ^ 3};
	unsigned round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		struct dump dump = make_dump(&dice, false);
		const struct dump_style style = {.variant = any_variant(&dice)};
		struct text_buffer text = {0}, shuffled = {0};
		char *before, *after;

		dump_write(&text, &dump, &style);
		shuffle(&dump, &dice);
		dump_write(&shuffled, &dump, &style);
		before =
			render_top(text_buffer_span(&text), question_of(round));
		after = render_top(text_buffer_span(&shuffled),
				   question_of(round));
		assert_string_equal(before, after);
		free(before);
		free(after);
		text_buffer_deinit(&text);
		text_buffer_deinit(&shuffled);
		dump_deinit(&dump);
	}
}

/* ---- diff ---- */

static void a_dump_did_not_grow_beyond_itself(void **state)
{
	struct dice dice = {seed ^ 4};
	unsigned round;
	size_t i;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		const struct question *question = question_of(round);
		struct dump dump = make_dump(&dice, false);
		struct text_buffer text = {0};
		struct dump_reading old, new;
		struct report report;

		dump_write(&text, &dump,
			   &(struct dump_style){.variant = any_variant(&dice)});
		read_bytes(&old, text_buffer_span(&text), question);
		read_bytes(&new, text_buffer_span(&text), question);
		dump_diff(&old, &new, question->match, &report);
		assert_int_equal(report.row_count, old.set.count);
		for (i = 0; i < report.row_count; i++) {
			const struct report_row *row = &report.rows[i];

			assert_int_equal(row->growth.units, 0);
			assert_int_equal(row->growth.records, 0);
			assert_int_equal(row->verdict, VERDICT_STEADY);
		}
		report_deinit(&report);
		dump_reading_deinit(&old);
		dump_reading_deinit(&new);
		text_buffer_deinit(&text);
		dump_deinit(&dump);
	}
}

static const struct report_row *find_row(const struct report *report,
					 const struct report_row *like)
{
	const struct report_row *row;
	size_t i, k;

	for (row = report->rows; row < report->rows + report->row_count;
	     row++) {
		if (!report->keys) {
			/* By name or repaired, the stacks shown may differ. */
			if (row->sides[0] == like->sides[1] &&
			    row->sides[1] == like->sides[0])
				return row;
			if (span_equal(row->stack->text, like->stack->text))
				return row;
			continue;
		}
		for (k = 0; report->keys[k]; k++)
			if (!span_equal(row->values[k], like->values[k]))
				break;
		if (!report->keys[k])
			return row;
	}
	for (i = 0; i < report->row_count; i++)
		print_error("%s", report->rows[i].stack
					  ? report->rows[i].stack->text.at
					  : "(keys)");
	return NULL;
}

static void swapping_the_sides_of_a_diff_negates_it(void **state)
{
	struct dice dice = {seed ^ 5};
	unsigned round;
	size_t i;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		const struct question *question = question_of(round);
		struct dump dump = make_dump(&dice, true);
		struct text_buffer a = {0}, b = {0};
		struct dump_reading old, new;
		struct report forth, back;
		const struct dump_style style = {.variant = any_variant(&dice)};
		int64_t growth = 0;

		/* The same stacks, in other numbers. */
		for (i = 0; i < dump.count; i++) {
			if (!i || dice_below(&dice, 3))
				dump_write_record(&a, &dump.records[i], &style);
			if (!i || dice_below(&dice, 3))
				dump_write_record(&b, &dump.records[i], &style);
		}
		read_bytes(&old, text_buffer_span(&a), question);
		read_bytes(&new, text_buffer_span(&b), question);
		dump_diff(&old, &new, question->match, &forth);
		dump_diff(&new, &old, question->match, &back);
		assert_int_equal(forth.row_count, back.row_count);
		for (i = 0; i < forth.row_count; i++) {
			const struct report_row *row = &forth.rows[i];
			const struct report_row *mirror = find_row(&back, row);

			assert_non_null(mirror);
			assert_true(row->growth.units == -mirror->growth.units);
			assert_true(row->growth.records ==
				    -mirror->growth.records);
			assert_u64(row->sides[0]->units,
				   mirror->sides[1]->units);
			growth += row->growth.units;
		}
		assert_true(growth == (int64_t)(new.set.total.units -
						old.set.total.units));
		report_deinit(&forth);
		report_deinit(&back);
		dump_reading_deinit(&old);
		dump_reading_deinit(&new);
		text_buffer_deinit(&a);
		text_buffer_deinit(&b);
		dump_deinit(&dump);
	}
}

/* Groups hold each row once, and their sums are those of their rows. */
static void groups_sum_their_rows(void **state)
{
	struct dice dice = {seed ^ 6};
	unsigned round;
	size_t i, k;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		const struct question *question = question_of(round);
		struct dump first = make_dump(&dice, false);
		struct dump second = make_dump(&dice, false);
		struct text_buffer a = {0}, b = {0};
		struct dump_reading old, new;
		struct report report;
		struct error err;
		size_t next = 0;

		dump_write(&a, &first,
			   &(struct dump_style){.variant = DUMP_6_8});
		dump_write(&b, &second,
			   &(struct dump_style){.variant = DUMP_6_8});
		read_bytes(&old, text_buffer_span(&a), question);
		read_bytes(&new, text_buffer_span(&b), question);
		dump_diff(&old, &new, question->match, &report);
		assert_true(report_arrange(&report, SORT_RANK, false, &err));
		for (i = 0; i < report.group_count; i++) {
			const struct report_group *group = &report.groups[i];
			struct tally sides[2] = {{0}, {0}};

			assert_int_equal(group->first_row, next);
			next += group->row_count;
			for (k = group->first_row; k < next; k++) {
				const struct report_row *row = &report.rows[k];

				assert_int_equal(row->group, i);
				tally_add(&sides[0], row->sides[0]);
				tally_add(&sides[1], row->sides[1]);
			}
			for (k = 0; k < 2; k++)
				assert_memory_equal(&sides[k], group->sides[k],
						    sizeof(sides[k]));
			assert_true(group->growth.units ==
				    (int64_t)(sides[1].units - sides[0].units));
		}
		assert_int_equal(next, report.row_count);
		report_deinit(&report);
		dump_reading_deinit(&old);
		dump_reading_deinit(&new);
		text_buffer_deinit(&a);
		text_buffer_deinit(&b);
		dump_deinit(&first);
		dump_deinit(&second);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_and_pages_are_conserved),
		cmocka_unit_test(
			each_stack_has_the_pages_that_were_made_with_it),
		cmocka_unit_test(each_record_is_read_back_equal),
		cmocka_unit_test(the_order_of_records_does_not_change_a_report),
		cmocka_unit_test(a_dump_did_not_grow_beyond_itself),
		cmocka_unit_test(swapping_the_sides_of_a_diff_negates_it),
		cmocka_unit_test(groups_sum_their_rows),
	};

	seed = dice_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
