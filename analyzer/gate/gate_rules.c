/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/gate_rules.h"

#include "gate/rule_list.h"
#include "gate/rule_text.h"

static const char default_origin[] = "default";

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

bool rule_list_add(struct gate_rules *rules, const struct gate_rule *rule,
		   struct error *err)
{
	struct gate_rule *room;

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

bool gate_rule_is_default(const struct gate_rule *rule)
{
	return strcmp(rule->origin, default_origin) == 0;
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

	/* Twice they would find all twice. */
	for (i = 0; i < rules->rule_count; i++)
		if (gate_rule_is_default(&rules->rules[i]))
			return true;
	if (rules->rule_count + count > GATE_RULES_MAX)
		return error_set(err, ERROR_USAGE, "more than %d rules",
				 GATE_RULES_MAX);
	for (i = 0; i < count; i++)
		if (!gate_rules_add(rules, span_of(texts[i]), default_origin,
				    err))
			return false;
	return true;
}
