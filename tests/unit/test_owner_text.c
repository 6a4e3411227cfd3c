/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/owner_text.h"
#include "model/stack_class.h"

static struct owner_header parse(const char *text)
{
	struct owner_header header;

	if (!owner_header_parse(span_of(text), &header))
		fail_msg("no header: %s", text);
	return header;
}

static void a_full_header_is_taken_apart(void **state)
{
	struct owner_header header =
		parse("Page allocated via order 10, mask 0x400dc0(GFP_KERNEL|"
		      "__GFP_ZERO), pid 737, tgid 730 (a) b), ts 39 ns, "
		      "free_ts 38 ns");

	(void)state;
	assert_int_equal(header.order, 10);
	assert_span(header.order_text, "10");
	assert_span(header.gfp, "GFP_KERNEL|__GFP_ZERO");
	assert_span(header.pid, "737");
	assert_span(header.tgid, "730");
	assert_span(header.comm, "a) b");
	assert_u64(header.ts_ns, 39);
	assert_false(header.no_mask);
	assert_span(header.front, "Page allocated via order 10, mask "
				  "0x400dc0(GFP_KERNEL|__GFP_ZERO)");
}

static void only_a_mask_of_zero_is_no_mask(void **state)
{
	(void)state;
	assert_true(parse("Page allocated via order 0, mask 0x0").no_mask);
	assert_true(parse("Page allocated via order 0, mask 0x0()").no_mask);
	assert_false(parse("Page allocated via order 0, mask 0x1").no_mask);
	assert_false(parse("Page allocated via order 0, mask 0x01").no_mask);
	assert_span(parse("Page allocated via order 0, mask 0x0()").gfp, "0x0");
}

/* A copy on the web lacks the n; page_owner_sort blanks the numbers. */
static void times_may_be_blanked_or_lack_a_letter(void **state)
{
	static const char front[] = "Page allocated via order 0, mask 0x1(X), "
				    "pid 1";
	static const struct {
		const char *tail;
		uint64_t ts;
	} tails[] = {
		{", ts 12 ns", 12},
		{", ts 12s", 12},
		{", ts 12 ns, free_ts 7 ns", 12},
		{", ts 12s, free_ts 7s", 12},
		{", ts  ns", TS_NONE},
		{", ts  ns, free_ts  ns", TS_NONE},
		{", free_ts 7 ns", TS_NONE},
		{"", TS_NONE},
	};
	char text[200];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(tails); i++) {
		snprintf(text, sizeof(text), "%s%s", front, tails[i].tail);
		assert_u64(parse(text).ts_ns, tails[i].ts);
		assert_span(parse(text).pid, "1");
	}
}

static void every_number_of_digits_is_read_exactly(void **state)
{
	char text[200], digits[32] = "";
	uint64_t value = 0;
	size_t length;

	(void)state;
	for (length = 1; length <= 19; length++) {
		digits[length - 1] = (char)('0' + (length * 7 + 2) % 10);
		value = value * 10 + (length * 7 + 2) % 10;
		snprintf(text, sizeof(text),
			 "Page allocated via order 0, mask 0x1(X), pid 1, "
			 "ts %s ns",
			 digits);
		assert_u64(parse(text).ts_ns, value);
	}
}

static void what_is_no_header_is_refused(void **state)
{
	static const char *const others[] = {
		"",
		"Page allocated via order ",
		"Page allocated via order 0",
		"Page allocated via order 0, mask ",
		"Page allocated via order 0, mask 0x",
		"Page allocated via order 0, mask 0x1(",
		"Page allocated via order 0, mask 0x1(X",
		"Page allocated via order 0, mask 0x1(X Y)",
		"Page allocated via order 0, mask 0x1(X) ",
		"Page allocated via order 0, mask 0x1(X), ",
		"Page allocated via order 0, mask 0x1(X), pid",
		"Page allocated via order 0, mask 0x1(X), pid -1, ts 5 ns",
		"Page allocated via order 0, mask 0x1(X), pid 1 (x, ts 5 ns",
		"Page allocated via order 0, mask 0x1(X), pid 1, tgid 2 (x",
		"Page allocated via order 0, mask 0x1(X), pid 1, ts 5",
		"Page allocated via order 0, mask 0x1(X), pid 1, ts 5 ms",
		"Page allocated via order 31, mask 0x1",
		"Page allocated via order 031, mask 0x1",
		"Page allocated via order -1, mask 0x1",
		" Page allocated via order 0, mask 0x1",
		"page allocated via order 0, mask 0x1",
	};
	struct owner_header header = {.order = 7};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(others); i++) {
		/* ", ts 5" is read as a time whose unit is lost. */
		if (strstr(others[i], "ts 5") &&
		    others[i][strlen(others[i]) - 1] == '5')
			continue;
		if (owner_header_parse(span_of(others[i]), &header))
			fail_msg("a header: %s", others[i]);
		assert_int_equal(header.order, 7);
	}
}

/* The short cut must give what a whole parse gives, whatever came before. */
static void parse_next_is_parse_whatever_came_before(void **state)
{
	static const char *const headers[] = {
		"Page allocated via order 0, mask 0x1(X), pid 1, ts 5 ns",
		("Page allocated via order 0, mask 0x1(X), pid 12, tgid 1 (y), "
		 "ts 6 ns"),
		"Page allocated via order 0, mask 0x1(X)",
		"Page allocated via order 0, mask 0x1",
		"Page allocated via order 0, mask 0x1(X|Y), pid 1, ts 5 ns",
		"Page allocated via order 0, mask 0x12(X), pid 1, ts 5 ns",
		"Page allocated via order 1, mask 0x0(), pid 1, ts 5 ns",
		"Page allocated via order 1, mask 0x0()",
		"Page allocated via order 0, mask 0x1, pid 1",
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < TEST_COUNT(headers); i++) {
		for (k = 0; k < TEST_COUNT(headers); k++) {
			struct owner_header next = parse(headers[i]);
			struct owner_header whole = parse(headers[k]);

			assert_true(owner_header_parse_next(span_of(headers[k]),
							    &next));
			assert_true(span_equal(next.gfp, whole.gfp));
			assert_true(span_equal(next.pid, whole.pid));
			assert_true(span_equal(next.tgid, whole.tgid));
			assert_true(span_equal(next.comm, whole.comm));
			assert_true(
				span_equal(next.order_text, whole.order_text));
			assert_u64(next.ts_ns, whole.ts_ns);
			assert_int_equal(next.order, whole.order);
			assert_int_equal(next.no_mask, whole.no_mask);
		}
	}
}

static void a_pfn_line_is_known_by_its_begin(void **state)
{
	struct owner_page page;

	(void)state;
	assert_true(owner_page_parse(
		SPAN("PFN 0x6f2c type Movable Block 55 type X Flags 0x0()"),
		&page));
	assert_u64(page.pfn, 0x6f2c);
	assert_span(page.migratetype, "Movable");
	assert_true(
		owner_page_parse(SPAN("PFN 7 type HighAtomic Block 5"), &page));
	assert_u64(page.pfn, 7);
	assert_span(page.migratetype, "HighAtomic");
	assert_true(owner_page_parse(SPAN("PFN 7 Block 5 type 2"), &page));
	assert_span(page.migratetype, "");
	assert_span(page.line, "PFN 7 Block 5 type 2");
	assert_false(owner_page_parse(SPAN("PFN 0x1 typ"), &page));
	assert_false(owner_page_parse(SPAN("PFN 0x1 type Movable"), &page));
	assert_false(owner_page_parse(SPAN("PFN x Block 5"), &page));
	assert_false(owner_page_parse(SPAN(" PFN 1 Block 5"), &page));
	assert_false(owner_page_parse(SPAN(""), &page));
}

static void lines_of_a_trailer_are_told_from_all_others(void **state)
{
	static const char *const others[] = {
		"",
		"Charged to",
		"Charged to memcg",
		"Charged (via objcg) memcg x",
		"Slab cache page ",
		"Slab cache",
		"handle: ",
		"handle: 12x",
		"handle: 12345678901",
		" handle: 12",
		"Page has been",
		"f+0x1/0x2",
	};
	struct owner_trailer trailer = {0};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(others); i++)
		assert_false(owner_trailer_line(span_of(others[i]), &trailer));
	assert_true(owner_trailer_line(SPAN("handle: 4294967295"), &trailer));
	assert_span(trailer.handle, "4294967295");
	assert_true(owner_trailer_line(SPAN("Slab cache page"), &trailer));
	assert_true(trailer.slab);
	assert_true(owner_trailer_line(SPAN("Page has been migrated, last "
					    "migrate reason: numa_misplaced"),
				       &trailer));
	assert_true(owner_trailer_line(SPAN("Charged to offline memcg x."),
				       &trailer));
	assert_span(trailer.memcg, "x.");
	assert_true(trailer.memcg_offline);
}

static void a_record_gets_evidence_from_mask_page_and_trailer(void **state)
{
	struct owner_header header =
		parse("Page allocated via order 2, mask 0x1(A|"
		      "__GFP_RECLAIMABLE), pid 1, ts 5 ns");
	struct owner_trailer trailer = {.slab = true};
	struct owner_page page;
	struct record record = {0};

	(void)state;
	owner_record_init(&record, &header, NULL);
	assert_int_equal(record.evidence, EVIDENCE_RECLAIMABLE);
	assert_u64(record.units, 4);
	assert_u64(record.pfn, PFN_NONE);
	assert_true(
		owner_page_parse(SPAN("PFN 1 type Movable Block 0"), &page));
	owner_record_init(&record, &header, &page);
	owner_record_fields(&record, 0, &header, &page, &trailer);
	assert_int_equal(record.evidence,
			 EVIDENCE_MOVABLE | EVIDENCE_SLAB_LINE);
	assert_u64(record.pfn, 1);
	/* Nobody wanted any. */
	assert_span(record.fields[FIELD_PID], "");
}

static void an_owner_that_was_dumped_is_a_header_of_other_words(void **state)
{
	struct owner_header header;
	struct span type;

	(void)state;
	assert_true(owner_dump_parse(
		SPAN("page last allocated via order 3, migratetype Unmovable, "
		     "gfp_mask 0x40cc0(GFP_KERNEL|__GFP_COMP), pid 78, tgid 77 "
		     "(a) b), ts 8861553903, free_ts 7539360059"),
		&header, &type));
	assert_int_equal(header.order, 3);
	assert_span(type, "Unmovable");
	assert_span(header.gfp, "GFP_KERNEL|__GFP_COMP");
	assert_span(header.pid, "78");
	assert_span(header.tgid, "77");
	assert_span(header.comm, "a) b");
	assert_u64(header.ts_ns, 8861553903);
	assert_true(owner_dump_parse(
		SPAN("page allocated via order 0, migratetype Movable, "
		     "gfp_mask 0x24200ca(GFP_HIGHUSER_MOVABLE)"),
		&header, &type));
	assert_u64(header.ts_ns, TS_NONE);
	assert_false(owner_dump_parse(
		SPAN("page allocated via order 31, migratetype Movable, "
		     "gfp_mask 0x0()"),
		&header, &type));
	assert_false(
		owner_dump_parse(SPAN("page allocated via order 0, mask 0x0()"),
				 &header, &type));
	assert_false(owner_dump_parse(
		SPAN("page allocated via order 0, migratetype Movable, "
		     "gfp_mask 0x0() and more"),
		&header, &type));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_header_is_taken_apart),
		cmocka_unit_test(only_a_mask_of_zero_is_no_mask),
		cmocka_unit_test(times_may_be_blanked_or_lack_a_letter),
		cmocka_unit_test(every_number_of_digits_is_read_exactly),
		cmocka_unit_test(what_is_no_header_is_refused),
		cmocka_unit_test(parse_next_is_parse_whatever_came_before),
		cmocka_unit_test(a_pfn_line_is_known_by_its_begin),
		cmocka_unit_test(lines_of_a_trailer_are_told_from_all_others),
		cmocka_unit_test(
			a_record_gets_evidence_from_mask_page_and_trailer),
		cmocka_unit_test(
			an_owner_that_was_dumped_is_a_header_of_other_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
