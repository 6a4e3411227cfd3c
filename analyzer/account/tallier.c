/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/tallier.h"

#include <assert.h>
#include <stdlib.h>

#include "account/classify.h"
#include "account/told_place.h"

/* The page flags, "(uptodate|lru|swapbacked|node=0)", as evidence. */
static unsigned flag_evidence(struct span page_line)
{
	const char *flags = span_find(page_line, SPAN(" Flags "));
	const char *open;
	struct span words;
	unsigned evidence = 0;

	if (!flags)
		return 0;
	words = span_between(flags, span_end(page_line));
	open = span_find(words, SPAN("("));
	if (!open)
		return 0;
	words = span_between(open + 1, span_end(words));
	span_drop(&words, SPAN(")"));
	if (span_has_word(words, SPAN("slab"), '|'))
		evidence |= EVIDENCE_FLAG_SLAB;
	if (span_has_word(words, SPAN("lru"), '|'))
		evidence |= EVIDENCE_FLAG_LRU;
	if (span_has_word(words, SPAN("swapbacked"), '|'))
		evidence |= EVIDENCE_FLAG_SWAPBACKED;
	return evidence;
}

/* PFN >> shift == block, for one shift only, tells the size of a block. */
static void learn_block_shift(struct snapshot *snapshot,
			      const struct record *record)
{
	const char *at = span_find(record->page_line, SPAN(" Block "));
	struct span rest;
	unsigned shift, fits = 0, found = 0;
	uint64_t block;

	if (snapshot->block_shift || !at || record->pfn == PFN_NONE)
		return;
	rest = span_between(at + 7, span_end(record->page_line));
	if (!span_take_u64(&rest, &block) || !block)
		return;
	for (shift = 1; shift < 24; shift++) {
		if (record->pfn >> shift == block) {
			found = shift;
			fits++;
		}
	}
	if (fits == 1)
		snapshot->block_shift = found;
}

static void set_cuts(struct tallier *tallier)
{
	struct snapshot *snapshot = tallier->snapshot;

	snapshot->cuts.fresh_ns = snapshot->began_ns;
	snapshot->cuts.before_ns = tallier->plan.before_own
					   ? snapshot->began_ns
					   : tallier->plan.before_ns;
}

/* Of the first `count` records of the head; TS_NONE: they have no time. */
static uint64_t youngest(const struct tallier *tallier, size_t count)
{
	uint64_t most = TS_NONE;
	size_t i;

	for (i = 0; i < count; i++) {
		uint64_t ts = tallier->head[i].ts_ns;

		if (ts != TS_NONE && (most == TS_NONE || ts > most))
			most = ts;
	}
	return most;
}

/* Whether few of the records behind the first `count` are younger than ts. */
static bool is_settled_by(const struct tallier *tallier, size_t count,
			  uint64_t ts)
{
	size_t younger = 0, i;

	for (i = count; i < tallier->head_count; i++)
		younger += tallier->head[i].ts_ns != TS_NONE &&
			   (ts == TS_NONE || tallier->head[i].ts_ns > ts);
	return younger * 10 <= tallier->head_count - count;
}

static uint64_t learn_began(const struct tallier *tallier)
{
	size_t count;

	for (count = HEAD_LEAST; count < tallier->head_count; count *= 2) {
		uint64_t ts = youngest(tallier, count);

		if (is_settled_by(tallier, count, ts))
			return ts;
	}
	return youngest(tallier, tallier->head_count);
}

void tallier_settle(struct tallier *tallier)
{
	struct snapshot *snapshot = tallier->snapshot;
	size_t i;

	if (!tallier->head)
		return;
	snapshot->began_ns = learn_began(tallier);
	snapshot->head_ns = youngest(tallier, tallier->head_count);
	set_cuts(tallier);
	for (i = 0; i < tallier->head_count; i++) {
		const struct head_record *record = &tallier->head[i];

		if (record->tally && record->ts_ns != TS_NONE)
			tally_cut(record->tally, record->ts_ns, record->units,
				  &snapshot->cuts);
	}
	free(tallier->head);
	tallier->head = NULL;
}

bool tallier_is_settled(const struct tallier *tallier)
{
	return !tallier->head &&
	       (!tallier->block_left || tallier->snapshot->block_shift);
}

static void note_head(struct tallier *tallier, const struct record *record,
		      struct tally *tally)
{
	tallier->head[tallier->head_count++] = (struct head_record){
		.ts_ns = record->alloc_ts_ns,
		.units = record->units,
		.tally = tally,
	};
	if (tallier->head_count == HEAD_RECORDS)
		tallier_settle(tallier);
}

static void classify(struct stack *stack)
{
	size_t i;

	classify_stack(stack->frames, stack->frame_count, stack->evidence,
		       &stack->class);
	for (i = 0; i < stack->frame_count; i++)
		if (stack->frames[i].places_told)
			told_place_choose(&stack->frames[i]);
	stack->classified = true;
}

static bool find_stack(struct tallier *tallier, const struct record *record,
		       struct error *err)
{
	struct stack *stack;

	if (record->same_stack && tallier->stack)
		return true;
	if (!stack_table_intern(&tallier->snapshot->stacks, record->stack,
				&stack, NULL, err))
		return false;
	if (!stack->classified && !tallier->plan.probe)
		classify(stack);
	tallier->stack = stack;
	return true;
}

/* Offline cgroups often share their name with a living one. */
static bool intern_memcg(struct tallier *tallier, const struct record *record,
			 string_id *ret, struct error *err)
{
	static const char mark[] = " (offline)";
	struct span name = record->memcg;
	char text[512];

	if (!record->memcg_offline)
		return string_pool_intern(&tallier->snapshot->names, name, ret,
					  err);
	if (name.length > sizeof(text) - sizeof(mark))
		name.length = sizeof(text) - sizeof(mark);
	memcpy(text, name.at, name.length);
	memcpy(text + name.length, mark, sizeof(mark) - 1);
	name = (struct span){text, name.length + sizeof(mark) - 1};
	return string_pool_intern(&tallier->snapshot->names, name, ret, err);
}

/* The values of the fields, most often those of the record before. */
static bool find_values(struct tallier *tallier, const struct record *record,
			struct error *err)
{
	struct snapshot *snapshot = tallier->snapshot;
	field_set left = snapshot->by;

	while (left) {
		unsigned field = (unsigned)__builtin_ctz(left);
		string_id *value = &tallier->key.values[field];
		struct span text = record->fields[field];

		left &= left - 1;
		if (field == FIELD_MEMCG) {
			if (!intern_memcg(tallier, record, value, err))
				return false;
			continue;
		}
		if (span_equal(string_pool_text(&snapshot->names, *value),
			       text))
			continue;
		if (!string_pool_intern(&snapshot->names, text, value, err))
			return false;
	}
	return true;
}

static bool find_row(struct tallier *tallier, const struct record *record,
		     struct row **ret, struct error *err)
{
	struct row *row = tallier->stack->row;

	if (tallier->snapshot->by && !find_values(tallier, record, err))
		return false;
	tallier->key.stack = tallier->stack;
	if (row && (!tallier->snapshot->by ||
		    memcmp(&row->key, &tallier->key, sizeof(row->key)) == 0)) {
		*ret = row;
		return true;
	}
	return snapshot_row(tallier->snapshot, &tallier->key, ret, err);
}

static bool note_offline(struct snapshot *snapshot, const struct record *record,
			 struct error *err)
{
	string_id ignored;

	snapshot->offline.records += record->count;
	snapshot->offline.units += record->units;
	return string_pool_intern(&snapshot->offline_names, record->memcg,
				  &ignored, err);
}

static void note_fields(struct tallier *tallier, const struct record *record)
{
	field_set left = tallier->sink.wanted & ~tallier->snapshot->fields_seen;

	while (left) {
		unsigned field = (unsigned)__builtin_ctz(left);

		if (record->fields[field].length)
			tallier->snapshot->fields_seen |= 1u << field;
		left &= left - 1;
	}
}

static bool count_record(struct tallier *tallier, const struct record *record,
			 struct error *err)
{
	struct snapshot *snapshot = tallier->snapshot;
	struct row *row;

	/* The sink asks for the same stack again only if this one was it. */
	if (!find_stack(tallier, record, err))
		return false;
	if (tallier->sink.wanted)
		note_fields(tallier, record);
	if (tallier->filters_records &&
	    !filter_takes_record(tallier->filter, record)) {
		snapshot->filtered.records += record->count;
		snapshot->filtered.units += record->units;
		if (tallier->head)
			note_head(tallier, record, NULL);
		return true;
	}
	if (!find_row(tallier, record, &row, err))
		return false;
	tallier->stack->evidence |= record->evidence;
	if (tallier->stack->class.wants_flags)
		tallier->stack->evidence |= flag_evidence(record->page_line);
	tally_record(&row->tally, record);
	if (record->creation &&
	    !snapshot_note_creation(snapshot, row, record, err))
		return false;
	if (tallier->head)
		note_head(tallier, record, &row->tally);
	else if (record->alloc_ts_ns != TS_NONE)
		tally_cut(&row->tally, record->alloc_ts_ns, record->units,
			  &snapshot->cuts);
	snapshot->counted.records += record->count;
	snapshot->counted.units += record->units;
	return !record->memcg_offline || note_offline(snapshot, record, err);
}

static bool take_counter(struct sink *sink, const struct counter *counter,
			 struct error *err)
{
	struct tallier *tallier = (struct tallier *)sink;

	tallier->snapshot->counters++;
	return !tallier->plan.counters ||
	       counters_add(tallier->plan.counters, counter, err);
}

static bool take_replacement(struct sink *sink, unsigned rank)
{
	struct counters *counters = ((struct tallier *)sink)->plan.counters;

	if (!counters)
		return true;
	if (rank < counters->rank)
		return false;
	counters_deinit(counters);
	counters->rank = rank;
	return true;
}

static void take_remark(struct sink *sink, const char *text)
{
	struct tallier *tallier = (struct tallier *)sink;
	struct error ignored;

	if (!snapshot_remark(tallier->snapshot, text, &ignored))
		tallier->no_memory = true;
}

static bool tally_record_of(struct tallier *tallier,
			    const struct record *record, struct error *err)
{
	struct snapshot *snapshot = tallier->snapshot;

	snapshot->entries++;
	snapshot->seen += record->count;
	if (record->pfn != PFN_NONE)
		snapshot_note_pfn(snapshot, record->pfn, record->line);
	if (record->alloc_ts_ns != TS_NONE &&
	    record->alloc_ts_ns > snapshot->youngest_ns)
		snapshot->youngest_ns = record->alloc_ts_ns;
	if (tallier->block_left) {
		tallier->block_left--;
		learn_block_shift(snapshot, record);
	}
	if (record->objects)
		jiffies_note(&snapshot->jiffies, record->objects);
	if (record->creation)
		jiffies_note_creation(&snapshot->jiffies, record->creation);
	if (record->unfinished)
		return snapshot_keep_unfinished(snapshot, record, err);
	return count_record(tallier, record, err);
}

static bool take_record(struct sink *sink, const struct record *record,
			struct error *err)
{
	struct tallier *tallier = (struct tallier *)sink;
	struct record placed;

	if (!tallier->plan.lines)
		return tally_record_of(tallier, record, err);
	placed = *record;
	placed.line = line_map_find(tallier->plan.lines, record->line);
	return tally_record_of(tallier, &placed, err);
}

static void take_damage(struct sink *sink, const struct damage *damage)
{
	struct tallier *tallier = (struct tallier *)sink;
	struct damage placed = *damage;

	if (tallier->plan.lines && damage->stray) {
		tallier->snapshot->strays++;
		return;
	}
	if (tallier->plan.lines)
		placed.line = line_map_find(tallier->plan.lines, damage->line);
	if (!damage->stray) {
		tallier->snapshot->entries++;
		tallier->snapshot->seen++;
	}
	loss_add(&tallier->snapshot->loss, &placed);
}

field_set tallier_fields(const struct tally_plan *plan,
			 const struct format *format)
{
	return plan->by | format->identity;
}

bool tallier_init(struct tallier *tallier, const struct tally_plan *plan,
		  struct snapshot *snapshot, struct error *err)
{
	*tallier = (struct tallier){
		.sink.record = take_record,
		.sink.counter = take_counter,
		.sink.replace = take_replacement,
		.sink.damage = take_damage,
		.sink.remark = take_remark,
		.sink.addresses = plan->addresses,
		.sink.path = plan->path,
		.sink.places = plan->lines,
		.sink.scan = plan->scan ? plan->scan : text_scan_best(),
		.sink.wanted = plan->by | plan->filter->fields,
		.sink.careful = plan->careful,
		.snapshot = snapshot,
		.filter = plan->filter,
		.filters_records = filter_has_record_rules(plan->filter),
		.plan = *plan,
		.block_left = HEAD_RECORDS,
	};
	/* Where objects were allocated is kept for each row. */
	if (snapshot->by & 1u << FIELD_CACHE)
		tallier->sink.wanted |= 1u << FIELD_CPU | 1u << FIELD_NODE;
	snapshot->began_ns = plan->began_ns;
	if (!plan->learn) {
		set_cuts(tallier);
		return true;
	}
	tallier->head = malloc(HEAD_RECORDS * sizeof(*tallier->head));
	return tallier->head || error_no_memory(err);
}

void tallier_deinit(struct tallier *tallier)
{
	free(tallier->head);
	tallier->head = NULL;
}

/* Whether another stack begins as this one does and goes on. */
static bool is_cut_short(const struct snapshot *snapshot, struct span text)
{
	const struct stack *stack;

	if (text.length)
		text.length--; /* the last frame itself may have been cut */
	for (stack = snapshot->stacks.table; stack; stack = stack->hh.next)
		if (stack->meaning == stack &&
		    stack->text.length > text.length + 1 &&
		    span_starts_with(stack->text, text))
			return true;
	return false;
}

static bool conclude_record(const struct tally_plan *plan,
			    struct snapshot *snapshot,
			    const struct record *record, struct error *err)
{
	struct tallier tallier = {
		.snapshot = snapshot,
		.filter = plan->filter,
		.filters_records = filter_has_record_rules(plan->filter),
		.plan = *plan,
	};
	struct span clean;

	if (!stack_text_clean(&snapshot->arena, record->stack, &clean))
		return error_no_memory(err);
	if (!is_cut_short(snapshot, clean))
		return count_record(&tallier, record, err);
	snapshot_skip_unfinished(snapshot, record);
	return true;
}

static bool conclude_unfinished(const struct tally_plan *plan,
				struct snapshot *snapshot, struct error *err)
{
	const struct unfinished *unfinished = snapshot->unfinished;

	snapshot->unfinished = NULL;
	snapshot->unfinished_count = 0;
	for (; unfinished; unfinished = unfinished->next) {
		const struct record record = unfinished_record(unfinished);

		if (!conclude_record(plan, snapshot, &record, err))
			return false;
	}
	return true;
}

bool tallier_conclude(const struct tally_plan *plan, struct snapshot *snapshot,
		      struct error *err)
{
	struct stack *stack;

	if (!conclude_unfinished(plan, snapshot, err))
		return false;
	assert(snapshot->seen == snapshot->counted.records +
					 snapshot->filtered.records +
					 snapshot->loss.records);
	for (stack = snapshot->stacks.table; stack; stack = stack->hh.next)
		if (stack->meaning == stack &&
		    (!stack->classified ||
		     stack->evidence & ~(unsigned)EVIDENCE_MOVABLE))
			classify(stack);
	return true;
}
