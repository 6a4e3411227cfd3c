/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/folder_paths.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

const int folder_flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

int folder_open_parent(const struct store_io *io, int top, const char *path,
		       bool make, const char **ret_name)
{
	int fd = io->openat(top, ".", folder_flags);
	const char *slash;

	while (fd >= 0 && (slash = strchr(path, '/'))) {
		char name[NAME_MAX + 1];
		size_t length = (size_t)(slash - path);
		int inner = -1;

		if (length < sizeof(name)) {
			memcpy(name, path, length);
			name[length] = '\0';
			if (!make || io->mkdirat(fd, name, FOLDER_MODE) == 0 ||
			    errno == EEXIST)
				inner = io->openat(fd, name, folder_flags);
		} else {
			errno = ENAMETOOLONG;
		}
		folder_close(fd);
		fd = inner;
		path = slash + 1;
	}
	*ret_name = path;
	return fd;
}

void folder_close(int fd)
{
	int reason = errno;

	if (fd >= 0)
		close(fd);
	errno = reason;
}

bool folder_remove(const struct store_io *io, int top, const char *path)
{
	char outer[PATH_MAX];
	const char *name;
	int flags = 0;
	bool done;

	strcpy(outer, path);
	while (true) {
		int fd = folder_open_parent(io, top, outer, false, &name);

		done = fd >= 0 && io->unlinkat(fd, name, flags) == 0;
		folder_close(fd);
		if (!done || name == outer)
			break;
		outer[name - outer - 1] = '\0';
		flags = AT_REMOVEDIR;
	}
	/* That a folder holds something else is no failure. */
	return done || flags;
}
