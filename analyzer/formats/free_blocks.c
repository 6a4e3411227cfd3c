/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/free_blocks.h"

bool free_blocks_take_zone(struct span *line, struct counter_scope *scope)
{
	struct span zone;
	uint64_t node;

	if (!span_take(line, SPAN("Node ")))
		return false;
	span_take_blanks(line);
	if (!span_take_u64(line, &node) || !span_take(line, SPAN(", zone")) ||
	    !span_take_blanks(line) || !span_take_word(line, &zone))
		return false;
	/* "zone   Normal, type" */
	if (span_drop(&zone, SPAN(",")))
		*line = span_between(span_end(zone), span_end(*line));
	return zone.length && counter_text_is_clean(zone) &&
	       counter_scope_add(scope, SPAN("node ")) &&
	       counter_scope_add_number(scope, node) &&
	       counter_scope_add(scope, SPAN(" zone ")) &&
	       counter_scope_add(scope, zone);
}

bool free_blocks_parse(struct span line, bool capped, struct free_blocks *ret)
{
	unsigned orders = 0;

	span_take_blanks(&line);
	while (line.length) {
		if (orders > ORDER_MAX)
			return false;
		ret->more[orders] = capped && span_take(&line, SPAN(">"));
		/* "%s%6lu": wider than six digits it never is, but who knows */
		if (ret->more[orders])
			span_take_blanks(&line);
		if (!span_take_u64(&line, &ret->counts[orders++]) ||
		    (line.length && !span_take_blanks(&line)))
			return false;
	}
	ret->orders = orders;
	return orders;
}

bool free_blocks_give(struct counter_text *text, struct span scope,
		      const struct free_blocks *blocks, unsigned *next)
{
	unsigned i;

	for (i = 0; i < blocks->orders && *next <= ORDER_MAX; i++) {
		struct counter_scope name = {0};

		counter_scope_add(&name, SPAN("order "));
		counter_scope_add_number(&name, (*next)++);
		if (blocks->more[i])
			counter_scope_add(&name, SPAN(" at least"));
		if (!counter_text_give(text, scope, counter_scope_span(&name),
				       blocks->counts[i], COUNTER_NUMBER))
			return false;
	}
	return true;
}
