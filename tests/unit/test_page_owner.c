/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parser of page_owner dumps. Each text is read in several ways, which
 * must agree, before anything is said about it.
 */
#include "tests/support/check.h"

#include "model/stack_class.h"
#include "tests/support/collector.h"
#include "tests/support/dump_maker.h"

static const struct format *page_owner;
static struct collector dump; /* what the last read_text() found */

static const struct collector_way ways[] = {
	{.block = 0},  {.block = 0, .careful = true},
	{.block = 1},  {.block = 1, .careful = true},
	{.block = 90}, {.block = 0, .portable = true},
};

/* Read text in all ways; what the first one found stays in `dump`. */
static void read_span(struct span text)
{
	struct text_buffer first = {0};
	size_t i;

	collector_deinit(&dump);
	for (i = 0; i < TEST_COUNT(ways); i++) {
		struct text_buffer other = {0};
		struct collector found;

		collector_read(&found, page_owner, text, &ways[i]);
		if (i == 0) {
			collector_print(&found, &first);
			dump = found;
			continue;
		}
		collector_print(&found, &other);
		if (other.length != first.length ||
		    memcmp(other.at, first.at, first.length) != 0)
			fail_msg("way %zu differs:\n%s----\n%s", i, first.at,
				 other.at);
		text_buffer_deinit(&other);
		collector_deinit(&found);
	}
	text_buffer_deinit(&first);
}

static void read_text(const char *text)
{
	read_span(span_of(text));
}

static void assert_counts(size_t records, size_t skipped, size_t stray)
{
	assert_int_equal(dump.count, records);
	assert_int_equal(dump.skipped, skipped);
	assert_int_equal(dump.stray, stray);
}

static const struct record *record_at(size_t i)
{
	assert_in_range(i, 0, dump.count - 1);
	return &dump.records[i].record;
}

static void assert_stack(size_t i, const char *text)
{
	record_at(i);
	assert_span(dump.records[i].stack->text, text);
}

static void assert_field(size_t i, enum record_field field, const char *text)
{
	assert_span(record_at(i)->fields[field], text);
}

static int setup(void **state)
{
	(void)state;
	page_owner = format_named("page_owner");
	return page_owner ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

#define HEAD_6_8                                                        \
	"Page allocated via order 0, mask 0x400dc0(GFP_KERNEL_ACCOUNT|" \
	"__GFP_ZERO), pid 737, tgid 730 (NetworkManager), "             \
	"ts 3964670439 ns\n"
#define PAGE_6_8                                                 \
	"PFN 0x2ba4 type Unmovable Block 21 type Movable Flags " \
	"0xfffffc0000000(node=1|zone=2|lastcpupid=0x1fffff)\n"
#define STACK " f+0x1/0x2\n g+0x3/0x4 [mod]\n"
#define GOOD  HEAD_6_8 PAGE_6_8 STACK "\n"

/* ---- the kernels, literally ---- */

static void a_record_of_3_19_has_a_number_for_its_mask(void **state)
{
	(void)state;
	read_text("Page allocated via order 3, mask 0x200da\n"
		  "PFN 4097 Block 8 type 2 Fallback Flags    U  A     B\n"
		  " [<ffffffff8117e4e3>] __alloc_pages_nodemask+0x1a5/0x290\n"
		  " [<ffffffffa0000010>] do_leak+0x10/0x20 [leaky]\n"
		  " [<ffffffffffffffff>] 0xffffffffffffffff\n"
		  "\n");
	assert_counts(1, 0, 0);
	assert_u64(record_at(0)->units, 8);
	assert_u64(record_at(0)->pfn, 4097);
	assert_u64(record_at(0)->alloc_ts_ns, TS_NONE);
	assert_field(0, FIELD_GFP, "0x200da");
	assert_field(0, FIELD_PID, "");
	assert_field(0, FIELD_COMM, "");
	assert_field(0, FIELD_MIGRATETYPE, "");
	assert_field(0, FIELD_PAGEBLOCK, "2");
	assert_stack(0, " __alloc_pages_nodemask+0x1a5/0x290\n"
			" do_leak+0x10/0x20 [leaky]\n");
}

static void a_record_of_3_19_may_lack_its_trailing_spaces(void **state)
{
	(void)state;
	read_text("Page allocated via order 0, mask 0x0\n"
		  "PFN 4097 Block 8 type 2          Flags\n"
		  " [<c1234567>] f+0x1/0x2\n"
		  "\n");
	assert_counts(1, 0, 0);
	assert_int_equal(record_at(0)->evidence, EVIDENCE_EARLY_MASK);
	assert_stack(0, " f+0x1/0x2\n");
}

static void a_record_of_4_6_has_names_and_raw_pointers(void **state)
{
	(void)state;
	read_text("Page allocated via order 2, mask "
		  "0x24280c0(GFP_KERNEL|__GFP_ZERO|__GFP_COMP)\n"
		  "PFN 4097 type Reclaimable Block 8 type Movable Flags "
		  "0x4000000000004080(slab|head)\n"
		  " [<ffffffff811b1c35>] __alloc_pages_nodemask+0x1a5/0x290\n"
		  "\n");
	assert_counts(1, 0, 0);
	assert_field(0, FIELD_GFP, "GFP_KERNEL|__GFP_ZERO|__GFP_COMP");
	assert_field(0, FIELD_MIGRATETYPE, "Reclaimable");
	assert_field(0, FIELD_PAGEBLOCK, "Movable");
	assert_field(0, FIELD_NODE, "");
	assert_int_equal(record_at(0)->evidence, EVIDENCE_RECLAIMABLE);
	assert_stack(0, " __alloc_pages_nodemask+0x1a5/0x290\n");
}

static void a_record_of_5_11_has_pid_and_time(void **state)
{
	(void)state;
	read_text("Page allocated via order 0, mask 0x1100cca("
		  "GFP_HIGHUSER_MOVABLE), pid 742, ts 12893458232 ns\n"
		  "PFN 4097 type Movable Block 8 type Movable Flags "
		  "0x17fffc0010200()\n"
		  " f+0x1/0x2\n"
		  "\n");
	assert_counts(1, 0, 0);
	assert_field(0, FIELD_PID, "742");
	assert_field(0, FIELD_TGID, "");
	assert_u64(record_at(0)->alloc_ts_ns, 12893458232);
	assert_int_equal(record_at(0)->evidence, EVIDENCE_MOVABLE);
}

static void a_record_of_5_13_has_free_ts_node_and_zone(void **state)
{
	(void)state;
	read_text("Page allocated via order 0, mask 0x1100cca("
		  "GFP_HIGHUSER_MOVABLE), pid 742, ts 12893458232 ns, "
		  "free_ts 7 ns\n"
		  "PFN 4097 type Movable Block 8 type CMA Flags "
		  "0x17fffc0010200(lru|node=3|zone=0|lastcpupid=0x1f)\n"
		  "\n");
	assert_counts(1, 0, 0);
	assert_u64(record_at(0)->alloc_ts_ns, 12893458232);
	assert_field(0, FIELD_NODE, "3");
	assert_field(0, FIELD_ZONE, "0");
	assert_field(0, FIELD_PAGEBLOCK, "CMA");
	assert_stack(0, "");
}

static void a_record_of_6_8_has_a_task_and_a_hexadecimal_pfn(void **state)
{
	(void)state;
	read_text(GOOD);
	assert_counts(1, 0, 0);
	assert_field(0, FIELD_PID, "737");
	assert_field(0, FIELD_TGID, "730");
	assert_field(0, FIELD_COMM, "NetworkManager");
	assert_field(0, FIELD_ORDER, "0");
	assert_u64(record_at(0)->pfn, 0x2ba4);
	assert_u64(record_at(0)->line, 1);
	assert_u64(dump.sink.lines, 5);
	assert_stack(0, STACK);
}

static void the_radix_of_a_pfn_is_told_by_its_0x_only(void **state)
{
	(void)state;
	read_text("Page allocated via order 0, mask 0x1(X), pid 1, ts 2 ns\n"
		  "PFN 11172 type Unmovable Block 21 type X Flags 0x0()\n\n"
		  "Page allocated via order 0, mask 0x1(X), pid 1, ts 2 ns\n"
		  "PFN 0x11172 type Unmovable Block 21 type X Flags 0x0()\n\n");
	assert_counts(2, 0, 0);
	assert_u64(record_at(0)->pfn, 11172);
	assert_u64(record_at(1)->pfn, 0x11172);
}

/* Every optional field of a header with every other. */
static void header_fields_may_be_there_in_any_mix(void **state)
{
	unsigned mix;

	(void)state;
	for (mix = 0; mix < 64; mix++) {
		struct text_buffer text = {0};
		bool pid = mix & 2;

		text_buffer_format(&text,
				   "Page allocated via order 1, mask 0x2%s%s%s"
				   "%s%s%s\nPFN 1 type A Block 2 type B Flags "
				   "0x0()\n f+0x1/0x2\n\n",
				   mix & 1 ? "(G)" : "", pid ? ", pid 3" : "",
				   pid && mix & 4 ? ", tgid 4" : "",
				   pid && mix & 8 ? " (c)" : "",
				   mix & 16 ? ", ts 5 ns" : "",
				   mix & 32 ? ", free_ts 6 ns" : "");
		read_span(text_buffer_span(&text));
		assert_counts(1, 0, 0);
		assert_field(0, FIELD_GFP, mix & 1 ? "G" : "0x2");
		assert_field(0, FIELD_PID, pid ? "3" : "");
		assert_field(0, FIELD_TGID, pid && mix & 4 ? "4" : "");
		assert_field(0, FIELD_COMM, pid && mix & 8 ? "c" : "");
		assert_u64(record_at(0)->alloc_ts_ns, mix & 16 ? 5 : TS_NONE);
		text_buffer_deinit(&text);
	}
}

static void the_mask_may_end_in_unknown_bits(void **state)
{
	(void)state;
	read_text("Page allocated via order 0, mask 0x8000cc0(GFP_KERNEL|"
		  "0x8000000), pid 1, ts 2 ns\n" PAGE_6_8 "\n");
	assert_counts(1, 0, 0);
	assert_field(0, FIELD_GFP, "GFP_KERNEL|0x8000000");
}

static void an_empty_mask_means_early(void **state)
{
	(void)state;
	read_text("Page allocated via order 0, mask 0x0(), pid 1, tgid 1 "
		  "(swapper/0), ts 158908732 ns, free_ts 0 ns\n"
		  "PFN 4540 type Unmovable Block 8 type Unmovable Flags "
		  "0xfffffc0010200(slab|head|node=0)\n"
		  " register_early_stack+0x28/0x57\n"
		  "Slab cache page\n\n");
	assert_counts(1, 0, 0);
	assert_int_equal(record_at(0)->evidence,
			 EVIDENCE_EARLY_MASK | EVIDENCE_SLAB_LINE);
	assert_field(0, FIELD_GFP, "0x0");
}

/* ---- handles ---- */

static void a_handle_stands_for_the_stack_it_replaces(void **state)
{
	(void)state;
	read_text(HEAD_6_8 PAGE_6_8 "handle: 1048583\n"
				    "Charged to memcg x\n\n");
	assert_counts(1, 0, 0);
	assert_stack(0, " handle:1048583\n");
	assert_field(0, FIELD_MEMCG, "x");
}

static void a_handle_behind_a_stack_does_not_change_it(void **state)
{
	(void)state;
	read_text(HEAD_6_8 PAGE_6_8 STACK "handle: 1048583\n\n" GOOD);
	assert_counts(2, 0, 0);
	assert_stack(0, STACK);
	assert_ptr_equal(dump.records[0].stack, dump.records[1].stack);
}

/* ---- task names ---- */

static void assert_comm(const char *comm)
{
	struct text_buffer text = {0};

	assert_in_range(strlen(comm), 0, 15);
	text_buffer_format(&text,
			   GOOD "Page allocated via order 0, mask 0x1(X), pid "
				"1, tgid 2 (%s), ts 7 ns, free_ts 8 "
				"ns\n" PAGE_6_8 STACK "\n" GOOD,
			   comm);
	read_span(text_buffer_span(&text));
	assert_counts(3, 0, 0);
	assert_field(1, FIELD_COMM, comm);
	assert_u64(record_at(1)->alloc_ts_ns, 7);
	assert_field(1, FIELD_TGID, "2");
	assert_stack(1, STACK);
	assert_field(2, FIELD_COMM, "NetworkManager");
	text_buffer_deinit(&text);
}

static void a_task_name_may_hold_any_punctuation(void **state)
{
	static const char *const comms[] = {
		"",
		"(sd-pam)",
		")",
		"a), b (c",
		", ts 5 ns",
		"x, ts 5 ns",
		"x), ts 5 ns",
		"a), free_ts 1 n",
		"PFN 1",
		"mask 0x0()",
		"\xff\xfe\x01",
		" ",
		", tgid 1 (",
		"\033[2J",
		"\r",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(comms); i++)
		assert_comm(comms[i]);
}

static void a_task_name_may_hold_newlines_and_blank_lines(void **state)
{
	static const char *const comms[] = {
		"\n",
		"a\nb",
		"\n\n\n",
		"a\n\nb",
		"\n f+0x1/0x2\n",
		"\n\n f+0x1/0x2\n",
		"\nhandle: 7\n",
		"\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(comms); i++)
		assert_comm(comms[i]);
}

static void a_task_name_may_forge_the_begin_of_a_pfn_line(void **state)
{
	(void)state;
	assert_comm("nl\n\nPFN 0x1 typ");
	assert_comm("\nPFN 1 Block 1"); /* a whole one, of 4.5 */
	assert_comm("\nPFN 1 Block \n");
	/* With the end of a header before it. */
	assert_comm(")\nPFN 1 Block 1");
	assert_comm(")\nPFN 1 Block \n");
	assert_comm("x)\nPFN 1 Block ");
}

static void a_task_name_may_forge_the_end_of_a_header(void **state)
{
	(void)state;
	assert_comm("x), ts 5 ns\n");
	assert_comm("x), ts 5 ns\n\n\n");
	assert_comm("x), ts 5 ns\nP");
}

static void a_task_name_is_too_short_to_forge_a_header(void **state)
{
	(void)state;
	assert_comm("\nPage allocated");
	assert_comm("Page allocated ");
	assert_comm("\n\nPage allocate");
}

/* ---- the lines behind the stack ---- */

static void assert_memcg(const char *line, const char *name, bool offline)
{
	struct text_buffer text = {0};

	text_buffer_format(&text, HEAD_6_8 PAGE_6_8 STACK "%s\n\n" GOOD, line);
	read_span(text_buffer_span(&text));
	assert_counts(2, 0, 0);
	assert_span(record_at(0)->memcg, name);
	assert_field(0, FIELD_MEMCG, name);
	assert_int_equal(record_at(0)->memcg_offline, offline);
	assert_stack(0, STACK);
	assert_span(record_at(1)->memcg, "");
	assert_false(record_at(1)->memcg_offline);
	text_buffer_deinit(&text);
}

static void memcg_lines_are_read_in_all_forms(void **state)
{
	(void)state;
	assert_memcg("Charged to memcg a.service", "a.service", false);
	assert_memcg("Charged to memcg /", "/", false);
	assert_memcg("Charged (via objcg) to memcg a b)c", "a b)c", false);
	assert_memcg("Charged to offline memcg x", "x", true);
	assert_memcg("Charged (via objcg) to offline memcg x", "x", true);
	assert_memcg("Charged to offlined memcg NAME.", "NAME", true);
	assert_memcg("Charged to memcg offline memcg x", "offline memcg x",
		     false);
	assert_memcg("Charged to memcg NAME.", "NAME.", false);
}

static void a_cgroup_may_be_named_like_a_header(void **state)
{
	(void)state;
	assert_memcg("Charged to memcg Page allocated via order 0, mask 0x1",
		     "Page allocated via order 0, mask 0x1", false);
	assert_memcg("Charged to memcg memcg Page allocated via order 0",
		     "memcg Page allocated via order 0", false);
}

static void lines_behind_a_stack_are_no_part_of_it(void **state)
{
	(void)state;
	read_text(GOOD HEAD_6_8 PAGE_6_8 STACK
		  "Page has been migrated, last migrate reason: compaction\n"
		  "Slab cache page\n"
		  "Charged to memcg x\n\n");
	assert_counts(2, 0, 0);
	assert_ptr_equal(dump.records[0].stack, dump.records[1].stack);
	assert_int_equal(record_at(1)->evidence, EVIDENCE_SLAB_LINE);
	assert_int_equal(record_at(0)->evidence, 0);
}

/* ---- stacks ---- */

static void a_stack_may_have_no_frames(void **state)
{
	(void)state;
	read_text(HEAD_6_8 PAGE_6_8 "\n" GOOD);
	assert_counts(2, 0, 0);
	assert_stack(0, "");
	assert_stack(1, STACK);
}

static void frames_without_symbols_are_addresses(void **state)
{
	(void)state;
	read_text(HEAD_6_8 PAGE_6_8 " 0xffffffffc0123456\n"
				    " f+0x1/0x2\n\n");
	assert_counts(1, 0, 0);
	assert_stack(0, " 0xffffffffc0123456\n f+0x1/0x2\n");
	assert_true(frame_is_address(&dump.records[0].stack->frames[0]));
}

static void frames_with_a_question_mark_are_no_callers(void **state)
{
	(void)state;
	read_text(HEAD_6_8 PAGE_6_8 " f+0x1/0x2\n ? h+0x1/0x2\n"
				    " g+0x3/0x4 [mod]\n\n" GOOD);
	assert_counts(2, 0, 0);
	assert_ptr_equal(dump.records[0].stack, dump.records[1].stack);
}

static void equal_stacks_of_neighbours_are_one(void **state)
{
	(void)state;
	read_text(GOOD GOOD HEAD_6_8 PAGE_6_8
		  " f+0x1/0x2\n\n" GOOD HEAD_6_8 PAGE_6_8 STACK
		  " h+0x5/0x6\n\n");
	assert_counts(5, 0, 0);
	assert_int_equal(dump.stacks.count, 3);
	assert_stack(2, " f+0x1/0x2\n");
	assert_stack(4, STACK " h+0x5/0x6\n");
	assert_u64(record_at(4)->line, 20);
}

/* ---- what others did to the text ---- */

static void assert_as_good(const char *text, size_t records)
{
	size_t i;

	read_text(text);
	assert_counts(records, 0, 0);
	for (i = 0; i < records; i++) {
		assert_stack(i, STACK);
		assert_field(i, FIELD_COMM, "NetworkManager");
		assert_field(i, FIELD_PAGEBLOCK, "Movable");
		assert_field(i, FIELD_ZONE, "2");
		assert_u64(record_at(i)->alloc_ts_ns, 3964670439);
	}
}

/* GOOD twice, with something before each line and behind it. */
static void assert_dressed(const char *before, const char *behind)
{
	struct text_buffer text = {0};
	struct span rest = SPAN(GOOD GOOD), line;

	while (span_take_line(&rest, &line)) {
		text_buffer_add(&text, span_of(before));
		text_buffer_add(&text, line);
		text_buffer_add(&text, span_of(behind));
	}
	assert_as_good(text.at, 2);
	text_buffer_deinit(&text);
}

static void lines_may_end_in_cr_lf(void **state)
{
	(void)state;
	assert_dressed("", "\r\n");
}

static void log_prefixes_are_taken_off(void **state)
{
	static const char *const prefixes[] = {
		"[  123.456789] ",
		"[12345.678901] ",
		"<4>",
		"<4>[  123.456789] ",
		"[    0.000000][    T1] ",
		"[    0.000000] [   C2] ",
		"[Mon Jan  4 09:53:54 2021] ",
		"kern  :warn  : [  123.456789] ",
		"kern  :info  : [Mon Jan  4 09:53:54 2021] ",
		"4,1234,567890,-;",
		"Jan  4 09:53:54 host kernel: ",
		"Jan 14 09:53:54 host kernel: [  123.456789] ",
		"2026-02-23T09:53:54.123456+01:00 host kernel: ",
		"> ",
		"> > ",
		"> [  123.456789] ",
		"\033[32m[  123.456789] \033[0m",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(prefixes); i++)
		assert_dressed(prefixes[i], "\n");
}

static void a_quoted_blank_line_may_have_lost_its_space(void **state)
{
	(void)state;
	assert_as_good("> " HEAD_6_8 "> " PAGE_6_8
		       ">  f+0x1/0x2\n>  g+0x3/0x4 [mod]\n>\n"
		       "> " HEAD_6_8 "> " PAGE_6_8
		       ">  f+0x1/0x2\n>  g+0x3/0x4 [mod]\n",
		       2);
}

static void a_header_wrapped_by_mail_is_joined(void **state)
{
	(void)state;
	assert_as_good(
		"Page allocated via order 0, mask "
		"0x400dc0(GFP_KERNEL_ACCOUNT|__GFP_ZERO), pid 737,\n"
		"tgid 730 (NetworkManager), ts 3964670439 ns\n" PAGE_6_8 STACK
		"\n",
		1);
}

static void a_wrapped_pfn_line_is_passed_over(void **state)
{
	(void)state;
	read_text(HEAD_6_8 "PFN 0x2ba4 type Unmovable Block 21 type Movable\n"
			   "Flags 0xfffffc0000000(node=1|zone=2)\n" STACK "\n");
	assert_counts(1, 0, 0);
	assert_stack(0, STACK);
}

static void frames_may_have_lost_their_leading_spaces(void **state)
{
	(void)state;
	assert_as_good(HEAD_6_8 PAGE_6_8 "f+0x1/0x2\ng+0x3/0x4 [mod]\n\n", 1);
	assert_as_good(HEAD_6_8 PAGE_6_8 "\tf+0x1/0x2\n\tg+0x3/0x4 [mod]\n\n",
		       1);
}

static void blank_lines_between_records_may_be_missing(void **state)
{
	(void)state;
	assert_as_good(HEAD_6_8 PAGE_6_8 STACK HEAD_6_8 PAGE_6_8 STACK GOOD
			       HEAD_6_8 PAGE_6_8 STACK,
		       4);
}

static void many_blank_lines_between_records_are_no_damage(void **state)
{
	(void)state;
	assert_as_good("\n\n" GOOD "\n\n\n \t\n" GOOD "\n\n", 2);
	assert_u64(record_at(1)->line, 12);
}

static void an_order_beyond_belief_is_skipped(void **state)
{
	(void)state;
	read_text(GOOD
		  "Page allocated via order 31, mask 0x1(X), pid 1, ts 2 "
		  "ns\n" PAGE_6_8 STACK "\n"
		  "Page allocated via order 100, mask 0x1(X), pid 1, ts 2 "
		  "ns\n" PAGE_6_8 STACK "\n"
		  "Page allocated via order 4294967296, mask 0x1(X)\n" PAGE_6_8
			  STACK "\n"
		  "Page allocated via order , mask 0x1(X)\n" PAGE_6_8 STACK
		  "\n" GOOD);
	assert_counts(2, 4, 0);
	read_text("Page allocated via order 30, mask 0x1(X), pid 1, ts 2 "
		  "ns\n" PAGE_6_8 STACK "\n");
	assert_counts(1, 0, 0);
	assert_u64(record_at(0)->units, 1 << 30);
	assert_int_equal(record_at(0)->order, 30);
}

static void numbers_that_overflow_are_no_numbers(void **state)
{
	(void)state;
	/* A time of more digits than 64 bits: the field is not that of a
	 * time, so the header is none. */
	read_text("Page allocated via order 0, mask 0x1(X), pid 1, "
		  "ts 99999999999999999999 ns\n" PAGE_6_8 STACK "\n" GOOD);
	assert_counts(1, 1, 0);
	/* Without a PFN the header still tells the pages. */
	read_text(HEAD_6_8 "PFN 99999999999999999999 type X Block 0 type Y "
			   "Flags 0x0()\n" STACK "\n" GOOD);
	assert_int_equal(dump.count + dump.skipped, 2);
	assert_u64(record_at(dump.count - 1)->pfn, 0x2ba4);
	read_text("Page allocated via order 0, mask 0x1(X), pid 12345678901, "
		  "ts 2 ns\n" PAGE_6_8 STACK "\n" GOOD);
	assert_counts(1, 1, 0);
}

static void the_largest_time_is_read_exactly(void **state)
{
	static const char *const times[] = {
		"0",	    "9", "12345678", "123456789", "9999999999999999999",
		"10000000",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(times); i++) {
		struct text_buffer text = {0};

		text_buffer_format(&text,
				   "Page allocated via order 0, mask 0x1(X), "
				   "pid 1, ts %s ns\n" PAGE_6_8 "\n",
				   times[i]);
		read_span(text_buffer_span(&text));
		assert_counts(1, 0, 0);
		assert_u64(record_at(0)->alloc_ts_ns,
			   strtoull(times[i], NULL, 10));
		text_buffer_deinit(&text);
	}
}

static void a_header_without_its_pfn_line_still_counts_its_pages(void **state)
{
	(void)state;
	read_text("Page allocated via order 2, mask 0x1(X), pid 1, ts 2 "
		  "ns\n" STACK "\n" GOOD);
	assert_counts(2, 0, 0);
	assert_u64(record_at(0)->units, 4);
	assert_u64(record_at(0)->pfn, PFN_NONE);
	assert_span(record_at(0)->page_line, "");
	assert_stack(0, STACK);
}

static void a_record_without_its_header_is_skipped(void **state)
{
	(void)state;
	read_text(PAGE_6_8 STACK "\n" GOOD);
	assert_counts(1, 1, 0);
	assert_u64(dump.damages[0].line, 1);
	read_text(GOOD PAGE_6_8 STACK "\n" STACK "\n" GOOD);
	assert_counts(2, 2, 0);
	assert_u64(dump.damages[0].line, 6);
	assert_u64(dump.damages[1].line, 10);
	assert_u64(record_at(1)->line, 13);
}

static void text_between_records_is_stray(void **state)
{
	(void)state;
	read_text("# a comment\n" GOOD
		  "cat: page_owner: Cannot allocate memory\n" GOOD "$ \n");
	assert_counts(2, 0, 3);
	assert_u64(dump.damages[0].line, 1);
	assert_span(dump.damages[0].found, "# a comment");
	assert_u64(dump.damages[1].line, 7);
	assert_u64(dump.damages[2].line, 13);
}

static void text_inside_a_record_is_stray_and_the_record_counts(void **state)
{
	(void)state;
	read_text(HEAD_6_8 PAGE_6_8 " f+0x1/0x2\n"
				    "usb 1-1: new device\n"
				    " g+0x3/0x4 [mod]\n\n");
	assert_counts(1, 0, 1);
	assert_u64(dump.damages[0].line, 4);
	assert_stack(0, STACK);
}

/* ---- cuts ---- */

static void a_last_record_without_its_blank_line_counts(void **state)
{
	(void)state;
	read_text(GOOD HEAD_6_8 PAGE_6_8 STACK);
	assert_counts(2, 0, 0);
	assert_false(record_at(0)->unfinished);
	assert_true(record_at(1)->unfinished);
	assert_stack(1, STACK);
	/* A line behind the stack tells that it is whole. */
	read_text(GOOD HEAD_6_8 PAGE_6_8 STACK "Charged to memcg x\n");
	assert_counts(2, 0, 0);
	assert_false(record_at(1)->unfinished);
	read_text(GOOD HEAD_6_8 PAGE_6_8 "handle: 12");
	assert_true(record_at(1)->unfinished);
	read_text(GOOD HEAD_6_8 PAGE_6_8 "handle: 12\nSlab cache page\n");
	assert_false(record_at(1)->unfinished);
	read_text(GOOD HEAD_6_8 PAGE_6_8 " f+0x1/0x2\n g+0x3/0x4 [mod]");
	assert_counts(2, 0, 0);
	assert_true(record_at(1)->unfinished);
	assert_stack(1, STACK);
}

/* The stack, or one that was cut; "g+0x3/0x4 [mod]" may lose its module. */
static bool begins_stack(struct span text)
{
	span_drop(&text, SPAN("\n"));
	return span_starts_with(SPAN(STACK), text);
}

/*
 * Cut the dump at its end, at each byte: the records before are untouched,
 * the last one is whole, skipped, or ends at a frame's end and is marked.
 */
static void a_dump_may_end_at_any_byte(void **state)
{
	static const char text[] = GOOD GOOD;
	const size_t first = sizeof(GOOD) - 1, all = sizeof(text) - 1;
	const struct record *last;
	size_t cut;

	(void)state;
	for (cut = first; cut <= all; cut++) {
		read_span((struct span){text, cut});
		assert_int_equal(dump.count + dump.skipped,
				 cut < first + 25 ? 1 : 2);
		assert_true(cut == first || dump.count == 2 ||
			    dump.damage_count > 0);
		assert_stack(0, STACK);
		if (dump.count < 2)
			continue;
		last = record_at(1);
		assert_int_equal(last->unfinished, cut < all);
		assert_field(1, FIELD_COMM, "NetworkManager");
		assert_u64(last->pfn, 0x2ba4);
		assert_true(begins_stack(dump.records[1].stack->text));
	}
	assert_counts(2, 0, 0);
}

/* The same at its begin. */
static void a_dump_may_begin_at_any_byte(void **state)
{
	static const char text[] = GOOD GOOD;
	const size_t first = sizeof(GOOD) - 1;
	size_t cut;

	(void)state;
	for (cut = 1; cut <= first; cut++) {
		read_span(span_skip(SPAN(text), cut));
		assert_int_equal(dump.count, 1);
		assert_stack(0, STACK);
		assert_u64(record_at(0)->pfn, 0x2ba4);
		assert_field(0, FIELD_COMM, "NetworkManager");
		/* Nothing is lost in silence, but for blank lines. */
		assert_int_equal(dump.damage_count > 0, cut < first - 2);
		assert_in_range(dump.skipped, 0, 1);
	}
}

/*
 * Two dumps joined by cat, the first one cut at each byte: the second is read
 * whole, and the cut record is whole, skipped, or ends at a frame's end.
 */
static void a_dump_may_be_glued_to_another_that_is_cut(void **state)
{
	static const char other[] =
		"Page allocated via order 1, mask 0x1(X), pid 1, tgid 2 (x), "
		"ts 7 ns\n" PAGE_6_8 " h+0x5/0x6\n\n";
	const size_t length = sizeof(GOOD) - 1;
	size_t cut;

	(void)state;
	for (cut = 1; cut <= length; cut++) {
		struct text_buffer text = {0};
		size_t last;

		text_buffer_add(&text, SPAN(GOOD));
		text_buffer_add(&text, (struct span){GOOD, cut});
		text_buffer_add(&text, span_of(other));
		read_span(text_buffer_span(&text));
		text_buffer_deinit(&text);
		last = dump.count - 1;
		assert_in_range(dump.count, 2, 3);
		assert_stack(0, STACK);
		assert_stack(last, " h+0x5/0x6\n");
		assert_u64(record_at(last)->alloc_ts_ns, 7);
		assert_u64(record_at(last)->units, 2);
		assert_int_equal(dump.count + dump.skipped, cut < 25 ? 2 : 3);
		assert_true(dump.count == 3 || dump.damage_count > 0);
		if (dump.count == 3)
			assert_true(span_starts_with(
				SPAN(STACK), dump.records[1].stack->text));
	}
}

/* ---- size ---- */

/* GOOD, a record with `length` bytes of frames, GOOD. */
static void read_long(size_t length, const char *end)
{
	struct text_buffer text = {0};

	text_buffer_add(&text, SPAN(GOOD HEAD_6_8 PAGE_6_8));
	while (length > 20) {
		text_buffer_add(&text, SPAN(" long_frame+0x1/0x2\n"));
		length -= 20;
	}
	text_buffer_add(&text, span_of(end));
	text_buffer_add(&text, SPAN(GOOD));
	read_span(text_buffer_span(&text));
	text_buffer_deinit(&text);
}

static void a_record_just_below_64_kib_is_read(void **state)
{
	(void)state;
	read_long(65000, "\n");
	assert_counts(3, 0, 0);
	assert_int_equal(dump.records[1].stack->frame_count, 3249);
	assert_u64(record_at(2)->line, 5 + 3 + 3249 + 1);
}

static void a_record_beyond_64_kib_is_no_record(void **state)
{
	size_t length;

	(void)state;
	/* Around the limit, where quick and careful way must agree. */
	for (length = 65200; length < 65700; length += 100) {
		read_long(length, "\n");
		assert_stack(0, STACK);
		assert_stack(dump.count - 1, STACK);
		assert_true(dump.count == 3 || dump.damage_count > 0);
	}
	read_long(300000, "\n");
	assert_stack(0, STACK);
	assert_stack(dump.count - 1, STACK);
	assert_true(dump.damage_count > 0);
}

static void a_line_beyond_64_kib_spoils_its_record_only(void **state)
{
	struct text_buffer text = {0};
	size_t i;

	(void)state;
	text_buffer_add(&text, SPAN(GOOD HEAD_6_8 PAGE_6_8 " "));
	for (i = 0; i < 70000; i++)
		text_buffer_add(&text, SPAN("x"));
	text_buffer_add(&text, SPAN("+0x1/0x2\n\n" GOOD));
	read_span(text_buffer_span(&text));
	assert_int_equal(dump.count, 2);
	assert_true(dump.damage_count > 0);
	assert_stack(1, STACK);
	text_buffer_deinit(&text);
}

/* ---- where a format is known, and where ranges begin ---- */

static void sniff_finds_the_first_header(void **state)
{
	static const char log[] = "a log\n[  1.0] " GOOD;

	(void)state;
	assert_ptr_equal(page_owner->sniff(span_of(log)), log + 6);
	assert_null(page_owner->sniff(SPAN("Page allocated via orde")));
	assert_null(page_owner->sniff(SPAN("")));
	assert_null(page_owner->sniff(SPAN("MemTotal:  1 kB\n")));
}

static void resync_finds_a_glued_header_but_no_cgroup_named_like_one(
	void **state)
{
	static const char glued[] = " f+0x1/0" GOOD;
	static const char cgroup[] =
		"Charged to memcg Page allocated via order 0\n\n" GOOD;

	(void)state;
	assert_ptr_equal(page_owner->resync(span_of(glued)), glued + 8);
	assert_ptr_equal(page_owner->resync(span_of(cgroup)),
			 strstr(cgroup, "\n\n") + 2);
}

/* ---- what the generator writes is read back ---- */

static void assert_read_back(const struct dump *made,
			     const struct dump_style *style)
{
	const struct dump_traits *is = dump_traits(style->variant);
	struct text_buffer text = {0};
	size_t i;

	dump_write(&text, made, style);
	read_span(text_buffer_span(&text));
	assert_counts(made->count, 0, 0);
	for (i = 0; i < made->count; i++) {
		const struct dump_record *want = &made->records[i];
		struct text_buffer stack = {0};

		dump_stack_text(&stack, want, style);
		assert_stack(i, stack.at ? stack.at : "");
		assert_u64(record_at(i)->pfn, want->pfn);
		assert_u64(record_at(i)->units, 1 << want->order);
		assert_field(i, FIELD_COMM, is->task ? want->comm : "");
		assert_u64(record_at(i)->alloc_ts_ns,
			   is->pid ? want->ts_ns : TS_NONE);
		text_buffer_deinit(&stack);
	}
	text_buffer_deinit(&text);
}

static void every_variant_is_read_back_in_every_style(void **state)
{
	static const struct dump_style styles[] = {
		{0},
		{.crlf = true},
		{.no_blank_lines = true},
		{.no_indent = true},
		{.wrapped = true},
		{.prefix = "[  123.456789] "},
		{.prefix = "> ", .crlf = true},
		{.prefix = "<4>", .no_blank_lines = true},
	};
	struct dice dice = {42};
	unsigned variant;
	size_t i;

	(void)state;
	for (variant = 0; variant < DUMP_VARIANTS; variant++) {
		for (i = 0; i < TEST_COUNT(styles); i++) {
			/* Names with newlines are not for rewritten text. */
			const struct dump_recipe recipe = {
				.records = 40, .stacks = 9, .tame = i > 0};
			struct dump_style style = styles[i];
			struct dump made = {0};

			style.variant = (enum dump_variant)variant;
			dump_make(&made, &dice, &recipe);
			assert_read_back(&made, &style);
			dump_deinit(&made);
		}
	}
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_record_of_3_19_has_a_number_for_its_mask),
		TEST(a_record_of_3_19_may_lack_its_trailing_spaces),
		TEST(a_record_of_4_6_has_names_and_raw_pointers),
		TEST(a_record_of_5_11_has_pid_and_time),
		TEST(a_record_of_5_13_has_free_ts_node_and_zone),
		TEST(a_record_of_6_8_has_a_task_and_a_hexadecimal_pfn),
		TEST(the_radix_of_a_pfn_is_told_by_its_0x_only),
		TEST(header_fields_may_be_there_in_any_mix),
		TEST(the_mask_may_end_in_unknown_bits),
		TEST(an_empty_mask_means_early),
		TEST(a_handle_stands_for_the_stack_it_replaces),
		TEST(a_handle_behind_a_stack_does_not_change_it),
		TEST(a_task_name_may_hold_any_punctuation),
		TEST(a_task_name_may_hold_newlines_and_blank_lines),
		TEST(a_task_name_may_forge_the_begin_of_a_pfn_line),
		TEST(a_task_name_may_forge_the_end_of_a_header),
		TEST(a_task_name_is_too_short_to_forge_a_header),
		TEST(memcg_lines_are_read_in_all_forms),
		TEST(a_cgroup_may_be_named_like_a_header),
		TEST(lines_behind_a_stack_are_no_part_of_it),
		TEST(a_stack_may_have_no_frames),
		TEST(frames_without_symbols_are_addresses),
		TEST(frames_with_a_question_mark_are_no_callers),
		TEST(equal_stacks_of_neighbours_are_one),
		TEST(lines_may_end_in_cr_lf),
		TEST(log_prefixes_are_taken_off),
		TEST(a_quoted_blank_line_may_have_lost_its_space),
		TEST(a_header_wrapped_by_mail_is_joined),
		TEST(a_wrapped_pfn_line_is_passed_over),
		TEST(frames_may_have_lost_their_leading_spaces),
		TEST(blank_lines_between_records_may_be_missing),
		TEST(many_blank_lines_between_records_are_no_damage),
		TEST(an_order_beyond_belief_is_skipped),
		TEST(numbers_that_overflow_are_no_numbers),
		TEST(the_largest_time_is_read_exactly),
		TEST(a_header_without_its_pfn_line_still_counts_its_pages),
		TEST(a_record_without_its_header_is_skipped),
		TEST(text_between_records_is_stray),
		TEST(text_inside_a_record_is_stray_and_the_record_counts),
		TEST(a_last_record_without_its_blank_line_counts),
		TEST(a_dump_may_end_at_any_byte),
		TEST(a_dump_may_begin_at_any_byte),
		TEST(a_dump_may_be_glued_to_another_that_is_cut),
		TEST(a_record_just_below_64_kib_is_read),
		TEST(a_record_beyond_64_kib_is_no_record),
		TEST(a_line_beyond_64_kib_spoils_its_record_only),
		TEST(sniff_finds_the_first_header),
		TEST(resync_finds_a_glued_header_but_no_cgroup_named_like_one),
		TEST(every_variant_is_read_back_in_every_style),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
