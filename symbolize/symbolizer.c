/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/symbolizer.h"

#include <stdlib.h>
#include <string.h>

#include "symbolize/bfd_object.h"
#include "symbolize/symbolizer_state.h"
#include "symbolize/source_path.h"

/* A function of every kernel, whose file's place in the tree is known: what
 * stands before it is the folder that the kernel was built in. */
#define LANDMARK      "start_kernel"
#define LANDMARK_FILE "init/main.c"

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
	if (!symbolizer)
		return;
	object_list_deinit(&symbolizer->list);
	object_search_destroy(symbolizer->search);
	free(symbolizer->cache_directory);
	text_pool_deinit(&symbolizer->pool);
	free(symbolizer);
}

bool symbolizer_expect(struct symbolizer *symbolizer, const char *module,
		       const char *build_id)
{
	struct build_id id;

	return !build_id_of_text(build_id, &id) ||
	       object_list_expect(&symbolizer->list, module, &id);
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
	const char *prefix = symbolizer->prefix ? symbolizer->prefix : "";
	size_t length = strlen(prefix);

	if (!copy)
		return NULL;
	source_path_clean(copy);
	return strncmp(copy, prefix, length) == 0 ? copy + length : copy;
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
	struct build_id id = {.length = 0};
	struct debug_object *object;
	struct known_frame *frame;
	size_t before;

	if (query->build_id)
		build_id_of_text(query->build_id, &id);
	object = object_list_get(&symbolizer->list, query->module, &id);
	if (!object)
		return NULL;
	before = HASH_COUNT(object->frames.table);
	frame = known_frames_intern(&object->frames, &symbolizer->pool, query);
	object->pending += HASH_COUNT(object->frames.table) - before;
	*ret_object = object;
	return frame;
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
	if (!symbol_files_answer(symbolizer))
		return false;
	symbol_doubts_say(symbolizer, false);
	if (!find_prefix(symbolizer))
		return false;
	for (i = 0; i < count; i++)
		if (!deliver(symbolizer, &queries[i], &answers[i]))
			return false;
	return true;
}

bool symbolizer_object(const struct symbolizer *symbolizer, size_t index,
		       struct symbolizer_object *ret)
{
	const struct debug_object *object = symbolizer->list.first;

	while (object && index--)
		object = object->next;
	if (!object)
		return false;
	*ret = (struct symbolizer_object){
		.module = object->module,
		.path = object->has_file ? object->file.path : NULL,
		.refused = object->refused,
		.told = object->file_told,
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
