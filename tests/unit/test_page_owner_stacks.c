/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <inttypes.h>

#include "formats/format.h"
#include "tests/support/text_buffer.h"

/* All that is told, as text. */
struct listener {
	struct sink sink; /* first: the format hands it back */
	struct text_buffer told;
};

struct member {
	const char *path;
	const char *text;
};

static struct listener heard;

static bool take_record(struct sink *sink, const struct record *record,
			struct error *err)
{
	struct listener *listener = (struct listener *)sink;

	(void)err;
	assert_u64(record->count, 1);
	assert_u64(record->alloc_ts_ns, TS_NONE);
	assert_u64(record->pfn, PFN_NONE);
	assert_int_equal(record->order, 0);
	text_buffer_format(&listener->told,
			   "%" PRIu64 ": %" PRIu64 " pages%s\n", record->line,
			   record->units, record->unfinished ? ", cut" : "");
	text_buffer_add(&listener->told, record->stack);
	return true;
}

static void take_damage(struct sink *sink, const struct damage *damage)
{
	struct listener *listener = (struct listener *)sink;

	text_buffer_format(&listener->told, "%" PRIu64 ": %s\n", damage->line,
			   damage->stray ? "stray" : "skipped");
}

static void take_remark(struct sink *sink, const char *text)
{
	struct listener *listener = (struct listener *)sink;

	text_buffer_format(&listener->told, "remark: %s\n", text);
}

/* A copy, which is overwritten behind the call. */
static void push(const struct format *format, void *state, struct span text,
		 struct sink *sink)
{
	char *copy = malloc(text.length);
	struct error err;

	assert_non_null(copy);
	memcpy(copy, text.at, text.length);
	assert_true(format->block(state, (struct span){copy, text.length}, sink,
				  &err));
	memset(copy, '#', text.length);
	free(copy);
}

static void push_lines(const struct format *format, void *state,
		       struct span text, struct sink *sink)
{
	struct span rest = text, line;

	while (span_take_line(&rest, &line))
		push(format, state, span_between(line.at, rest.at), sink);
}

static void hear(struct listener *listener, const struct member *members,
		 size_t count, bool by_line)
{
	const struct format *format = format_named("page_owner_stacks");
	void *state = calloc(1, format->state_size);
	struct error err;
	size_t i;

	listener->sink.record = take_record;
	listener->sink.damage = take_damage;
	listener->sink.remark = take_remark;
	assert_non_null(state);
	text_buffer_add(&listener->told, SPAN(""));
	for (i = 0; i < count; i++) {
		struct span text = span_of(members[i].text);

		listener->sink.path = span_of(members[i].path);
		if (by_line)
			push_lines(format, state, text, &listener->sink);
		else if (text.length)
			push(format, state, text, &listener->sink);
	}
	assert_true(format->finish(state, ENDING_INPUT, &listener->sink, &err));
	text_buffer_format(&listener->told, "lines %" PRIu64 "\n",
			   listener->sink.lines);
	free(state);
}

/* Read in several ways, which must not matter. */
static void read_members(const struct member *members, size_t count)
{
	unsigned way;

	text_buffer_deinit(&heard.told);
	heard = (struct listener){.sink.scan = text_scan_best()};
	hear(&heard, members, count, false);
	for (way = 1; way < 8; way++) {
		struct listener other = {
			.sink.careful = way & 2,
			.sink.scan = way & 4 ? text_scan_portable()
					     : text_scan_best(),
		};

		hear(&other, members, count, way & 1);
		assert_string_equal(other.told.at, heard.told.at);
		text_buffer_deinit(&other.told);
	}
}

static void read_text(const char *text)
{
	read_members(&(struct member){"", text}, 1);
}

static int teardown(void **state)
{
	(void)state;
	text_buffer_deinit(&heard.told);
	return 0;
}

#define assert_heard(expected) assert_string_equal(heard.told.at, expected)

/* ---- show_stacks ---- */

static void a_block_is_a_stack_with_its_pages(void **state)
{
	(void)state;
	read_text(" f+0x1/0x2\n g+0x3/0x4 [mod]\nnr_base_pages: 16\n\n"
		  " h+0x1/0x2\nnr_base_pages: 2147483647\n\n");
	assert_heard("1: 16 pages\n f+0x1/0x2\n g+0x3/0x4 [mod]\n"
		     "5: 2147483647 pages\n h+0x1/0x2\n"
		     "lines 7\n");
}

static void the_count_has_had_another_name(void **state)
{
	(void)state;
	read_text(" f+0x1/0x2\nstack_count: 3\n\n");
	assert_heard("1: 3 pages\n f+0x1/0x2\nlines 3\n");
}

static void the_same_stack_twice_is_two_records(void **state)
{
	(void)state;
	read_text(" f+0x1/0x2\nnr_base_pages: 3\n\n"
		  " f+0x1/0x2\nnr_base_pages: 4\n\n");
	assert_heard("1: 3 pages\n f+0x1/0x2\n4: 4 pages\n f+0x1/0x2\n"
		     "lines 6\n");
}

static void a_block_may_have_no_frames(void **state)
{
	(void)state;
	read_text("nr_base_pages: 7\n\n f+0x1/0x2\nnr_base_pages: 1\n\n");
	assert_heard("1: 7 pages\n3: 1 pages\n f+0x1/0x2\nlines 5\n");
}

static void frames_without_a_symbol_are_kept(void **state)
{
	(void)state;
	read_text(" 0xffffffffc0123456\n [<0000abcd>] f+0x1/0x2\n"
		  "nr_base_pages: 1\n\n");
	assert_heard("1: 1 pages\n 0xffffffffc0123456\n"
		     " [<0000abcd>] f+0x1/0x2\nlines 4\n");
}

static void noise_around_the_lines_is_taken_off(void **state)
{
	static const char plain[] = "1: 5 pages\n f+0x1/0x2\n g+0x3/0x4 [m]\n"
				    "lines 4\n";

	(void)state;
	read_text(" f+0x1/0x2\r\n g+0x3/0x4 [m]\r\nnr_base_pages: 5\r\n\r\n");
	assert_heard(plain);
	read_text(">  f+0x1/0x2\n>  g+0x3/0x4 [m]\n> nr_base_pages: 5\n>\n");
	assert_heard(plain);
	read_text("[    1.234567]  f+0x1/0x2\n[    1.234567]  g+0x3/0x4 [m]\n"
		  "[    1.234567] nr_base_pages: 5\n[    1.234567] \n");
	assert_heard(plain);
	read_text("    f+0x1/0x2\n    g+0x3/0x4 [m]\nnr_base_pages: 5\n\n");
	assert_heard(plain);
	read_text("f+0x1/0x2\ng+0x3/0x4 [m]\nnr_base_pages: 5  \n\n");
	assert_heard(plain);
	read_text(" f+0x1/0x2  \n g+0x3/0x4 [m]  \nnr_base_pages: 5\n  \n");
	assert_heard(plain);
	read_text("show_stacks: f+0x1/0x2\nd/show_stacks: g+0x3/0x4 [m]\n"
		  "/d/show_stacks:nr_base_pages: 5\n/d/show_stacks:\n");
	assert_heard(plain);
}

static void a_line_of_something_else_is_stray_and_parts_no_block(void **state)
{
	(void)state;
	read_text("# cat show_stacks\n f+0x1/0x2\nBUG: something\n g+0x3/0x4\n"
		  "nr_base_pages: 5\n\n\0");
	assert_heard("1: stray\n3: stray\n"
		     "2: 5 pages\n f+0x1/0x2\n g+0x3/0x4\nlines 6\n");
}

static void an_address_that_is_no_caller_is_left_out(void **state)
{
	(void)state;
	read_text(" f+0x1/0x2\n ? g+0x3/0x4\n h+0x1/0x2\nnr_base_pages: 5\n\n");
	assert_heard("1: 5 pages\n f+0x1/0x2\n h+0x1/0x2\nlines 5\n");
}

static void a_count_that_is_no_number_skips_the_block(void **state)
{
	(void)state;
	read_text(" f+0x1/0x2\nnr_base_pages: 99999999999999999999\n\n"
		  " g+0x1/0x2\nnr_base_pages: -5\n\n"
		  " h+0x1/0x2\nnr_base_pages: 18446744073709551615\n\n");
	assert_heard("2: skipped\n5: skipped\n"
		     "7: 18446744073709551615 pages\n h+0x1/0x2\nlines 9\n");
}

static void a_block_without_its_count_is_skipped(void **state)
{
	(void)state;
	read_text(" f+0x1/0x2\n\n g+0x1/0x2\nnr_base_pages: 1\n\n h+0x1/0x2\n");
	assert_heard("2: skipped\n3: 1 pages\n g+0x1/0x2\n6: skipped\n"
		     "lines 6\n");
}

static void a_line_of_one_space_is_blank(void **state)
{
	(void)state;
	read_text(" f+0x1/0x2\n \n g+0x1/0x2\nnr_base_pages: 1\n\n");
	assert_heard("2: skipped\n3: 1 pages\n g+0x1/0x2\nlines 5\n");
}

static void a_text_may_end_anywhere(void **state)
{
	static const char text[] = " f+0x1/0x2\nnr_base_pages: 12\n\n"
				   " g+0x1/0x2\nnr_base_pages: 34\n";
	char cut[sizeof(text)];
	size_t length;

	(void)state;
	for (length = 31; length < sizeof(text) - 2; length++) {
		bool has_count = length >= sizeof(text) - 3;

		snprintf(cut, sizeof(cut), "%.*s", (int)length, text);
		read_text(cut);
		assert_non_null(
			strstr(heard.told.at, "1: 12 pages\n f+0x1/0x2\n"));
		/* A number that no newline follows may have been longer. */
		assert_int_equal(strstr(heard.told.at, "pages, cut\n g") != 0,
				 has_count);
	}
	read_text(text);
	assert_heard("1: 12 pages\n f+0x1/0x2\n4: 34 pages\n g+0x1/0x2\n"
		     "lines 5\n");
}

static void a_block_glued_to_one_that_was_cut_is_read(void **state)
{
	(void)state;
	read_text(" f+0x1/0x2\n cut+0x1/0 g+0x1/0x2\nnr_base_pages: 3\n\n");
	assert_heard("2: skipped\n2: 3 pages\n g+0x1/0x2\nlines 4\n");
	read_text(" f+0x1/0x2\nnr_base_pages: 1 g+0x1/0x2 [m]\n"
		  "nr_base_pages: 3\n\n");
	assert_heard("2: skipped\n2: 3 pages\n g+0x1/0x2 [m]\nlines 4\n");
	read_text(" f+0x1/0x2\nnr_base_p g+0x1/0x2\nnr_base_pages: 3\n\n");
	assert_heard("2: skipped\n2: 3 pages\n g+0x1/0x2\nlines 4\n");
}

static void what_a_cut_has_left_at_the_start_is_a_block_that_is_lost(
	void **state)
{
	(void)state;
	read_text("nr_ba g+0x1/0x2\nnr_base_pages: 3\n");
	assert_heard("1: skipped\n"
		     "1: 3 pages\n g+0x1/0x2\n"
		     "lines 2\n");
}

static void a_log_line_that_ends_in_a_frame_is_no_frame(void **state)
{
	(void)state;
	read_text(" f+0x1/0x2\nRIP: 0010: g+0x1/0x2\nnr_base_pages: 3\n\n");
	assert_heard("2: stray\n1: 3 pages\n f+0x1/0x2\nlines 4\n");
}

static void frames_beyond_64_kib_are_told_and_the_pages_kept(void **state)
{
	struct text_buffer text = {0};
	int i;

	(void)state;
	for (i = 0; i < 6000; i++)
		text_buffer_add(&text, SPAN(" f+0x1/0x2\n"));
	text_buffer_add(&text, SPAN("nr_base_pages: 3\n\n"));
	read_text(text.at);
	assert_non_null(strstr(heard.told.at, "5958: stray\n"));
	assert_null(strstr(heard.told.at, "5957: stray\n"));
	assert_non_null(strstr(heard.told.at, "1: 3 pages\n"));
	text_buffer_deinit(&text);
}

/* ---- handles ---- */

#define HANDLES                              \
	"handle: 5\nnr_base_pages: 9643\n\n" \
	"handle: 1\nnr_base_pages: 47\n\n"
#define STACKS_HANDLES " g+0x1/0x2\nhandle: 1\n\n f+0x1/0x2\nhandle: 5\n\n"

static const struct member handles = {"d/show_handles", HANDLES};
static const struct member names = {"d/show_stacks_handles", STACKS_HANDLES};

static void handles_are_joined_in_the_order_of_show_handles(void **state)
{
	const struct member one[] = {handles, names};
	const struct member other[] = {names, handles};

	(void)state;
	read_members(one, 2);
	assert_heard("1: 9643 pages\n f+0x1/0x2\n4: 47 pages\n g+0x1/0x2\n"
		     "lines 12\n");
	read_members(other, 2);
	assert_heard("7: 9643 pages\n f+0x1/0x2\n10: 47 pages\n g+0x1/0x2\n"
		     "lines 12\n");
	read_text(HANDLES STACKS_HANDLES);
	assert_heard("1: 9643 pages\n f+0x1/0x2\n4: 47 pages\n g+0x1/0x2\n"
		     "lines 12\n");
}

static void show_stacks_says_what_the_handles_say_again(void **state)
{
	const struct member members[] = {
		handles,
		{"d/show_stacks", " f+0x1/0x2\nnr_base_pages: 9643\n\n"},
		names,
	};

	(void)state;
	read_members(members, 3);
	assert_heard("7: 9643 pages\n f+0x1/0x2\nlines 15\n");
}

static void the_sign_of_a_handle_means_nothing(void **state)
{
	(void)state;
	read_text(" f+0x1/0x2\nhandle: -2\n\n"
		  "handle: 4294967294\nnr_base_pages: 3\n\n"
		  "handle: -2147483648\nnr_base_pages: 4\n\n");
	assert_heard("4: 3 pages\n f+0x1/0x2\n"
		     "7: 4 pages\n (handle 2147483648)\n"
		     "remark: 1 handle with 4 pages has no stack in "
		     "show_stacks_handles\nlines 9\n");
}

static void a_handle_beyond_32_bits_is_skipped(void **state)
{
	(void)state;
	read_text(" f+0x1/0x2\nhandle: 1\n\n"
		  "handle: 4294967296\n\nhandle: -2147483649\n\n"
		  "handle: 1\nnr_base_pages: 2\n\n");
	assert_heard("4: skipped\n6: skipped\n8: 2 pages\n f+0x1/0x2\n"
		     "lines 10\n");
}

static void handles_without_a_stack_are_delivered_and_told(void **state)
{
	(void)state;
	read_text(" f+0x1/0x2\nhandle: 1\n\nhandle: 7\nnr_base_pages: 5\n\n"
		  "handle: 1\nnr_base_pages: 2\n\n"
		  "handle: 55443544\nnr_base_pages: 7\n\n");
	assert_heard("4: 5 pages\n (handle 7)\n7: 2 pages\n f+0x1/0x2\n"
		     "10: 7 pages\n (handle 55443544)\n"
		     "remark: 2 handles with 12 pages have no stack in "
		     "show_stacks_handles\nlines 12\n");
	read_text(" f+0x1/0x2\nhandle: 1\n\nhandle: 7\nnr_base_pages: 1\n\n");
	assert_heard("4: 1 pages\n (handle 7)\n"
		     "remark: 1 handle with 1 page has no stack in "
		     "show_stacks_handles\nlines 6\n");
}

static void show_handles_alone_knows_handles_only(void **state)
{
	(void)state;
	read_members(&handles, 1);
	assert_heard("1: 9643 pages\n (handle 5)\n4: 47 pages\n (handle 1)\n"
		     "remark: show_stacks_handles is missing: stacks are known "
		     "by handle only\nlines 6\n");
}

static void show_stacks_handles_alone_has_no_counts(void **state)
{
	(void)state;
	read_members(&names, 1);
	assert_heard("remark: show_stacks_handles has no counts, and "
		     "show_handles, which has them, is missing\nlines 6\n");
}

static void a_handle_that_comes_again_is_counted_anew(void **state)
{
	(void)state;
	read_text(STACKS_HANDLES HANDLES "handle: 5\nnr_base_pages: 2\n\n");
	assert_heard("13: 2 pages\n f+0x1/0x2\n10: 47 pages\n g+0x1/0x2\n"
		     "remark: 1 handle came again in show_handles: the last "
		     "count holds\nlines 15\n");
}

static void a_handle_may_stand_for_no_frames(void **state)
{
	(void)state;
	read_text("handle: 3\n\n" STACKS_HANDLES
		  "handle: 3\nnr_base_pages: 4\n\n");
	assert_heard("9: 4 pages\nlines 11\n");
}

static void each_member_begins_afresh(void **state)
{
	const struct member cut[] = {
		{"d/show_stacks",
		 " f+0x1/0x2\nnr_base_pages: 1\n\n g+0x1/0x2\n"},
		{"e/show_stacks", " h+0x1/0x2\nnr_base_pages: 2\n"},
		{"f/show_stacks", " i+0x1/0x2\nnr_base_pages: 3\n"},
	};
	const struct member inside[] = {
		{"x", "handle: 5\nnr_base_pages: 6\n\nhandle: 1"},
		{"x", "nr_base_pages: 2\n"},
	};

	(void)state;
	read_members(cut, 3);
	assert_heard("1: 1 pages\n f+0x1/0x2\n4: skipped\n"
		     "5: 2 pages\n h+0x1/0x2\n7: 3 pages\n i+0x1/0x2\n"
		     "lines 8\n");
	/* Of one name, but the first had no newline at its end. */
	read_members(inside, 2);
	assert_heard("4: skipped\n5: 2 pages\nlines 5\n");
}

static void a_handle_without_its_count_is_skipped_at_the_end(void **state)
{
	const struct member members[] = {
		names, {"d/show_handles", HANDLES "handle: 6\n"}};

	(void)state;
	read_members(members, 2);
	assert_heard("13: skipped\n"
		     "7: 9643 pages\n f+0x1/0x2\n10: 47 pages\n g+0x1/0x2\n"
		     "lines 13\n");
}

static void a_handle_glued_to_a_cut_frame_begins_a_block(void **state)
{
	(void)state;
	read_text(STACKS_HANDLES " x+0x1/0x2\n cut+0xhandle: 1\n"
				 "nr_base_pages: 3\n\n");
	assert_heard("8: skipped\n8: 3 pages\n g+0x1/0x2\nlines 10\n");
}

/* ---- sniffing ---- */

static void assert_sniffed(const char *text, const char *line)
{
	const struct format *format = format_named("page_owner_stacks");
	const char *found = format->sniff(span_of(text));

	assert_ptr_equal(found, line ? strstr(text, line) : NULL);
}

static void each_shape_is_known_by_its_second_half(void **state)
{
	(void)state;
	assert_sniffed(" f+0x1/0x2\nnr_base_pages: 1\n\n", "nr_base");
	assert_sniffed(" f+0x1/0x2\nstack_count: 1\n\n", "stack_c");
	assert_sniffed("handle: 5\nnr_base_pages: 1\n\n", "nr_base");
	assert_sniffed(" f+0x1/0x2\nhandle: 5\n\n g+0x1/0x2\n", "handle: 5");
	assert_sniffed(" f+0x1/0x2 [m]\r\nhandle: -5\r\n\r\n", "handle: -5");
	assert_sniffed("> nr_base_pages: 1\n", "> nr");
	assert_sniffed(" f+0x1/0x2\nhandle: 5", "handle: 5");
}

static void other_texts_are_not_taken_for_stacks(void **state)
{
	(void)state;
	assert_sniffed("", NULL);
	assert_sniffed(" f+0x1/0x2\n", NULL);
	assert_sniffed("nr_free_pages 12\n", NULL);
	assert_sniffed("x nr_base_pages: 1\n", NULL);
	assert_sniffed("nr_base_pages: many\n", NULL);
	assert_sniffed("handle: 5\n\n", NULL);
	assert_sniffed("nr_base_pages: ", NULL);
	/* page_owner is to print handles too. */
	assert_sniffed(" f+0x1/0x2\nhandle: 5\n\nPage allocated via order 0, "
		       "mask 0x0\n",
		       NULL);
	assert_sniffed(" f+0x1/0x2\nhandle: 5\nCharged to memcg x\n\n", NULL);
}

/* ---- failures ---- */

static bool refuse_record(struct sink *sink, const struct record *record,
			  struct error *err)
{
	struct listener *listener = (struct listener *)sink;

	(void)record;
	(void)err;
	text_buffer_add(&listener->told, SPAN("asked\n"));
	return false;
}

static void a_sink_that_failed_is_not_asked_again(void **state)
{
	const struct format *format = format_named("page_owner_stacks");
	void *parser = calloc(1, format->state_size);
	struct error err;

	(void)state;
	text_buffer_deinit(&heard.told);
	heard = (struct listener){
		.sink.record = refuse_record,
		.sink.damage = take_damage,
		.sink.remark = take_remark,
		.sink.scan = text_scan_best(),
	};
	assert_false(format->block(parser,
				   SPAN(HANDLES " f+0x1/0x2\n"
						"nr_base_pages: 1\n"),
				   &heard.sink, &err));
	assert_false(format->finish(parser, ENDING_INPUT, &heard.sink, &err));
	assert_heard("asked\n");
	free(parser);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_block_is_a_stack_with_its_pages),
		TEST(the_count_has_had_another_name),
		TEST(the_same_stack_twice_is_two_records),
		TEST(a_block_may_have_no_frames),
		TEST(frames_without_a_symbol_are_kept),
		TEST(noise_around_the_lines_is_taken_off),
		TEST(a_line_of_something_else_is_stray_and_parts_no_block),
		TEST(an_address_that_is_no_caller_is_left_out),
		TEST(a_count_that_is_no_number_skips_the_block),
		TEST(a_block_without_its_count_is_skipped),
		TEST(a_line_of_one_space_is_blank),
		TEST(a_text_may_end_anywhere),
		TEST(a_block_glued_to_one_that_was_cut_is_read),
		TEST(what_a_cut_has_left_at_the_start_is_a_block_that_is_lost),
		TEST(a_log_line_that_ends_in_a_frame_is_no_frame),
		TEST(frames_beyond_64_kib_are_told_and_the_pages_kept),
		TEST(handles_are_joined_in_the_order_of_show_handles),
		TEST(show_stacks_says_what_the_handles_say_again),
		TEST(the_sign_of_a_handle_means_nothing),
		TEST(a_handle_beyond_32_bits_is_skipped),
		TEST(handles_without_a_stack_are_delivered_and_told),
		TEST(show_handles_alone_knows_handles_only),
		TEST(show_stacks_handles_alone_has_no_counts),
		TEST(a_handle_that_comes_again_is_counted_anew),
		TEST(a_handle_may_stand_for_no_frames),
		TEST(each_member_begins_afresh),
		TEST(a_handle_without_its_count_is_skipped_at_the_end),
		TEST(a_handle_glued_to_a_cut_frame_begins_a_block),
		TEST(each_shape_is_known_by_its_second_half),
		TEST(other_texts_are_not_taken_for_stacks),
		TEST(a_sink_that_failed_is_not_asked_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
