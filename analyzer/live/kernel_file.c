/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_NOATIME */
#include "live/kernel_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/source.h"
#include "live/live_file.h"
#include "live/reader_share.h"

/* What a copy may be compressed by; input/source.h knows it by its bytes. */
static const char *const suffixes[] = {
	".gz", ".xz", ".zst", ".bz2", ".lz4",
};

/* Records that cannot be printed come in rows, but a row has an end. */
enum { REFUSED_IN_A_ROW = 1 << 16 };

static int open_at(const char *path, size_t root, int flags)
{
	char top[PATH_MAX];
	int fd;

	if (!root) {
		fd = open(path, flags | O_CLOEXEC);
		return fd < 0 ? -errno : fd;
	}
	if (root >= sizeof(top))
		return -ENAMETOOLONG;
	memcpy(top, path, root);
	top[root] = '\0';
	return live_file_open(top, path + root + 1, flags);
}

/*
 * Nothing may be waited for that is no file: O_NONBLOCK is for pipes. No file
 * that we know of is a link; one might lead out of the root. Returns an errno,
 * negative.
 */
static int open_quietly(const char *path, size_t root)
{
	int flags = O_RDONLY | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW;
	int fd = open_at(path, root, flags | O_NOATIME);

	/* Only the owner of a file may ask for that. */
	return fd == -EPERM ? open_at(path, root, flags) : fd;
}

static int refuse_type(char *note, size_t note_size)
{
	snprintf(note, note_size, "is not a regular file");
	return EINVAL;
}

static int check_type(int fd, bool log, char *note, size_t note_size)
{
	struct stat stat;

	if (fstat(fd, &stat) != 0)
		return errno;
	if (S_ISREG(stat.st_mode) || (log && S_ISCHR(stat.st_mode)))
		return 0;
	return refuse_type(note, note_size);
}

/* Open the compressed copy; ENOENT where there is none. */
static int open_packed(struct kernel_file *file, const char *path, size_t root,
		       char *note, size_t note_size)
{
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		char packed[PATH_MAX + 8];
		struct error err;
		int error, fd;

		snprintf(packed, sizeof(packed), "%s%s", path, suffixes[i]);
		fd = open_quietly(packed, root);
		if (fd < 0 && fd != -ENOENT && fd != -ELOOP)
			return -fd;
		if (fd < 0)
			continue;
		error = check_type(fd, false, note, note_size);
		if (error) {
			close(fd);
			return error;
		}
		if (source_create_fd(fd, packed, &file->source, &err))
			return 0;
		snprintf(note, note_size, "%.150s", err.text);
		return EIO;
	}
	return ENOENT;
}

int kernel_file_open(struct kernel_file *file, const char *path, size_t root,
		     bool log, char *note, size_t note_size)
{
	int error, reason;

	memset(file, 0, sizeof(*file));
	file->log = log;
	file->ask = FILE_ROOM;
	file->fd = open_quietly(path, root);
	reason = file->fd < 0 ? -file->fd : 0;
	if (!reason)
		error = check_type(file->fd, log, note, note_size);
	else if (reason == ENOENT || reason == ELOOP)
		error = open_packed(file, path, root, note, note_size);
	else if (reason == ENXIO)
		error = refuse_type(note, note_size);
	else
		error = reason;
	if (error == ENOENT && reason == ELOOP) {
		snprintf(note, note_size, "is a link, which is not followed");
		error = ELOOP;
	}
	if (error)
		kernel_file_close(file);
	else
		snprintf(file->path, sizeof(file->path), "%s", path);
	return error;
}

void kernel_file_close(struct kernel_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	file->fd = -1;
	source_destroy(file->source);
	file->source = NULL;
	file->path[0] = '\0';
}

static ssize_t read_packed(struct kernel_file *file, char *buffer, size_t room)
{
	struct error err;
	size_t length;

	if (!source_read(file->source, buffer, room, &length, &err))
		return -EIO;
	return (ssize_t)length;
}

/*
 * The kernel refused with ENOMEM: it had not as much memory as was asked for,
 * or a record is longer than what it prints into. Some kernels then have moved
 * on to the next record; of the others the position stays, and where it cannot
 * be set, there is no way past the record.
 */
static bool pass_refusal(struct kernel_file *file, off_t *at, uint64_t *tries)
{
	off_t position;

	if (file->ask > RECORD_ROOM) {
		file->ask = RECORD_ROOM;
		return true;
	}
	if (!*tries)
		file->lost++;
	if (++*tries > REFUSED_IN_A_ROW)
		return false;
	position = lseek(file->fd, 0, SEEK_CUR);
	if (position < 0)
		return *tries < 64;
	if (*tries > 1 && position == *at)
		position = lseek(file->fd, position + 1, SEEK_SET);
	*at = position;
	return position >= 0;
}

ssize_t kernel_file_read(struct kernel_file *file, char *buffer, size_t room,
			 atomic_uint_fast64_t *moves)
{
	uint64_t tries = 0;
	off_t at = -1;

	for (;;) {
		ssize_t got;

		atomic_fetch_add(moves, 1);
		if (file->source)
			return read_packed(file, buffer, room);
		got = read(file->fd, buffer,
			   room < file->ask ? room : file->ask);
		if (got >= 0)
			return got;
		if (errno == EINTR)
			continue;
		if (file->log && errno == EAGAIN)
			return 0;
		if (file->log && errno == EPIPE)
			file->overwritten++;
		else if (file->log && errno == EINVAL)
			file->lost++;
		else if (errno != ENOMEM || !pass_refusal(file, &at, &tries))
			return -errno;
	}
}

void kernel_file_note(const struct kernel_file *file, char *note,
		      size_t note_size)
{
	size_t length;

	if (file->source && source_loss(file->source)->text[0])
		snprintf(note, note_size, "%.150s",
			 source_loss(file->source)->text);
	length = strlen(note);
	if (file->lost)
		snprintf(note + length, note_size - length,
			 "%s%" PRIu64 " record%s could not be read",
			 length ? "; " : "", file->lost,
			 file->lost == 1 ? "" : "s");
	length = strlen(note);
	if (file->overwritten)
		snprintf(note + length, note_size - length,
			 "%sthe kernel overwrote part of the log while it was "
			 "read",
			 length ? "; " : "");
}
