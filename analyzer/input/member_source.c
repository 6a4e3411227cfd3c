/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/member_source.h"

static const char *quoted(const char *path, char *ret)
{
	quote_text(span_of(path), QUOTE_LIMIT, ret, QUOTE_CAPACITY);
	return ret;
}

bool member_name_error(const char *path, struct error *err)
{
	char text[sizeof(err->text)], name[QUOTE_PATH_CAPACITY];

	if (err->code == ERROR_MEMORY)
		return false;
	quote_path(path, name);
	memcpy(text, err->text, sizeof(text));
	return error_set(err, err->code, "%s: %.700s", name, text);
}

bool member_format_is_wanted(const struct member_reader *reader,
			     const struct format *format)
{
	const char *only = reader->options->only;

	return format->counts || !only || !format->timed ||
	       strcmp(only, format->name) == 0;
}

static struct capture_source *add_source(struct member_reader *reader,
					 const struct format *format)
{
	struct capture *capture = reader->capture;
	struct capture_source *source =
		&capture->sources[capture->source_count];
	const char *path;

	/* There are fewer formats than that. */
	if (capture->source_count == CAPTURE_SOURCES_MAX)
		return NULL;
	path = arena_string(&capture->arena, span_of(reader->name));
	if (!path || !capture_source_init(source, format, path))
		return NULL;
	capture->source_count++;
	return source;
}

/* Two dumps of one kind, and no word which of them is meant. */
static bool refuse_second(struct member_reader *reader,
			  const struct capture_source *source,
			  struct error *err)
{
	char first[QUOTE_CAPACITY], second[QUOTE_CAPACITY];

	reader->ambiguous = true;
	error_set(err, ERROR_FORMAT,
		  "it holds several dumps of %s, '%s' and '%s' among them; "
		  "name one",
		  source->format->name, quoted(source->path, first),
		  quoted(reader->name, second));
	return member_name_error(reader->capture->path, err);
}

bool member_source_say_left_out(struct member_reader *reader, const char *path,
				const struct format *format, struct error *err)
{
	return capture_say(reader->capture, err, path,
			   "left out, there is another dump of %s",
			   format->name);
}

/* Of a member, what it is worth shows when it has been read. */
static enum source_rank rank_to_begin(const struct member_reader *reader)
{
	return reader->part ? member_rank(reader) : SOURCE_FOUND;
}

/* A better one has come: forget what was read. */
static bool replace_source(struct member_reader *reader,
			   struct capture_source *source, struct error *err)
{
	if (!member_source_say_left_out(reader, source->path, source->format,
					err))
		return false;
	snapshot_deinit(&source->snapshot);
	source->snapshot = (struct snapshot){0};
	source->members = 0;
	source->rank = rank_to_begin(reader);
	source->path =
		arena_string(&reader->capture->arena, span_of(reader->name));
	return source->path || error_no_memory(err);
}

bool member_source_find(struct member_reader *reader,
			const struct format *format,
			struct capture_source **ret, struct error *err)
{
	struct capture_source *source =
		capture_source(reader->capture, format->name);
	enum source_rank rank = member_rank(reader);

	*ret = source;
	if (!source) {
		*ret = add_source(reader, format);
		if (*ret)
			(*ret)->rank = rank_to_begin(reader);
		return *ret || error_no_memory(err);
	}
	if (rank < source->rank ||
	    (rank == source->rank && rank != SOURCE_FOUND &&
	     !capture_source_takes_many(format))) {
		*ret = NULL;
		return true;
	}
	if (capture_source_takes_many(format))
		return true;
	return rank > source->rank ? replace_source(reader, source, err)
				   : refuse_second(reader, source, err);
}

void member_source_plan(struct member_reader *reader, struct tally_plan *plan,
			struct capture_source *source)
{
	const struct capture_options *options = reader->options;
	uint64_t began_ns =
		capture_began(reader->capture, options, reader->member->own);

	source->began_from = reader->began_from;
	if (began_ns != TS_NONE && !options->ignore_clocks &&
	    options->ingest.plan.began_ns == TS_NONE) {
		plan->began_ns = began_ns;
		plan->learn = false;
		source->began_from = BEGAN_MANIFEST;
	}
	source->asked_ns = plan->began_ns;
}
