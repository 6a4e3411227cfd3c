/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_fields.h"

#include "tests/support/check.h"

static void fields_are_found_in_any_order(void **state)
{
	struct trace_fields fields;

	(void)state;
	trace_fields_split(SPAN(" bytes_alloc=64 call_site=f+0x1/0x2 [otter] "
				"ptr=00000000aa gfp_flags=GFP_KERNEL node=-1 "
				"accounted=false name=sea otter"),
			   &fields);
	assert_span(fields.values[TRACE_BYTES_ALLOC], "64");
	assert_span(fields.values[TRACE_CALL_SITE], "f+0x1/0x2 [otter]");
	assert_span(fields.values[TRACE_PTR], "00000000aa");
	assert_span(fields.values[TRACE_GFP], "GFP_KERNEL");
	assert_span(fields.values[TRACE_NODE], "-1");
	assert_span(fields.values[TRACE_NAME], "sea otter");
	assert_span(fields.values[TRACE_BYTES_REQ], "");
}

static void what_could_not_be_parsed_by_a_tool_has_fields(void **state)
{
	struct trace_fields fields;

	(void)state;
	trace_fields_split(SPAN(" [FAILED TO PARSE] pfn=0x12 order=3 "
				"gfp_flags=3264 migratetype=1"),
			   &fields);
	assert_span(fields.values[TRACE_PFN], "0x12");
	assert_span(fields.values[TRACE_ORDER], "3");
	assert_span(fields.values[TRACE_MIGRATETYPE], "1");
}

static void assert_address(const char *text, enum trace_address kind,
			   uint64_t address)
{
	uint64_t found = 0;

	assert_int_equal(trace_address(span_of(text), &found), kind);
	if (kind == TRACE_ADDRESS_KNOWN)
		assert_u64(found, address);
}

static void an_address_may_be_hashed_or_hidden_or_none(void **state)
{
	(void)state;
	assert_address("00000000cafe0001", TRACE_ADDRESS_KNOWN, 0xcafe0001);
	assert_address("0xffff888012345678", TRACE_ADDRESS_KNOWN,
		       0xffff888012345678);
	assert_address("c0123456", TRACE_ADDRESS_KNOWN, 0xc0123456);
	assert_address("(____ptrval____)", TRACE_ADDRESS_HIDDEN, 0);
	assert_address("(ptrval)", TRACE_ADDRESS_HIDDEN, 0);
	assert_address("(null)", TRACE_ADDRESS_NULL, 0);
	assert_address("(nil)", TRACE_ADDRESS_NULL, 0);
	assert_address("0000000000000000", TRACE_ADDRESS_NULL, 0);
	assert_address("", TRACE_ADDRESS_BAD, 0);
	assert_address("otter", TRACE_ADDRESS_BAD, 0);
	assert_address("12345678901234567", TRACE_ADDRESS_BAD, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_found_in_any_order),
		cmocka_unit_test(what_could_not_be_parsed_by_a_tool_has_fields),
		cmocka_unit_test(an_address_may_be_hashed_or_hidden_or_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
