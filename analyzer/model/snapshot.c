/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/snapshot.h"

bool snapshot_init(struct snapshot *snapshot, field_set by, struct error *err)
{
	string_id none;

	*snapshot = (struct snapshot){
		.by = by,
		.cuts = {TS_NONE, TS_NONE},
		.began_ns = TS_NONE,
		.head_ns = TS_NONE,
		.first_pfn = PFN_NONE,
		.last_pfn = PFN_NONE,
	};
	return string_pool_intern(&snapshot->names, SPAN(""), &none, err);
}

void snapshot_deinit(struct snapshot *snapshot)
{
	HASH_CLEAR(hh, snapshot->rows);
	string_pool_deinit(&snapshot->names);
	string_pool_deinit(&snapshot->offline_names);
	stack_table_deinit(&snapshot->stacks);
	arena_deinit(&snapshot->arena);
}

bool snapshot_row(struct snapshot *snapshot, const struct row_key *key,
		  struct row **ret, struct error *err)
{
	unsigned hash = table_hash(key, sizeof(*key));
	struct row *row;

	HASH_FIND_BYHASHVALUE(hh, snapshot->rows, key, sizeof(*key), hash, row);
	if (!row) {
		row = arena_alloc(&snapshot->arena, sizeof(*row));
		if (!row)
			return error_no_memory(err);
		row->key = *key;
		HASH_ADD_KEYPTR_BYHASHVALUE(hh, snapshot->rows, &row->key,
					    sizeof(row->key), hash, row);
		if (!row->hh.tbl)
			return error_no_memory(err);
	}
	key->stack->row = row;
	*ret = row;
	return true;
}

struct span snapshot_detail(const struct snapshot *snapshot,
			    const struct row *row)
{
	static const enum record_field fields[] = {FIELD_CACHE, FIELD_SITE,
						   FIELD_KIND};
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (snapshot->identity & 1u << fields[i])
			return string_pool_text(&snapshot->names,
						row->key.values[fields[i]]);
	return (struct span){0};
}

static struct creation_times *times_of(struct snapshot *snapshot,
				       struct row *row)
{
	if (!row->created)
		row->created =
			arena_alloc(&snapshot->arena, sizeof(*row->created));
	return row->created;
}

bool snapshot_note_creation(struct snapshot *snapshot, struct row *row,
			    const struct record *record, struct error *err)
{
	struct creation_times *times = times_of(snapshot, row);

	return (times &&
		creation_times_add(times, &snapshot->arena,
				   jiffies_of_wrap(record->creation->jiffies),
				   record->units)) ||
	       error_no_memory(err);
}

void snapshot_tell_times(struct snapshot *snapshot, unsigned hz,
			 const struct tally_cuts *cuts)
{
	struct row *row;

	for (row = snapshot->rows; row; row = row->hh.next) {
		if (!row->created)
			continue;
		creation_times_tell(row->created, hz, cuts, &row->tally);
		row->created = NULL;
		snapshot->has_times = true;
	}
}

void snapshot_note_pfn(struct snapshot *snapshot, uint64_t pfn, uint64_t line)
{
	if (snapshot->first_pfn == PFN_NONE) {
		snapshot->first_pfn = pfn;
		snapshot->first_line = line;
	} else if (pfn < snapshot->last_pfn) {
		if (!snapshot->loss.descents++)
			snapshot->loss.first_descent = line;
	}
	snapshot->last_pfn = pfn;
}

static bool merge_times(struct snapshot *snapshot, struct row *row,
			const struct row *from, struct error *err)
{
	struct creation_times *times;

	if (!from->created)
		return true;
	times = times_of(snapshot, row);
	return (times &&
		creation_times_merge(times, &snapshot->arena, from->created)) ||
	       error_no_memory(err);
}

static bool merge_row(struct snapshot *snapshot, const struct snapshot *later,
		      const struct row *from, struct error *err)
{
	struct row_key key = {0};
	struct row *row;
	unsigned i;

	if (!stack_table_intern(&snapshot->stacks, from->key.stack->text,
				&key.stack, NULL, err))
		return false;
	if (!stack_table_copy_places(&snapshot->stacks, key.stack,
				     from->key.stack, err))
		return false;
	key.stack->evidence |= from->key.stack->evidence;
	for (i = 0; i < FIELD_COUNT; i++) {
		struct span value;

		if (!(snapshot->by & 1u << i))
			continue;
		value = string_pool_text(&later->names, from->key.values[i]);
		if (!string_pool_intern(&snapshot->names, value, &key.values[i],
					err))
			return false;
	}
	if (!snapshot_row(snapshot, &key, &row, err))
		return false;
	tally_add(&row->tally, &from->tally);
	return merge_times(snapshot, row, from, err);
}

static void amount_add(struct amount *amount, const struct amount *other)
{
	amount->records += other->records;
	amount->units += other->units;
}

/* The loss of the later piece, and where its PFNs join ours. */
static void merge_loss(struct snapshot *snapshot, const struct snapshot *later)
{
	if (later->first_pfn != PFN_NONE) {
		snapshot_note_pfn(snapshot, later->first_pfn,
				  later->first_line + snapshot->lines);
		snapshot->last_pfn = later->last_pfn;
	}
	loss_append(&snapshot->loss, &later->loss, snapshot->lines);
	snapshot->lines += later->lines;
	snapshot->bytes += later->bytes;
}

static bool merge_offline(struct snapshot *snapshot,
			  const struct snapshot *later, struct error *err)
{
	string_id id;

	amount_add(&snapshot->offline, &later->offline);
	for (id.index = 0; id.index < later->offline_names.count; id.index++) {
		struct span name = string_pool_text(&later->offline_names, id);
		string_id ignored;

		if (!string_pool_intern(&snapshot->offline_names, name,
					&ignored, err))
			return false;
	}
	return true;
}

struct record unfinished_record(const struct unfinished *unfinished)
{
	struct record record = unfinished->record;

	if (unfinished->has_objects)
		record.objects = &unfinished->objects;
	if (unfinished->has_creation)
		record.creation = &unfinished->creation;
	return record;
}

static bool keep_record(struct unfinished *unfinished, struct arena *arena,
			const struct record *record)
{
	struct record *kept = &unfinished->record;
	struct span *texts[FIELD_COUNT + 3];
	size_t i;

	unfinished->has_objects = record->objects != NULL;
	if (record->objects)
		unfinished->objects = *record->objects;
	unfinished->has_creation = record->creation != NULL;
	if (record->creation)
		unfinished->creation = *record->creation;
	*kept = *record;
	kept->objects = NULL;
	kept->creation = NULL;
	kept->same_stack = false;
	for (i = 0; i < FIELD_COUNT; i++)
		texts[i] = &kept->fields[i];
	texts[i++] = &kept->stack;
	texts[i++] = &kept->page_line;
	texts[i++] = &kept->memcg;
	while (i-- > 0)
		if (!arena_copy(arena, *texts[i], texts[i]))
			return false;
	return true;
}

void snapshot_skip_unfinished(struct snapshot *snapshot,
			      const struct record *record)
{
	const struct damage damage = {
		.line = record->line,
		.expected = "a whole record",
		.found = SPAN("the end of the input inside a stack"),
	};

	/* What is skipped is one record, whatever it counted. */
	snapshot->seen = snapshot->seen - record->count + 1;
	loss_add(&snapshot->loss, &damage);
}

bool snapshot_keep_unfinished(struct snapshot *snapshot,
			      const struct record *record, struct error *err)
{
	struct unfinished **end = &snapshot->unfinished;
	struct unfinished *unfinished;

	if (snapshot->unfinished_count == UNFINISHED_MAX) {
		snapshot_skip_unfinished(snapshot, record);
		return true;
	}
	unfinished = arena_alloc(&snapshot->arena, sizeof(*unfinished));
	if (!unfinished || !keep_record(unfinished, &snapshot->arena, record))
		return error_no_memory(err);
	while (*end)
		end = &(*end)->next;
	*end = unfinished;
	snapshot->unfinished_count++;
	return true;
}

static bool merge_unfinished(struct snapshot *snapshot,
			     const struct snapshot *later, struct error *err)
{
	const struct unfinished *from;

	for (from = later->unfinished; from; from = from->next) {
		struct record record = unfinished_record(from);

		record.line += snapshot->lines;
		if (!snapshot_keep_unfinished(snapshot, &record, err))
			return false;
	}
	return true;
}

/* All stacks, of filtered records too: they tell what a cut stack was. */
static bool merge_stacks(struct snapshot *snapshot,
			 const struct snapshot *later, struct error *err)
{
	const struct stack *from;
	struct stack *stack;

	for (from = later->stacks.table; from; from = from->hh.next)
		if (from->meaning == from &&
		    !stack_table_intern(&snapshot->stacks, from->text, &stack,
					NULL, err))
			return false;
	return true;
}

bool snapshot_remark(struct snapshot *snapshot, const char *text,
		     struct error *err)
{
	struct remark *remark, **end = &snapshot->remarks;
	size_t count = 0, length;

	for (; *end; end = &(*end)->next, count++)
		if (strncmp((*end)->text, text, sizeof(remark->text) - 1) == 0)
			return true;
	if (count == REMARKS_MAX)
		return true;
	if (count == REMARKS_MAX - 1)
		text = "there is more to say of it than is kept";
	length = strlen(text);
	remark = arena_alloc(&snapshot->arena, sizeof(*remark));
	if (!remark)
		return error_no_memory(err);
	if (length >= sizeof(remark->text))
		length = sizeof(remark->text) - 1;
	memcpy(remark->text, text, length);
	*end = remark;
	return true;
}

static bool merge_remarks(struct snapshot *snapshot,
			  const struct snapshot *later, struct error *err)
{
	const struct remark *remark;

	for (remark = later->remarks; remark; remark = remark->next)
		if (!snapshot_remark(snapshot, remark->text, err))
			return false;
	return true;
}

bool snapshot_merge(struct snapshot *snapshot, const struct snapshot *later,
		    struct error *err)
{
	struct row *row;

	snapshot->entries += later->entries;
	snapshot->seen += later->seen;
	snapshot->counters += later->counters;
	snapshot->strays += later->strays;
	snapshot->fields_seen |= later->fields_seen;
	amount_add(&snapshot->counted, &later->counted);
	amount_add(&snapshot->filtered, &later->filtered);
	if (later->youngest_ns > snapshot->youngest_ns)
		snapshot->youngest_ns = later->youngest_ns;
	if (!merge_unfinished(snapshot, later, err))
		return false;
	merge_loss(snapshot, later);
	jiffies_add(&snapshot->jiffies, &later->jiffies);
	if (!snapshot->page_size)
		snapshot->page_size = later->page_size;
	if (!merge_stacks(snapshot, later, err))
		return false;
	for (row = later->rows; row; row = row->hh.next)
		if (!merge_row(snapshot, later, row, err))
			return false;
	return merge_offline(snapshot, later, err) &&
	       merge_remarks(snapshot, later, err);
}
