/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/cache_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Behind the name of a file that is being written: ".0123456789abcdef". */
#define TEMPORARY_DIGITS 16
#define NAME_CAPACITY	 80

/* Of a folder that somebody filled, the rest is looked at next time. */
#define LISTED_MAX 4096

/* ---- the folder ---- */

/* Make the folders of path that are missing. */
static bool make_folders(const char *path)
{
	char *above = strdup(path), *at;
	bool done = above != NULL;

	for (at = above; done && (at = strchr(at + 1, '/'));) {
		*at = '\0';
		done = mkdir(above, 0700) == 0 || errno == EEXIST;
		*at = '/';
	}
	free(above);
	return done && (mkdir(path, 0700) == 0 || errno == EEXIST);
}

int cache_folder_open(const char *path, bool create)
{
	struct stat status;
	int folder;

	if (!*path || (create && !make_folders(path)))
		return -1;
	folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder >= 0 &&
	    (fstat(folder, &status) != 0 || status.st_uid != geteuid())) {
		close(folder);
		return -1;
	}
	return folder;
}

static bool is_ours(const struct stat *status)
{
	return S_ISREG(status->st_mode) && status->st_uid == geteuid();
}

/* ---- a file ---- */

static bool read_all(int file, unsigned char *bytes, size_t length)
{
	while (length) {
		ssize_t got = read(file, bytes, length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		bytes += got;
		length -= (size_t)got;
	}
	return true;
}

static bool write_all(int file, const unsigned char *bytes, size_t length)
{
	while (length) {
		ssize_t put = write(file, bytes, length);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		bytes += put;
		length -= (size_t)put;
	}
	return true;
}

/* Files are replaced, never changed: the size stays what it was. */
static unsigned char *read_file(int file, size_t limit, size_t *ret_length)
{
	struct stat status;
	unsigned char *bytes;

	if (fstat(file, &status) != 0 || !is_ours(&status) ||
	    status.st_size <= 0 || (uint64_t)status.st_size > limit)
		return NULL;
	bytes = malloc((size_t)status.st_size);
	if (bytes && !read_all(file, bytes, (size_t)status.st_size)) {
		free(bytes);
		return NULL;
	}
	*ret_length = (size_t)status.st_size;
	return bytes;
}

bool cache_folder_read(int folder, const char *name, size_t limit,
		       unsigned char **ret, size_t *ret_length)
{
	/* A FIFO would make us wait. */
	int file = openat(folder, name,
			  O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	unsigned char *bytes;
	size_t length;

	if (file < 0)
		return false;
	bytes = read_file(file, limit, &length);
	close(file);
	if (!bytes)
		return false;
	*ret = bytes;
	*ret_length = length;
	return true;
}

static int create_temporary(int folder, const char *name,
			    char ret[NAME_CAPACITY])
{
	int file = -1, tries = 0, length;
	uint64_t number;

	do {
		if (getrandom(&number, sizeof(number), GRND_NONBLOCK) !=
		    sizeof(number))
			return -1;
		length = snprintf(ret, NAME_CAPACITY, "%s.%016" PRIx64, name,
				  number);
		if (length < 0 || length >= NAME_CAPACITY)
			return -1;
		file = openat(folder, ret,
			      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
				      O_CLOEXEC,
			      0600);
	} while (file < 0 && errno == EEXIST && ++tries < 8);
	return file;
}

bool cache_folder_write(int folder, const char *name,
			const unsigned char *bytes, size_t length)
{
	char temporary[NAME_CAPACITY];
	int file = create_temporary(folder, name, temporary);
	bool done;

	if (file < 0)
		return false;
	/* Not synced: a file that a crash has damaged is as good as none. */
	done = write_all(file, bytes, length);
	done = close(file) == 0 && done &&
	       renameat(folder, temporary, folder, name) == 0;
	if (!done)
		unlinkat(folder, temporary, 0);
	return done;
}

/* ---- bounds ---- */

struct folder_file {
	struct timespec changed;
	uint64_t size;
	char name[NAME_CAPACITY];
};

struct listing {
	struct folder_file *files; /* LISTED_MAX of them */
	size_t count;
	uint64_t bytes;
};

static size_t hex_digits(const char *text)
{
	return strspn(text, "0123456789abcdef");
}

static bool is_cache_name(const char *name)
{
	size_t digits = hex_digits(name);

	return digits && digits % 2 == 0 && !name[digits];
}

static bool is_temporary_name(const char *name)
{
	size_t digits = hex_digits(name);

	return digits && name[digits] == '.' &&
	       hex_digits(name + digits + 1) == TEMPORARY_DIGITS &&
	       !name[digits + 1 + TEMPORARY_DIGITS];
}

/* What has another name, or is of somebody else, is left alone. */
static void look_at(int folder, const char *name, time_t now,
		    struct listing *listing)
{
	struct folder_file *file = &listing->files[listing->count];
	bool temporary = is_temporary_name(name);
	struct stat status;

	if ((!temporary && !is_cache_name(name)) ||
	    strlen(name) >= NAME_CAPACITY ||
	    fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !is_ours(&status))
		return;
	if (temporary) {
		if (status.st_mtime < now - CACHE_LEFTOVER_S)
			unlinkat(folder, name, 0);
		return;
	}
	file->changed = status.st_mtim;
	file->size = (uint64_t)status.st_size;
	strcpy(file->name, name);
	listing->bytes += file->size;
	listing->count++;
}

static bool list_files(int folder, struct listing *listing)
{
	int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *stream = again < 0 ? NULL : fdopendir(again);
	const struct dirent *entry;
	time_t now = time(NULL);

	if (!stream) {
		if (again >= 0)
			close(again);
		return false;
	}
	while (listing->count < LISTED_MAX && (entry = readdir(stream)))
		look_at(folder, entry->d_name, now, listing);
	closedir(stream);
	return true;
}

static int compare_age(const void *left, const void *right)
{
	const struct folder_file *a = left, *b = right;

	if (a->changed.tv_sec != b->changed.tv_sec)
		return a->changed.tv_sec < b->changed.tv_sec ? -1 : 1;
	if (a->changed.tv_nsec != b->changed.tv_nsec)
		return a->changed.tv_nsec < b->changed.tv_nsec ? -1 : 1;
	return strcmp(a->name, b->name);
}

void cache_folder_prune(int folder, const char *name)
{
	struct listing listing = {0};
	size_t left;

	listing.files = malloc(LISTED_MAX * sizeof(*listing.files));
	if (!listing.files)
		return;
	if (list_files(folder, &listing) && listing.count)
		qsort(listing.files, listing.count, sizeof(*listing.files),
		      compare_age);
	left = listing.count;
	for (size_t i = 0; i < listing.count; i++) {
		const struct folder_file *file = &listing.files[i];

		if (left <= CACHE_FOLDER_FILES_MAX &&
		    listing.bytes <= CACHE_FOLDER_BYTES_MAX)
			break;
		if (strcmp(file->name, name) == 0 ||
		    unlinkat(folder, file->name, 0) != 0)
			continue;
		listing.bytes -= file->size;
		left--;
	}
	free(listing.files);
}
