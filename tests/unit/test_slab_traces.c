/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "tests/support/collector.h"

static struct collector dump;

/* Read in several ways, which must not matter. */
static void read_as(const char *name, const char *path, const char *text)
{
	const struct format *format = format_named(name);
	static const struct collector_way ways[] = {
		{0},
		{.block = 1},
		{.block = 40},
		{.careful = true},
		{.portable = true},
		{.block = 1, .careful = true},
	};
	struct text_buffer first = {0};
	size_t i;

	assert_non_null(format);
	collector_deinit(&dump);
	for (i = 0; i < TEST_COUNT(ways); i++) {
		struct collector_way way = ways[i];
		struct text_buffer other = {0};
		struct collector found;

		way.path = path;
		collector_read(&found, format, span_of(text), &way);
		if (i == 0) {
			collector_print(&found, &first);
			dump = found;
			continue;
		}
		collector_print(&found, &other);
		assert_string_equal(other.at, first.at);
		text_buffer_deinit(&other);
		collector_deinit(&found);
	}
	text_buffer_deinit(&first);
}

static void read_text(const char *text)
{
	read_as("slab_traces", "slab/kmalloc-64/alloc_traces", text);
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static const struct record *record_at(size_t i)
{
	assert_in_range(i, 0, dump.count - 1);
	return &dump.records[i].record;
}

static void assert_stack(size_t i, const char *stack)
{
	assert_span(record_at(i)->stack, stack);
}

static void assert_clean(size_t records)
{
	assert_int_equal(dump.damage_count, 0);
	assert_int_equal(dump.count, records);
}

/* ---- what the kernel prints ---- */

static void a_record_has_its_objects_and_its_frames(void **state)
{
	const struct object_facts *objects;

	(void)state;
	read_text("    338 f+0x2c/0xa0 waste=521872/1544 "
		  "age=290837/291891/293509 pid=1-1705 cpus=0-3,106 "
		  "nodes=0-1\n"
		  "        f+0x2c/0xa0\n"
		  "        g+0x1/0x2 [mod]\n"
		  "\n"
		  "      2 h+0x1/0x2 [mod] age=17 pid=0\n"
		  "        h+0x1/0x2 [mod]\n"
		  "\n");
	assert_clean(2);
	assert_u64(record_at(0)->count, 338);
	assert_u64(record_at(0)->units, 0);
	assert_u64(record_at(0)->alloc_ts_ns, TS_NONE);
	assert_u64(record_at(0)->pfn, PFN_NONE);
	assert_u64(record_at(0)->line, 1);
	assert_stack(0, " f+0x2c/0xa0\n g+0x1/0x2 [mod]\n");
	assert_span(record_at(0)->fields[FIELD_CACHE], "kmalloc-64");
	assert_span(record_at(0)->fields[FIELD_PID], "1-1705");
	assert_span(record_at(0)->fields[FIELD_CPU], "0-3,106");
	assert_span(record_at(0)->fields[FIELD_NODE], "0-1");
	objects = record_at(0)->objects;
	assert_true(objects->has_waste);
	assert_u64(objects->waste_bytes, 521872);
	assert_u64(objects->age_min, 290837);
	assert_u64(objects->age_mean, 291891);
	assert_u64(objects->age_max, 293509);
	assert_u64(objects->jiffies_now, AGE_NONE);
	assert_int_equal(objects->pid_min, 1);
	assert_int_equal(objects->pid_max, 1705);
	assert_u64(record_at(1)->line, 5);
	assert_stack(1, " h+0x1/0x2 [mod]\n");
	assert_span(record_at(1)->fields[FIELD_CPU], "");
	objects = record_at(1)->objects;
	assert_false(objects->has_waste);
	assert_u64(objects->age_min, 17);
	assert_u64(objects->age_mean, 17);
	assert_u64(objects->age_max, 17);
	assert_u64(dump.sink.lines, 7);
}

static void without_frames_the_symbol_is_the_stack(void **state)
{
	(void)state;
	read_as("slab_traces", "sys/kernel/slab/dentry/alloc_calls",
		"     12 f+0x2c/0xa0 age=1/2/3 pid=1\n"
		" 102480 g+0x1/0x2 [m] age=4 pid=2 nodes=0\n"
		"12345678 h+0x1/0x2 age=4 pid=2\n");
	assert_clean(3);
	assert_stack(0, " f+0x2c/0xa0\n");
	assert_stack(1, " g+0x1/0x2 [m]\n");
	assert_u64(record_at(1)->count, 102480);
	assert_u64(record_at(2)->count, 12345678);
	assert_span(record_at(2)->fields[FIELD_CACHE], "dentry");
}

static void what_is_not_available_tells_the_clock(void **state)
{
	(void)state;
	read_as("slab_free_traces", "slab/kmalloc-64/free_traces",
		"   9281 <not-available> age=4294788434 pid=0 cpus=0\n"
		"     41 f+0x1/0x2 age=5 pid=9\n"
		"        f+0x1/0x2\n"
		"\n"
		"      1 <not-available> age=7/8/9 pid=0\n");
	assert_clean(3);
	assert_stack(0, "");
	assert_u64(record_at(0)->count, 9281);
	assert_u64(record_at(0)->objects->age_min, AGE_NONE);
	assert_u64(record_at(0)->objects->age_max, AGE_NONE);
	assert_u64(record_at(0)->objects->jiffies_now, 4294788434);
	assert_stack(1, " f+0x1/0x2\n");
	assert_u64(record_at(1)->objects->jiffies_now, AGE_NONE);
	/* The clock went on while the objects were looked at. */
	assert_u64(record_at(2)->objects->jiffies_now, 9);
}

static void the_symbol_stands_once_in_the_stack(void **state)
{
	(void)state;
	/* The allocator's own function may come first. */
	read_text("      1 f+0x1/0x2 age=5 pid=1\n"
		  "        kstrdup+0x1/0x2\n        f+0x1/0x2\n\n"
		  "      1 rcu_core+0x1/0x2 age=5 pid=1\n"
		  "        handle_softirqs+0x1/0x2\n\n"
		  "      1 g+0x1/0x2 age=5 pid=1\n"
		  "        g+0x1/0x20\n\n");
	assert_clean(3);
	assert_stack(0, " kstrdup+0x1/0x2\n f+0x1/0x2\n");
	/* The frames may begin behind it. */
	assert_stack(1, " rcu_core+0x1/0x2\n handle_softirqs+0x1/0x2\n");
	assert_stack(2, " g+0x1/0x2\n g+0x1/0x20\n");
}

static void fields_that_nobody_wants_are_empty_but_for_the_cache(void **state)
{
	static const char text[] = "1 f+0x1/0x2 age=5 pid=1 cpus=2 nodes=3\n";
	const struct format *format = format_named("slab_traces");
	void *parser = calloc(1, format->state_size);
	struct error err;

	(void)state;
	read_text("");
	/* The sink that collects, asked for less. */
	dump.sink.wanted = 1u << FIELD_CPU;
	assert_true(format->block(parser, SPAN(text), &dump.sink, &err));
	assert_true(format->finish(parser, ENDING_INPUT, &dump.sink, &err));
	free(parser);
	assert_clean(1);
	assert_span(record_at(0)->fields[FIELD_PID], "");
	assert_span(record_at(0)->fields[FIELD_CPU], "2");
	assert_span(record_at(0)->fields[FIELD_NODE], "");
	assert_span(record_at(0)->fields[FIELD_CACHE], "kmalloc-64");
	assert_int_equal(dump.records[0].objects.pid_min, 1);
}

static void no_data_is_nothing(void **state)
{
	(void)state;
	read_text("No data\n");
	assert_clean(0);
	assert_u64(dump.sink.lines, 1);
}

static void what_is_said_instead_of_data_is_stray(void **state)
{
	(void)state;
	read_text("Out of memory\n<not-available>\n"
		  "cat: alloc_calls: Function not implemented\n"
		  "      1 f+0x1/0x2 age=5 pid=1\n");
	assert_int_equal(dump.stray, 3);
	assert_int_equal(dump.skipped, 0);
	assert_int_equal(dump.count, 1);
}

/* ---- what becomes of it ---- */

static void frames_may_stand_behind_tabs_and_lack_the_blank_line(void **state)
{
	(void)state;
	read_text("      1 f+0x1/0x2 age=5 pid=1\n\tf+0x1/0x2\n\tg+0x1/0x2\n"
		  "      2 h+0x1/0x2 age=5 pid=1\n        h+0x1/0x2\n"
		  "        0xffffffffc0123456\n        .dot+0x1/0x2\n");
	assert_clean(2);
	assert_stack(0, " f+0x1/0x2\n g+0x1/0x2\n");
	assert_stack(1, " h+0x1/0x2\n 0xffffffffc0123456\n .dot+0x1/0x2\n");
	assert_false(record_at(1)->unfinished);
}

static void noise_around_the_lines_is_taken_off(void **state)
{
	static const char *const texts[] = {
		"   7 f+0x1/0x2 age=5 pid=1\r\n        f+0x1/0x2\r\n"
		"        g+0x1/0x2 [m]\r\n\r\n",
		">    7 f+0x1/0x2 age=5 pid=1\n>         f+0x1/0x2\n"
		">         g+0x1/0x2 [m]\n>\n",
		"[    1.234567]    7 f+0x1/0x2 age=5 pid=1\n"
		"[    1.234567]         f+0x1/0x2\n"
		"[    1.234567]         g+0x1/0x2 [m]\n[    1.234567] \n",
		"        7 f+0x1/0x2 age=5 pid=1\n            f+0x1/0x2\n"
		"            g+0x1/0x2 [m]\n\n",
		"7 f+0x1/0x2 age=5 pid=1  \nf+0x1/0x2  \ng+0x1/0x2 [m]  \n \n",
		"7 f+0x1/0x2\nage=5 pid=1\n f+0x1/0x2\n g+0x1/0x2 [m]\n",
		"7 f+0x1/0x2\n        age=5\n        pid=1\n"
		"        f+0x1/0x2\n        g+0x1/0x2 [m]\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(texts); i++) {
		read_text(texts[i]);
		assert_clean(1);
		assert_u64(record_at(0)->count, 7);
		assert_u64(record_at(0)->objects->age_max, 5);
		assert_stack(0, " f+0x1/0x2\n g+0x1/0x2 [m]\n");
	}
}

static void behind_a_frame_no_fact_is_looked_for(void **state)
{
	(void)state;
	read_text("7 f+0x1/0x2 age=5 pid=1\n        f+0x1/0x2\n"
		  "        pid=9\n");
	assert_clean(1);
	assert_stack(0, " f+0x1/0x2\n pid=9\n");
	assert_span(record_at(0)->fields[FIELD_PID], "1");
}

static void lines_of_grep_name_the_cache_themselves(void **state)
{
	(void)state;
	read_as("slab_traces", "everything.txt",
		"slab/a/alloc_traces:      7 f+0x1/0x2 age=5 pid=1\n"
		"slab/a/alloc_traces:        f+0x1/0x2\n"
		"slab/b/alloc_traces:No data\n"
		"slab/:c-12/alloc_traces:      8 g+0x1/0x2 age=5 pid=1\n"
		"slab/:c-12/alloc_traces:        g+0x1/0x2\n"
		"slab/:c-12/alloc_traces:        h+0x1/0x2\n"
		"slab/d/alloc_calls:      9 i+0x1/0x2 age=5 pid=1\n");
	assert_clean(3);
	assert_span(record_at(0)->fields[FIELD_CACHE], "a");
	assert_stack(0, " f+0x1/0x2\n");
	assert_span(record_at(1)->fields[FIELD_CACHE], ":c-12");
	assert_stack(1, " g+0x1/0x2\n h+0x1/0x2\n");
	assert_span(record_at(2)->fields[FIELD_CACHE], "d");
	assert_stack(2, " i+0x1/0x2\n");
}

static void grep_lines_of_the_other_side_are_left_out_and_told(void **state)
{
	static const char text[] =
		"a/alloc_traces:      7 f+0x1/0x2 age=5 pid=1\n"
		"a/alloc_traces:        f+0x1/0x2\n"
		"a/free_traces:      8 g+0x1/0x2 age=5 pid=1\n"
		"a/free_traces:        g+0x1/0x2\n"
		"b/alloc_traces:      9 h+0x1/0x2 age=5 pid=1\n";

	(void)state;
	read_text(text);
	assert_clean(2);
	assert_u64(record_at(0)->count, 7);
	assert_stack(0, " f+0x1/0x2\n");
	assert_u64(record_at(1)->count, 9);
	assert_string_equal(dump.remarks.at,
			    "lines of free_traces between those of "
			    "alloc_traces were left out\n");
	read_as("slab_free_traces", "x", text);
	assert_clean(1);
	assert_u64(record_at(0)->count, 8);
	assert_stack(0, " g+0x1/0x2\n");
}

/* ---- damage ---- */

static void facts_that_are_damaged_skip_the_record(void **state)
{
	static const char *const texts[] = {
		"99999999999999999999 f+0x1/0x2 age=5 pid=1\n",
		"1 f+0x1/0x2 age=99999999999999999999 pid=1\n",
		"1 f+0x1/0x2 age=5 pid=4294967296\n",
		"1 f+0x1/0x2 age= pid=1\n",
		"1 f+0x1/0x2\n",
	};
	char text[200];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(texts); i++) {
		snprintf(text, sizeof(text),
			 "%s        f+0x1/0x2\n        g+0x1/0x2\n\n"
			 "5 h+0x1/0x2 age=5 pid=1\n",
			 texts[i]);
		read_text(text);
		assert_int_equal(dump.skipped, 1);
		assert_int_equal(dump.stray, 0);
		assert_u64(dump.damages[0].line, 1);
		assert_int_equal(dump.count, 1);
		assert_u64(record_at(0)->count, 5);
	}
}

static void frames_without_their_count_are_one_skipped_record(void **state)
{
	(void)state;
	read_text("        f+0x1/0x2\n        g+0x1/0x2\n\n"
		  "1 h+0x1/0x2 age=5 pid=1\n");
	assert_int_equal(dump.skipped, 1);
	assert_int_equal(dump.stray, 0);
	assert_int_equal(dump.count, 1);
}

static void a_line_of_something_else_is_stray_and_parts_no_record(void **state)
{
	(void)state;
	read_text("# cat alloc_traces\n12 packets\n"
		  "1 f+0x1/0x2 age=5 pid=1\n        f+0x1/0x2\n"
		  "BUG: something else\n        g+0x1/0x2\n\n");
	assert_int_equal(dump.stray, 3);
	assert_int_equal(dump.skipped, 0);
	assert_int_equal(dump.count, 1);
	assert_stack(0, " f+0x1/0x2\n g+0x1/0x2\n");
}

static void a_record_that_the_end_cut_is_marked(void **state)
{
	(void)state;
	read_text("1 f+0x1/0x2 age=5 pid=1\n        f+0x1/0x2\n"
		  "        g+0x1/0");
	assert_clean(1);
	assert_true(record_at(0)->unfinished);
	assert_stack(0, " f+0x1/0x2\n");
	read_text("1 f+0x1/0x2 age=5 pid=1\n        f+0x1/0x2\n"
		  "        g+0x1/0x2");
	assert_clean(1);
	assert_true(record_at(0)->unfinished);
	assert_stack(0, " f+0x1/0x2\n g+0x1/0x2\n");
	/* The symbol may have stood where the frames end now. */
	read_text("1 f+0x1/0x2 age=5 pid=1\n        kstrdup+0x1/0x2\n"
		  "        f+0x1");
	assert_clean(1);
	assert_stack(0, " kstrdup+0x1/0x2\n");
	read_text("1 f+0x1/0x2 age=5 pid=1");
	assert_clean(1);
	assert_true(record_at(0)->unfinished);
	read_text("1 f+0x1/0x2 age=5 pid=1\n        f+0x1/0x2\n");
	assert_false(record_at(0)->unfinished);
}

static void a_text_may_end_anywhere(void **state)
{
	static const char text[] =
		"      7 f+0x1/0x2 waste=5/1 age=10/20/30 pid=15\n"
		"        f+0x1/0x2\n\n";
	/* Where the numbers of the age are whole, and the frame. */
	const size_t age = (size_t)(strstr(text, " pid=") - text);
	const size_t frame = sizeof(text) - 3;
	char cut[sizeof(text)];
	size_t length;

	(void)state;
	for (length = 12; length < sizeof(text); length++) {
		bool has_age = length > age + 5;

		snprintf(cut, sizeof(cut), "%.*s", (int)length, text);
		read_text(cut);
		/* A number at the end may have been longer. */
		assert_int_equal(dump.skipped, !has_age);
		assert_int_equal(dump.stray, 0);
		assert_int_equal(dump.count, has_age);
		if (!has_age)
			continue;
		assert_u64(record_at(0)->count, 7);
		assert_u64(record_at(0)->objects->age_max, 30);
		assert_stack(0, " f+0x1/0x2\n");
		assert_int_equal(record_at(0)->unfinished,
				 length <= frame && text[length - 1] != '\n');
	}
}

static void a_record_glued_to_one_that_was_cut_is_read(void **state)
{
	(void)state;
	/* Cut in a frame: what the whole stack was is not known. */
	read_text("1 f+0x1/0x2 age=5 pid=1\n        f+0x1/0x2\n"
		  "        g+0x     7 h+0x1/0x2 age=5 pid=1\n"
		  "        h+0x1/0x2\n\n");
	assert_int_equal(dump.skipped, 1);
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->count, 7);
	assert_stack(0, " h+0x1/0x2\n");
	/* Cut in a count line, the record above it is whole. */
	read_text("1 f+0x1/0x2 age=5 pid=1\n        f+0x1/0x2\n\n"
		  "      2 g+0x1      7 h+0x1/0x2 age=5 pid=1\n"
		  "        h+0x1/0x2\n\n");
	assert_int_equal(dump.skipped, 1);
	assert_int_equal(dump.count, 2);
	assert_u64(record_at(1)->count, 7);
	/* Cut behind the symbol. */
	read_text("      2 g+0x1/0x2 age=1/2      7 h+0x1/0x2 age=5 pid=1\n"
		  "        h+0x1/0x2\n\n");
	assert_int_equal(dump.skipped, 1);
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->count, 7);
	assert_stack(0, " h+0x1/0x2\n");
}

static void frames_beyond_64_kib_are_told(void **state)
{
	struct text_buffer text = {0};
	int i;

	(void)state;
	text_buffer_add(&text, SPAN("3 f+0x1/0x2 age=5 pid=1\n"));
	for (i = 0; i < 6000; i++)
		text_buffer_add(&text, SPAN("        f+0x1/0x2\n"));
	text_buffer_add(&text, SPAN("\n4 g+0x1/0x2 age=5 pid=1\n"));
	read_text(text.at);
	assert_int_equal(dump.count, 2);
	assert_u64(record_at(0)->count, 3);
	/* One line of the room is the symbol's. */
	assert_int_equal(dump.stray, 6000 - (65536 / 11 - 1));
	assert_u64(record_at(1)->count, 4);
	text_buffer_deinit(&text);
}

static void the_room_for_facts_is_that_of_one_record(void **state)
{
	struct text_buffer text = {0};
	int i;

	(void)state;
	for (i = 0; i < 4000; i++)
		text_buffer_add(&text,
				SPAN("3 f+0x1/0x2 age=123456789 pid=1\n"));
	read_text(text.at);
	assert_clean(4000);
	text_buffer_deinit(&text);
}

static void bytes_of_zero_are_stray(void **state)
{
	static const char text[] = "\0\0\0\0\n1 f+0x1/0x2 age=5 pid=1\n";
	const struct format *format = format_named("slab_traces");

	(void)state;
	collector_deinit(&dump);
	collector_read(&dump, format, SPAN(text), &(struct collector_way){0});
	assert_int_equal(dump.stray, 1);
	assert_int_equal(dump.count, 1);
	assert_span(record_at(0)->fields[FIELD_CACHE], "");
}

/* ---- sniffing ---- */

static void assert_sniffed(const char *text, const char *line)
{
	const struct format *format = format_named("slab_traces");
	const char *found = format->sniff(span_of(text));

	assert_ptr_equal(found, line ? strstr(text, line) : NULL);
}

static void a_count_line_tells_the_format(void **state)
{
	(void)state;
	assert_sniffed("    338 f+0x2c/0xa0 waste=5/1 age=1/2/3 pid=1\n",
		       "    338");
	assert_sniffed("x age=5\n 9 <not-available> age=4294788434 pid=0\n",
		       " 9 <not");
	assert_sniffed("        f+0x1/0x2\n\n1 g+0x1/0x2 [m] age=5 pid=1\n",
		       "1 g");
	assert_sniffed("a/alloc_traces: 1 g+0x1/0x2 age=5 pid=1\n", "a/all");
	assert_sniffed("No data\n", "No data");
}

static void other_texts_are_not_taken_for_traces(void **state)
{
	(void)state;
	assert_sniffed("", NULL);
	assert_sniffed("No data\nfound\n", NULL);
	assert_sniffed("a/free_traces: 1 g+0x1/0x2 age=5 pid=1\n", NULL);
	assert_sniffed("INFO: Allocated in f+0x1/0x2 age=5 cpu=0 pid=1\n",
		       NULL);
	assert_sniffed("1 f+0x1/0x2 pid=1\n", NULL);
	assert_sniffed("1 f+0x1/0x2 age=5\n", NULL);
	assert_sniffed("3 times, 12 pages:\n", NULL);
	assert_sniffed("   12 some words age=5 pid=1\n", NULL);
	/* Only the path can tell these. */
	assert_null(format_named("slab_free_traces")->sniff);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_record_has_its_objects_and_its_frames),
		TEST(without_frames_the_symbol_is_the_stack),
		TEST(what_is_not_available_tells_the_clock),
		TEST(the_symbol_stands_once_in_the_stack),
		TEST(fields_that_nobody_wants_are_empty_but_for_the_cache),
		TEST(no_data_is_nothing),
		TEST(what_is_said_instead_of_data_is_stray),
		TEST(frames_may_stand_behind_tabs_and_lack_the_blank_line),
		TEST(noise_around_the_lines_is_taken_off),
		TEST(behind_a_frame_no_fact_is_looked_for),
		TEST(lines_of_grep_name_the_cache_themselves),
		TEST(grep_lines_of_the_other_side_are_left_out_and_told),
		TEST(facts_that_are_damaged_skip_the_record),
		TEST(frames_without_their_count_are_one_skipped_record),
		TEST(a_line_of_something_else_is_stray_and_parts_no_record),
		TEST(a_record_that_the_end_cut_is_marked),
		TEST(a_text_may_end_anywhere),
		TEST(a_record_glued_to_one_that_was_cut_is_read),
		TEST(frames_beyond_64_kib_are_told),
		TEST(the_room_for_facts_is_that_of_one_record),
		TEST(bytes_of_zero_are_stray),
		TEST(a_count_line_tells_the_format),
		TEST(other_texts_are_not_taken_for_traces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
