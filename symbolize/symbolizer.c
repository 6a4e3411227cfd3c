/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/symbolizer.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "symbolize/bfd_object.h"
#include "symbolize/debug_object.h"
#include "symbolize/object_reader.h"
#include "symbolize/source_path.h"

/* A function of every kernel, whose file's place in the tree is known: what
 * stands before it is the folder that the kernel was built in. */
#define LANDMARK      "start_kernel"
#define LANDMARK_FILE "init/main.c"

enum { WARNINGS_MAX = 64, NAMES_CAPACITY = 200 };

struct symbolizer {
	struct symbolizer_options options;
	struct text_pool pool;
	struct object_search *search; /* NULL until it is needed */
	char *cache_directory;
	struct debug_object *objects, *last; /* in order of first use */
	struct known_frame *landmark;
	const char *prefix; /* of files in the kernel's tree; NULL: not known */
	char *warnings[WARNINGS_MAX];
	size_t warning_count;
};

bool symbolizer_is_built(void)
{
	return bfd_object_is_built();
}

struct symbolizer *symbolizer_create(const struct symbolizer_options *options)
{
	struct symbolizer *symbolizer = calloc(1, sizeof(*symbolizer));

	if (!symbolizer)
		return NULL;
	symbolizer->options = *options;
	if (options->keep)
		symbolizer->cache_directory = symbol_cache_directory();
	return symbolizer;
}

void symbolizer_destroy(struct symbolizer *symbolizer)
{
	struct debug_object *object;

	if (!symbolizer)
		return;
	for (object = symbolizer->objects; object; object = object->next)
		debug_object_deinit(object);
	object_search_destroy(symbolizer->search);
	free(symbolizer->cache_directory);
	text_pool_deinit(&symbolizer->pool);
	free(symbolizer);
}

/* ---- warnings ---- */

/* Remember a warning, unless it was given already. */
static void warn_text(void *context, const char *text)
{
	struct symbolizer *symbolizer = context;
	size_t i;
	char *copy;

	for (i = 0; i < symbolizer->warning_count; i++)
		if (strcmp(symbolizer->warnings[i], text) == 0)
			return;
	if (symbolizer->warning_count == WARNINGS_MAX)
		return;
	copy = text_pool_copy(&symbolizer->pool, text, strlen(text));
	if (copy)
		symbolizer->warnings[symbolizer->warning_count++] = copy;
}

__attribute__((format(printf, 2, 3))) static void warn(
	struct symbolizer *symbolizer, const char *format, ...)
{
	char text[1024];
	va_list args;
	char *at;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	for (at = text; *at; at++)
		if (iscntrl((unsigned char)*at))
			*at = '?';
	warn_text(symbolizer, text);
}

const char *symbolizer_warning(const struct symbolizer *symbolizer,
			       size_t index)
{
	return index < symbolizer->warning_count ? symbolizer->warnings[index]
						 : NULL;
}

/* ---- objects ---- */

/* Modules are the same with '-' and '_'. */
static bool is_named(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	for (; *a && *b; a++, b++)
		if (*a != *b &&
		    !((*a == '-' || *a == '_') && (*b == '-' || *b == '_')))
			return false;
	return *a == *b;
}

static struct debug_object *object_of(struct symbolizer *symbolizer,
				      const char *module)
{
	struct debug_object *object;

	for (object = symbolizer->objects; object; object = object->next)
		if (is_named(object->module, module))
			return object;
	object = text_pool_alloc(&symbolizer->pool, sizeof(*object));
	if (!object)
		return NULL;
	if (module) {
		object->module = text_pool_copy(&symbolizer->pool, module,
						strlen(module));
		if (!object->module)
			return NULL;
	}
	if (symbolizer->last)
		symbolizer->last->next = object;
	else
		symbolizer->objects = object;
	symbolizer->last = object;
	return object;
}

static int digit_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	digit |= 0x20;
	return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static bool read_build_id(const char *text, struct build_id *ret)
{
	struct build_id id = {0};

	for (; text[0]; text += 2) {
		int high = digit_value(text[0]), low = digit_value(text[1]);

		if (high < 0 || low < 0 || id.length == BUILD_ID_MAX)
			return false;
		id.bytes[id.length++] = (unsigned char)(high << 4 | low);
	}
	*ret = id;
	return id.length != 0;
}

bool symbolizer_expect(struct symbolizer *symbolizer, const char *module,
		       const char *build_id)
{
	struct debug_object *object;
	struct build_id id;

	if (!read_build_id(build_id, &id))
		return true;
	object = object_of(symbolizer, module);
	if (!object)
		return false;
	/* A text may have more than one boot in it: the first one holds. */
	if (!object->expected.length)
		object->expected = id;
	return true;
}

/* ---- files ---- */

/* What the user asked for, and does not get, is worth a word. */
static bool is_asked_for(const struct symbolizer *symbolizer,
			 const struct debug_object *object)
{
	const struct symbolizer_options *options = &symbolizer->options;

	return !object->module &&
	       (options->vmlinux ||
		(options->directories && options->directories[0]));
}

static bool open_search(struct symbolizer *symbolizer)
{
	const struct symbolizer_options *options = &symbolizer->options;
	const struct search_options search = {
		.vmlinux = options->vmlinux,
		.directories = options->directories,
		.release = options->release,
		.usual_places = options->usual_places,
		.root = "",
		.debuginfod = options->usual_places,
	};
	struct search_options *kept;

	if (symbolizer->search)
		return true;
	kept = text_pool_alloc(&symbolizer->pool, sizeof(*kept));
	if (!kept)
		return false;
	*kept = search;
	symbolizer->search = object_search_create(kept);
	return symbolizer->search != NULL;
}

/* Open the file of an object whose frames nobody could answer yet. */
static bool open_file(struct symbolizer *symbolizer,
		      struct debug_object *object)
{
	struct reason why = {{0}};

	if (object->searched)
		return true;
	object->searched = true;
	if (!open_search(symbolizer))
		return false;
	object->has_file = object_search_open(
		symbolizer->search, object->module,
		object->expected.length ? &object->expected : NULL,
		&object->file, warn_text, symbolizer, &why);
	if (!object->has_file) {
		object->missing = text_pool_copy(&symbolizer->pool, why.text,
						 strlen(why.text));
	} else if (!object->file.has_debug_info) {
		warn(symbolizer,
		     "%s has no debug information: it names no source lines",
		     object->file.path);
	}
	return true;
}

/* ---- asking ---- */

static bool prepare_job(struct symbolizer *symbolizer,
			const struct debug_object *object,
			struct object_job *job)
{
	const struct frame_query **queries = text_pool_alloc(
		&symbolizer->pool, object->pending * sizeof(const void *));
	const struct known_frame *frame;
	size_t count = 0;

	*job = (struct object_job){
		.fd = object->file.fd,
		.size = object->file.size,
		.queries = queries,
		.count = object->pending,
		.answers = text_pool_alloc(&symbolizer->pool,
					   object->pending *
						   sizeof(*job->answers)),
	};
	if (!queries || !job->answers)
		return false;
	for (frame = object->frames.table; frame; frame = frame->hh.next)
		if (frame->answer.status == FRAME_UNASKED)
			queries[count++] = &frame->query;
	return true;
}

static void take_answers(struct symbolizer *symbolizer,
			 struct debug_object *object,
			 const struct object_job *job)
{
	struct known_frame *frame;
	size_t count = 0, failed;

	for (frame = object->frames.table; frame; frame = frame->hh.next)
		if (frame->answer.status == FRAME_UNASKED)
			frame->answer = job->answers[count++];
	debug_object_settle(object, FRAME_FAILED);
	failed = debug_object_count(object, FRAME_FAILED);
	if (failed && job->failure.text[0])
		warn(symbolizer, "%s: %s; %zu %s without source lines",
		     object->file.path, job->failure.text, failed,
		     failed == 1 ? "frame stays" : "frames stay");
	debug_object_keep(object);
}

/* Ask the files of all objects that have frames left, at the same time. */
static bool run_jobs(struct symbolizer *symbolizer)
{
	const struct reader_limits limits = {
		.processes = symbolizer->options.processes};
	struct debug_object *object;
	struct object_job *jobs;
	struct reason why = {{0}};
	size_t count = 0, i = 0;
	bool done = true;

	for (object = symbolizer->objects; object; object = object->next)
		count += object->pending != 0;
	if (!count)
		return true;
	jobs = calloc(count, sizeof(*jobs));
	if (!jobs)
		return false;
	for (object = symbolizer->objects; object; object = object->next)
		if (object->pending)
			done &= prepare_job(symbolizer, object, &jobs[i++]);
	if (done &&
	    !object_reader_run(jobs, count, &limits, &symbolizer->pool, &why))
		warn(symbolizer, "%s", why.text);
	i = 0;
	for (object = symbolizer->objects; done && object;
	     object = object->next)
		if (object->pending)
			take_answers(symbolizer, object, &jobs[i++]);
	free(jobs);
	return done;
}

/* Answer what is pending of an object without its file, or open that. */
static bool prepare_object(struct symbolizer *symbolizer,
			   struct debug_object *object)
{
	if (!object->pending)
		return true;
	debug_object_recall(object, symbolizer->cache_directory,
			    &symbolizer->pool);
	if (!object->pending)
		return true;
	if (!open_file(symbolizer, object))
		return false;
	if (object->has_file)
		/* Its build id may tell of answers, where none was expected. */
		debug_object_recall(object, symbolizer->cache_directory,
				    &symbolizer->pool);
	else
		debug_object_settle(object, FRAME_NO_OBJECT);
	return true;
}

/* ---- judging ---- */

/* A function that the file lacks, or has in another size. */
static const struct known_frame *misfit(const struct debug_object *object)
{
	const struct known_frame *frame;

	for (frame = object->frames.table; frame; frame = frame->hh.next)
		if (frame->answer.status == FRAME_OTHER_SIZE ||
		    frame->answer.status == FRAME_NO_SYMBOL)
			return frame;
	return NULL;
}

static void judge(struct symbolizer *symbolizer, struct debug_object *object)
{
	const struct known_frame *example;
	size_t other, missing;

	if (!debug_object_judge(object))
		return;
	example = misfit(object);
	other = debug_object_count(object, FRAME_OTHER_SIZE);
	missing = debug_object_count(object, FRAME_NO_SYMBOL);
	warn(symbolizer,
	     "%s is not the %s%s that ran: %zu functions have another size "
	     "in it, %zu are not there (%.*s+%#llx/%#llx); none of its lines "
	     "is shown",
	     object->has_file ? object->file.path : "what was kept",
	     object->module ? "module " : "kernel",
	     object->module ? object->module : "", other, missing,
	     NAMES_CAPACITY, example->query.symbol,
	     (unsigned long long)example->query.offset,
	     (unsigned long long)example->query.size);
}

static void tell_ambiguous(struct symbolizer *symbolizer)
{
	const struct known_frame *frame, *example = NULL;
	const struct debug_object *object;
	size_t count = 0;

	for (object = symbolizer->objects; object; object = object->next)
		for (frame = object->frames.table; frame;
		     frame = frame->hh.next)
			if (frame->answer.status == FRAME_AMBIGUOUS) {
				example = frame;
				count++;
			}
	if (count)
		warn(symbolizer,
		     "%zu %s no source line, since several functions have the "
		     "name and the size: %u are %.*s+%#llx/%#llx",
		     count, count == 1 ? "frame has" : "frames have",
		     example->answer.candidates, NAMES_CAPACITY,
		     example->query.symbol,
		     (unsigned long long)example->query.offset,
		     (unsigned long long)example->query.size);
}

/* A kernel that was asked for, and of which frames are without lines. The
 * landmark alone does not need it. */
static void tell_missing(struct symbolizer *symbolizer)
{
	const struct debug_object *object;

	for (object = symbolizer->objects; object; object = object->next)
		if (object->missing && is_asked_for(symbolizer, object) &&
		    (symbolizer->options.vmlinux ||
		     HASH_COUNT(object->frames.table) > 1))
			warn(symbolizer, "%s", object->missing);
}

/* ---- names of files ---- */

/* The folder that the kernel was built in, with its slash. */
static bool find_prefix(struct symbolizer *symbolizer)
{
	const struct frame_answer *answer = &symbolizer->landmark->answer;
	const char *file;
	char *copy;

	if (symbolizer->prefix || answer->status != FRAME_RESOLVED)
		return true;
	file = answer->lines[answer->line_count - 1].file;
	copy = text_pool_copy(&symbolizer->pool, file ? file : "",
			      file ? strlen(file) : 0);
	if (!copy)
		return false;
	source_path_clean(copy);
	copy[source_path_prefix(copy, LANDMARK_FILE)] = '\0';
	symbolizer->prefix = copy;
	return true;
}

static const char *shown_file(struct symbolizer *symbolizer, const char *file)
{
	char *copy = text_pool_copy(&symbolizer->pool, file, strlen(file));
	size_t prefix = symbolizer->prefix ? strlen(symbolizer->prefix) : 0;

	if (!copy)
		return NULL;
	source_path_clean(copy);
	return strncmp(copy, symbolizer->prefix ? symbolizer->prefix : "",
		       prefix) == 0
		       ? copy + prefix
		       : copy;
}

/* The lines of a frame as they are told, made when first asked for. */
static bool make_shown(struct symbolizer *symbolizer, struct known_frame *frame)
{
	const struct frame_answer *answer = &frame->answer;
	struct source_line *lines;
	size_t i;

	if (frame->shown || !answer->line_count)
		return true;
	lines = text_pool_alloc(&symbolizer->pool,
				answer->line_count * sizeof(*lines));
	if (!lines)
		return false;
	for (i = 0; i < answer->line_count; i++) {
		lines[i] = answer->lines[i];
		if (!lines[i].file)
			continue;
		lines[i].file = shown_file(symbolizer, lines[i].file);
		if (!lines[i].file)
			return false;
	}
	/* Assembly has lines and no functions. */
	if (!lines[i - 1].function)
		lines[i - 1].function = frame->query.symbol;
	frame->shown = lines;
	return true;
}

/* ---- the contract ---- */

static struct known_frame *ask(struct symbolizer *symbolizer,
			       const struct frame_query *query,
			       struct debug_object **ret_object)
{
	struct debug_object *object = object_of(symbolizer, query->module);
	struct known_frame *frame;
	size_t before;

	if (!object)
		return NULL;
	before = HASH_COUNT(object->frames.table);
	frame = known_frames_intern(&object->frames, &symbolizer->pool, query);
	object->pending += HASH_COUNT(object->frames.table) - before;
	*ret_object = object;
	return frame;
}

static bool answer_all(struct symbolizer *symbolizer)
{
	struct debug_object *object;

	for (object = symbolizer->objects; object; object = object->next)
		if (!prepare_object(symbolizer, object))
			return false;
	if (!run_jobs(symbolizer))
		return false;
	for (object = symbolizer->objects; object; object = object->next)
		judge(symbolizer, object);
	return find_prefix(symbolizer);
}

static bool deliver(struct symbolizer *symbolizer,
		    const struct frame_query *query, struct frame_answer *ret)
{
	struct debug_object *object;
	struct known_frame *frame = ask(symbolizer, query, &object);

	if (!frame || !make_shown(symbolizer, frame))
		return false;
	*ret = frame->answer;
	ret->lines = frame->shown;
	if (object->refused && ret->status != FRAME_NO_OBJECT)
		*ret = (struct frame_answer){.status = FRAME_REFUSED};
	return true;
}

bool symbolizer_resolve(struct symbolizer *symbolizer,
			const struct frame_query *queries, size_t count,
			struct frame_answer *answers)
{
	static const struct frame_query landmark = {.symbol = LANDMARK,
						    .exact = true};
	struct debug_object *object;
	size_t i;

	symbolizer->landmark = ask(symbolizer, &landmark, &object);
	if (!symbolizer->landmark)
		return false;
	for (i = 0; i < count; i++)
		if (!ask(symbolizer, &queries[i], &object))
			return false;
	if (!answer_all(symbolizer))
		return false;
	for (i = 0; i < count; i++)
		if (!deliver(symbolizer, &queries[i], &answers[i]))
			return false;
	tell_missing(symbolizer);
	tell_ambiguous(symbolizer);
	return true;
}

static const char *text_of_id(const struct build_id *id, char *text)
{
	if (!id->length)
		return NULL;
	build_id_text(id, text);
	return text;
}

bool symbolizer_object(struct symbolizer *symbolizer, size_t index,
		       struct symbolizer_object *ret)
{
	struct debug_object *object = symbolizer->objects;
	char text[2 * BUILD_ID_MAX + 1];
	const char *id;

	while (object && index--)
		object = object->next;
	if (!object)
		return false;
	id = text_of_id(object->has_file ? &object->file.build_id
					 : &object->expected,
			text);
	*ret = (struct symbolizer_object){
		.module = object->module,
		.path = object->has_file ? object->file.path : NULL,
		.build_id =
			id ? text_pool_copy(&symbolizer->pool, id, strlen(id))
			   : NULL,
		.refused = object->refused,
		.frames = HASH_COUNT(object->frames.table),
		.resolved = debug_object_count(object, FRAME_RESOLVED),
		.cached = object->cached,
	};
	/* The landmark is ours: nobody asked for it. */
	if (!object->module && symbolizer->landmark) {
		ret->frames--;
		ret->resolved -=
			symbolizer->landmark->answer.status == FRAME_RESOLVED;
		ret->cached -= symbolizer->landmark->recalled;
	}
	return true;
}
