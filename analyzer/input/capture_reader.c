/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/capture_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/vfs.h>

#include "formats/member_path.h"
#include "input/package.h"

/* Where debugfs is mounted what is read is the running machine itself. */
#define DEBUGFS_MAGIC 0x64626720

/*
 * What alloc_calls holds at least when it ends in silence: a page, less the
 * room for one more line (SLUB up to 5.13, list_locations()).
 */
#define ALLOC_CALLS_FULL 3300

/* Members below this size are not worth a thread. */
#define SMALL_MEMBER ((uint64_t)1 << 20)

#define PATH_MAX_LENGTH 4096

/* A slab cache whose traces were read. */
struct traced_cache {
	struct traced_cache *next;
	const struct format *format;
	struct span name;
	uint64_t objects;     /* in its lines */
	uint64_t fingerprint; /* of stacks and counts, whatever their order */
	bool full;	      /* alloc_calls that fills its page */
};

struct reader {
	struct capture *capture;
	const struct capture_options *options;
	struct package *package;
	struct tally_plan plan; /* with T0 as soon as that is known */
	struct traced_cache *caches;
	struct content *last; /* member that was listed */
	struct span root;     /* before the kernel's own paths */
	bool rooted;	      /* root is known */
	bool ambiguous;	      /* an error is one of the whole capture */
	const char *base;     /* path of the package, for messages */
	/* Of the member being read: */
	const struct member *member;
	char name[PATH_MAX_LENGTH]; /* as messages call it */
};

__attribute__((format(printf, 3, 4))) static bool say(struct capture *capture,
						      struct error *err,
						      const char *format, ...)
{
	struct remark **end = &capture->remarks;
	struct remark *remark = arena_alloc(&capture->arena, sizeof(*remark));
	va_list arguments;

	if (!remark)
		return error_no_memory(err);
	va_start(arguments, format);
	vsnprintf(remark->text, sizeof(remark->text), format, arguments);
	va_end(arguments);
	while (*end)
		end = &(*end)->next;
	*end = remark;
	return true;
}

/* Put the path in front of an error that does not name what it is of. */
static bool name_error(const char *path, struct error *err)
{
	char text[sizeof(err->text)], name[4 * QUOTE_CAPACITY];

	if (err->code == ERROR_MEMORY)
		return false;
	if (strcmp(path, "-") == 0)
		path = "standard input";
	quote_text(span_of(path), 4 * QUOTE_LIMIT, name, sizeof(name));
	memcpy(text, err->text, sizeof(text));
	return error_set(err, err->code, "%s: %.700s", name, text);
}

static const char *quoted(const char *path, char *ret)
{
	quote_text(span_of(path), QUOTE_LIMIT, ret, QUOTE_CAPACITY);
	return ret;
}

/* A dump that was named itself. */
static bool is_alone(const struct reader *reader)
{
	return package_kind(reader->package) == PACKAGE_FILE;
}

/* Whether the kernel's own path led to the member. */
static bool is_in_place(const struct reader *reader)
{
	struct span own = reader->member->own;

	return own.length && memchr(own.at, '/', own.length);
}

/* ---- sources ---- */

static struct capture_source *add_source(struct reader *reader,
					 const struct format *format)
{
	struct capture *capture = reader->capture;
	struct capture_source *source =
		&capture->sources[capture->source_count];

	/* There are fewer formats than that. */
	if (capture->source_count == CAPTURE_SOURCES_MAX)
		return NULL;
	*source = (struct capture_source){.format = format};
	source->path = arena_string(&capture->arena, span_of(reader->name));
	if (source->path && format->joined) {
		source->state = calloc(1, format->state_size);
		if (!source->state)
			return NULL;
	}
	if (!source->path)
		return NULL;
	capture->source_count++;
	return source;
}

static bool add_snapshot(struct capture_source *source,
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

static bool finish_joined(struct reader *reader, struct capture_source *source,
			  struct error *err)
{
	struct snapshot rest;
	void *state = source->state;
	bool done;

	if (!state)
		return true;
	source->state = NULL;
	done = ingest_finish(source->format, state, &reader->plan, &rest, err);
	free(state);
	return done && add_snapshot(source, &rest, err);
}

void capture_source_drop_state(struct capture_source *source)
{
	if (!source->state)
		return;
	ingest_drop(source->format, source->state);
	free(source->state);
	source->state = NULL;
}

/* ---- slab caches ---- */

static uint64_t fingerprint_of(const struct snapshot *snapshot)
{
	uint64_t sum = 0;
	const struct row *row;

	for (row = snapshot->rows; row; row = row->hh.next)
		sum += (row->tally.records + 1) *
		       XXH3_64bits(row->key.stack->text.at,
				   row->key.stack->text.length);
	return sum;
}

static struct span cache_of(const struct snapshot *snapshot)
{
	if (!snapshot->rows)
		return (struct span){0};
	return string_pool_text(&snapshot->names,
				snapshot->rows->key.values[FIELD_CACHE]);
}

/* SLUB's own name of caches that were merged: ":A-0000192". */
static bool is_merged_name(struct span cache)
{
	return span_starts_with(cache, SPAN(":"));
}

static const struct traced_cache *find_twin(const struct reader *reader,
					    const struct traced_cache *cache)
{
	const struct traced_cache *other;

	for (other = reader->caches; other; other = other->next)
		if (other->format == cache->format &&
		    other->objects == cache->objects &&
		    other->fingerprint == cache->fingerprint &&
		    (is_merged_name(other->name) ||
		     is_merged_name(cache->name) ||
		     span_equal(other->name, cache->name)))
			return other;
	return NULL;
}

/* *ret_twice: what was read is a cache that was counted already. */
static bool note_cache(struct reader *reader, const struct format *format,
		       const struct snapshot *snapshot, bool *ret_twice,
		       struct error *err)
{
	struct arena *arena = &reader->capture->arena;
	struct traced_cache *cache = arena_alloc(arena, sizeof(*cache));
	const struct traced_cache *twin;

	*ret_twice = false;
	if (!snapshot->rows)
		return true;
	if (!cache || !arena_copy(arena, cache_of(snapshot), &cache->name))
		return error_no_memory(err);
	cache->format = format;
	cache->objects = snapshot->seen;
	cache->fingerprint = fingerprint_of(snapshot);
	cache->full = snapshot->bytes > ALLOC_CALLS_FULL &&
		      span_ends_with(reader->member->own, SPAN("alloc_calls"));
	twin = find_twin(reader, cache);
	*ret_twice = twin != NULL;
	if (twin)
		return say(reader->capture, err,
			   "%s: the objects of '%.*s' again: counted once",
			   reader->name, (int)twin->name.length, twin->name.at);
	cache->next = reader->caches;
	reader->caches = cache;
	return true;
}

/* alloc_calls ends at a page, in order of addresses, without a word. */
static bool say_missing(struct reader *reader, struct error *err)
{
	const struct counters *counters = &reader->capture->counters;
	const struct traced_cache *cache;
	uint64_t held;

	for (cache = reader->caches; cache; cache = cache->next) {
		if (!cache->full)
			continue;
		if (!counters_value(counters, "slab_attribute", cache->name,
				    "objects", &held) &&
		    !counters_value(counters, "slabinfo", cache->name,
				    "active_objs", &held))
			held = 0;
		if (held > cache->objects &&
		    !say(reader->capture, err,
			 "%.*s: %llu of its %llu objects are missing: "
			 "alloc_calls ends at the size of a page",
			 (int)cache->name.length, cache->name.at,
			 (unsigned long long)(held - cache->objects),
			 (unsigned long long)held))
			return false;
		if (!held &&
		    !say(reader->capture, err,
			 "%.*s: alloc_calls may end at the size of a page "
			 "before all objects are listed",
			 (int)cache->name.length, cache->name.at))
			return false;
	}
	return true;
}

/* ---- which members to read ---- */

static bool is_nested(struct span root, struct span other)
{
	return span_starts_with(other, root) || span_starts_with(root, other);
}

/* The first root is the capture's; *ret_ours: this member belongs to it. */
static bool settle_root(struct reader *reader, bool *ret_ours,
			struct error *err)
{
	const struct member *member = reader->member;
	char first[QUOTE_CAPACITY], second[QUOTE_CAPACITY];

	*ret_ours = true;
	if (!is_in_place(reader))
		return true;
	if (!reader->rooted) {
		reader->rooted = true;
		return arena_copy(&reader->capture->arena, member->root,
				  &reader->root) ||
		       error_no_memory(err);
	}
	*ret_ours = span_equal(member->root, reader->root);
	if (*ret_ours || is_nested(member->root, reader->root))
		return true;
	quote_text(reader->root, QUOTE_LIMIT, first, sizeof(first));
	quote_text(member->root, QUOTE_LIMIT, second, sizeof(second));
	error_set(err, ERROR_FORMAT,
		  "it holds several captures, '%s' and '%s' among them; "
		  "unpack it and name one",
		  first, second);
	return name_error(reader->capture->path, err);
}

/* A file whose name says nothing is looked into near the top only. */
static bool is_worth_sniffing(const struct reader *reader)
{
	struct span path = span_of(reader->member->path);
	unsigned depth = 0;
	size_t i;

	if (package_kind(reader->package) != PACKAGE_ARCHIVE)
		return true;
	for (i = 0; i < path.length; i++)
		depth += path.at[i] == '/';
	return !reader->rooted && depth <= 2;
}

/* Small sources are read even where another one is wanted: they may agree. */
static bool is_wanted(const struct reader *reader, const struct format *format)
{
	const char *only = reader->options->only;

	return format->counts || !only || !format->timed ||
	       strcmp(only, format->name) == 0;
}

/*
 * 6.9 and newer with page_owner on hang when the traces of some caches are
 * read: taking a live capture is to be done with more care than this.
 */
static bool is_live_trace(const struct reader *reader,
			  const struct format *format)
{
	struct statfs status;

	return format->identity & 1u << FIELD_CACHE &&
	       package_kind(reader->package) == PACKAGE_FOLDER &&
	       statfs(reader->name, &status) == 0 &&
	       status.f_type == DEBUGFS_MAGIC;
}

/* ---- reading one member ---- */

static bool name_member(struct reader *reader)
{
	const char *path = reader->member->path;
	int length;

	if (package_kind(reader->package) == PACKAGE_FILE)
		length = snprintf(reader->name, sizeof(reader->name), "%s",
				  path);
	else
		length = snprintf(reader->name, sizeof(reader->name), "%s/%s",
				  reader->base, path);
	return length > 0 && (size_t)length < sizeof(reader->name);
}

static bool list_member(struct reader *reader, const struct format *format,
			const struct snapshot *snapshot, size_t counters,
			struct error *err)
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
		.entries = format->counts ? counters : snapshot->entries,
		.records = snapshot->counted.records,
		.units = snapshot->counted.units,
		.skipped = snapshot->loss.records + snapshot->loss.stray_lines,
		.bytes = snapshot->bytes,
	};
	if (!member->path)
		return error_no_memory(err);
	if (reader->last)
		end = &reader->last->next;
	*end = reader->last = member;
	capture->member_count++;
	return true;
}

/* Where several members make a source, each says for itself what it lost. */
static bool say_loss(struct reader *reader, struct loss *loss,
		     struct error *err)
{
	const struct loss_event *event = &loss->events[0];

	if (loss->event_count &&
	    !say(reader->capture, err,
		 "%s:%llu: expected %s, found \"%s\"; %llu record%s and %llu "
		 "line%s passed over",
		 reader->name, (unsigned long long)event->line, event->expected,
		 event->found, (unsigned long long)loss->records,
		 loss->records == 1 ? "" : "s",
		 (unsigned long long)loss->stray_lines,
		 loss->stray_lines == 1 ? "" : "s"))
		return false;
	if (loss->input[0] &&
	    !say(reader->capture, err, "%s: %s", reader->name, loss->input))
		return false;
	loss->event_count = 0;
	loss->input[0] = '\0';
	return true;
}

static bool learn_uptime(struct reader *reader)
{
	struct capture *capture = reader->capture;

	if (capture->uptime_ns != TS_NONE || reader->options->ignore_uptime ||
	    !counters_value(&capture->counters, "uptime", SPAN(""), "uptime",
			    &capture->uptime_ns))
		return true;
	if (reader->plan.began_ns == TS_NONE) {
		reader->plan.began_ns = capture->uptime_ns;
		reader->plan.learn = false;
	}
	return true;
}

static bool take_counters(struct reader *reader, const struct format *format,
			  struct snapshot *snapshot, size_t before,
			  struct error *err)
{
	size_t count = reader->capture->counters.count +
		       reader->capture->counters.replaced - before;
	bool done = say_loss(reader, &snapshot->loss, err) &&
		    list_member(reader, format, snapshot, count, err) &&
		    learn_uptime(reader);
	const struct remark *remark;

	for (remark = snapshot->remarks; done && remark; remark = remark->next)
		done = say(reader->capture, err, "%s: %s", reader->name,
			   remark->text);
	snapshot_deinit(snapshot);
	return done;
}

/* Two dumps of one kind, and no word which of them is meant. */
static bool refuse_second(struct reader *reader,
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
	return name_error(reader->capture->path, err);
}

static bool takes_many(const struct format *format)
{
	return format->joined || format->identity & 1u << FIELD_CACHE;
}

static bool take_stacks(struct reader *reader, struct capture_source *source,
			struct snapshot *snapshot, struct error *err)
{
	bool known = is_in_place(reader);
	bool twice = false, done;

	done = list_member(reader, source->format, snapshot, 0, err) &&
	       (!takes_many(source->format) ||
		say_loss(reader, &snapshot->loss, err)) &&
	       (!(source->format->identity & 1u << FIELD_CACHE) ||
		note_cache(reader, source->format, snapshot, &twice, err));
	if (!done || twice) {
		snapshot_deinit(snapshot);
		return done;
	}
	source->known_place |= known;
	source->learned |= reader->plan.learn && source->format->timed;
	return add_snapshot(source, snapshot, err);
}

static bool say_left_out(struct reader *reader, const char *path,
			 const struct format *format, struct error *err)
{
	return say(reader->capture, err,
		   "%s: left out, there is another dump of %s", path,
		   format->name);
}

/* The source for a member of this format; NULL in *ret: leave it out. */
static bool find_source(struct reader *reader, const struct format *format,
			struct capture_source **ret, struct error *err)
{
	struct capture_source *source =
		capture_source(reader->capture, format->name);
	bool known = is_in_place(reader);

	*ret = source;
	if (source && !takes_many(format)) {
		if (!source->known_place && !known)
			return refuse_second(reader, source, err);
		/* What lies in the kernel's own place goes before. */
		if (!known || source->known_place) {
			*ret = NULL;
			return true;
		}
		if (!say_left_out(reader, source->path, format, err))
			return false;
		snapshot_deinit(&source->snapshot);
		source->members = 0;
		source->path = arena_string(&reader->capture->arena,
					    span_of(reader->name));
		return source->path || error_no_memory(err);
	}
	if (!source)
		*ret = add_source(reader, format);
	return *ret || error_no_memory(err);
}

static bool ingest_member(struct reader *reader, struct source *input,
			  struct ingest_head *head, const struct format *format,
			  struct capture_source *source, struct error *err)
{
	struct counters *counters = &reader->capture->counters;
	struct ingest_options options = reader->options->ingest;
	size_t before = counters->count + counters->replaced;
	struct snapshot snapshot;

	options.plan = reader->plan;
	options.plan.path = span_of(reader->member->path);
	options.plan.counters = counters;
	options.format = format;
	options.state = source ? source->state : NULL;
	if (reader->member->size < SMALL_MEMBER)
		options.threads = 1;
	if (!ingest_rest(input, head, &options, &snapshot, err))
		return false;
	if (format->counts)
		return take_counters(reader, format, &snapshot, before, err);
	return take_stacks(reader, source, &snapshot, err);
}

/* Whether err leaves the other members readable. */
static bool is_of_member(const struct error *err)
{
	return err->code != ERROR_MEMORY;
}

/* Members that are not understood are told only where their name said more. */
static bool pass_over(struct reader *reader, struct error *err)
{
	if (!is_of_member(err))
		return false;
	if (!reader->member->format)
		return true;
	return say(reader->capture, err, "%s: not read: %.100s", reader->name,
		   err->text);
}

/* What the member is; NULL: nothing that we know. */
static const struct format *format_of(const struct reader *reader,
				      const struct ingest_head *head)
{
	const struct format *named = reader->member->format, *found;

	if (is_alone(reader) && reader->options->ingest.format)
		return reader->options->ingest.format;
	if (named && (is_in_place(reader) || !named->sniff))
		return named;
	/* A name that somebody chose tells less than the text does. */
	found = format_sniff(ingest_head_text(head));
	return found || is_alone(reader) ? found : named;
}

static bool read_as(struct reader *reader, struct source *input,
		    struct ingest_head *head, const struct format *format,
		    struct error *err)
{
	struct capture_source *source = NULL;

	if (!is_wanted(reader, format))
		return true;
	if (is_live_trace(reader, format))
		return say(reader->capture, err,
			   "%s: not read on the running machine, which it can "
			   "hang",
			   reader->name);
	if (!format->counts) {
		if (!find_source(reader, format, &source, err))
			return false;
		if (!source)
			return say_left_out(reader, reader->name, format, err);
	}
	return ingest_member(reader, input, head, format, source, err);
}

static bool read_source(struct reader *reader, struct source *input,
			struct error *err)
{
	const struct format *format;
	struct ingest_head head;
	bool done = true;

	if (!ingest_look(input, &head, err))
		return false;
	format = format_of(reader, &head);
	if (format)
		done = read_as(reader, input, &head, format, err);
	else if (is_alone(reader))
		done = ingest_refuse(input, &head, err);
	ingest_head_deinit(&head);
	return done;
}

static bool read_member(struct reader *reader, struct error *err)
{
	const struct capture_options *options = reader->options;
	struct source *input;
	bool ours, done;

	if (!settle_root(reader, &ours, err))
		return false;
	if (!ours || !name_member(reader) ||
	    (!reader->member->format && !is_worth_sniffing(reader)))
		return true;
	if (options->begins)
		options->begins(options->context, reader->name);
	if (!package_member(reader->package, &input, err))
		return !is_alone(reader) && pass_over(reader, err);
	done = read_source(reader, input, err);
	if (done || reader->ambiguous)
		return done;
	if (is_alone(reader))
		return name_error(reader->name, err);
	return pass_over(reader, err);
}

/*
 * The counters beside a dump that lies in the kernel's own place tell when it
 * was read, and what its objects measure.
 */
static bool read_beside(struct reader *reader, struct error *err)
{
	struct package *dump = reader->package;
	const struct member *member = reader->member;
	char root[PATH_MAX_LENGTH];
	struct error ignored;
	bool done = true;

	if (!is_alone(reader) || !is_in_place(reader) ||
	    member->root.length >= sizeof(root))
		return true;
	memcpy(root, member->root.at, member->root.length);
	root[member->root.length] = '\0';
	if (!root[0])
		strcpy(root, member->path[0] == '/' ? "/" : ".");
	if (!package_open(root, &reader->package, &ignored)) {
		reader->package = dump;
		return true;
	}
	reader->base = root;
	while (done &&
	       package_next(reader->package, &reader->member, &ignored) &&
	       reader->member && reader->member->format &&
	       reader->member->format->counts)
		done = read_member(reader, err);
	package_close(reader->package);
	reader->package = dump;
	reader->member = member;
	reader->rooted = false; /* that was another package's */
	reader->base = reader->capture->path;
	return done;
}

/* ---- the whole ---- */

static bool read_members(struct reader *reader, struct error *err)
{
	do {
		if (!package_next(reader->package, &reader->member, err))
			return false;
		if (reader->member &&
		    (!read_beside(reader, err) || !read_member(reader, err)))
			return false;
	} while (reader->member);
	return true;
}

static bool finish(struct reader *reader, struct error *err)
{
	struct capture *capture = reader->capture;
	const char *loss = package_loss(reader->package);
	size_t i;

	for (i = 0; i < capture->source_count; i++) {
		struct capture_source *source = &capture->sources[i];

		if (!finish_joined(reader, source, err))
			return false;
		/* Members were merged: their stacks are to be classified. */
		if (source->members > 1 &&
		    !tallier_conclude(&reader->plan, &source->snapshot, err))
			return false;
	}
	if (*loss && !say(capture, err, "%s: %s", capture->path, loss))
		return false;
	return say_missing(reader, err);
}

bool capture_reader_run(struct capture *capture, const char *path,
			const struct capture_options *options,
			struct error *err)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	bool done;

	*capture = (struct capture){.uptime_ns = TS_NONE};
	if (!reader)
		return error_no_memory(err);
	reader->capture = capture;
	reader->options = options;
	reader->plan = options->ingest.plan;
	capture->path = arena_string(&capture->arena, span_of(path));
	reader->base = capture->path;
	done = capture->path || error_no_memory(err);
	if (done && package_open(path, &reader->package, err)) {
		capture->single = is_alone(reader);
		capture->rereadable = package_can_rewind(reader->package);
		done = read_members(reader, err) && finish(reader, err);
	} else {
		done = false;
	}
	package_close(reader->package);
	free(reader);
	return done;
}
