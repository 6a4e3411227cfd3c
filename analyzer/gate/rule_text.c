/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/rule_text.h"

#include "gate/limit_text.h"

static bool read_subject(struct span name, enum gate_subject *ret,
			 struct error *err)
{
	unsigned i;

	for (i = 0; i < GATE_SUBJECT_COUNT; i++)
		if (span_equal(name, span_of(gate_subject_name(
					     (enum gate_subject)i)))) {
			*ret = (enum gate_subject)i;
			return true;
		}
	return limit_text_refuse(
		"stack, function, module, category or unaccounted", name, err);
}

/* "module", or "module=nvme*" */
static bool read_head(struct span head, struct gate_rule *rule,
		      struct error *err)
{
	const char *equals =
		head.length ? memchr(head.at, '=', head.length) : NULL;
	struct span name = head;

	if (equals)
		name = limit_text_trim(span_between(head.at, equals));
	if (!read_subject(name, &rule->subject, err))
		return false;
	if (!equals)
		return true;
	if (rule->subject == GATE_UNACCOUNTED)
		return limit_text_refuse("'unaccounted' without a name", head,
					 err);
	rule->pattern =
		limit_text_trim(span_between(equals + 1, span_end(head)));
	if (!rule->pattern.length)
		return limit_text_refuse("a name or a pattern behind '='", head,
					 err);
	if (rule->subject == GATE_CATEGORY && !category_is_known(rule->pattern))
		return limit_text_refuse(
			"a category that 'pageowl help categories' lists",
			rule->pattern, err);
	return true;
}

static bool limits_suit(const struct gate_rule *rule, struct span limits,
			struct error *err)
{
	size_t i;

	for (i = 0; i < rule->limit_count; i++)
		if (rule->subject == GATE_UNACCOUNTED &&
		    rule->limits[i].measure == GATE_RECORDS)
			return limit_text_refuse(
				"bytes, pages or a share: memory in no counter "
				"has no objects",
				limits, err);
	return true;
}

bool rule_text_read(struct span text, struct gate_rule *ret, struct error *err)
{
	struct gate_rule rule = {.text = limit_text_trim(text)};
	const char *colon = span_find_last(rule.text, ':');
	struct span limits;

	if (!colon)
		return limit_text_refuse(
			"a rule such as 'function: 512K' or 'module=x: 20%'",
			rule.text, err);
	limits = limit_text_trim(span_between(colon + 1, span_end(rule.text)));
	if (!read_head(limit_text_trim(span_between(rule.text.at, colon)),
		       &rule, err) ||
	    !limit_text_read(limits, rule.limits, &rule.limit_count, err) ||
	    !limits_suit(&rule, limits, err))
		return false;
	*ret = rule;
	return true;
}
