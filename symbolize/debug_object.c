/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/debug_object.h"

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

/* Without debug information a file answers less than its twin would. */
void debug_object_keep(struct debug_object *object)
{
	struct known_frame *frame;

	if (!object->cache || !object->has_file || !object->file.has_debug_info)
		return;
	for (frame = first(object); frame; frame = next(frame)) {
		if (frame->kept || frame->answer.status == FRAME_UNASKED ||
		    frame->answer.status == FRAME_FAILED)
			continue;
		symbol_cache_add(object->cache, &frame->query, &frame->answer);
		frame->kept = true;
	}
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

bool debug_object_judge(struct debug_object *object)
{
	size_t misfits = debug_object_count(object, FRAME_OTHER_SIZE) +
			 debug_object_count(object, FRAME_NO_SYMBOL);
	size_t fits = debug_object_count(object, FRAME_RESOLVED) +
		      debug_object_count(object, FRAME_NO_LINE) +
		      debug_object_count(object, FRAME_AMBIGUOUS);
	bool was = object->refused;

	object->refused = !is_confirmed(object) && misfits &&
			  misfits > (fits + misfits) / MISFITS_DIVISOR;
	return object->refused && !was;
}

void debug_object_deinit(struct debug_object *object)
{
	if (object->cache)
		symbol_cache_close(object->cache);
	if (object->has_file)
		object_file_close(&object->file);
	known_frames_deinit(&object->frames);
}
