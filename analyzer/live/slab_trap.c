/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/slab_trap.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "live/live_file.h"
#include "model/cache_name.h"

#define SLAB_PATH   "sys/kernel/slab"
#define TRACES_PATH "sys/kernel/debug/slab"

/* Two pointers: struct stack of mm/page_owner.c. */
enum { STACK_SIZE = 16, NARROW_STACK_SIZE = 8 };

/* Call back for each name in a folder, if it can be read. */
static void each_name(const char *root, const char *path,
		      void (*take)(const char *root, struct span name,
				   void *context),
		      void *context)
{
	int fd = live_file_open(root, path, O_RDONLY | O_DIRECTORY);
	DIR *stream = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!stream) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(stream)))
		take(root, span_of(entry->d_name), context);
	closedir(stream);
}

/* By the attribute, or else by the name of the cache. */
static bool kmalloc_size(const char *root, struct span name, uint64_t *ret)
{
	char path[LIVE_PATH_CAPACITY];
	uint64_t size;

	if (!cache_name_kmalloc_size(name, ret))
		return false;
	snprintf(path, sizeof(path), SLAB_PATH "/%.*s/object_size",
		 (int)name.length, name.at);
	if (live_file_number(root, path, &size))
		*ret = size;
	return true;
}

/* The smallest objects that hold least bytes. */
struct fit {
	uint64_t least;
	uint64_t best; /* 0: none was seen */
};

static void take_fit(const char *root, struct span name, void *context)
{
	struct fit *fit = context;
	uint64_t size;

	if (kmalloc_size(root, name, &size) && size >= fit->least &&
	    (!fit->best || size < fit->best))
		fit->best = size;
}

/* KMALLOC_MIN_SIZE may be larger than what is asked for. */
static uint64_t size_for(const char *root, uint64_t least)
{
	struct fit fit = {.least = least};

	each_name(root, SLAB_PATH, take_fit, &fit);
	each_name(root, TRACES_PATH, take_fit, &fit);
	return fit.best ? fit.best : least;
}

/* The sizes asked for count in any case: not all caches may be to be seen. */
static bool is_trap_size(const struct slab_trap *trap, uint64_t size)
{
	return size == trap->wide || size == STACK_SIZE ||
	       (trap->narrow &&
		(size == trap->narrow || size == NARROW_STACK_SIZE));
}

/* The folder of a cache; the kernel links aliases to the real one. */
static bool look_at_cache(const char *root, struct span name,
			  struct slab_folder *ret)
{
	char path[LIVE_PATH_CAPACITY];
	struct stat at;
	int length = snprintf(path, sizeof(path), "%s/" SLAB_PATH "/%.*s", root,
			      (int)name.length, name.at);

	if (length < 0 || (size_t)length >= sizeof(path) ||
	    stat(path, &at) != 0)
		return false;
	*ret = (struct slab_folder){at.st_dev, at.st_ino};
	return true;
}

static bool is_trap_name(const struct slab_trap *trap, const char *root,
			 struct span name)
{
	uint64_t by_name, size;

	/* The two may disagree: either counts. */
	return cache_name_kmalloc_size(name, &by_name) &&
	       (is_trap_size(trap, by_name) ||
		(kmalloc_size(root, name, &size) && is_trap_size(trap, size)));
}

static void take_cache(const char *root, struct span name, void *context)
{
	struct slab_trap *trap = context;
	struct slab_folder folder;

	if (!is_trap_name(trap, root, name) ||
	    !look_at_cache(root, name, &folder))
		return;
	if (trap->count == SLAB_TRAP_CACHES)
		trap->more = true;
	else
		trap->caches[trap->count++] = folder;
}

void slab_trap_find(const char *root, bool is_narrow, struct slab_trap *ret)
{
	struct slab_trap trap = {.wide = size_for(root, STACK_SIZE)};

	if (is_narrow)
		trap.narrow = size_for(root, NARROW_STACK_SIZE);
	each_name(root, SLAB_PATH, take_cache, &trap);
	*ret = trap;
}

/* ":0000016", ":A-0000016": a merged cache by its own name. */
static bool is_merged_trap(const struct slab_trap *trap, struct span name)
{
	uint64_t size;

	return span_take(&name, SPAN(":")) && span_drop_u64(&name, &size) &&
	       is_trap_size(trap, size);
}

bool slab_trap_has(const struct slab_trap *trap, const char *root,
		   struct span cache)
{
	struct slab_folder folder;
	size_t i;

	if (is_trap_name(trap, root, cache) || is_merged_trap(trap, cache))
		return true;
	if (!look_at_cache(root, cache, &folder))
		return false;
	for (i = 0; i < trap->count; i++)
		if (trap->caches[i].device == folder.device &&
		    trap->caches[i].node == folder.node)
			return true;
	return trap->more;
}
