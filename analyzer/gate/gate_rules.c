/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/gate_rules.h"

#include "base/quote.h"
#include "gate/rule_list.h"
#include "gate/rule_text.h"

void gate_rules_deinit(struct gate_rules *rules)
{
	arena_deinit(&rules->arena);
	*rules = (struct gate_rules){0};
}

/*
 * Room for one more behind count items: the array itself, or a copy of it,
 * since it is full whenever count is a power of two.
 */
static void *make_room(struct arena *arena, void *items, size_t count,
		       size_t size)
{
	void *copy;

	if (count && count & (count - 1))
		return items;
	copy = arena_alloc(arena, (count ? 2 * count : 1) * size);
	if (copy && count)
		memcpy(copy, items, count * size);
	return copy;
}

static bool is_same_limit(const struct gate_limit *a,
			  const struct gate_limit *b)
{
	return a->measure == b->measure &&
	       a->per_iteration == b->per_iteration && a->amount == b->amount;
}

/* Whether both find the same. */
static bool is_same(const struct gate_rule *a, const struct gate_rule *b)
{
	size_t i;

	if (a->subject != b->subject || !span_equal(a->pattern, b->pattern) ||
	    a->limit_count != b->limit_count)
		return false;
	for (i = 0; i < a->limit_count; i++)
		if (!is_same_limit(&a->limits[i], &b->limits[i]))
			return false;
	return true;
}

bool rule_list_add(struct gate_rules *rules, const struct gate_rule *rule,
		   struct error *err)
{
	struct gate_rule *room;
	size_t i;

	/* Twice it would find all twice. */
	for (i = 0; i < rules->rule_count; i++) {
		if (!is_same(&rules->rules[i], rule))
			continue;
		/* What somebody asks for is more than what is usual. */
		if (gate_rule_is_default(&rules->rules[i]))
			rules->rules[i] = *rule;
		return true;
	}
	if (rules->rule_count == GATE_RULES_MAX)
		return error_set(err, ERROR_USAGE, "more than %d rules",
				 GATE_RULES_MAX);
	room = make_room(&rules->arena, rules->rules, rules->rule_count,
			 sizeof(*room));
	if (!room)
		return error_no_memory(err);
	rules->rules = room;
	rules->rules[rules->rule_count++] = *rule;
	return true;
}

bool rule_list_suppress(struct gate_rules *rules,
			const struct suppression *suppression,
			struct error *err)
{
	struct suppression *room;

	if (rules->suppression_count == GATE_SUPPRESSIONS_MAX)
		return error_set(err, ERROR_USAGE, "more than %d suppressions",
				 GATE_SUPPRESSIONS_MAX);
	room = make_room(&rules->arena, rules->suppressions,
			 rules->suppression_count, sizeof(*room));
	if (!room)
		return error_no_memory(err);
	rules->suppressions = room;
	rules->suppressions[rules->suppression_count++] = *suppression;
	return true;
}

bool gate_rules_add(struct gate_rules *rules, struct span text,
		    const char *origin, struct error *err)
{
	struct gate_rule rule;
	struct span copy;

	if (span_equal(text, SPAN("default")))
		return gate_rules_add_defaults(rules, err);
	if (!arena_copy(&rules->arena, text, &copy))
		return error_no_memory(err);
	if (!rule_text_read(copy, &rule, err))
		return false;
	rule.origin = origin ? origin : "--fail-over";
	return rule_list_add(rules, &rule, err);
}

/* docs/rules.md has the reason of each. */
bool gate_rules_add_defaults(struct gate_rules *rules, struct error *err)
{
	static const char *const texts[] = {
		"function: 512K",
		"unaccounted: 16M",
		"category=slab: 64M",
	};
	size_t count = sizeof(texts) / sizeof(texts[0]), i;

	if (rules->rule_count + count > GATE_RULES_MAX)
		return error_set(err, ERROR_USAGE, "more than %d rules",
				 GATE_RULES_MAX);
	for (i = 0; i < count; i++)
		if (!gate_rules_add(rules, span_of(texts[i]),
				    GATE_DEFAULT_ORIGIN, err))
			return false;
	return true;
}

static bool is_per_iteration(const struct gate_rule *rule)
{
	size_t i;

	for (i = 0; i < rule->limit_count; i++)
		if (rule->limits[i].per_iteration)
			return true;
	return false;
}

bool gate_rules_check_iterations(const struct gate_rules *rules,
				 uint64_t iterations, struct error *err)
{
	char quoted[QUOTE_CAPACITY];
	size_t i;

	for (i = 0; !iterations && i < rules->rule_count; i++) {
		if (!is_per_iteration(&rules->rules[i]))
			continue;
		quote_text(rules->rules[i].text, QUOTE_LIMIT, quoted,
			   sizeof(quoted));
		return error_set(err, ERROR_USAGE,
				 "'%s' (%s) is a rule per iteration; say how "
				 "many there were with '--iterations'",
				 quoted, rules->rules[i].origin);
	}
	return true;
}
