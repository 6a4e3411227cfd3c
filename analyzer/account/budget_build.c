/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/budget_build.h"

#include <stdlib.h>

#include "account/budget_rules.h"
#include "account/free_build.h"
#include "account/memory_report.h"
#include "account/vmalloc_meaning.h"

static bool add_term(struct budget_reader *reader, struct sum *sum,
		     const struct term_rule *term)
{
	uint64_t value;

	if (term->unless && budget_reader_row(reader, term->unless, &value))
		return false;
	switch (term->source) {
	case TERM_ROW:
		return budget_add_row(reader, sum, term->name, term->minus);
	case TERM_ZONES:
		return budget_add_zones(reader, sum, term->zone);
	case TERM_HUGE:
		return budget_add_huge_pages(reader, sum, term->name);
	}
	return false;
}

/* False: the file has nothing of it. */
static bool add_terms(struct budget_reader *reader,
		      const struct budget_rule *rule, struct sum *sum)
{
	const struct term_rule *term;
	bool any = false, all = true;

	for (term = rule->terms; term < rule->terms + RULE_TERMS && term->name;
	     term++) {
		bool added = add_term(reader, sum, term);

		any |= added && !term->extra;
		all &= added || term->extra;
	}
	return rule->all ? all : any;
}

static bool make_row(struct budget_reader *reader,
		     const struct budget_rule *rule, struct budget_row *ret)
{
	if (rule->scope == (reader->of_node ? RULE_OF_MACHINE : RULE_OF_NODE))
		return false;
	*ret = (struct budget_row){
		.id = rule->id,
		.name = rule->name,
		.what = rule->what,
		.kind = rule->kind,
		.owner = rule->owner,
	};
	if (rule->fill)
		return rule->fill(reader, ret);
	return add_terms(reader, rule, &ret->sum);
}

static void count_part(struct budget_reader *reader,
		       const struct budget_row *row)
{
	budget_add(reader, &reader->budget->counted,
		   &(struct sum_term){
			   .group = "budget",
			   .name = row->name,
			   .kib = row->sum.kib,
			   .value = row->sum.kib < 0
					    ? 0 - (uint64_t)row->sum.kib
					    : (uint64_t)row->sum.kib,
			   .unit = COUNTER_KIB,
		   });
}

static void add_rows(struct budget_reader *reader)
{
	struct budget *budget = reader->budget;
	bool part = false; /* the last one is there */
	size_t i;

	for (i = 0; i < budget_rule_count; i++) {
		const struct budget_rule *rule = &budget_rules[i];
		struct budget_row row;
		bool made;

		if (rule->kind == BUDGET_INSIDE && !part)
			continue;
		made = make_row(reader, rule, &row);
		if (rule->kind != BUDGET_INSIDE)
			part = made;
		if (!made)
			continue;
		budget->rows[budget->row_count++] = row;
		if (row.kind == BUDGET_PART)
			count_part(reader, &row);
	}
}

/* A row of meminfo of the scope that nothing here knows. */
static bool is_unknown(const struct budget_reader *reader,
		       const struct counter *counter)
{
	return counter->unit != COUNTER_TEXT &&
	       span_equal(counter->group, SPAN("meminfo")) &&
	       span_equal(counter->scope, reader->scope) &&
	       !budget_knows_label(counter->name);
}

static size_t count_unknown(const struct budget_reader *reader)
{
	const struct counter_entry *entry = NULL;
	size_t count = 0;

	while ((entry = budget_reader_next(reader, entry)))
		count += is_unknown(reader, &entry->counter);
	return count;
}

/* The id must not be that of a row above, whatever the label is. */
static char *make_id(struct budget_reader *reader, const char *label)
{
	static const char prefix[] = "meminfo:";
	size_t length = strlen(label) + 1;
	char *id = arena_alloc(reader->arena, sizeof(prefix) - 1 + length);

	if (!id)
		return NULL;
	memcpy(id, prefix, sizeof(prefix) - 1);
	memcpy(id + sizeof(prefix) - 1, label, length);
	return id;
}

static void add_unknown(struct budget_reader *reader,
			const struct counter *counter)
{
	struct budget *budget = reader->budget;
	struct budget_row *row = &budget->rows[budget->row_count];
	const char *label = arena_string(reader->arena, counter->name);
	const char *id = label ? make_id(reader, label) : NULL;

	if (!id) {
		reader->failed = true;
		return;
	}
	*row = (struct budget_row){
		.id = id,
		.name = label,
		.what = "a row of the file that is not known here: it may lie "
			"in another one, or in the remainder",
		.kind = BUDGET_BESIDE,
		.owner = OWNER_KERNEL,
	};
	budget_add(reader, &row->sum,
		   &(struct sum_term){
			   .group = "meminfo",
			   .name = label,
			   /* Without a unit it may be of anything. */
			   .kib = counter->unit == COUNTER_KIB
					  ? sum_kib(counter->value)
					  : 0,
			   .value = counter->value,
			   .unit = counter->unit,
		   });
	budget->row_count++;
}

static void add_all_unknown(struct budget_reader *reader)
{
	const struct counter_entry *entry = NULL;

	while ((entry = budget_reader_next(reader, entry)))
		if (!reader->failed && is_unknown(reader, &entry->counter))
			add_unknown(reader, &entry->counter);
}

/*
 * So much of MemTotal may be on the free lists of CPUs: their limits are shares
 * of the zones. 2.3 % were seen of 1 GB with two CPUs.
 */
#define LISTS_PERCENT 3

/* What the file should have and does not. */
static void tell_gaps(struct budget_reader *reader)
{
	static const char *const parts[] = {"free", "lru", "slab"};
	const struct budget *budget = reader->budget;
	uint64_t slab, tables;
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (!budget_row(budget, parts[i]))
			budget_note_source(reader,
					   "the file lacks rows, so the "
					   "remainder has what is there of: ",
					   parts[i]);
	if (!reader->zones[ZONE_PCP].known) {
		budget_note(reader,
			    "without zoneinfo the remainder has the free "
			    "pages that CPUs keep at hand");
		budget_doubt(reader, budget->total.kib / 100 * LISTS_PERCENT);
	}
	if (budget_reader_row(reader, "Slab", &slab) && !slab &&
	    budget_reader_row(reader, "PageTables", &tables) && !tables)
		budget_note(reader, "Slab and PageTables are 0: these are the "
				    "numbers of a container, made up in part");
	if (reader->from_zones)
		budget_note(reader, "the node has no meminfo in the capture: "
				    "its counters are those of zoneinfo");
	if (reader->of_node)
		budget_note(reader,
			    reader->zones[ZONE_VMALLOC].known
				    ? "Percpu is not counted by node: it is in "
				      "the nodes' remainders"
				    : "VmallocUsed, Percpu and Zswap are not "
				      "counted by node: they are in the nodes' "
				      "remainders");
}

/*
 * kmalloc() of more than two pages came to be counted as slab with 5.4, which
 * also has counters of huge pages of files.
 */
static bool has_large_kmalloc(const struct budget_reader *reader)
{
	const struct counters *counters = reader->facts->counters;
	uint64_t value;

	if (counters_value(counters, "vmstat", SPAN(""), "nr_file_hugepages",
			   &value) ||
	    budget_reader_row(reader, "FileHugePages", &value))
		return true;
	if (counters_value(counters, "vmstat", SPAN(""), "nr_free_pages",
			   &value))
		return false;
	return reader->vmalloc == VMALLOC_PAGES;
}

static void build(struct budget_reader *reader)
{
	struct budget *budget = reader->budget;

	budget_reader_init(reader);
	budget->known =
		budget_add_row(reader, &budget->total, "MemTotal", false);
	if (!budget->known)
		return;
	budget->rows = arena_alloc(reader->arena,
				   (budget_rule_count + count_unknown(reader)) *
					   sizeof(*budget->rows));
	if (!budget->rows) {
		reader->failed = true;
		return;
	}
	vmalloc_meaning_decide(reader);
	add_rows(reader);
	add_all_unknown(reader);
	budget->remainder_kib =
		sum_minus(budget->total.kib, budget->counted.kib);
	budget->slab_has_large_kmalloc = has_large_kmalloc(reader);
	tell_gaps(reader);
	if (reader->of_node)
		return;
	free_build(reader, &budget->free);
	if (memory_report_is_source(reader->facts->counters)) {
		budget->untold = memory_report_untold(budget, reader->arena);
		reader->failed |= !budget->untold;
	}
}

bool budget_build(const struct budget_facts *facts, const char *scope,
		  struct arena *arena, struct budget *ret, struct error *err)
{
	struct budget budget = {
		.scope = arena_string(arena, span_of(scope)),
	};
	struct budget_reader reader = {
		.facts = facts,
		.arena = arena,
		.budget = &budget,
		.scope = span_of(scope),
		.of_node = *scope != '\0',
	};

	if (!budget.scope)
		return error_no_memory(err);
	build(&reader);
	if (reader.failed)
		return error_no_memory(err);
	*ret = budget;
	return true;
}

/* "node 12" of meminfo, "node 12 zone Normal" of zoneinfo. */
static bool is_node(const struct counter *counter, uint64_t *ret)
{
	struct span scope = counter->scope;
	bool zone = span_equal(counter->group, SPAN("zoneinfo")) &&
		    span_equal(counter->name, SPAN("managed"));

	if (!zone && (!span_equal(counter->group, SPAN("meminfo")) ||
		      !span_equal(counter->name, SPAN("MemTotal"))))
		return false;
	return span_take(&scope, SPAN("node ")) &&
	       (!span_starts_with(scope, SPAN("0")) || scope.length == 1 ||
		scope.at[1] == ' ') &&
	       span_take_u64(&scope, ret) &&
	       (!scope.length || (zone && scope.at[0] == ' '));
}

static bool is_listed(const uint64_t *nodes, size_t count, uint64_t node)
{
	while (count)
		if (nodes[--count] == node)
			return true;
	return false;
}

static int compare_nodes(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

bool budget_nodes(const struct counters *counters, struct arena *arena,
		  uint64_t **ret, size_t *ret_count, struct error *err)
{
	const struct counter_entry *entry;
	uint64_t *nodes = arena_alloc(arena, COUNTERS_NODES * sizeof(*nodes));
	size_t count = 0;

	if (!nodes)
		return error_no_memory(err);
	for (entry = counters->table; entry && count < COUNTERS_NODES;
	     entry = entry->hh.next)
		count += is_node(&entry->counter, &nodes[count]) &&
			 !is_listed(nodes, count, nodes[count]);
	qsort(nodes, count, sizeof(*nodes), compare_nodes);
	*ret = nodes;
	*ret_count = count;
	return true;
}
