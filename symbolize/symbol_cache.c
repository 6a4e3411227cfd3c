/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/symbol_cache.h"

#include <stdlib.h>
#include <unistd.h>

#include "symbolize/cache_file.h"
#include "symbolize/cache_folder.h"

struct symbol_cache {
	const char *directory;
	struct build_id id;
	char name[2 * BUILD_ID_MAX + 1]; /* of the file; empty: there is none */
	struct answer_table table;
	/* The file as it was when opened, and before writing: answers borrow
	 * their bytes. */
	unsigned char *opened, *reread;
	size_t added_count, added_bytes;
};

static void name_file(struct symbol_cache *cache)
{
	if (cache->id.length > BUILD_ID_MAX)
		cache->id.length = 0;
	build_id_text(&cache->id, cache->name);
}

/* Add the answers in the file that are not known yet; *ret are its bytes. */
static void read_file(struct symbol_cache *cache, int folder,
		      unsigned char **ret)
{
	size_t length;

	if (cache_folder_read(folder, cache->name, CACHE_FILE_MAX, ret,
			      &length))
		cache_file_decode((struct byte_cursor){*ret, length},
				  &cache->id, &cache->table);
}

struct symbol_cache *symbol_cache_open(const char *directory,
				       const struct build_id *id)
{
	struct symbol_cache *cache = calloc(1, sizeof(*cache));
	int folder;

	if (!cache)
		return NULL;
	cache->directory = directory;
	cache->id = *id;
	name_file(cache);
	folder = cache->name[0] ? cache_folder_open(directory, false) : -1;
	if (folder >= 0) {
		read_file(cache, folder, &cache->opened);
		close(folder);
	}
	return cache;
}

static struct table_answer *find(const struct symbol_cache *cache,
				 const struct frame_query *query)
{
	unsigned char key[KEPT_KEY_MAX];
	size_t length = kept_key_make(query, key);

	if (!length)
		return NULL;
	return answer_table_find(&cache->table,
				 (struct byte_cursor){key, length});
}

bool symbol_cache_find(const struct symbol_cache *cache,
		       const struct frame_query *query, struct text_pool *pool,
		       struct frame_answer *ret)
{
	struct table_answer *answer = find(cache, query);

	if (!answer || !kept_value_read(answer->value, pool, ret))
		return false;
	answer->used = true;
	return true;
}

/* More would not be written. */
static bool has_room(const struct symbol_cache *cache)
{
	return cache->name[0] && cache->added_count < CACHE_ANSWERS_MAX &&
	       cache->added_bytes < CACHE_FILE_MAX;
}

void symbol_cache_add(struct symbol_cache *cache,
		      const struct frame_query *query,
		      const struct frame_answer *answer)
{
	unsigned char key[KEPT_KEY_MAX];
	size_t length = kept_key_make(query, key);
	struct byte_cursor key_bytes = {key, length}, value;
	struct table_answer *known;

	if (!length || !has_room(cache) ||
	    !kept_value_make(answer, &cache->table.pool, &value))
		return;
	known = answer_table_find(&cache->table, key_bytes);
	if (known)
		known->value = value;
	else
		known = answer_table_add(&cache->table, key_bytes, value);
	if (!known)
		return;
	known->used = true;
	cache->added_count++;
	cache->added_bytes += length + value.left;
}

static void write_file(struct symbol_cache *cache, int folder)
{
	unsigned char *bytes;
	size_t length;

	/* What another one has written meanwhile stays. */
	read_file(cache, folder, &cache->reread);
	if (!cache_file_encode(&cache->table, &cache->id, &bytes, &length))
		return;
	if (cache_folder_write(folder, cache->name, bytes, length))
		cache_folder_prune(folder, cache->name);
	free(bytes);
}

void symbol_cache_close(struct symbol_cache *cache)
{
	int folder;

	if (!cache)
		return;
	folder = cache->added_count ? cache_folder_open(cache->directory, true)
				    : -1;
	if (folder >= 0) {
		write_file(cache, folder);
		close(folder);
	}
	answer_table_deinit(&cache->table);
	free(cache->opened);
	free(cache->reread);
	free(cache);
}
