/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* sync_file_range, syncfs, pwritev */
#include "store/stored_file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { WRITE_BEHIND = 4 << 20 };

const struct store_io store_io_kernel = {
	.mkdirat = mkdirat,
	.openat = openat,
	.close = close,
	.pwritev = pwritev,
	.ftruncate = ftruncate,
	.symlinkat = symlinkat,
	.renameat = renameat,
	.unlinkat = unlinkat,
	.fsync = fsync,
	.syncfs = syncfs,
	.sync_file_range = sync_file_range,
	.fadvise = posix_fadvise,
	.fstatvfs = fstatvfs,
};

/* Leave out the first bytes of the parts, and parts that are empty. */
static void skip(struct iovec **parts, unsigned *count, size_t bytes)
{
	while (*count && bytes >= (*parts)->iov_len) {
		bytes -= (*parts)->iov_len;
		(*parts)++;
		(*count)--;
	}
	if (*count) {
		(*parts)->iov_base = (char *)(*parts)->iov_base + bytes;
		(*parts)->iov_len -= bytes;
	}
}

bool stored_file_write_parts(struct stored_file *file, uint64_t at,
			     const struct span *parts, unsigned count)
{
	struct iovec vectors[STORED_PARTS], *rest = vectors;
	unsigned i;

	assert(count <= STORED_PARTS);
	for (i = 0; i < count; i++)
		vectors[i] =
			(struct iovec){(void *)parts[i].at, parts[i].length};
	skip(&rest, &count, 0);
	while (count) {
		ssize_t done = file->io->pwritev(file->fd, rest, (int)count,
						 (off_t)at);

		if (done < 0 && errno == EINTR)
			continue;
		if (done == 0)
			errno = EIO;
		if (done <= 0)
			return false;
		skip(&rest, &count, (size_t)done);
		at += (uint64_t)done;
		if (file->length < at)
			file->length = at;
	}
	return true;
}

bool stored_file_write(struct stored_file *file, uint64_t at, struct span bytes)
{
	return stored_file_write_parts(file, at, &bytes, 1);
}

bool stored_file_cut(struct stored_file *file, uint64_t length)
{
	if (file->length <= length)
		return true;
	if (file->io->ftruncate(file->fd, (off_t)length) != 0)
		return false;
	file->length = length;
	if (file->started > length)
		file->started = length;
	if (file->dropped > length)
		file->dropped = length;
	return true;
}

/*
 * Waiting tells of an error once, and fsync() not again. That a file system
 * knows nothing of this is no error.
 */
static void note_lost(struct stored_file *file)
{
	if (errno == EIO || errno == ENOSPC || errno == EDQUOT)
		file->lost = errno;
}

void stored_file_write_behind(struct stored_file *file)
{
	const struct store_io *io = file->io;
	off_t begin = (off_t)file->started;

	if (file->length - file->started < WRITE_BEHIND)
		return;
	if (io->sync_file_range(file->fd, begin, (off_t)file->length - begin,
				SYNC_FILE_RANGE_WRITE) != 0)
		note_lost(file);
	/* That was begun a while ago: there is hardly anything to wait for. */
	if (file->started > file->dropped) {
		off_t before = (off_t)file->dropped;

		if (io->sync_file_range(file->fd, before, begin - before,
					SYNC_FILE_RANGE_WAIT_BEFORE |
						SYNC_FILE_RANGE_WRITE |
						SYNC_FILE_RANGE_WAIT_AFTER) !=
		    0)
			note_lost(file);
		io->fadvise(file->fd, before, begin - before,
			    POSIX_FADV_DONTNEED);
	}
	file->dropped = file->started;
	file->started = file->length;
}

/* What was lost is told once. */
static bool tell_lost(struct stored_file *file)
{
	if (!file->lost)
		return true;
	errno = file->lost;
	file->lost = 0;
	return false;
}

bool stored_file_sync(struct stored_file *file)
{
	if (file->io->fsync(file->fd) != 0)
		return false;
	file->io->fadvise(file->fd, 0, 0, POSIX_FADV_DONTNEED);
	file->started = file->dropped = file->length;
	return tell_lost(file);
}

bool stored_file_close(struct stored_file *file)
{
	int fd = file->fd;

	file->fd = -1;
	/* Of EINTR it is not known whether it was closed: on Linux it was. */
	if (fd >= 0 && file->io->close(fd) != 0 && errno != EINTR)
		return false;
	return tell_lost(file);
}
