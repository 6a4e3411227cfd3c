/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_PATH */
#include "live/live_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "formats/member_path.h"
#include "input/source.h"

enum { CHUNK = 16384 };

bool live_file_path(const char *root, const char *path, char *ret,
		    size_t capacity)
{
	int length = snprintf(ret, capacity, "%s/%s", root, path);

	return length >= 0 && (size_t)length < capacity;
}

/* Open one part below a folder that is closed; no link is followed. */
static int open_part(int folder, struct span part, int flags)
{
	char name[NAME_MAX + 1];
	int fd = -ENAMETOOLONG;

	if (part.length < sizeof(name)) {
		memcpy(name, part.at, part.length);
		name[part.length] = '\0';
		fd = openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC);
		if (fd < 0)
			fd = -errno;
	}
	close(folder);
	return fd;
}

static int open_below(const char *root, const char *path, int flags)
{
	struct span rest = span_of(path), part;
	int fd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	while (fd >= 0 && member_take_part(&rest, &part))
		fd = open_part(fd, part,
			       rest.length ? O_PATH | O_DIRECTORY : flags);
	return fd;
}

int live_file_open(const char *root, const char *path, int flags)
{
	char whole[LIVE_PATH_CAPACITY];
	int fd;

	if (root[0])
		return open_below(root, path, flags);
	if (!live_file_path(root, path, whole, sizeof(whole)))
		return -ENAMETOOLONG;
	fd = open(whole, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int live_file_look(const char *root, const char *path, struct stat *ret)
{
	int fd = live_file_open(root, path, O_PATH), error = 0;

	if (fd < 0)
		return -fd;
	if (fstat(fd, ret) != 0)
		error = errno;
	close(fd);
	return error;
}

bool live_file_is_text(const char *root, const char *path,
		       const struct stat *at)
{
	if (S_ISREG(at->st_mode))
		return true;
	return S_ISCHR(at->st_mode) && strcmp(path, "dev/kmsg") == 0 &&
	       (!root[0] || at->st_rdev == makedev(1, 11));
}

bool live_file_locate(const char *root, const char *path, char *ret,
		      size_t capacity)
{
	const char *const *suffix = member_packed_suffixes;
	char name[LIVE_PATH_CAPACITY];
	struct stat at;
	int length;

	for (; *suffix; suffix++) {
		length = snprintf(name, sizeof(name), "%s%s", path, *suffix);
		if (length < 0 || (size_t)length >= sizeof(name))
			return false;
		if (live_file_look(root, name, &at) == 0 &&
		    live_file_is_text(root, path, &at))
			return live_file_path(root, name, ret, capacity);
		/* The kernel compresses none. */
		if (!root[0])
			break;
	}
	return false;
}

/* NULL when it cannot be read, whatever the reason. */
static struct source *open_text(const char *root, const char *path)
{
	char whole[LIVE_PATH_CAPACITY];
	struct source *source;
	struct error ignored;
	size_t before = strlen(root) + 1;
	int fd;

	if (!live_file_locate(root, path, whole, sizeof(whole)))
		return NULL;
	fd = live_file_open(root, whole + before, O_RDONLY | O_NONBLOCK);
	if (fd < 0 || !source_create_fd(fd, whole, &source, &ignored))
		return NULL;
	return source;
}

enum answer live_file_has(const char *root, const char *path, struct span word)
{
	struct source *source = open_text(root, path);
	enum answer answer = ANSWER_UNKNOWN;
	char chunk[CHUNK];
	size_t kept = 0, length;
	struct error ignored;

	if (!source)
		return ANSWER_UNKNOWN;
	while (source_read(source, chunk + kept, sizeof(chunk) - kept, &length,
			   &ignored) &&
	       length > 0) {
		length += kept;
		answer = ANSWER_NO;
		if (span_find((struct span){chunk, length}, word)) {
			answer = ANSWER_YES;
			break;
		}
		/* The word may lie across the end of the chunk. */
		kept = length < word.length ? length : word.length - 1;
		memmove(chunk, chunk + length - kept, kept);
	}
	source_destroy(source);
	return answer;
}

struct span live_file_read(const char *root, const char *path, char *buffer,
			   size_t capacity)
{
	struct source *source = open_text(root, path);
	struct span text = {buffer, 0};
	struct error ignored;
	size_t length;

	if (!source)
		return text;
	while (text.length < capacity &&
	       source_read(source, buffer + text.length, capacity - text.length,
			   &length, &ignored) &&
	       length > 0)
		text.length += length;
	source_destroy(source);
	return text;
}

bool live_file_line(const char *root, const char *path, char *ret,
		    size_t capacity)
{
	char buffer[512];
	struct span text = live_file_read(root, path, buffer, sizeof(buffer));
	struct span line;

	if (!span_take_line(&text, &line))
		return false;
	line = span_trim_end(line);
	if (!line.length || line.length >= capacity)
		return false;
	memcpy(ret, line.at, line.length);
	ret[line.length] = '\0';
	return true;
}

bool live_file_number(const char *root, const char *path, uint64_t *ret)
{
	char buffer[512];
	struct span text = live_file_read(root, path, buffer, sizeof(buffer));

	span_take_blanks(&text);
	return span_take_u64(&text, ret);
}
