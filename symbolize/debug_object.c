/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/debug_object.h"

#include <unistd.h>

/*
 * In the right file a function may be missing, or differ, because the text
 * itself is off: a stale name of freed init code, a kernel that was patched
 * live, lines of another boot. Of a wrong one nearly all differ, but for the
 * short and the unchanged. So a quarter is too many.
 */
#define MISFITS_DIVISOR 4

static struct known_frame *first(const struct debug_object *object)
{
	return object->frames.table;
}

static struct known_frame *next(const struct known_frame *frame)
{
	return frame->hh.next;
}

/* Whose answers those on disk are: what ran, else what was found. */
static const struct build_id *identity(const struct debug_object *object)
{
	if (object->expected.length)
		return &object->expected;
	return object->has_file && object->file.build_id.length
		       ? &object->file.build_id
		       : NULL;
}

void debug_object_recall(struct debug_object *object, const char *directory,
			 struct text_pool *pool)
{
	const struct build_id *id = identity(object);
	struct known_frame *frame;

	if (!object->cache && directory && id)
		object->cache = symbol_cache_open(directory, id);
	if (!object->cache)
		return;
	for (frame = first(object); frame; frame = next(frame)) {
		if (frame->answer.status != FRAME_UNASKED ||
		    !symbol_cache_find(object->cache, &frame->query, pool,
				       &frame->answer))
			continue;
		frame->recalled = frame->kept = true;
		object->cached++;
		object->pending--;
	}
}

void debug_object_settle(struct debug_object *object, enum frame_status status)
{
	struct known_frame *frame;

	for (frame = first(object); frame; frame = next(frame))
		if (frame->answer.status == FRAME_UNASKED)
			frame->answer.status = status;
	object->pending = 0;
}

/*
 * Answers bear the name of a build id: they must come from a file that has it.
 * Without debug information a file answers less than its twin would, and so
 * does one whose debug information nobody can read.
 */
static bool is_worth_keeping(const struct debug_object *object)
{
	const struct build_id *id = identity(object);

	return object->has_file && object->file.has_debug_info && id &&
	       build_id_equal(id, &object->file.build_id) && !object->failed &&
	       !object->refused && debug_object_count(object, FRAME_RESOLVED);
}

static bool can_be_kept(const struct known_frame *frame)
{
	switch (frame->answer.status) {
	case FRAME_RESOLVED:
	case FRAME_NO_LINE:
	case FRAME_NO_SYMBOL:
	case FRAME_OTHER_SIZE:
	case FRAME_AMBIGUOUS:
		return !frame->kept;
	case FRAME_UNASKED:
	case FRAME_NO_OBJECT:
	case FRAME_REFUSED:
	case FRAME_FAILED:
		return false;
	}
	return false;
}

void debug_object_keep(struct debug_object *object)
{
	bool worth = is_worth_keeping(object);
	struct known_frame *frame;

	if (!object->cache)
		return;
	for (frame = first(object); frame && worth; frame = next(frame)) {
		if (!can_be_kept(frame))
			continue;
		symbol_cache_add(object->cache, &frame->query, &frame->answer);
		frame->kept = true;
	}
	symbol_cache_close(object->cache);
	object->cache = NULL;
}

void debug_object_release(struct debug_object *object)
{
	if (object->has_file && object->file.fd >= 0)
		close(object->file.fd);
	object->file.fd = -1;
}

bool debug_object_reopen(struct debug_object *object, struct reason *why)
{
	struct object_file again;

	if (object->file.fd >= 0)
		return true;
	if (!object_file_open(&again, object->file.path, why))
		return false;
	object_file_close(&object->file);
	object->file = again;
	return true;
}

size_t debug_object_count(const struct debug_object *object,
			  enum frame_status status)
{
	const struct known_frame *frame;
	size_t count = 0;

	for (frame = first(object); frame; frame = next(frame))
		count += frame->answer.status == status;
	return count;
}

/* The build id of the file is the one that was expected. */
static bool is_confirmed(const struct debug_object *object)
{
	if (!object->expected.length)
		return false;
	/* Answers on disk bear it, too. */
	return !object->has_file ||
	       build_id_equal(&object->expected, &object->file.build_id);
}

struct function_counts debug_object_functions(const struct debug_object *object)
{
	const struct known_function *function;
	struct function_counts counts = {0};

	for (function = object->frames.functions; function;
	     function = function->hh.next) {
		/* Without a size a frame fits anything. */
		if (!function->frame->query.size)
			continue;
		switch (function->frame->answer.status) {
		case FRAME_RESOLVED:
		case FRAME_NO_LINE:
		case FRAME_AMBIGUOUS:
			counts.fit++;
			break;
		case FRAME_OTHER_SIZE:
			counts.other_size++;
			break;
		case FRAME_NO_SYMBOL:
			counts.missing++;
			break;
		case FRAME_UNASKED:
		case FRAME_NO_OBJECT:
		case FRAME_REFUSED:
		case FRAME_FAILED:
			break;
		}
	}
	return counts;
}

void debug_object_judge(struct debug_object *object)
{
	struct function_counts counts = debug_object_functions(object);
	size_t misfits = counts.other_size + counts.missing;

	object->refused = !is_confirmed(object) && misfits &&
			  misfits > (counts.fit + misfits) / MISFITS_DIVISOR;
}

void debug_object_deinit(struct debug_object *object)
{
	if (object->cache)
		symbol_cache_close(object->cache);
	object_file_close(&object->file);
	known_frames_deinit(&object->frames);
}
