/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Source lines of reports in all three outputs. */
#include "tests/support/check.h"

#include "output/output.h"
#include "output/text_width.h"
#include "tests/support/dump_reader.h"
#include "tests/support/place_maker.h"
#include "tests/support/text_buffer.h"

static struct text_buffer dumps[2];
static struct dump_reading readings[2];
static struct report report;
static struct output_options options;
static char *text;

static int setup(void **state)
{
	(void)state;
	options = (struct output_options){.top_given = true};
	text = NULL;
	return 0;
}

static int teardown(void **state)
{
	unsigned i;

	(void)state;
	report_deinit(&report);
	report = (struct report){0};
	for (i = 0; i < 2; i++) {
		dump_reading_deinit(&readings[i]);
		text_buffer_deinit(&dumps[i]);
		dumps[i] = (struct text_buffer){0};
	}
	free(text);
	return 0;
}

/* A stack below allocators, of 2^order pages. */
static void add(unsigned side, unsigned order, const char *stack)
{
	text_buffer_format(&dumps[side],
			   "Page allocated via order %u, mask 0x1(X), pid 1, "
			   "tgid 1 (a), ts 5 ns\nPFN 0x1 type Unmovable "
			   "Block 0 type Unmovable Flags 0x0()\n"
			   " post_alloc_hook+0x59/0x120\n%s\n",
			   order, stack);
}

static const struct made_frame made[] = {
	{"post_alloc_hook+0x59/0x120",
	 2,
	 {{"set_page_owner", "include/linux/page_owner.h", 32},
	  {"post_alloc_hook", "mm/page_alloc.c", 1600}}},
	{"do_leak+0x1b/0x30 [leaky]",
	 2,
	 {{"alloc_pages_noprof", "include/linux/gfp.h", 1},
	  {"do_leak", "/usr/src/leaky/leaky_pages_main.c", 17}}},
	{"_RNvCs1_3den4hold+0x4/0x20 [den]", 1, {{"den::hold", "den.rs", 3}}},
	{"do_leak+0x2b/0x30 [leaky]", 1, {{"do_leak", "leaky.c", 18}}},
	{"do_leak+0x2c/0x30 [leaky]", 1, {{"do_leak", "leaky.c", 19}}},
	{"do_leak+0x2d/0x30 [leaky]", 1, {{"do_leak", "leaky.c", 20}}},
	{"path+0x3b/0x80 [leaky]",
	 2,
	 {{"lab_inl_leaf", "drivers/net/lab_inl.h", 11},
	  {"path", "drivers/net/leaky.c", 62}}},
	{"nameless+0x3b/0x80 [leaky]",
	 2,
	 {{NULL, "lab_inl.h", 11}, {"nameless", "leaky.c", 62}}},
	{"entry+0x1/0x2", 1, {{"entry", "entry.S", 0}}},
	{"fileless+0x1/0x2", 2, {{"leaf", NULL, 0}, {"fileless", NULL, 0}}},
	{"hostile+0x1/0x2",
	 2,
	 {{"=f\033[2J", "=c,\n\"x.c", 1}, {"hostile", "x.c", 2}}},
	{0}};

#define LEAK " do_leak+0x1b/0x30 [leaky]\n"

static void read_side(unsigned side, bool placed)
{
	struct error err;

	if (!dump_reading_init(&readings[side], text_buffer_span(&dumps[side]),
			       &(struct way){.threads = 1},
			       &(struct question){0}, &err))
		fail_msg("%s", err.text);
	if (placed)
		place_maker_fill(&readings[side].snapshot, made);
}

static void arrange(void)
{
	struct error err;

	assert_true(report_arrange(&report, SORT_RANK, false, &err));
}

static void compare(void)
{
	read_side(0, true);
	read_side(1, true);
	dump_diff(&readings[0], &readings[1], MATCH_EXACT, &report);
	arrange();
}

static const char *write_as(const char *output)
{
	static size_t length;
	struct error err;
	FILE *file;

	free(text);
	text = NULL;
	file = open_memstream(&text, &length);
	assert_non_null(file);
	assert_true(output_named(output)->write(&report, &options, file, &err));
	fclose(file);
	return text;
}

static const char *show_one(bool placed)
{
	read_side(0, placed);
	dump_top(&readings[0], &report);
	arrange();
	return write_as("text");
}

/* ---- below rows ---- */

static void the_line_of_the_blamed_frame_stands_below_its_row(void **state)
{
	(void)state;
	add(0, 0, LEAK " caller+0x1/0x2 [leaky]\n");
	assert_text_has(
		show_one(true),
		"do_leak [leaky] ← caller\n"
		"              at /usr/src/leaky/leaky_pages_main.c:17\n");
	options.colour = true;
	assert_text_has(write_as("text"),
			"              \033[2mat "
			"/usr/src/leaky/leaky_pages_main.c:17\033[0m\n");
}

static void without_places_nothing_is_said(void **state)
{
	(void)state;
	add(0, 0, LEAK " fileless+0x1/0x2\n");
	add(0, 0, " fileless+0x1/0x2\n");
	assert_text_lacks(show_one(true), "leaf");
	assert_text_has(text, "at /usr");
	dump_reading_deinit(&readings[0]);
	report_deinit(&report);
	assert_text_lacks(show_one(false), " at ");
	assert_text_lacks(write_as("json"), "\"source\": {");
	assert_text_lacks(text, "frames");
}

static void a_function_that_was_inlined_is_named(void **state)
{
	(void)state;
	add(0, 0, " path+0x3b/0x80 [leaky]\n");
	add(0, 0, " nameless+0x3b/0x80 [leaky]\n");
	assert_text_has(show_one(true),
			"at drivers/net/lab_inl.h:11 in lab_inl_leaf "
			"(inlined)\n");
	assert_text_has(text, "at lab_inl.h:11 (inlined)\n");
}

static void a_mangled_name_is_told_in_words(void **state)
{
	(void)state;
	add(0, 0, " _RNvCs1_3den4hold+0x4/0x20 [den]\n");
	assert_text_has(show_one(true), "at den.rs:3 in den::hold\n");
	options.full = true;
	assert_text_has(write_as("text"),
			"_RNvCs1_3den4hold+0x4/0x20 [den] (den::hold)  "
			"den.rs:3\n");
}

static void a_line_that_is_not_known_is_left_out(void **state)
{
	(void)state;
	add(0, 0, " entry+0x1/0x2\n");
	assert_text_has(show_one(true), "at entry.S\n");
}

static void stacks_of_one_line_are_told_it_once(void **state)
{
	(void)state;
	add(0, 0, LEAK " a+0x1/0x2\n");
	add(0, 1, LEAK " b+0x1/0x2\n");
	assert_text_has(
		show_one(true),
		"              8.0 KiB order 1 ← b  4.0 KiB ← a\n"
		"              at /usr/src/leaky/leaky_pages_main.c:17\n");
}

static void the_largest_of_several_lines_come_first(void **state)
{
	(void)state;
	add(0, 0, LEAK);
	add(0, 2, " do_leak+0x2b/0x30 [leaky]\n");
	add(0, 1, " do_leak+0x2c/0x30 [leaky]\n");
	add(0, 3, " do_leak+0x2d/0x30 [leaky]\n");
	assert_text_has(show_one(true),
			"              32.0 KiB at leaky.c:20"
			"  16.0 KiB at leaky.c:18  8.0 KiB at leaky.c:19"
			"  and 1 more\n");
}

static void what_stacks_of_a_line_hold_is_added_up(void **state)
{
	(void)state;
	add(0, 2, " do_leak+0x2b/0x30 [leaky]\n");
	add(0, 1, " do_leak+0x2c/0x30 [leaky]\n a+0x1/0x2\n");
	add(0, 1, " do_leak+0x2c/0x30 [leaky]\n b+0x1/0x2\n");
	add(0, 1, " do_leak+0x2c/0x30 [leaky]\n c+0x1/0x2\n");
	assert_text_has(show_one(true), "              24.0 KiB at leaky.c:19"
					"  16.0 KiB at leaky.c:18\n");
}

static void stacks_without_a_line_are_not_those_that_have_one(void **state)
{
	(void)state;
	add(0, 1, " do_leak+0x2b/0x30 [leaky]\n");
	add(0, 0, " do_leak+0x2e/0x30 [leaky]\n");
	assert_text_has(show_one(true),
			"              8.0 KiB at leaky.c:18\n");
}

static void lines_of_two_captures_have_their_growth(void **state)
{
	(void)state;
	add(0, 0, " do_leak+0x2b/0x30 [leaky]\n");
	add(1, 1, " do_leak+0x2b/0x30 [leaky]\n");
	add(1, 2, " do_leak+0x2c/0x30 [leaky]\n");
	add(1, 1, " do_leak+0x2d/0x30 [leaky]\n");
	compare();
	assert_text_has(write_as("text"), "              "
					  "+16.0 KiB at leaky.c:19"
					  "  +8.0 KiB at leaky.c:20"
					  "  +4.0 KiB at leaky.c:18\n");
}

static void no_line_is_wider_than_the_terminal(void **state)
{
	char *line, *rest;

	(void)state;
	add(0, 0, LEAK);
	add(0, 1, " do_leak+0x2b/0x30 [leaky]\n");
	add(0, 2, " do_leak+0x2c/0x30 [leaky]\n");
	add(0, 1, " path+0x3b/0x80 [leaky]\n");
	options.width = 48;
	show_one(true);
	assert_text_has(text,
			"\n              16.0 KiB at leaky.c:19\n"
			"              8.0 KiB at leaky.c:18\n"
			"              4.0 KiB at …/leaky_pages_main.c:17\n");
	assert_text_has(text,
			"\n              at …/net/lab_inl.h:11 (inlined)\n");
	rest = strstr(text, "held by");
	for (line = strtok_r(rest, "\n", &rest);
	     line && !strstr(line, "none skipped");
	     line = strtok_r(NULL, "\n", &rest))
		if (line[0] == ' ' && strstr(line, "at ") &&
		    text_width(line) > options.width)
			fail_msg("%s", line);
}

static void a_long_path_leaves_room_for_the_name_of_what_was_inlined(
	void **state)
{
	(void)state;
	add(0, 1, " path+0x3b/0x80 [leaky]\n");
	options.width = 60;
	assert_text_has(show_one(true), "\n              at …/lab_inl.h:11 in "
					"lab_inl_leaf (inlined)\n");
}

/* ---- whole stacks ---- */

static void whole_stacks_have_a_line_for_each_function(void **state)
{
	(void)state;
	add(0, 0, LEAK " unknown+0x1/0x2\n");
	options.full = true;
	assert_text_has(
		show_one(true),
		"\n"
		"        set_page_owner (inlined)      "
		"include/linux/page_owner.h:32\n"
		"        post_alloc_hook+0x59/0x120    mm/page_alloc.c:1600\n"
		"        alloc_pages_noprof (inlined)  include/linux/gfp.h:1\n"
		"        do_leak+0x1b/0x30 [leaky]     "
		"/usr/src/leaky/leaky_pages_main.c:17\n"
		"        unknown+0x1/0x2\n");
	assert_text_lacks(text, " at ");
}

static void places_of_whole_stacks_are_dim(void **state)
{
	(void)state;
	add(0, 0, " do_leak+0x2b/0x30 [leaky]\n");
	options.full = true;
	options.colour = true;
	assert_text_has(show_one(true), "        do_leak+0x2b/0x30 [leaky]   "
					"\033[2mleaky.c:18\033[0m\n");
}

static void a_frame_that_fills_the_line_has_its_place_below(void **state)
{
	(void)state;
	add(0, 0, " path+0x3b/0x80 [leaky]\n");
	options.full = true;
	options.width = 44;
	assert_text_has(show_one(true),
			"\n        lab_inl_leaf (inlined)\n"
			"            drivers/net/lab_inl.h:11\n"
			"        path+0x3b/0x80 [leaky]  …/leaky.c:62\n");
}

static void a_function_whose_file_is_not_known_is_named_alone(void **state)
{
	(void)state;
	add(0, 0, " fileless+0x1/0x2\n");
	options.full = true;
	assert_text_has(show_one(true), "\n        leaf (inlined)\n"
					"        fileless+0x1/0x2\n");
}

static void frames_without_places_are_as_they_were(void **state)
{
	(void)state;
	add(0, 0, LEAK);
	options.full = true;
	options.width = 40;
	assert_text_has(show_one(false),
			"\n        post_alloc_hook+0x59/0x120\n"
			"        do_leak+0x1b/0x30 [leaky]\n");
}

/* ---- for programs ---- */

static void json_has_the_place_told_and_those_of_all_frames(void **state)
{
	(void)state;
	add(0, 0, LEAK " unknown+0x1/0x2\n");
	show_one(true);
	assert_text_has(write_as("json"),
			"\"source\": {\"function\": \"do_leak\", "
			"\"file\": \"/usr/src/leaky/leaky_pages_main.c\", "
			"\"line\": 17, \"inlined\": false},");
	assert_text_has(
		text,
		"          \"text\": \"do_leak+0x1b/0x30 [leaky]\",\n"
		"          \"places\": [\n"
		"            {\"function\": \"alloc_pages_noprof\", \"file\": "
		"\"include/linux/gfp.h\", \"line\": 1, \"inlined\": true},\n"
		"            {\"function\": \"do_leak\", \"file\": "
		"\"/usr/src/leaky/leaky_pages_main.c\", \"line\": 17, "
		"\"inlined\": false}\n"
		"          ]\n");
	assert_text_has(text, "          \"text\": \"unknown+0x1/0x2\",\n"
			      "          \"places\": []\n");
}

static void json_has_null_for_what_is_not_known(void **state)
{
	(void)state;
	add(0, 0, " nameless+0x3b/0x80 [leaky]\n");
	add(0, 0, " entry+0x1/0x2\n");
	add(0, 0, " unknown+0x1/0x2\n");
	show_one(true);
	assert_text_has(write_as("json"),
			"\"source\": {\"function\": null, \"file\": "
			"\"lab_inl.h\", \"line\": 11, \"inlined\": true},");
	assert_text_has(text, "\"file\": \"entry.S\", \"line\": null,");
	assert_text_has(text, "\"source\": null,\n      \"frames\"");
}

static void csv_has_the_place_told(void **state)
{
	(void)state;
	add(0, 1, " path+0x3b/0x80 [leaky]\n");
	add(0, 0, " unknown+0x1/0x2\n");
	add(0, 0, " entry+0x1/0x2\n");
	show_one(true);
	assert_text_has(write_as("csv"), ",stack,source_file,source_line\n");
	assert_text_has(text, ",drivers/net/lab_inl.h,11\n");
	assert_text_has(text, "unknown+0x1/0x2,,\n");
	assert_text_has(text, ",entry.S,\n");
}

static void names_of_debug_information_are_escaped(void **state)
{
	(void)state;
	add(0, 0, " hostile+0x1/0x2\n");
	assert_text_has(show_one(true),
			"at =c,\\n\"x.c:1 in =f\\x1b[2J (inlined)\n");
	options.full = true;
	assert_text_has(write_as("text"),
			"=f\\x1b[2J (inlined)         =c,\\n\"x.c:1\n");
	assert_text_has(write_as("csv"), ",\"'=c,\\x0a\"\"x.c\",1\n");
	assert_text_has(write_as("json"), "{\"function\": \"=f\\u001b[2J\", "
					  "\"file\": \"=c,\\u000a\\\"x.c\", ");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_line_of_the_blamed_frame_stands_below_its_row),
		TEST(without_places_nothing_is_said),
		TEST(a_function_that_was_inlined_is_named),
		TEST(a_mangled_name_is_told_in_words),
		TEST(a_line_that_is_not_known_is_left_out),
		TEST(stacks_of_one_line_are_told_it_once),
		TEST(the_largest_of_several_lines_come_first),
		TEST(what_stacks_of_a_line_hold_is_added_up),
		TEST(stacks_without_a_line_are_not_those_that_have_one),
		TEST(lines_of_two_captures_have_their_growth),
		TEST(no_line_is_wider_than_the_terminal),
		TEST(a_long_path_leaves_room_for_the_name_of_what_was_inlined),
		TEST(whole_stacks_have_a_line_for_each_function),
		TEST(places_of_whole_stacks_are_dim),
		TEST(a_frame_that_fills_the_line_has_its_place_below),
		TEST(a_function_whose_file_is_not_known_is_named_alone),
		TEST(frames_without_places_are_as_they_were),
		TEST(json_has_the_place_told_and_those_of_all_frames),
		TEST(json_has_null_for_what_is_not_known),
		TEST(csv_has_the_place_told),
		TEST(names_of_debug_information_are_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
