/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* REG_STARTEND */
#include "account/filter.h"

#include "base/pattern.h"
#include "base/quote.h"
#include "model/category.h"

void filter_deinit(struct filter *filter)
{
	if (filter->has_function)
		regfree(&filter->function);
	filter->has_function = false;
}

static bool is_category(const struct group_key *key)
{
	return strcmp(key->name, "category") == 0;
}

bool filter_add(struct filter *filter, const char *rule, bool negated,
		struct error *err)
{
	const char *equals = strchr(rule, '=');
	const char *option = negated ? "--not" : "--only";
	const struct group_key *key;
	char quoted[QUOTE_CAPACITY];

	quote_text(span_of(rule), QUOTE_LIMIT, quoted, sizeof(quoted));
	if (!equals)
		return error_set(err, ERROR_USAGE,
				 "'%s' for '%s' is not of the form KEY=VALUE",
				 quoted, option);
	key = group_key_named(span_between(rule, equals));
	if (!key)
		return error_set(err, ERROR_USAGE,
				 "unknown key in '%s' for '%s'; "
				 "'pageowl help keys' lists them",
				 quoted, option);
	if (is_category(key) && !category_is_known(span_of(equals + 1)))
		return error_set(err, ERROR_USAGE,
				 "unknown category in '%s' for '%s'; "
				 "'pageowl help categories' lists them",
				 quoted, option);
	if (filter->rule_count == FILTER_RULES_MAX)
		return error_set(err, ERROR_USAGE,
				 "more than %d of '--only' and '--not'",
				 FILTER_RULES_MAX);
	filter->rules[filter->rule_count++] = (struct filter_rule){
		.key = key,
		.value = span_of(equals + 1),
		.negated = negated,
	};
	if (!key->of_row)
		filter->fields |= 1u << key->field;
	return true;
}

bool filter_set_function(struct filter *filter, const char *pattern,
			 struct error *err)
{
	char reason[128], quoted[QUOTE_CAPACITY];
	regex_t regex;
	int status = regcomp(&regex, pattern, REG_EXTENDED);

	if (status != 0) {
		regerror(status, &regex, reason, sizeof(reason));
		quote_text(span_of(pattern), QUOTE_LIMIT, quoted,
			   sizeof(quoted));
		return error_set(err, ERROR_USAGE,
				 "invalid pattern '%s' for '--function': %s",
				 quoted, reason);
	}
	filter_deinit(filter);
	filter->function = regex;
	filter->has_function = true;
	return true;
}

static bool rule_matches(const struct filter_rule *rule, struct span value)
{
	if (is_category(rule->key))
		return category_matches(rule->value, value);
	return pattern_matches(rule->value, value);
}

/*
 * Whether the rules of one key hold, for a key that rule `first` is the first
 * to name.
 */
static bool key_holds(const struct filter *filter, size_t first,
		      struct span value)
{
	const struct group_key *key = filter->rules[first].key;
	bool wanted = false, found = false;
	size_t i;

	for (i = first; i < filter->rule_count; i++) {
		const struct filter_rule *rule = &filter->rules[i];

		if (rule->key != key)
			continue;
		if (rule->negated) {
			if (rule_matches(rule, value))
				return false;
		} else {
			wanted = true;
			found |= rule_matches(rule, value);
		}
	}
	return found || !wanted;
}

static bool is_first_of_key(const struct filter *filter, size_t index)
{
	size_t i;

	for (i = 0; i < index; i++)
		if (filter->rules[i].key == filter->rules[index].key)
			return false;
	return true;
}

static bool time_holds(const struct filter *filter, uint64_t ts_ns)
{
	if (!filter->since_ns && !filter->until_ns)
		return true;
	if (ts_ns == TS_NONE || ts_ns < filter->since_ns)
		return false;
	return !filter->until_ns || ts_ns <= filter->until_ns;
}

bool filter_has_record_rules(const struct filter *filter)
{
	return filter->fields || filter->since_ns || filter->until_ns;
}

bool filter_takes_record(const struct filter *filter,
			 const struct record *record)
{
	size_t i;

	if (!time_holds(filter, record->alloc_ts_ns))
		return false;
	for (i = 0; i < filter->rule_count; i++) {
		const struct group_key *key = filter->rules[i].key;

		if (!key->of_row && is_first_of_key(filter, i) &&
		    !key_holds(filter, i, record->fields[key->field]))
			return false;
	}
	return true;
}

static bool function_matches(const struct filter *filter,
			     const struct stack *stack)
{
	size_t i;

	for (i = 0; i < stack->frame_count; i++) {
		struct span text = stack->frames[i].symbol;
		regmatch_t range = {0, (regoff_t)text.length};

		if (text.length && regexec(&filter->function, text.at, 1,
					   &range, REG_STARTEND) == 0)
			return true;
		text = stack->frames[i].name;
		range = (regmatch_t){0, (regoff_t)text.length};
		if (text.length && regexec(&filter->function, text.at, 1,
					   &range, REG_STARTEND) == 0)
			return true;
	}
	return false;
}

static bool counted_holds(enum filter_counted counted, const struct row *row)
{
	enum category category = row_category(row);

	switch (counted) {
	case COUNTED_ANY:
		break;
	case COUNTED_NOT:
		return !row->counted;
	case COUNTED_KERNEL:
		return row->counted && category != CATEGORY_EARLY &&
		       category != CATEGORY_BALLOON &&
		       category_info(category)->block == BLOCK_KERNEL;
	}
	return true;
}

bool filter_takes_row(const struct filter *filter,
		      const struct snapshot *snapshot, const struct row *row)
{
	size_t i;

	if (!counted_holds(filter->counted, row))
		return false;
	if (filter->has_function && !function_matches(filter, row->key.stack))
		return false;
	for (i = 0; i < filter->rule_count; i++) {
		const struct group_key *key = filter->rules[i].key;

		if (key->of_row && is_first_of_key(filter, i) &&
		    !key_holds(filter, i, key->of_row(snapshot, row)))
			return false;
	}
	return true;
}

bool filter_names_category(const struct filter *filter)
{
	size_t i;

	for (i = 0; i < filter->rule_count; i++)
		if (is_category(filter->rules[i].key) &&
		    !filter->rules[i].negated)
			return true;
	return false;
}

bool filter_wants_places(const struct filter *filter)
{
	size_t i;

	for (i = 0; i < filter->rule_count; i++)
		if (group_key_wants_places(filter->rules[i].key))
			return true;
	return false;
}
