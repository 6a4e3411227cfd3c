/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* syncfs, pwritev */
#include "tests/support/store_trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

enum { PAGE = 4096 };

struct store_trouble store_trouble;

/* Count a call; false: it fails. */
static bool count(void)
{
	struct store_trouble *trouble = &store_trouble;

	trouble->calls++;
	if (!trouble->at || trouble->calls < trouble->at)
		return true;
	if (!trouble->reason)
		raise(SIGKILL);
	errno = trouble->reason;
	return false;
}

static int make_folder(int fd, const char *path, mode_t mode)
{
	return count() ? mkdirat(fd, path, mode) : -1;
}

static int open_at(int fd, const char *path, int flags, ...)
{
	va_list arguments;
	int mode;

	va_start(arguments, flags);
	mode = flags & O_CREAT ? va_arg(arguments, int) : 0;
	va_end(arguments);
	if ((flags & O_CREAT) && !count())
		return -1;
	return openat(fd, path, flags, mode);
}

/* Write no more than length bytes of the parts. */
static ssize_t write_some(int fd, const struct iovec *parts, off_t at,
			  size_t length)
{
	size_t done = 0;

	for (; done < length; parts++) {
		size_t part = parts->iov_len;

		if (part > length - done)
			part = length - done;
		if (pwrite(fd, parts->iov_base, part, at + (off_t)done) !=
		    (ssize_t)part)
			return -1;
		done += part;
	}
	return (ssize_t)done;
}

/* How much of it comes before the page that its middle is in, or the next. */
static size_t pages_before(off_t at, size_t length)
{
	off_t cut = (at + (off_t)(length / 2)) / PAGE * PAGE;

	if (cut <= at)
		cut += PAGE;
	return cut < at + (off_t)length ? (size_t)(cut - at) : 0;
}

/* What is in trouble writes something before: whole pages, as the kernel. */
static ssize_t write_at(int fd, const struct iovec *parts, int number, off_t at)
{
	size_t length = 0, some;
	int i;

	for (i = 0; i < number; i++)
		length += parts[i].iov_len;
	some = pages_before(at, length);
	if (store_trouble.calls + 1 == store_trouble.at && some) {
		if (write_some(fd, parts, at, some) != (ssize_t)some)
			return -1;
		if (store_trouble.reason)
			store_trouble.calls++;
		else
			count();
		return (ssize_t)some;
	}
	return count() ? pwritev(fd, parts, number, at) : -1;
}

/* Frees room: a full disk does not hinder it. */
static int truncate_file(int fd, off_t length)
{
	if (!count() && store_trouble.reason != ENOSPC)
		return -1;
	return ftruncate(fd, length);
}

static int make_link(const char *target, int fd, const char *path)
{
	return count() ? symlinkat(target, fd, path) : -1;
}

static int rename_at(int old_fd, const char *old_path, int fd, const char *path)
{
	return count() ? renameat(old_fd, old_path, fd, path) : -1;
}

static int unlink_at(int fd, const char *path, int flags)
{
	if (!count() && store_trouble.reason != ENOSPC)
		return -1;
	return unlinkat(fd, path, flags);
}

/* The disk's own time is none of ours. */
static int sync_file(int fd)
{
	(void)fd;
	return count() ? 0 : -1;
}

static int write_range(int fd, off_t at, off_t length, unsigned flags)
{
	(void)fd;
	(void)at;
	(void)length;
	(void)flags;
	store_trouble.behind++;
	return 0;
}

static int advise(int fd, off_t at, off_t length, int advice)
{
	(void)fd;
	(void)advice;
	if ((uint64_t)at == store_trouble.dropped)
		store_trouble.dropped += (uint64_t)length;
	return 0;
}

static int tell_room(int fd, struct statvfs *ret)
{
	if (fstatvfs(fd, ret) != 0)
		return -1;
	if (!store_trouble.free)
		return 0;
	ret->f_blocks = ret->f_bfree = store_trouble.free;
	ret->f_bavail = store_trouble.free;
	ret->f_frsize = 1;
	return 0;
}

const struct store_io store_io_troubled = {
	.mkdirat = make_folder,
	.openat = open_at,
	.close = close,
	.pwritev = write_at,
	.ftruncate = truncate_file,
	.symlinkat = make_link,
	.renameat = rename_at,
	.unlinkat = unlink_at,
	.fsync = sync_file,
	.syncfs = sync_file,
	.sync_file_range = write_range,
	.fadvise = advise,
	.fstatvfs = tell_room,
};
