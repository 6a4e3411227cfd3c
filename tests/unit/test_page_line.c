/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/page_line.h"
#include "model/record.h"

static struct page_line parsed(const char *text)
{
	struct page_line line;

	if (!page_line_parse(span_of(text), &line)) {
		print_error("no line of dump_page(): %s\n", text);
		fail();
	}
	return line;
}

static void assert_none(const char *text)
{
	struct page_line line;

	if (!page_line_parse(span_of(text), &line))
		return;
	print_error("a line of dump_page(): %s\n", text);
	fail();
}

static void the_first_line_has_a_pointer_or_a_pfn(void **state)
{
	struct page_line line;

	(void)state;
	line = parsed("page:ffffea00 count:0 mapcount:0 mapping:  (null)");
	assert_int_equal(line.kind, PAGE_LINE_PAGE);
	assert_span(line.pointer, "ffffea00");
	assert_u64(line.pfn, PFN_NONE);
	line = parsed("page:ffffea00 refcount:1 index:0x0 pfn:0x1f");
	assert_span(line.pointer, "ffffea00");
	assert_u64(line.pfn, 0x1f);
	line = parsed("page: refcount:1 mapcount:0 index:0x0 pfn:0x1f");
	assert_span(line.pointer, "");
	assert_u64(line.pfn, 0x1f);
	assert_int_equal(parsed("page:ff is uninitialized and poisoned").kind,
			 PAGE_LINE_PAGE);
	assert_none("page: is uninitialized and poisoned");
	assert_none("page:ff");
	assert_none("homepage: refcount:1");
}

static void a_bad_page_has_its_pfn_behind_any_name(void **state)
{
	struct page_line line = parsed("BUG: Bad page state in process a  "
				       "pfn:1 pfn:0x2  pfn:00abf");

	(void)state;
	assert_int_equal(line.kind, PAGE_LINE_BAD);
	assert_u64(line.pfn, 0xabf);
	assert_none("BUG: Bad page state in process a  pfn:");
	assert_none("BUG: Bad page state in process a  pfn:1g");
	assert_none("BUG: Bad page state in process a  pfn:12345678901234567");
	assert_none("BUG: Bad page map in process a  pte:1 pmd:2");
}

static void flags_may_say_whose_the_page_is(void **state)
{
	(void)state;
	assert_span(parsed("flags: 0x1(lru)").text, "0x1(lru)");
	assert_span(parsed("anon flags: 0x1(lru) CMA").text, "0x1(lru) CMA");
	assert_int_equal(parsed("ksm flags: 0x1(lru)").kind, PAGE_LINE_FLAGS);
	assert_none("flags: lru");
	assert_none("slow flags: 0x1");
}

static void the_owner_is_told_by_whole_words(void **state)
{
	static const struct {
		const char *text;
		enum page_line_kind kind;
	} lines[] = {
		{"page_owner tracks the page as allocated", PAGE_LINE_HELD},
		{"page_owner tracks the page as freed", PAGE_LINE_FREED},
		{"page allocated via order 0, x", PAGE_LINE_OWNER},
		{"page last allocated via order 0, x", PAGE_LINE_OWNER},
		{"page last free stack trace:", PAGE_LINE_FREE},
		{"page last free pid 1 tgid 1 stack trace:", PAGE_LINE_FREE},
		{"page_owner allocation stack trace missing",
		 PAGE_LINE_NO_STACK},
		{"page_owner free stack trace missing", PAGE_LINE_NO_FREE},
		{"page_owner info is not present (never set?)",
		 PAGE_LINE_NO_OWNER},
		{"page_owner info is not active (free page?)",
		 PAGE_LINE_NO_OWNER},
		{"There is not page extension available.", PAGE_LINE_NO_OWNER},
		{"page has been migrated, last migrate reason: compaction",
		 PAGE_LINE_MIGRATED},
		{"page_type: f5(slab)", PAGE_LINE_TYPE},
		{"page dumped because: x", PAGE_LINE_REASON},
		{"head: order:3", PAGE_LINE_DETAIL},
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(lines); i++)
		assert_int_equal(parsed(lines[i].text).kind, lines[i].kind);
	assert_none("Page allocated via order 0, mask 0x0()");
	assert_none("page last freed by somebody");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_line_has_a_pointer_or_a_pfn),
		cmocka_unit_test(a_bad_page_has_its_pfn_behind_any_name),
		cmocka_unit_test(flags_may_say_whose_the_page_is),
		cmocka_unit_test(the_owner_is_told_by_whole_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
