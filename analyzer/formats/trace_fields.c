/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_fields.h"

static const struct {
	struct span name;
	enum trace_field field;
} known[] = {
	{{"ptr", 3}, TRACE_PTR},
	{{"call_site", 9}, TRACE_CALL_SITE},
	{{"bytes_alloc", 11}, TRACE_BYTES_ALLOC},
	{{"gfp_flags", 9}, TRACE_GFP},
	{{"node", 4}, TRACE_NODE},
	{{"name", 4}, TRACE_NAME},
	{{"page", 4}, TRACE_PAGE},
	{{"pfn", 3}, TRACE_PFN},
	{{"order", 5}, TRACE_ORDER},
	{{"migratetype", 11}, TRACE_MIGRATETYPE},
	{{"bytes_req", 9}, TRACE_BYTES_REQ},
};
#define KNOWN_COUNT (sizeof(known) / sizeof(known[0]))

static struct span *value_of(struct trace_fields *fields, struct span name)
{
	size_t i;

	for (i = 0; i < KNOWN_COUNT; i++)
		if (name.length == known[i].name.length &&
		    memcmp(name.at, known[i].name.at, name.length) == 0)
			return &fields->values[known[i].field];
	return NULL;
}

/* A word without "=" is of the value before it: "[mod]", a cache's name. */
static void stretch(const struct trace_fields *fields, struct span *last,
		    const char *end)
{
	if (last && (last == &fields->values[TRACE_CALL_SITE] ||
		     last == &fields->values[TRACE_NAME]))
		last->length = (size_t)(end - last->at);
}

void trace_fields_split(struct span text, struct trace_fields *ret)
{
	struct span rest = text, word, *last = NULL;

	*ret = (struct trace_fields){0};
	while (span_take_blanks(&rest), span_take_word(&rest, &word)) {
		const char *equals = memchr(word.at, '=', word.length);
		struct span *value;

		if (!equals) {
			stretch(ret, last, span_end(word));
			continue;
		}
		value = value_of(ret, span_between(word.at, equals));
		last = NULL;
		if (!value || value->length)
			continue;
		*value = span_between(equals + 1, span_end(word));
		last = value;
	}
}

enum trace_address trace_address(struct span text, uint64_t *ret)
{
	uint64_t value = 0;
	size_t i;

	if (span_equal(text, SPAN("(null)")) ||
	    span_equal(text, SPAN("(nil)")) || span_equal(text, SPAN("NULL")))
		return TRACE_ADDRESS_NULL;
	if (span_find(text, SPAN("ptrval")))
		return TRACE_ADDRESS_HIDDEN;
	span_take(&text, SPAN("0x"));
	if (!text.length || text.length > 16)
		return TRACE_ADDRESS_BAD;
	for (i = 0; i < text.length; i++) {
		int digit = span_hex_digit(text.at[i]);

		if (digit < 0)
			return TRACE_ADDRESS_BAD;
		value = value << 4 | (unsigned)digit;
	}
	*ret = value;
	return value ? TRACE_ADDRESS_KNOWN : TRACE_ADDRESS_NULL;
}
