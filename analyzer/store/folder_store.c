/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A capture as a folder. The kernel's text holds addresses and command lines
 * of a machine: folders and files are their owner's alone. Nothing in it is
 * written through a symbolic link, for links are written, too.
 */
#define _GNU_SOURCE /* O_NOFOLLOW and AT_ of old systems */
#include "store/store_kind.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/folder_paths.h"
#include "store/stored_file.h"

enum {
	FILE_MODE = 0600,
	FILE_FLAGS = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
};

/* A file that is not on the disk, or in the page cache. */
struct written {
	struct written *next;
	const char *path;
};

struct folder {
	const struct store_site *site;
	int fd;
	struct stored_file file; /* of the member that was begun */
	uint64_t end;		 /* of what was added to it */
	uint64_t bytes;		 /* of all files but that */
	struct written *written; /* newest first */
	struct arena arena;	 /* holds them */
	char path[PATH_MAX];	 /* of the member */
};

/* ---- files ---- */

static bool remember(struct folder *folder, const char *path)
{
	struct written *written = arena_alloc(&folder->arena, sizeof(*written));

	if (!written)
		return false;
	written->path = arena_string(&folder->arena, span_of(path));
	if (!written->path)
		return false;
	written->next = folder->written;
	folder->written = written;
	return true;
}

/* Make the file at path; its folders, too. */
static bool make_file(struct folder *folder, const char *path,
		      struct stored_file *ret)
{
	const char *name;
	const struct store_io *io = folder->site->io;
	int parent = folder_open_parent(io, folder->fd, path, true, &name);
	int fd = -1;

	if (parent >= 0)
		fd = io->openat(parent, name, FILE_FLAGS, FILE_MODE);
	folder_close(parent);
	if (fd < 0)
		return false;
	*ret = (struct stored_file){.io = io, .fd = fd};
	return true;
}

/* ---- the folder ---- */

static bool is_empty(int fd)
{
	int copy = openat(fd, ".", folder_flags);
	DIR *list = copy < 0 ? NULL : fdopendir(copy);
	const struct dirent *entry;
	bool empty = list != NULL;

	if (!list) {
		folder_close(copy);
		return false;
	}
	while (empty && (entry = readdir(list)))
		empty = strcmp(entry->d_name, ".") == 0 ||
			strcmp(entry->d_name, "..") == 0;
	closedir(list);
	return empty;
}

static bool open_folder(const struct store_site *site, int *ret,
			struct error *err)
{
	bool made = site->io->mkdirat(AT_FDCWD, site->path, FOLDER_MODE) == 0;
	int fd;

	if (!made && errno != EEXIST)
		return store_failed(site, "create", NULL, err);
	/* A link that the user names is one that the user means. */
	fd = site->io->openat(AT_FDCWD, site->path, folder_flags & ~O_NOFOLLOW);
	if (fd < 0 && errno == ENOTDIR)
		return store_refused(site, "exists and is no folder", err);
	if (fd < 0)
		return store_failed(site, "open", NULL, err);
	if (!made && !is_empty(fd)) {
		close(fd);
		return store_refused(site, "exists and is not empty", err);
	}
	*ret = fd;
	return true;
}

static bool folder_create(const struct store_site *site, void **ret,
			  struct error *err)
{
	struct folder *folder = calloc(1, sizeof(*folder));

	if (!folder)
		return error_no_memory(err);
	folder->site = site;
	folder->file.fd = -1;
	if (!open_folder(site, &folder->fd, err)) {
		free(folder);
		return false;
	}
	*ret = folder;
	return true;
}

static void folder_destroy(void *state)
{
	struct folder *folder = state;

	if (folder->file.fd >= 0)
		close(folder->file.fd);
	close(folder->fd);
	arena_deinit(&folder->arena);
	free(folder);
}

/* ---- members ---- */

static bool folder_begin(void *state, const char *path, struct error *err)
{
	struct folder *folder = state;
	int length =
		snprintf(folder->path, sizeof(folder->path), "%s.gz", path);

	if (length < 0 || (size_t)length >= sizeof(folder->path)) {
		errno = ENAMETOOLONG;
		return store_failed(folder->site, "create", path, err);
	}
	folder->end = 0;
	return make_file(folder, folder->path, &folder->file) ||
	       store_failed(folder->site, "create", folder->path, err);
}

/* What could not be cut before may be so now. */
static bool write_member(struct folder *folder, struct span packed)
{
	if (stored_file_cut(&folder->file, folder->end) &&
	    stored_file_write(&folder->file, folder->end, packed)) {
		folder->end = folder->file.length;
		return true;
	}
	return false;
}

static bool folder_add(void *state, struct span packed, uint64_t text_bytes,
		       struct error *err)
{
	struct folder *folder = state;

	(void)text_bytes;
	if (write_member(folder, packed)) {
		stored_file_write_behind(&folder->file);
		return true;
	}
	store_failed(folder->site, "write", folder->path, err);
	stored_file_cut(&folder->file, folder->end);
	return false;
}

static bool folder_end(void *state, struct error *err)
{
	struct folder *folder = state;
	bool cut = stored_file_cut(&folder->file, folder->end);

	if (!cut)
		store_failed(folder->site, "write", folder->path, err);
	folder->bytes += folder->file.length;
	if (!stored_file_close(&folder->file) && cut)
		return store_failed(folder->site, "write", folder->path, err);
	if (!remember(folder, folder->path))
		return error_no_memory(err);
	return cut;
}

static bool folder_drop(void *state, struct error *err)
{
	struct folder *folder = state;

	stored_file_close(&folder->file);
	folder->file.length = 0;
	return folder_remove(folder->site->io, folder->fd, folder->path) ||
	       store_failed(folder->site, "remove", folder->path, err);
}

static bool folder_whole(void *state, const char *path, struct span packed,
			 uint64_t text_bytes, struct error *err)
{
	struct error ignored;

	if (!folder_begin(state, path, err))
		return false;
	if (!folder_add(state, packed, text_bytes, err)) {
		folder_drop(state, &ignored);
		return false;
	}
	return folder_end(state, err);
}

static bool folder_link(void *state, const char *path, const char *target,
			struct error *err)
{
	struct folder *folder = state;
	const char *name;
	int parent = folder_open_parent(folder->site->io, folder->fd, path,
					true, &name);
	bool done = parent >= 0 &&
		    folder->site->io->symlinkat(target, parent, name) == 0;

	folder_close(parent);
	return done || store_failed(folder->site, "create", path, err);
}

/* Write text to a file of its own, and have it on the disk. */
static bool write_text(struct folder *folder, const char *path,
		       struct span text)
{
	struct stored_file file;

	/* One that failed before may not have been able to remove its own. */
	if (!make_file(folder, path, &file) &&
	    (errno != EEXIST ||
	     !folder_remove(folder->site->io, folder->fd, path) ||
	     !make_file(folder, path, &file)))
		return false;
	if (stored_file_write(&file, 0, text) && stored_file_sync(&file))
		return stored_file_close(&file);
	folder_close(file.fd);
	return false;
}

static bool replace(struct folder *folder, const char *new_path,
		    const char *path, uint64_t length)
{
	const char *new_name, *name;
	int fd = folder_open_parent(folder->site->io, folder->fd, path, false,
				    &name);
	struct stat status;
	bool done = false;

	if (fd >= 0) {
		uint64_t before = 0;

		new_name = new_path + (name - path);
		if (fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0)
			before = (uint64_t)status.st_size;
		done = folder->site->io->renameat(fd, new_name, fd, name) == 0;
		if (done)
			folder->bytes += length - before;
	}
	folder_close(fd);
	return done;
}

/*
 * Where there is no room for a file beside it: a manifest begins with the one
 * before, so that what is there stays as it is meanwhile.
 */
static bool overwrite(struct folder *folder, const char *path, struct span text)
{
	const struct store_io *io = folder->site->io;
	const char *name;
	int parent = folder_open_parent(io, folder->fd, path, false, &name);
	struct stored_file file = {.io = io, .fd = -1};
	struct stat status;
	bool done = false;

	if (parent < 0)
		return false;
	file.fd =
		io->openat(parent, name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0);
	folder_close(parent);
	if (file.fd < 0)
		return false;
	if (fstat(file.fd, &status) == 0) {
		file.length = (uint64_t)status.st_size;
		done = stored_file_write(&file, 0, text) &&
		       stored_file_cut(&file, text.length) &&
		       stored_file_sync(&file);
	}
	if (!stored_file_close(&file) || !done)
		return false;
	if (text.length > (uint64_t)status.st_size)
		folder->bytes += text.length - (uint64_t)status.st_size;
	return true;
}

static bool folder_put(void *state, const char *path, struct span text,
		       struct error *err)
{
	struct folder *folder = state;
	char new_path[PATH_MAX];
	int length = snprintf(new_path, sizeof(new_path), "%s.new", path);

	if (length < 0 || (size_t)length >= sizeof(new_path)) {
		errno = ENAMETOOLONG;
		return store_failed(folder->site, "create", path, err);
	}
	if (write_text(folder, new_path, text) &&
	    replace(folder, new_path, path, text.length))
		return true;
	store_failed(folder->site, "write", path, err);
	folder_remove(folder->site->io, folder->fd, new_path);
	return err->code == ERROR_FULL && overwrite(folder, path, text);
}

/* ---- the disk ---- */

/* Of clean pages only: those of what is on the disk. */
static void uncache(struct folder *folder)
{
	const struct store_io *io = folder->site->io;

	for (; folder->written; folder->written = folder->written->next) {
		const char *name;
		int parent =
			folder_open_parent(folder->site->io, folder->fd,
					   folder->written->path, false, &name);
		int fd =
			parent < 0
				? -1
				: io->openat(parent, name,
					     O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

		if (fd >= 0)
			io->fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
		folder_close(fd);
		folder_close(parent);
	}
	arena_deinit(&folder->arena);
	folder->arena = (struct arena){0};
}

static bool folder_sync(void *state, struct error *err)
{
	struct folder *folder = state;

	if (folder->file.fd >= 0 && !stored_file_sync(&folder->file))
		return store_failed(folder->site, "write", folder->path, err);
	if (folder->site->io->syncfs(folder->fd) != 0)
		return store_failed(folder->site, "write", NULL, err);
	uncache(folder);
	return true;
}

static uint64_t folder_bytes(const void *state)
{
	const struct folder *folder = state;

	return folder->bytes + (folder->file.fd >= 0 ? folder->file.length : 0);
}

static int folder_fd(const void *state)
{
	return ((const struct folder *)state)->fd;
}

const struct store_kind folder_store = {
	.create = folder_create,
	.destroy = folder_destroy,
	.begin = folder_begin,
	.add = folder_add,
	.end = folder_end,
	.drop = folder_drop,
	.whole = folder_whole,
	.link = folder_link,
	.put = folder_put,
	.finish = folder_sync,
	.sync = folder_sync,
	.bytes = folder_bytes,
	.fd = folder_fd,
};
