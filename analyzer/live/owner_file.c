/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_NOATIME */
#include "live/owner_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "live/reader_share.h"

/* While the kernel refuses the first record, its page is looked for here. */
enum { PROBE_PAGES = 4096 };

/* "0x7b" since 6.5, "123" before. */
static bool take_pfn(struct span *line, uint64_t *ret)
{
	return span_take_hex(line, ret) || span_take_u64(line, ret);
}

/* "type Unmovable Block 1 …", or "Block 1 type 0 … Flags …" up to 4.5 */
static bool is_pfn_line(struct span line)
{
	const char *blank;

	if (span_take(&line, SPAN(" Block ")))
		return span_find(line, SPAN(" Flags "));
	if (!span_take(&line, SPAN(" type ")))
		return false;
	blank = memchr(line.at, ' ', line.length);
	return blank && span_starts_with(span_between(blank, span_end(line)),
					 SPAN(" Block "));
}

/*
 * The name of a task, in the first line, may hold newlines and forge
 * "PFN 1 Block " or "PFN 1 type x", but its 15 bytes have no room for more.
 */
bool owner_record_pfn(struct span record, uint64_t *ret)
{
	struct span line;
	uint64_t pfn;

	while (span_take_line(&record, &line))
		if (span_take(&line, SPAN("PFN ")) && take_pfn(&line, &pfn) &&
		    is_pfn_line(line)) {
			*ret = pfn;
			return true;
		}
	return false;
}

static ssize_t read_at(const struct owner_file *file, uint64_t offset,
		       char *buffer)
{
	const struct owner_io *io = file->io;
	ssize_t got;

	do
		got = io->read_at(io->context, file->fd, buffer, RECORD_ROOM,
				  offset);
	while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

static ssize_t read_next(const struct owner_file *file, char *buffer)
{
	const struct owner_io *io = file->io;
	ssize_t got;

	do
		got = io->read(io->context, file->fd, buffer, RECORD_ROOM);
	while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

/*
 * The very first record is one that the kernel refuses, so that no position
 * can be had: what is left is to see whether offsets are page frame numbers.
 */
static int probe_offsets(struct owner_file *file, char *buffer)
{
	ssize_t got = -ENOMEM;
	uint64_t pfn, again;

	for (uint64_t at = 1; got == -ENOMEM && at < PROBE_PAGES; at++)
		got = read_at(file, at, buffer);
	if (got <= 0 ||
	    !owner_record_pfn((struct span){buffer, (size_t)got}, &pfn))
		return ESPIPE;
	got = read_at(file, pfn, buffer);
	if (got <= 0 ||
	    !owner_record_pfn((struct span){buffer, (size_t)got}, &again))
		return ESPIPE;
	file->delta = 0;
	return again == pfn ? 0 : ESPIPE;
}

/*
 * The position behind a record is that of the next page: its page frame
 * number since 6.1, and before, what it is above min_low_pfn.
 */
static int find_delta(struct owner_file *file, char *buffer)
{
	ssize_t got = read_next(file, buffer);
	int64_t position;
	uint64_t pfn;

	file->delta = 0;
	if (got == -ENOMEM)
		return probe_offsets(file, buffer);
	if (got <= 0)
		return (int)-got;
	position = file->io->tell(file->io->context, file->fd);
	if (position <= 0 ||
	    !owner_record_pfn((struct span){buffer, (size_t)got}, &pfn) ||
	    (uint64_t)position > pfn + 1)
		return ESPIPE;
	file->delta = pfn + 1 - (uint64_t)position;
	return 0;
}

int owner_file_open(struct owner_file *file, const struct owner_io *io,
		    const char *path, char *buffer)
{
	int error;

	file->io = io;
	file->fd = io->open(io->context, path);
	if (file->fd < 0)
		return errno;
	error = find_delta(file, buffer);
	if (error)
		owner_file_close(file);
	return error;
}

void owner_file_close(struct owner_file *file)
{
	if (file->fd >= 0)
		file->io->close(file->io->context, file->fd);
	file->fd = -1;
}

ssize_t owner_file_read(const struct owner_file *file, uint64_t *pfn,
			char *buffer)
{
	uint64_t offset = *pfn > file->delta ? *pfn - file->delta : 0;
	ssize_t got = read_at(file, offset, buffer);
	uint64_t found;

	if (got <= 0)
		return got;
	if (!owner_record_pfn((struct span){buffer, (size_t)got}, &found) ||
	    found < *pfn)
		return -ESPIPE;
	*pfn = found;
	return got;
}

static int kernel_open(void *context, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat stat;
	int error = 0;

	(void)context;
	if (fd < 0)
		return -1;
	if (fstat(fd, &stat) != 0)
		error = errno;
	else if (!S_ISREG(stat.st_mode))
		error = EINVAL;
	else if (stat.st_size != 0)
		error = ESPIPE; /* a copy, whose offsets count bytes */
	if (!error)
		return fd;
	close(fd);
	errno = error;
	return -1;
}

static ssize_t kernel_read_at(void *context, int fd, void *buffer,
			      size_t length, uint64_t offset)
{
	(void)context;
	return pread(fd, buffer, length, (off_t)offset);
}

static ssize_t kernel_read(void *context, int fd, void *buffer, size_t length)
{
	(void)context;
	return read(fd, buffer, length);
}

/* lseek() does not work before 6.1; "pos:\t123\n" is the first line. */
static int64_t kernel_tell(void *context, int fd)
{
	char path[64], text[256];
	struct span span = {text, 0};
	uint64_t position;
	ssize_t got;
	int info;

	(void)context;
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	info = open(path, O_RDONLY | O_CLOEXEC);
	if (info < 0)
		return -1;
	got = read(info, text, sizeof(text));
	close(info);
	span.length = got > 0 ? (size_t)got : 0;
	if (!span_take(&span, SPAN("pos:")) || !span_take_blanks(&span) ||
	    !span_take_u64(&span, &position))
		return -1;
	return (int64_t)position;
}

static void kernel_close(void *context, int fd)
{
	(void)context;
	close(fd);
}

const struct owner_io owner_io_kernel = {
	.open = kernel_open,
	.read_at = kernel_read_at,
	.read = kernel_read,
	.tell = kernel_tell,
	.close = kernel_close,
};
