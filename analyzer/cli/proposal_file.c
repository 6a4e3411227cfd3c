/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/proposal_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/quote.h"

enum {
	FILE_FLAGS = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
};

static bool refuse(const char *path, int reason, struct error *err)
{
	char quoted[QUOTE_PATH_CAPACITY];

	quote_path(path, quoted);
	if (reason == EEXIST)
		return error_set(err, ERROR_USAGE,
				 "'%s' is there already; suppressions are "
				 "written into a new file",
				 quoted);
	return error_set_io(err, reason, "cannot write '%s': %s", quoted,
			    strerror(reason));
}

bool proposal_file_is_new(const char *path, struct error *err)
{
	struct stat status;

	return lstat(path, &status) != 0 || refuse(path, EEXIST, err);
}

/* 0, or an errno. */
static int write_all(const struct gate_rules *proposal, FILE *file)
{
	int reason = 0;

	errno = 0;
	proposal_write(proposal, file);
	if (ferror(file) || fflush(file) != 0)
		reason = errno ? errno : EIO;
	if (fclose(file) != 0 && !reason)
		reason = errno;
	return reason;
}

bool proposal_file_write(const char *path, const struct gate_rules *proposal,
			 struct error *err)
{
	int fd = open(path, FILE_FLAGS, 0666), reason;
	FILE *file;

	if (fd < 0)
		return refuse(path, errno, err);
	file = fdopen(fd, "w");
	if (!file) {
		reason = errno;
		close(fd);
	} else {
		reason = write_all(proposal, file);
	}
	if (!reason)
		return true;
	unlink(path);
	return refuse(path, reason, err);
}
