/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/capture_source.h"

#include <stdlib.h>

bool capture_source_takes_many(const struct format *format)
{
	return format->joined || format->of_cache;
}

bool capture_source_init(struct capture_source *source,
			 const struct format *format, const char *path)
{
	*source = (struct capture_source){
		.format = format, .path = path, .asked_ns = TS_NONE};
	if (!format->joined)
		return true;
	source->state = calloc(1, format->state_size);
	return source->state;
}

static void drop_state(struct capture_source *source)
{
	if (!source->state)
		return;
	ingest_drop(source->format, source->state);
	free(source->state);
	source->state = NULL;
}

void capture_source_deinit(struct capture_source *source)
{
	drop_state(source);
	snapshot_deinit(&source->snapshot);
}

bool capture_source_add(struct capture_source *source,
			struct snapshot *snapshot, struct error *err)
{
	bool done;

	if (!source->members++) {
		source->snapshot = *snapshot;
		return true;
	}
	done = snapshot_merge(&source->snapshot, snapshot, err);
	snapshot_deinit(snapshot);
	return done;
}

static bool finish_joined(struct capture_source *source,
			  const struct tally_plan *plan, struct error *err)
{
	struct snapshot rest;
	void *state = source->state;
	bool done;

	if (!state)
		return true;
	source->state = NULL;
	done = ingest_finish(source->format, state, plan, &rest, err);
	free(state);
	if (!done)
		return false;
	/* What only the end of all members tells is told of the last one. */
	if (source->last) {
		source->last->entries += rest.entries;
		source->last->records += rest.counted.records;
		source->last->units += rest.counted.units;
		source->last->skipped +=
			rest.loss.records + rest.loss.stray_lines;
	}
	return capture_source_add(source, &rest, err);
}

bool capture_source_finish(struct capture_source *source,
			   const struct tally_plan *plan, struct error *err)
{
	/* Members were merged: their stacks are to be classified. */
	return finish_joined(source, plan, err) &&
	       (source->members < 2 ||
		tallier_conclude(plan, &source->snapshot, err));
}

bool capture_source_is_blank(const struct capture_source *source)
{
	const struct snapshot *snapshot = &source->snapshot;

	return source->format->blank_tells && !snapshot->entries &&
	       !snapshot->seen && !snapshot->lines && !snapshot->remarks &&
	       !snapshot->loss.input[0];
}
