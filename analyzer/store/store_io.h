/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a store asks of the kernel, each call as libc has it, so that a test
 * can let the n-th one fail, or die in its place.
 */
#ifndef PAGEOWL_STORE_STORE_IO_H
#define PAGEOWL_STORE_STORE_IO_H

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <sys/uio.h>

struct store_io {
	int (*mkdirat)(int fd, const char *path, mode_t mode);
	int (*openat)(int fd, const char *path, int flags, ...);
	int (*close)(int fd);
	ssize_t (*pwritev)(int fd, const struct iovec *parts, int count,
			   off_t at);
	int (*ftruncate)(int fd, off_t length);
	int (*symlinkat)(const char *target, int fd, const char *path);
	int (*renameat)(int old_fd, const char *old_path, int fd,
			const char *path);
	int (*unlinkat)(int fd, const char *path, int flags);
	int (*fsync)(int fd);
	int (*syncfs)(int fd);
	int (*sync_file_range)(int fd, off_t at, off_t length, unsigned flags);
	/* Returns an errno, as posix_fadvise() does. */
	int (*fadvise)(int fd, off_t at, off_t length, int advice);
	int (*fstatvfs)(int fd, struct statvfs *ret);
};

extern const struct store_io store_io_kernel;

#endif
