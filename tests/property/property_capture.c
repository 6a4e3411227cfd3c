/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What must hold of captures with several sources, and of the dumps in them
 * that are not page_owner's.
 */
#define _XOPEN_SOURCE 700
#include "tests/support/check.h"

#include <unistd.h>

#include "cli/command.h"
#include "tests/support/archive_maker.h"
#include "tests/support/dump_maker.h"
#include "tests/support/dump_reader.h"
#include "tests/support/folder_maker.h"

#define ROUNDS 40

static uint64_t seed;

static const struct way whole = {.name = "whole, one thread", .threads = 1};

/* ---- dumps of any content ---- */

static const char *const functions[] = {
	"do_leak+0x1/0x20 [leaky]", "do_leak+0x9/0x20 [leaky]",
	"probe+0x2/0x30 [driver]",  "alloc_inode+0x1/0x40",
	"kstrdup+0x1/0x20",	    "sock_alloc+0x7/0x80",
	"0xffffffffc0123456",
};

/* Frames without a name may be paired with one of several others. */
static bool nameless = true;

static const char *any_function(struct dice *dice)
{
	return functions[dice_below(dice, TEST_COUNT(functions) - !nameless)];
}

static void add_frames(struct text_buffer *text, struct dice *dice,
		       const char *indent)
{
	uint64_t count = dice_below(dice, 4);

	while (count-- > 0)
		text_buffer_format(text, "%s%s\n", indent, any_function(dice));
}

/* One record of a slab cache; prefix tells which one, as grep -r does. */
static void add_objects(struct text_buffer *text, struct dice *dice,
			const char *prefix)
{
	const char *function = any_function(dice);
	unsigned count = 1 + (unsigned)dice_below(dice, 500);
	unsigned age = (unsigned)dice_below(dice, 100000);

	text_buffer_format(text, "%s%7u ", prefix, count);
	if (dice_one_in(dice, 9)) {
		text_buffer_format(text,
				   "<not-available> age=4294900000 pid=0\n");
		return;
	}
	text_buffer_format(text, "%s", function);
	if (dice_one_in(dice, 2))
		text_buffer_format(text, " waste=%u/8", 8 * count);
	text_buffer_format(text, " age=%u/%u/%u pid=%u cpus=%u-9", age, age + 1,
			   age + 40, age % 77, age % 9);
	text_buffer_format(text, "\n%s        %s\n", prefix, function);
	if (!prefix[0]) {
		add_frames(text, dice, "        ");
		text_buffer_format(text, "\n");
	}
}

static const char *const caches[] = {
	"slab/kmalloc-64/alloc_traces:",
	"slab/kmalloc-1k/alloc_traces:",
	"slab/:0000064/alloc_traces:",
	"slab/dentry/alloc_traces:",
};

static void make_objects(struct text_buffer *text, struct dice *dice,
			 size_t count)
{
	while (count-- > 0)
		add_objects(text, dice,
			    caches[dice_below(dice, TEST_COUNT(caches))]);
}

static void make_one_cache(struct text_buffer *text, struct dice *dice,
			   size_t count)
{
	while (count-- > 0)
		add_objects(text, dice, "");
}

static void make_stacks(struct text_buffer *text, struct dice *dice,
			size_t count)
{
	while (count-- > 0) {
		text_buffer_format(text, " %s\n", any_function(dice));
		add_frames(text, dice, " ");
		text_buffer_format(text, "nr_base_pages: %u\n\n",
				   1 + (unsigned)dice_below(dice, 5000));
	}
}

static void make_lines(struct text_buffer *text, struct dice *dice,
		       size_t count)
{
	text_buffer_format(text, "allocinfo - version: 1.0\n"
				 "#     <size>  <calls> <tag info>\n");
	while (count-- > 0)
		text_buffer_format(text, "%12u %8u %s.c:%u%s func:f%u \n",
				   (unsigned)dice_below(dice, 1 << 20),
				   1 + (unsigned)dice_below(dice, 99),
				   dice_one_in(dice, 2) ? "mm/a" : "drivers/b",
				   (unsigned)dice_below(dice, 4),
				   dice_one_in(dice, 2) ? "" : " [m]",
				   (unsigned)dice_below(dice, 4));
}

static const struct kind {
	const char *name; /* of the format */
	void (*make)(struct text_buffer *text, struct dice *dice, size_t count);
} kinds[] = {
	{"slab_traces", make_objects},
	{"slab_traces", make_one_cache},
	{"page_owner_stacks", make_stacks},
	{"allocinfo", make_lines},
};

/* ---- any cutting gives one result ---- */

static void assert_same(struct span bytes, const struct way *way,
			const struct question *question, const char *expected)
{
	char *answer = dump_answer(bytes, way, question);

	if (strcmp(answer, expected) != 0)
		fail_msg("'%s' (block %zu, part %zu, threads %u) differs, "
			 "SEED=%llu:\n%s\nis not\n%s",
			 way->name, way->block_size, way->part, way->threads,
			 (unsigned long long)seed, answer, expected);
	free(answer);
}

static void any_chunking_gives_the_same_report(void **state)
{
	static const struct way ways[] = {
		{.name = "defaults"},
		{.name = "careful", .threads = 1, .careful = true},
		{.name = "portable", .threads = 1, .portable = true},
		{.name = "stream", .part = 777},
		{.name = "blocks of 1 byte", .block_size = 1, .threads = 1},
		{.name = "small blocks, careful",
		 .block_size = 100,
		 .threads = 1,
		 .careful = true},
		{.name = "many ranges", .range_size = 1, .threads = 9},
	};
	static const struct question questions[] = {
		{0}, {.match = MATCH_NAME}, {.by = "function,cache"}};
	struct dice dice = {seed};
	unsigned round;
	size_t i;

	(void)state;
	for (round = 0; round < 6 * ROUNDS; round++) {
		const struct kind *kind = &kinds[round % TEST_COUNT(kinds)];
		const struct question *question =
			&questions[dice_below(&dice, TEST_COUNT(questions))];
		struct text_buffer text = {0};
		char *expected;

		kind->make(&text, &dice, 1 + dice_below(&dice, 30));
		if (dice_one_in(&dice, 2))
			dump_damage(&text, &dice,
				    1 + (unsigned)dice_below(&dice, 4));
		expected =
			dump_answer(text_buffer_span(&text), &whole, question);
		for (i = 0; i < TEST_COUNT(ways); i++)
			assert_same(text_buffer_span(&text), &ways[i], question,
				    expected);
		free(expected);
		text_buffer_deinit(&text);
	}
}

/* ---- the balance ---- */

static void read_bytes(struct dump_reading *reading, struct span bytes,
		       enum report_match match)
{
	const struct question question = {.match = match};
	struct error err;

	if (!dump_reading_init(reading, bytes, &whole, &question, &err))
		fail_msg("%s (SEED=%llu)", err.text, (unsigned long long)seed);
}

static void records_and_units_are_conserved(void **state)
{
	struct dice dice = {seed ^ 1};
	unsigned round;

	(void)state;
	for (round = 0; round < 6 * ROUNDS; round++) {
		const struct kind *kind = &kinds[round % TEST_COUNT(kinds)];
		struct text_buffer text = {0}, tail = {0};
		const struct snapshot *snapshot;
		uint64_t records = 0, units = 0, objects = 0;
		const struct keyed_row *row;
		struct dump_reading reading;

		/* Behind a record that is left whole, or it may be no dump. */
		kind->make(&text, &dice, 3);
		kind->make(&tail, &dice, dice_below(&dice, 20));
		dump_damage(&tail, &dice, (unsigned)dice_below(&dice, 6));
		text_buffer_add(&text, text_buffer_span(&tail));
		read_bytes(&reading, text_buffer_span(&text), MATCH_EXACT);
		assert_string_equal(reading.format->name, kind->name);
		snapshot = &reading.snapshot;
		assert_u64(snapshot->seen, snapshot->counted.records +
						   snapshot->filtered.records +
						   snapshot->loss.records);
		for (row = reading.set.rows; row; row = row->hh.next) {
			const struct object_tally *sum = &row->tally->objects;

			records += row->tally->records;
			units += row->tally->units;
			objects += sum->objects;
			assert_true(sum->aged <= sum->objects);
		}
		assert_u64(records, snapshot->counted.records);
		assert_u64(units, snapshot->counted.units);
		if (snapshot->identity & 1u << FIELD_CACHE)
			assert_u64(objects, records);
		dump_reading_deinit(&reading);
		text_buffer_deinit(&text);
		text_buffer_deinit(&tail);
	}
}

/* ---- diff ---- */

static void a_dump_did_not_grow_beyond_itself(void **state)
{
	struct dice dice = {seed ^ 2};
	unsigned round;
	size_t i;

	(void)state;
	for (round = 0; round < 3 * ROUNDS; round++) {
		enum report_match match = round & 1 ? MATCH_NAME : MATCH_EXACT;
		struct dump_reading old, new;
		struct text_buffer text = {0};
		struct report report;

		kinds[round % TEST_COUNT(kinds)].make(&text, &dice, 20);
		read_bytes(&old, text_buffer_span(&text), match);
		read_bytes(&new, text_buffer_span(&text), match);
		dump_diff(&old, &new, match, &report);
		assert_int_equal(report.row_count, old.set.count);
		assert_true(report.row_count > 0);
		for (i = 0; i < report.row_count; i++) {
			assert_true(report.rows[i].growth.units == 0);
			assert_true(report.rows[i].growth.records == 0);
			assert_int_equal(report.rows[i].verdict,
					 VERDICT_STEADY);
		}
		report_deinit(&report);
		dump_reading_deinit(&old);
		dump_reading_deinit(&new);
		text_buffer_deinit(&text);
	}
}

/* The row that is made of the same two tallies. */
static const struct report_row *find_mirror(const struct report *report,
					    const struct report_row *row)
{
	size_t i;

	for (i = 0; i < report->row_count; i++) {
		const struct report_row *other = &report->rows[i];

		/* One of them may be the nothing of a row of one side. */
		if (other->sides[0] == row->sides[1] &&
		    other->sides[1] == row->sides[0])
			return other;
	}
	return NULL;
}

static void swapping_the_sides_of_a_diff_negates_it(void **state)
{
	struct dice dice = {seed ^ 3};
	unsigned round;
	size_t i;

	(void)state;
	nameless = false;
	for (round = 0; round < 3 * ROUNDS; round++) {
		const struct kind *kind = &kinds[round % TEST_COUNT(kinds)];
		enum report_match match = round & 1 ? MATCH_NAME : MATCH_EXACT;
		struct dump_reading a, b;
		struct text_buffer text_a = {0}, text_b = {0};
		struct report forth, back;
		int64_t units = 0, records = 0;

		kind->make(&text_a, &dice, 1 + dice_below(&dice, 20));
		kind->make(&text_b, &dice, 1 + dice_below(&dice, 20));
		read_bytes(&a, text_buffer_span(&text_a), match);
		read_bytes(&b, text_buffer_span(&text_b), match);
		dump_diff(&a, &b, match, &forth);
		dump_diff(&b, &a, match, &back);
		assert_int_equal(forth.row_count, back.row_count);
		for (i = 0; i < forth.row_count; i++) {
			const struct report_row *row = &forth.rows[i];
			const struct report_row *mirror =
				find_mirror(&back, row);

			assert_non_null(mirror);
			assert_true(row->growth.units == -mirror->growth.units);
			assert_true(row->growth.records ==
				    -mirror->growth.records);
			units += row->growth.units;
			records += row->growth.records;
		}
		assert_true(units ==
			    (int64_t)(b.set.total.units - a.set.total.units));
		assert_true(records == (int64_t)(b.set.total.records -
						 a.set.total.records));
		report_deinit(&forth);
		report_deinit(&back);
		dump_reading_deinit(&a);
		dump_reading_deinit(&b);
		text_buffer_deinit(&text_a);
		text_buffer_deinit(&text_b);
	}
	nameless = true;
}

/* ---- whole captures ---- */

#ifdef HAVE_ARCHIVE

#define MEMBERS_MAX 16

struct made_capture {
	struct made_entry entries[MEMBERS_MAX + 1];
	struct text_buffer texts[MEMBERS_MAX];
	size_t count;
};

static struct text_buffer *add_member(struct made_capture *made,
				      const char *path)
{
	made->entries[made->count].path = path;
	return &made->texts[made->count++];
}

static void make_pages(struct text_buffer *text, struct dice *dice)
{
	const struct dump_recipe recipe = {.records = 80, .stacks = 12};
	struct dump dump = {0};

	dump_make(&dump, dice, &recipe);
	dump_write(text, &dump, &(struct dump_style){.variant = DUMP_6_8});
	dump_deinit(&dump);
}

static void make_capture(struct made_capture *made, struct dice *dice)
{
#define DEBUG "sys/kernel/debug/"
	struct text_buffer *text;
	unsigned i;

	*made = (struct made_capture){0};
	text_buffer_format(add_member(made, "proc/uptime"), "%u.00 9.00\n",
			   20 + (unsigned)dice_below(dice, 80));
	text_buffer_format(add_member(made, "proc/version"),
			   "Linux version 6.12.1 (a@b) #1\n");
	text_buffer_format(add_member(made, "proc/meminfo"),
			   "MemTotal: 2048 kB\nMemFree: 10 kB\n");
	text_buffer_format(add_member(made, "sys/kernel/slab/thing/slab_size"),
			   "640\n");
	make_pages(add_member(made, DEBUG "page_owner"), dice);
	make_lines(add_member(made, "proc/allocinfo"), dice, 20);
	make_one_cache(add_member(made, DEBUG "slab/thing/alloc_traces"), dice,
		       20);
	make_one_cache(add_member(made, DEBUG "slab/kmalloc-64/alloc_traces"),
		       dice, 20);
	make_one_cache(add_member(made, DEBUG "slab/lost/alloc_traces"), dice,
		       5);
	text = add_member(made, DEBUG "page_owner_stacks/show_handles");
	for (i = 1; i < 9; i++)
		text_buffer_format(text, "handle: %u\nnr_base_pages: %u\n\n", i,
				   1 + (unsigned)dice_below(dice, 900));
	text = add_member(made, DEBUG "page_owner_stacks/show_stacks_handles");
	for (i = 1; i < 9; i++)
		text_buffer_format(text, " f%u+0x1/0x20 [m]\nhandle: %u\n\n", i,
				   i);
	if (dice_one_in(dice, 2))
		dump_damage(&made->texts[6], dice, 2);
	for (i = 0; i < made->count; i++) {
		text_buffer_add(&made->texts[i], (struct span){"", 1});
		made->entries[i].text = made->texts[i].at;
	}
}

static void made_capture_deinit(struct made_capture *made)
{
	size_t i;

	for (i = 0; i < made->count; i++)
		text_buffer_deinit(&made->texts[i]);
}

static void shuffle(struct made_capture *made, struct dice *dice)
{
	size_t i;

	for (i = made->count; i > 1; i--) {
		size_t other = dice_below(dice, i);
		struct made_entry kept = made->entries[i - 1];

		made->entries[i - 1] = made->entries[other];
		made->entries[other] = kept;
	}
}

static void put_archive(const struct made_capture *made, const char *packing)
{
	struct made_archive archive;

	made_archive_init(&archive, "gnutar", packing, made->entries);
	made_archive_write(&archive, archive.length, "capture");
	made_archive_deinit(&archive);
}

/* What a command prints of the thing called "capture". */
static char *answer(const char *command, const char *option,
		    const char *operand)
{
	char *argv[] = {(char *)"pageowl",
			(char *)(uintptr_t)command,
			(char *)"--output=json",
			(char *)"--quiet",
			(char *)"-j1",
			(char *)(uintptr_t)option,
			(char *)"capture",
			(char *)(uintptr_t)operand,
			NULL};
	char *text;
	size_t length;
	FILE *out = open_memstream(&text, &length), *err = tmpfile();

	assert_non_null(out);
	assert_non_null(err);
	if (cli_main(operand ? 8 : 7, argv, out, err) != STATUS_DONE) {
		char said[512] = "";

		rewind(err);
		if (!fgets(said, sizeof(said), err))
			said[0] = '\0';
		fail_msg("%s (SEED=%llu)", said, (unsigned long long)seed);
	}
	fclose(out);
	fclose(err);
	return text;
}

static const char *const sources[] = {
	"--source=page_owner",
	"--source=slab",
	"--source=page_owner_stacks",
	"--source=allocinfo",
};

static void assert_same_answers(char *const *expected)
{
	size_t i;

	for (i = 0; i < TEST_COUNT(sources); i++) {
		char *found = answer("top", sources[i], NULL);

		if (strcmp(found, expected[i]) != 0)
			fail_msg("%s differs, SEED=%llu:\n%s\nis not\n%s",
				 sources[i], (unsigned long long)seed, found,
				 expected[i]);
		free(found);
	}
}

static void take_answers(char **ret)
{
	size_t i;

	for (i = 0; i < TEST_COUNT(sources); i++)
		ret[i] = answer("top", sources[i], NULL);
}

static void free_answers(char **answers)
{
	size_t i;

	for (i = 0; i < TEST_COUNT(sources); i++)
		free(answers[i]);
}

static void the_order_of_members_does_not_change_a_report(void **state)
{
	struct dice dice = {seed ^ 4};
	unsigned round, i;

	(void)state;
	for (round = 0; round < 6; round++) {
		char *expected[TEST_COUNT(sources)];
		struct made_capture made;

		make_capture(&made, &dice);
		put_archive(&made, "none");
		take_answers(expected);
		for (i = 0; i < 4; i++) {
			shuffle(&made, &dice);
			put_archive(&made, "none");
			assert_same_answers(expected);
		}
		free_answers(expected);
		made_capture_deinit(&made);
	}
}

static void a_folder_and_its_archives_give_the_same_report(void **state)
{
	static const char *const packings[] = {"none", "xz", "gzip", "zstd"};
	struct dice dice = {seed ^ 5};
	unsigned round, i;

	(void)state;
	for (round = 0; round < 4; round++) {
		char *expected[TEST_COUNT(sources)], aside[32];
		struct made_capture made;

		make_capture(&made, &dice);
		for (i = 0; i < made.count; i++) {
			char path[128];

			snprintf(path, sizeof(path), "capture/%s",
				 made.entries[i].path);
			folder_file(path, made.entries[i].text);
		}
		take_answers(expected);
		snprintf(aside, sizeof(aside), "aside.%u", round);
		assert_int_equal(rename("capture", aside), 0);
		for (i = 0; i < TEST_COUNT(packings); i++) {
			put_archive(&made, packings[i]);
			assert_same_answers(expected);
		}
		assert_int_equal(unlink("capture"), 0);
		free_answers(expected);
		made_capture_deinit(&made);
	}
}

/* Of pages and of the objects beside them. */
static void a_capture_did_not_grow_beyond_itself(void **state)
{
	struct dice dice = {seed ^ 6};
	unsigned round;
	size_t i;

	(void)state;
	for (round = 0; round < 4; round++) {
		struct made_capture made;

		make_capture(&made, &dice);
		put_archive(&made, "none");
		for (i = 0; i < TEST_COUNT(sources); i++) {
			char *text = answer("diff", sources[i], "capture");

			assert_non_null(strstr(text, "\"steady\""));
			assert_null(strstr(text, "\"accumulates\""));
			assert_null(strstr(text, "\"appeared\""));
			assert_null(strstr(text, "\"turns over\""));
			assert_null(strstr(text, "\"grew\""));
			assert_null(strstr(text, "\"shrank\""));
			assert_null(strstr(text, "\"gone\""));
			free(text);
		}
		made_capture_deinit(&made);
	}
}

#endif

int main(void)
{
#define TEST_IN_FOLDER(name) \
	cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_chunking_gives_the_same_report),
		cmocka_unit_test(records_and_units_are_conserved),
		cmocka_unit_test(a_dump_did_not_grow_beyond_itself),
		cmocka_unit_test(swapping_the_sides_of_a_diff_negates_it),
#ifdef HAVE_ARCHIVE
		TEST_IN_FOLDER(the_order_of_members_does_not_change_a_report),
		TEST_IN_FOLDER(a_folder_and_its_archives_give_the_same_report),
		TEST_IN_FOLDER(a_capture_did_not_grow_beyond_itself),
#endif
	};

	seed = dice_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
