/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_facts.h"

/* Two bytes of evidence, then each field: its length, its bytes. */
#define HEAD	   2
#define TEXT_BYTES (HEAD + FIELD_COUNT * (1 + TRACE_FACT_LENGTH))

void trace_facts_deinit(struct trace_facts *facts)
{
	string_pool_deinit(&facts->texts);
}

static struct span pack(const struct trace_fact_set *set,
			char buffer[TEXT_BYTES])
{
	char *at = buffer;
	size_t i;

	*at++ = (char)(set->evidence & 0xff);
	*at++ = (char)(set->evidence >> 8);
	for (i = 0; i < FIELD_COUNT; i++) {
		size_t length = set->fields[i].length;

		if (length > TRACE_FACT_LENGTH)
			length = TRACE_FACT_LENGTH;
		*at++ = (char)length;
		if (length)
			memcpy(at, set->fields[i].at, length);
		at += length;
	}
	return span_between(buffer, at);
}

bool trace_facts_intern(struct trace_facts *facts,
			const struct trace_fact_set *set, uint32_t *ret,
			struct error *err)
{
	static const struct trace_fact_set nothing;
	char buffer[TEXT_BYTES];
	struct span text = pack(set, buffer);
	string_id id;

	/* The same set comes many times in a row. */
	if (facts->texts.count &&
	    span_equal(
		    string_pool_text(&facts->texts, (string_id){facts->last}),
		    text)) {
		*ret = facts->last;
		return true;
	}
	if (!facts->texts.count && set != &nothing &&
	    !trace_facts_intern(facts, &nothing, &id.index, err))
		return false;
	if (facts->texts.count >=
		    (facts->limit ? facts->limit : TRACE_FACTS_MAX) &&
	    !string_pool_find(&facts->texts, text, &id)) {
		facts->beyond++;
		*ret = 0;
		return true;
	}
	if (!string_pool_intern(&facts->texts, text, &id, err))
		return false;
	facts->last = *ret = id.index;
	return true;
}

void trace_facts_get(const struct trace_facts *facts, uint32_t number,
		     struct trace_fact_set *ret)
{
	struct span text = string_pool_text(&facts->texts, (string_id){number});
	size_t i;

	ret->evidence = (unsigned char)text.at[0] |
			(unsigned)(unsigned char)text.at[1] << 8;
	text = span_skip(text, HEAD);
	for (i = 0; i < FIELD_COUNT; i++) {
		size_t length = (unsigned char)text.at[0];

		ret->fields[i] = (struct span){text.at + 1, length};
		text = span_skip(text, 1 + length);
	}
}
