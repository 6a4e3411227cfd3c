/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that is known of one object, the kernel or a module: its file, the
 * frames that were asked of it, the answers kept on disk, and whether the file
 * is the one that ran.
 */
#ifndef SYMBOLIZE_DEBUG_OBJECT_H
#define SYMBOLIZE_DEBUG_OBJECT_H

#include "symbolize/known_frames.h"
#include "symbolize/object_search.h"
#include "symbolize/symbol_cache.h"

struct debug_object {
	struct debug_object *next; /* in order of first use */
	const char *module;	   /* NULL: the kernel itself */
	struct build_id expected;  /* of what ran; length 0: not known */
	struct object_file file;   /* fd is open while has_file */
	bool searched, has_file;
	const char *missing;	    /* why there is none; or NULL */
	struct symbol_cache *cache; /* or NULL */
	struct known_frames frames;
	size_t pending; /* frames that nobody has answered yet */
	size_t cached;	/* answers that were kept on disk */
	bool refused;	/* by what it answered: see debug_object_judge() */
};

/* Take what the cache has for the frames without an answer. */
void debug_object_recall(struct debug_object *object, const char *directory,
			 struct text_pool *pool);

/* Give all frames without an answer this status. */
void debug_object_settle(struct debug_object *object, enum frame_status status);

/* Hand new answers to the cache. */
void debug_object_keep(struct debug_object *object);

/* How many frames there are, of a status. */
size_t debug_object_count(const struct debug_object *object,
			  enum frame_status status);

/*
 * Whether the file is the one that ran. Where no build id tells, the functions
 * do: too many that it lacks, or has in another size, are refused, and so is
 * then each line of it. Sets refused; true when that is news.
 */
bool debug_object_judge(struct debug_object *object);

void debug_object_deinit(struct debug_object *object);

#endif
