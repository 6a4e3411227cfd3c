/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a symbolizer's objects, and what is asked of them. */
#include <string.h>

#include "symbolize/object_reader.h"
#include "symbolize/symbolizer_state.h"

/* Objects that are asked at a time: each has its file open. */
enum { ROUND_MAX = 32 };

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
		.progress = options->progress,
		.progress_context = options->progress_context,
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

static bool reopen_file(struct symbolizer *symbolizer,
			struct debug_object *object)
{
	struct reason why = {{0}};

	if (debug_object_reopen(object, &why))
		return true;
	symbol_doubt(symbolizer, "%s", why.text);
	debug_object_settle(object, FRAME_FAILED);
	return true;
}

/* Open the file of an object whose frames nobody could answer yet. */
static bool open_file(struct symbolizer *symbolizer,
		      struct debug_object *object)
{
	struct reason why = {{0}};
	size_t warnings;

	if (object->has_file)
		return reopen_file(symbolizer, object);
	if (object->searched)
		return true;
	object->searched = true;
	if (!open_search(symbolizer))
		return false;
	warnings = symbolizer->warning_count;
	object->has_file = object_search_open(
		symbolizer->search, object->module,
		object->expected.length ? &object->expected : NULL,
		&object->file, symbol_doubt_text, symbolizer, &why);
	object->file_told = symbolizer->warning_count > warnings;
	if (!object->has_file) {
		object->missing = text_pool_copy(&symbolizer->pool, why.text,
						 strlen(why.text));
	} else if (!object->file.has_debug_info) {
		symbol_doubt(
			symbolizer,
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
	object->failed |= job->failure.text[0] != '\0';
	debug_object_settle(object, FRAME_FAILED);
	failed = debug_object_count(object, FRAME_FAILED);
	if (failed && job->failure.text[0])
		symbol_doubt(symbolizer, "%s: %s; %zu %s without source lines",
			     object->file.path, job->failure.text, failed,
			     failed == 1 ? "frame stays" : "frames stay");
}

/* Ask the files of so many objects at the same time. */
static bool run_jobs(struct symbolizer *symbolizer,
		     struct debug_object *const *objects, size_t count)
{
	const struct reader_limits limits = {
		.processes = symbolizer->options.processes};
	struct object_job jobs[ROUND_MAX];
	struct reason why = {{0}};
	size_t i;

	for (i = 0; i < count; i++)
		if (!prepare_job(symbolizer, objects[i], &jobs[i]))
			return false;
	if (count &&
	    !object_reader_run(jobs, count, &limits, &symbolizer->pool, &why))
		symbol_doubt(symbolizer, "%s", why.text);
	for (i = 0; i < count; i++) {
		take_answers(symbolizer, objects[i], &jobs[i]);
		debug_object_judge(objects[i]);
		debug_object_keep(objects[i]);
		debug_object_release(objects[i]);
	}
	return true;
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

bool symbol_files_answer(struct symbolizer *symbolizer)
{
	struct debug_object *round[ROUND_MAX], *object;
	size_t count = 0;

	for (object = symbolizer->list.first; object; object = object->next) {
		if (!prepare_object(symbolizer, object))
			return false;
		if (object->pending)
			round[count++] = object;
		else
			debug_object_keep(object);
		if (count < ROUND_MAX)
			continue;
		if (!run_jobs(symbolizer, round, count))
			return false;
		count = 0;
	}
	return run_jobs(symbolizer, round, count);
}
