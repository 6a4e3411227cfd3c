/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers kept on disk, a file for each build id, so that asking the same
 * again needs no object file. Bounded; a file that is damaged, or written by
 * another version, is as good as none; two writers harm nothing.
 */
#ifndef SYMBOLIZE_SYMBOL_CACHE_H
#define SYMBOLIZE_SYMBOL_CACHE_H

#include "symbolize/frame_answer.h"
#include "symbolize/object_file.h"
#include "symbolize/text_pool.h"

struct symbol_cache;

/*
 * The answers about one object, read from directory, which need not exist.
 * NULL: no memory. directory is borrowed.
 */
struct symbol_cache *symbol_cache_open(const char *directory,
				       const struct build_id *id);

/* The answer kept; its text lives in pool. False: there is none. */
bool symbol_cache_find(const struct symbol_cache *cache,
		       const struct frame_query *query, struct text_pool *pool,
		       struct frame_answer *ret);

/*
 * Keep a copy of an answer; that of a file which was not found, was refused or
 * failed is none. What does not fit is left out. A stripped file has the build
 * id of the whole one: of a file without debug information only keep what is
 * right for the other, too.
 */
void symbol_cache_add(struct symbol_cache *cache,
		      const struct frame_query *query,
		      const struct frame_answer *answer);

/* Write what was added, best effort, and free it. */
void symbol_cache_close(struct symbol_cache *cache);

/*
 * The user's directory for it, from $XDG_CACHE_HOME or $HOME; NULL: there is
 * none that is ours to write to. To be freed.
 */
char *symbol_cache_directory(void);

#endif
