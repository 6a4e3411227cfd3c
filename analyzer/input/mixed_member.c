/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/mixed_member.h"

#include <inttypes.h>
#include <stdlib.h>

#include "input/member_result.h"
#include "input/member_source.h"
#include "input/told_counters.h"

struct member_taker {
	struct mixed_taker taker; /* first: the text hands it back */
	struct member_reader *reader;
	size_t parts; /* that were found */
};

/* NULL in *ret: there is a better one, which was said. */
static bool find_place(struct member_reader *reader,
		       const struct mixed_part *part,
		       struct capture_source **ret, struct error *err)
{
	if (!member_source_find(reader, part->format, ret, err))
		return false;
	return *ret || member_source_say_left_out(reader, reader->name,
						  part->format, err);
}

static bool begin_stacks(struct member_reader *reader, struct mixed_part *part,
			 struct error *err)
{
	struct capture_source *source;

	if (!member_format_is_wanted(reader, part->format)) {
		reader->capture->unread = part->format;
		return true;
	}
	/* It may turn out to hold nothing: a place is found for it then. */
	part->wanted = true;
	if (!part->format->timed && !part->format->joined)
		return true;
	if (!find_place(reader, part, &source, err))
		return false;
	part->wanted = source;
	if (!source)
		return true;
	if (part->format->timed)
		member_source_plan(reader, &part->plan, source);
	part->state = source->state;
	part->context = source;
	return true;
}

static bool begin_part(struct mixed_taker *taker, struct mixed_part *part,
		       struct error *err)
{
	struct member_reader *reader = ((struct member_taker *)taker)->reader;
	bool done = true;

	if (!format_is_listed(part->format, reader->options->wanted))
		return true;
	reader->part = part;
	part->plan = reader->plan;
	part->plan.path = member_telling_path(reader);
	/* Beside other members a text is a report on them at best. */
	part->plan.counters = told_counters_place(
		reader->capture, part->format,
		part->of_log || !member_is_alone(reader), reader->name);
	if (part->format->counts)
		part->wanted = true;
	else
		done = begin_stacks(reader, part, err);
	reader->part = NULL;
	return done;
}

/* A line decided, and nothing came of it, not even a word. */
static bool is_empty(const struct mixed_part *part,
		     const struct snapshot *snapshot)
{
	return !snapshot->entries && !snapshot->counters &&
	       !snapshot->remarks && !part->path.length;
}

static bool end_stacks(struct member_reader *reader,
		       const struct mixed_part *part, struct snapshot *snapshot,
		       struct error *err)
{
	struct capture_source *source = part->context;
	bool done = source || find_place(reader, part, &source, err);

	if (done && source)
		return member_result_stacks(reader, source, snapshot, err);
	snapshot_deinit(snapshot);
	return done;
}

static bool end_part(struct mixed_taker *taker, const struct mixed_part *part,
		     struct snapshot *snapshot, struct error *err)
{
	struct member_taker *own = (struct member_taker *)taker;
	struct member_reader *reader = own->reader;
	bool done;

	if (is_empty(part, snapshot)) {
		snapshot_deinit(snapshot);
		return true;
	}
	reader->part = part;
	if (strcmp(part->format->name, "version") != 0)
		own->parts++;
	done = part->format->counts
		       ? member_result_counters(reader, part->format, snapshot,
						err)
		       : end_stacks(reader, part, snapshot, err);
	reader->part = NULL;
	return done;
}

/* Sources that were begun for parts which had nothing. */
static void drop_empty(struct capture *capture, size_t before)
{
	size_t kept = before, i;

	for (i = before; i < capture->source_count; i++) {
		struct capture_source *source = &capture->sources[i];

		if (source->members)
			capture->sources[kept++] = *source;
		else
			capture_source_deinit(source);
	}
	capture->source_count = kept;
}

static bool say_facts(struct member_reader *reader, const struct source *input,
		      const struct mixed_head *text,
		      const struct mixed_facts *facts, struct error *err)
{
	const char *loss = source_loss(input)->text;

	if (loss[0]) {
		reader->capture->cut = true;
		if (!capture_say(reader->capture, err, reader->name, "%s",
				 loss))
			return false;
	}
	if (text->log || !facts->unread)
		return true;
	return capture_say(reader->capture, err, reader->name,
			   "%" PRIu64 " of %" PRIu64
			   " lines are of no format that is known",
			   facts->unread, facts->lines);
}

/* Formats that are never alone in a text. */
static bool is_mixed(const struct format *format)
{
	return format &&
	       (format->mixed || format->reported || format->companion);
}

bool mixed_member_is_one(const struct member_reader *reader,
			 const struct format *format,
			 const struct source *input,
			 const struct ingest_head *head, struct mixed_head *ret)
{
	/* What the kernel's own path or the user says is not looked into. */
	bool told = member_is_in_place(reader) ||
		    (member_is_alone(reader) && reader->options->ingest.format);

	/* An empty kmemleak is one that has found nothing. */
	if (told && (!is_mixed(format) ||
		     (format->blank_tells && !ingest_head_text(head).length)))
		return false;
	*ret = mixed_head_look(ingest_head_text(head));
	mixed_head_look_behind(ret, format, input, head->length);
	return is_mixed(format) || ret->several || ret->headings ||
	       (ret->log && (format || member_is_alone(reader)));
}

static bool read_text(struct member_reader *reader, struct source *input,
		      struct ingest_head *head, const struct mixed_head *text,
		      const struct format *only, struct mixed_facts *facts,
		      size_t *ret_parts, struct error *err)
{
	struct ingest_options options = reader->options->ingest;
	struct member_taker taker = {
		.taker.begin = begin_part,
		.taker.end = end_part,
		.reader = reader,
	};
	size_t before = reader->capture->source_count;
	bool done;

	options.plan = reader->plan;
	options.format = only && !only->mixed ? only : NULL;
	done = mixed_text_read(input, head, &options, text->log, &taker.taker,
			       facts, err);
	reader->part = NULL;
	drop_empty(reader->capture, before);
	*ret_parts = taker.parts;
	return done;
}

/* One of several logs. */
static bool read_log(struct member_reader *reader, struct source *input,
		     struct ingest_head *head, const struct mixed_head *text,
		     struct mixed_facts *facts, size_t *ret_parts,
		     struct error *err)
{
	struct log_stash *stash = calloc(1, sizeof(*stash));
	bool done;

	if (!stash)
		return error_no_memory(err);
	log_choice_begin(reader, stash);
	done = read_text(reader, input, head, text, NULL, facts, ret_parts,
			 err);
	done = log_choice_end(reader, stash, done, *ret_parts, err);
	free(stash);
	return done;
}

bool mixed_member_read(struct member_reader *reader, struct source *input,
		       struct ingest_head *head, const struct mixed_head *text,
		       const struct format *only, struct error *err)
{
	struct mixed_facts facts;
	size_t parts;
	bool done;

	if (text->log && !member_is_alone(reader))
		done = read_log(reader, input, head, text, &facts, &parts, err);
	else
		done = read_text(reader, input, head, text, only, &facts,
				 &parts, err);
	if (!done)
		return false;
	if (!parts && member_is_alone(reader))
		return error_set(err, ERROR_FORMAT,
				 "no report about memory in it; 'pageowl help "
				 "formats' lists what is looked for");
	return say_facts(reader, input, text, &facts, err);
}
