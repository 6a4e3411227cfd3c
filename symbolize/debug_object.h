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
	struct debug_object *next;	/* in order of first use */
	struct debug_object *same_name; /* another build of the module */
	const char *module;		/* NULL: the kernel itself */
	struct build_id expected;	/* of what ran; length 0: not known */
	struct object_file file;	/* its fd is -1 between two questions */
	bool searched, has_file;
	bool failed;	     /* reading it ended before its end */
	const char *missing; /* why there is none; or NULL */
	bool file_told;	     /* a warning was given of one that is no good */
	struct symbol_cache *cache; /* or NULL */
	struct known_frames frames;
	size_t pending; /* frames that nobody has answered yet */
	size_t cached;	/* answers that were kept on disk */
	bool refused;	/* by what it answered: see debug_object_judge() */
	bool told;	/* that it is */
};

/* Take what the cache has for the frames without an answer. */
void debug_object_recall(struct debug_object *object, const char *directory,
			 struct text_pool *pool);

/* Give all frames without an answer this status. */
void debug_object_settle(struct debug_object *object, enum frame_status status);

/*
 * Hand new answers to the cache, if they are worth it, and have it written:
 * who follows a log is interrupted in the end.
 */
void debug_object_keep(struct debug_object *object);

/* Do without the file's descriptor until the next question. */
void debug_object_release(struct debug_object *object);

/* Open it again, as it was found. */
bool debug_object_reopen(struct debug_object *object, struct reason *why);

/* How many frames there are, of a status. */
size_t debug_object_count(const struct debug_object *object,
			  enum frame_status status);

/* How many functions there are, by the status of a frame of theirs. */
struct function_counts {
	size_t fit, other_size, missing;
};

struct function_counts debug_object_functions(
	const struct debug_object *object);

/*
 * Whether the file is the one that ran. Where no build id tells, the functions
 * do: with too many that it lacks, or has in another size, it is refused, and
 * so is then each line of it. Sets refused.
 */
void debug_object_judge(struct debug_object *object);

void debug_object_deinit(struct debug_object *object);

#endif
