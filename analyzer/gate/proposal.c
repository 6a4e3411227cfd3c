/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/proposal.h"

#include <stdlib.h>

#include "gate/proposal_entry.h"

/* Two for each subject are enough: one that adds entries, one that measures. */
#define ROUNDS_MAX 16

/* An entry, and whether it is to be of objects of no known size too. */
struct draft_entry {
	struct suppression entry;
	bool unsized;
};

struct draft {
	const struct gate_rules *rules;
	const struct gate_input *input;
	struct draft_entry *entries;
	size_t count;
	size_t of_stacks; /* entries made for stacks or functions */
	bool is_full;	  /* there were more of these */
	bool changed;	  /* in this round */
	bool passes;	  /* with what was there before it */
	struct arena *arena;
};

static struct draft_entry *find(const struct draft *draft,
				const struct suppression *entry)
{
	size_t i;

	for (i = 0; i < draft->count; i++)
		if (proposal_entry_equal(&draft->entries[i].entry, entry))
			return &draft->entries[i];
	return NULL;
}

/*
 * Its maximum is 0 until it was seen what it takes: anything exceeds that. One
 * that is there may have to take objects of no known size, too.
 */
static void add_entry(struct draft *draft, const struct suppression *entry,
		      bool unsized)
{
	struct draft_entry *added = find(draft, entry);

	if (added ? added->unsized || !unsized
		  : draft->count == GATE_SUPPRESSIONS_MAX)
		return;
	if (!added) {
		added = &draft->entries[draft->count++];
		added->entry = *entry;
	}
	added->unsized = unsized;
	added->entry.has_bytes = added->entry.has_records = true;
	added->entry.max_bytes = added->entry.max_records = 0;
	draft->changed = true;
}

/* What has no bytes, or fewer of them, grew by its number. */
static bool wants_count(const struct finding *finding)
{
	return finding->unsized || finding->bytes <= 0;
}

static bool add_row(struct draft *draft, const struct finding *finding,
		    const struct report_row *row, struct error *err)
{
	struct suppression entry;
	size_t before = draft->count;

	if (draft->of_stacks == PROPOSAL_STACKS_MAX) {
		draft->is_full = true;
		return true;
	}
	if (!proposal_entry_make(finding, row, draft->arena, &entry, err))
		return false;
	add_entry(draft, &entry, wants_count(finding));
	draft->of_stacks += draft->count - before;
	return true;
}

/* Rows of a function whose name is an address differ in their callers. */
static bool add_group(struct draft *draft, const struct finding *finding,
		      struct error *err)
{
	const struct report_group *group = finding->group;
	size_t i;

	for (i = 0; i < group->row_count; i++)
		if (!add_row(draft, finding,
			     &finding->report->rows[group->first_row + i], err))
			return false;
	return true;
}

static bool add_finding(struct draft *draft, const struct finding *finding,
			struct error *err)
{
	struct suppression entry;

	if (finding->subject == GATE_STACK)
		return add_row(draft, finding, finding->row, err);
	if (finding->subject == GATE_FUNCTION)
		return add_group(draft, finding, err);
	if (!proposal_entry_make(finding, NULL, draft->arena, &entry, err))
		return false;
	add_entry(draft, &entry, wants_count(finding));
	return true;
}

/* Entries for what breaks the rules on the finest subject of all. */
static bool add_findings(struct draft *draft, const struct gate_result *result,
			 struct error *err)
{
	enum gate_subject finest = GATE_UNACCOUNTED;
	size_t i;

	for (i = 0; i < result->finding_count; i++)
		if (result->findings[i].state == FINDING_FAILS &&
		    result->findings[i].subject < finest)
			finest = result->findings[i].subject;
	for (i = 0; i < result->finding_count; i++)
		if (result->findings[i].state == FINDING_FAILS &&
		    result->findings[i].subject == finest &&
		    !add_finding(draft, &result->findings[i], err))
			return false;
	if (draft->is_full) {
		const struct suppression any = {
			.frames = {SPAN("...")},
			.frame_count = 1,
			.category = SPAN("?*"),
			.reason = SPAN("to be replaced: say why all of this "
				       "may grow"),
		};

		add_entry(draft, &any, true);
	}
	return true;
}

/* Never narrower than it was: it may speak for several wholes. */
static void widen(struct draft_entry *entry, const struct suppression *seen)
{
	uint64_t bytes = entry->entry.max_bytes;
	uint64_t records = entry->entry.max_records;

	proposal_entry_measure(&entry->entry, entry->unsized, seen->bytes,
			       seen->records);
	if (bytes > entry->entry.max_bytes) {
		entry->entry.has_bytes = true;
		entry->entry.max_bytes = bytes;
	}
	if (records > entry->entry.max_records && entry->entry.has_records)
		entry->entry.max_records = records;
}

/* Entries that were exceeded get a maximum that is not. */
static void measure(struct draft *draft, const struct gate_result *result)
{
	const size_t count = draft->count;
	const struct suppression *own = result->suppressions + count;
	size_t i;

	for (i = 0; i < count; i++) {
		const struct suppression *seen = &result->suppressions[i];

		if (seen->state != SUPPRESSION_EXCEEDED)
			continue;
		widen(&draft->entries[i], seen);
		draft->changed = true;
	}
	for (i = 0; i < draft->rules->suppression_count; i++)
		if (own[i].state == SUPPRESSION_EXCEEDED)
			add_entry(draft, &own[i], own[i].has_records);
}

/* Judge with the entries so far, which stand first. */
static bool try(const struct draft *draft, struct gate_result *result,
		struct error *err)
{
	const struct gate_rules *rules = draft->rules;
	struct gate_rules trial = *rules;
	size_t i;
	bool done;

	trial.suppression_count = draft->count + rules->suppression_count;
	trial.suppressions = malloc((trial.suppression_count + 1) *
				    sizeof(*trial.suppressions));
	if (!trial.suppressions)
		return error_no_memory(err);
	for (i = 0; i < draft->count; i++)
		trial.suppressions[i] = draft->entries[i].entry;
	for (i = 0; i < rules->suppression_count; i++)
		trial.suppressions[draft->count + i] = rules->suppressions[i];
	done = gate_judge(&trial, draft->input, result, err);
	free(trial.suppressions);
	return done;
}

static bool make_round(struct draft *draft, bool *ret_more, struct error *err)
{
	struct gate_result result = {0};
	bool done = true;

	if (!try(draft, &result, err))
		return false;
	draft->changed = false;
	draft->passes = !result.failing;
	if (result.failing)
		measure(draft, &result);
	if (result.failing && !draft->changed)
		done = add_findings(draft, &result, err);
	*ret_more = draft->changed;
	gate_result_deinit(&result);
	return done;
}

/* Texts of entries that rules have are copied: ret may outlive these. */
static bool copy_texts(struct suppression *entry, struct arena *arena)
{
	size_t i;

	for (i = 0; i < entry->frame_count; i++)
		if (!arena_copy(arena, entry->frames[i], &entry->frames[i]))
			return false;
	entry->origin = NULL;
	return arena_copy(arena, entry->module, &entry->module) &&
	       arena_copy(arena, entry->category, &entry->category) &&
	       arena_copy(arena, entry->cache, &entry->cache) &&
	       arena_copy(arena, entry->expires, &entry->expires) &&
	       arena_copy(arena, entry->reason, &entry->reason);
}

static bool store(const struct draft *draft, struct gate_rules *ret,
		  struct error *err)
{
	size_t i;

	ret->suppressions = arena_alloc(
		&ret->arena, draft->count * sizeof(*ret->suppressions));
	if (!ret->suppressions)
		return error_no_memory(err);
	for (i = 0; i < draft->count; i++) {
		struct suppression *entry =
			&ret->suppressions[ret->suppression_count];

		/* It came to nothing: others have taken all of it. */
		if (!draft->entries[i].entry.max_bytes &&
		    !draft->entries[i].entry.max_records)
			continue;
		*entry = draft->entries[i].entry;
		if (!copy_texts(entry, &ret->arena))
			return error_no_memory(err);
		ret->suppression_count++;
	}
	return true;
}

bool proposal_make(const struct gate_rules *rules,
		   const struct gate_input *input, struct gate_rules *ret,
		   bool *ret_passes, struct error *err)
{
	struct gate_rules made = {0};
	struct draft draft = {
		.rules = rules,
		.input = input,
		.entries =
			calloc(GATE_SUPPRESSIONS_MAX, sizeof(*draft.entries)),
		.arena = &made.arena,
	};
	bool more = true, done = draft.entries != NULL;
	unsigned round;

	if (!done)
		error_no_memory(err);
	for (round = 0; done && more && round < ROUNDS_MAX; round++)
		done = make_round(&draft, &more, err);
	done = done && store(&draft, &made, err);
	free(draft.entries);
	if (!done) {
		gate_rules_deinit(&made);
		return false;
	}
	*ret_passes = draft.passes &&
		      made.suppression_count + rules->suppression_count <=
			      GATE_SUPPRESSIONS_MAX;
	*ret = made;
	return true;
}
