/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* what a directory's entry is */
#include "symbolize/module_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "symbolize/text_pool.h"

enum {
	DEPTH_MAX = 16,
	TREES_MAX = 64,

	/* Of all trees; distributions have some 7,000 in one. */
	ENTRIES_MAX = 200000,
};

struct module_file {
	const char *path;
	const char *name;   /* in path; ends where ".ko" begins */
	size_t name_length; /* bytes */
	unsigned tree;	    /* the how manieth */
	unsigned place;	    /* modprobe prefers the lower */
};

struct module_files {
	struct text_pool pool; /* the paths */
	struct module_file *at;
	size_t count, capacity;
	size_t entries; /* seen, of whatever kind */
	unsigned trees;
	bool sorted;
	struct {
		dev_t device;
		ino_t inode;
	} seen[TREES_MAX];
};

struct walk {
	struct module_files *files;
	size_t root;   /* bytes of path that are the tree's */
	size_t length; /* of path */
	char path[PATH_MAX];
};

struct module_files *module_files_create(void)
{
	return calloc(1, sizeof(struct module_files));
}

void module_files_destroy(struct module_files *files)
{
	if (!files)
		return;
	text_pool_deinit(&files->pool);
	free(files->at);
	free(files);
}

/* ---- names ---- */

static bool drop_suffix(const char *name, size_t *length, const char *suffix)
{
	size_t own = strlen(suffix);

	if (*length <= own || memcmp(name + *length - own, suffix, own) != 0)
		return false;
	*length -= own;
	return true;
}

/* The bytes of a file's name that are the module's; 0: it is none. */
static size_t module_name_length(const char *name)
{
	size_t length = strlen(name);

	if (!drop_suffix(name, &length, ".gz") &&
	    !drop_suffix(name, &length, ".xz"))
		drop_suffix(name, &length, ".zst");
	drop_suffix(name, &length, ".debug");
	return drop_suffix(name, &length, ".ko") ? length : 0;
}

static int fold(char byte)
{
	return byte == '-' ? '_' : (unsigned char)byte;
}

static int compare_names(const char *a, size_t a_length, const char *b,
			 size_t b_length)
{
	for (size_t i = 0; i < a_length && i < b_length; i++)
		if (fold(a[i]) != fold(b[i]))
			return fold(a[i]) < fold(b[i]) ? -1 : 1;
	return (a_length > b_length) - (a_length < b_length);
}

static int compare_files(const void *left, const void *right)
{
	const struct module_file *a = left, *b = right;
	int order =
		compare_names(a->name, a->name_length, b->name, b->name_length);

	if (order)
		return order;
	if (a->tree != b->tree)
		return a->tree < b->tree ? -1 : 1;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	return strcmp(a->path, b->path);
}

/* The first folders below a tree, in the order of depmod.d(5). */
static unsigned place_of(const char *below)
{
	static const char *const places[] = {"/updates/", "/extra/"};

	for (unsigned i = 0; i < 2; i++)
		if (strncmp(below, places[i], strlen(places[i])) == 0)
			return i;
	return 2;
}

/* ---- the walk ---- */

static bool add_file(struct walk *walk, size_t name, size_t name_length)
{
	struct module_files *files = walk->files;
	struct module_file *file;

	if (files->count == files->capacity) {
		size_t capacity = files->capacity ? 2 * files->capacity : 256;
		struct module_file *larger =
			realloc(files->at, capacity * sizeof(*larger));

		if (!larger)
			return false;
		files->at = larger;
		files->capacity = capacity;
	}
	file = &files->at[files->count];
	file->path = text_pool_copy(&files->pool, walk->path, walk->length);
	if (!file->path)
		return false;
	file->name = file->path + name;
	file->name_length = name_length;
	file->tree = files->trees;
	file->place = place_of(walk->path + walk->root);
	files->count++;
	files->sorted = false;
	return true;
}

static bool is_directory(DIR *directory, const struct dirent *entry)
{
	struct stat status;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return fstatat(dirfd(directory), entry->d_name, &status,
		       AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(status.st_mode);
}

static bool walk_directory(struct walk *walk, DIR *directory, unsigned depth);

static bool enter(struct walk *walk, DIR *above, const char *name,
		  unsigned depth)
{
	int fd = openat(dirfd(above), name,
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *directory = fd < 0 ? NULL : fdopendir(fd);
	bool done;

	if (!directory) {
		if (fd >= 0)
			close(fd);
		return true;
	}
	done = walk_directory(walk, directory, depth);
	closedir(directory);
	return done;
}

static bool take_entry(struct walk *walk, DIR *directory,
		       const struct dirent *entry, unsigned depth)
{
	const size_t above = walk->length, length = strlen(entry->d_name);
	size_t name_length;
	bool done = true;

	if (above + 1 + length >= sizeof(walk->path))
		return true;
	walk->path[above] = '/';
	memcpy(walk->path + above + 1, entry->d_name, length + 1);
	walk->length = above + 1 + length;
	if (is_directory(directory, entry)) {
		if (depth < DEPTH_MAX)
			done = enter(walk, directory, entry->d_name, depth + 1);
	} else {
		name_length = module_name_length(entry->d_name);
		if (name_length)
			done = add_file(walk, above + 1, name_length);
	}
	walk->length = above;
	walk->path[above] = '\0';
	return done;
}

static bool walk_directory(struct walk *walk, DIR *directory, unsigned depth)
{
	const struct dirent *entry;

	while ((entry = readdir(directory))) {
		if (++walk->files->entries > ENTRIES_MAX)
			return true;
		/* The build-id tree has other names for the same files. */
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0 ||
		    strcmp(entry->d_name, ".build-id") == 0)
			continue;
		if (!take_entry(walk, directory, entry, depth))
			return false;
	}
	return true;
}

/* Whether to walk it: /lib is often the same as /usr/lib. */
static bool is_new(struct module_files *files, DIR *directory)
{
	struct stat status;

	if (files->trees == TREES_MAX || fstat(dirfd(directory), &status) != 0)
		return false;
	for (unsigned i = 0; i < files->trees; i++)
		if (files->seen[i].device == status.st_dev &&
		    files->seen[i].inode == status.st_ino)
			return false;
	files->seen[files->trees].device = status.st_dev;
	files->seen[files->trees].inode = status.st_ino;
	return true;
}

bool module_files_add(struct module_files *files, const char *directory)
{
	struct walk walk = {.files = files};
	size_t length = strlen(directory);
	DIR *top;
	bool done = true;

	while (length && directory[length - 1] == '/')
		length--;
	if (length >= sizeof(walk.path))
		return true;
	memcpy(walk.path, directory, length);
	walk.root = walk.length = length;
	top = opendir(length ? walk.path : "/");
	if (!top)
		return true;
	if (is_new(files, top)) {
		done = walk_directory(&walk, top, 1);
		files->trees++;
	}
	closedir(top);
	return done;
}

const char *module_files_path(struct module_files *files, const char *module,
			      size_t index)
{
	size_t low = 0, high = files->count, length = strlen(module);

	if (!files->sorted && files->count)
		qsort(files->at, files->count, sizeof(*files->at),
		      compare_files);
	files->sorted = true;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_names(files->at[middle].name,
				  files->at[middle].name_length, module,
				  length) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (index >= files->count - low ||
	    compare_names(files->at[low + index].name,
			  files->at[low + index].name_length, module,
			  length) != 0)
		return NULL;
	return files->at[low + index].path;
}
