/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/member_result.h"

#include <inttypes.h>

#include "input/clause.h"

/* *ret_twice: what was read is a cache that was counted already. */
static bool note_cache(struct member_reader *reader,
		       const struct format *format,
		       const struct snapshot *snapshot, bool *ret_twice,
		       struct error *err)
{
	const struct traced_cache *twin;
	char name[QUOTE_CAPACITY];

	if (!traced_caches_note(&reader->capture->caches,
				&reader->capture->arena, format, snapshot,
				member_telling_path(reader), &twin, err))
		return false;
	*ret_twice = twin != NULL;
	if (!twin)
		return true;
	quote_text(twin->name, QUOTE_LIMIT, name, sizeof(name));
	return capture_say(reader->capture, err, reader->name,
			   "the objects of '%s' again: counted once", name);
}

static bool list_member(struct member_reader *reader,
			const struct format *format,
			const struct snapshot *snapshot, struct error *err)
{
	struct capture *capture = reader->capture;
	struct content **end = &capture->members;
	struct content *member = arena_alloc(&capture->arena, sizeof(*member));

	if (!member)
		return error_no_memory(err);
	*member = (struct content){
		.path = arena_string(&capture->arena,
				     span_of(reader->member->path)),
		.format = format->name,
		.noun = format->noun ? format->noun : "record",
		.counts = format->counts,
		.unit = format->unit,
		.entries =
			format->counts ? snapshot->counters : snapshot->entries,
		.records = snapshot->counted.records,
		.units = snapshot->counted.units,
		.skipped = snapshot->loss.records + snapshot->loss.stray_lines,
		.bytes = snapshot->bytes,
	};
	if (!member->path)
		return error_no_memory(err);
	/* One that was written again, as it grew, has replaced the other. */
	if (format->ours && reader->manifest) {
		member->next = reader->manifest->next;
		*reader->manifest = *member;
		return true;
	}
	if (reader->last)
		end = &reader->last->next;
	*end = reader->last = member;
	if (format->ours)
		reader->manifest = member;
	capture->member_count++;
	return true;
}

/* Where several members make a source, each says for itself what it lost. */
static bool say_loss(struct member_reader *reader, struct loss *loss,
		     struct error *err)
{
	const struct loss_event *event = &loss->events[0];

	if (loss->event_count &&
	    !capture_say_at(reader->capture, err, reader->name, event->line,
			    "expected %s, found \"%s\"; %" PRIu64
			    " record%s and %" PRIu64 " line%s passed over",
			    event->expected, event->found, loss->records,
			    clause_plural(loss->records), loss->stray_lines,
			    clause_plural(loss->stray_lines)))
		return false;
	if (loss->input[0] &&
	    !capture_say(reader->capture, err, reader->name, "%s", loss->input))
		return false;
	loss->event_count = 0;
	loss->input_told |= loss->input[0] != '\0';
	loss->input[0] = '\0';
	return true;
}

static void learn_uptime(struct member_reader *reader)
{
	struct capture *capture = reader->capture;

	if (capture->uptime_ns != TS_NONE || reader->options->ignore_clocks ||
	    !counters_value(&capture->counters, "uptime", SPAN(""), "uptime",
			    &capture->uptime_ns))
		return;
	if (reader->plan.began_ns == TS_NONE) {
		reader->plan.began_ns = capture->uptime_ns;
		reader->plan.learn = false;
		reader->began_from = BEGAN_UPTIME;
	}
}

/* Of what lies in the place of one capture the paths need no root. */
static bool adopt_root(struct member_reader *reader, struct error *err)
{
	if (reader->rooted || member_is_alone(reader))
		return true;
	reader->rooted = true;
	return arena_copy(&reader->capture->arena, reader->member->root,
			  &reader->root) ||
	       error_no_memory(err);
}

bool member_result_counters(struct member_reader *reader,
			    const struct format *format,
			    struct snapshot *snapshot, struct error *err)
{
	bool lost = loss_is_any(&snapshot->loss);
	bool done = say_loss(reader, &snapshot->loss, err) &&
		    list_member(reader, format, snapshot, err);
	const struct remark *remark;

	reader->capture->counters_lost |= lost;
	learn_uptime(reader);
	if (done && format->ours)
		done = adopt_root(reader, err);
	for (remark = snapshot->remarks; done && remark; remark = remark->next)
		done = capture_say(reader->capture, err, reader->name, "%s",
				   remark->text);
	snapshot_deinit(snapshot);
	return done;
}

bool member_result_stacks(struct member_reader *reader,
			  struct capture_source *source,
			  struct snapshot *snapshot, struct error *err)
{
	bool known = member_is_in_place(reader);
	bool twice = false, done;

	done = list_member(reader, source->format, snapshot, err) &&
	       (!capture_source_takes_many(source->format) ||
		say_loss(reader, &snapshot->loss, err)) &&
	       (!(source->format->identity & 1u << FIELD_CACHE) ||
		note_cache(reader, source->format, snapshot, &twice, err));
	if (!done || twice) {
		snapshot_deinit(snapshot);
		return done;
	}
	source->last = reader->last;
	if (source->rank < member_rank(reader))
		source->rank = member_rank(reader);
	if (known && !source->own.length &&
	    !arena_copy(&reader->capture->arena, reader->member->own,
			&source->own)) {
		snapshot_deinit(snapshot);
		return error_no_memory(err);
	}
	return capture_source_add(source, snapshot, err);
}
