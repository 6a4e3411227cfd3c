/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a rules file: one that is refused leaves nothing behind and has
 * an error that names file and line; one that is taken says the same when it is
 * written anew.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/gate_rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_refusal(const struct gate_rules *rules,
			  const struct error *err)
{
	struct span rest = span_of(err->text);
	uint64_t line;

	assert(err->code == ERROR_USAGE);
	assert(span_take(&rest, SPAN("fuzz.rules:")));
	assert(span_take_u64(&rest, &line) && line > 0);
	assert(span_take(&rest, SPAN(": ")) && rest.length);
	for (; rest.length; rest = span_skip(rest, 1))
		assert((unsigned char)rest.at[0] >= 0x20);
	assert(!rules->rule_count && !rules->suppression_count);
	assert(!rules->iterations);
}

static void put(FILE *file, const char *word, struct span value)
{
	if (value.length)
		fprintf(file, "%s %.*s\n", word, (int)value.length, value.at);
}

static void write_entry(const struct suppression *entry, FILE *file)
{
	const char *and = entry->has_bytes && entry->has_records ? " and " : "";
	size_t i;

	fprintf(file, "suppress\n%s", entry->frame_count ? "frames" : "");
	for (i = 0; i < entry->frame_count; i++)
		fprintf(file, " %.*s", (int)entry->frames[i].length,
			entry->frames[i].at);
	fputs(entry->unaccounted ? "unaccounted\n" : "\n", file);
	put(file, "module", entry->module);
	put(file, "category", entry->category);
	put(file, "cache", entry->cache);
	fputs("maximum ", file);
	if (entry->has_bytes)
		fprintf(file, "%" PRIu64 "%s", entry->max_bytes, and);
	if (entry->has_records)
		fprintf(file, "%" PRIu64 " objects", entry->max_records);
	putc('\n', file);
	put(file, "expires", entry->expires);
	put(file, "reason", entry->reason);
}

static void write_rules(const struct gate_rules *rules, FILE *file)
{
	size_t i;

	for (i = 0; i < rules->rule_count; i++)
		put(file, "fail-over", rules->rules[i].text);
	if (rules->iterations)
		fprintf(file, "iterations %" PRIu64 "\n", rules->iterations);
	for (i = 0; i < rules->suppression_count; i++)
		write_entry(&rules->suppressions[i], file);
}

static void check_rule(const struct gate_rule *a, const struct gate_rule *b)
{
	size_t i;

	assert(a->subject == b->subject);
	assert(span_equal(a->pattern, b->pattern));
	assert(span_equal(a->text, b->text));
	assert(a->limit_count == b->limit_count && a->limit_count);
	for (i = 0; i < a->limit_count; i++) {
		assert(a->limits[i].measure == b->limits[i].measure);
		assert(a->limits[i].per_iteration ==
		       b->limits[i].per_iteration);
		assert(a->limits[i].amount == b->limits[i].amount);
		assert(a->limits[i].amount >= 0);
	}
}

static void check_entry(const struct suppression *a,
			const struct suppression *b)
{
	size_t i;

	assert(a->frame_count == b->frame_count);
	for (i = 0; i < a->frame_count; i++)
		assert(span_equal(a->frames[i], b->frames[i]));
	assert(span_equal(a->module, b->module));
	assert(span_equal(a->category, b->category));
	assert(span_equal(a->cache, b->cache));
	assert(a->unaccounted == b->unaccounted);
	assert(a->has_bytes == b->has_bytes && a->max_bytes == b->max_bytes);
	assert(a->has_records == b->has_records);
	assert(a->max_records == b->max_records);
	assert(a->has_bytes || a->has_records);
	assert(span_equal(a->expires, b->expires));
	assert(span_equal(a->reason, b->reason) && a->reason.length);
}

static void check_written(const struct gate_rules *rules)
{
	struct gate_rules again = {0};
	struct error err = {0};
	char *text = NULL;
	size_t length, i;
	FILE *file = open_memstream(&text, &length);

	assert(file);
	write_rules(rules, file);
	fclose(file);
	assert(gate_rules_parse(&again, "fuzz.rules",
				(struct span){text, length}, &err));
	assert(again.rule_count == rules->rule_count);
	for (i = 0; i < rules->rule_count; i++)
		check_rule(&rules->rules[i], &again.rules[i]);
	assert(again.suppression_count == rules->suppression_count);
	for (i = 0; i < rules->suppression_count; i++)
		check_entry(&rules->suppressions[i], &again.suppressions[i]);
	assert(again.iterations == rules->iterations);
	gate_rules_deinit(&again);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gate_rules rules = {0};
	struct error err = {0};
	struct span text = {(const char *)data, size};

	if (gate_rules_parse(&rules, "fuzz.rules", text, &err))
		check_written(&rules);
	else
		check_refusal(&rules, &err);
	gate_rules_deinit(&rules);
	return 0;
}
