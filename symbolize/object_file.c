/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/object_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "symbolize/elf_headers.h"
#include "symbolize/object_unpack.h"

enum { HEAD_CAPACITY = 1024 };

/* Whether bytes, without a zero behind, are at a place in the head. */
static bool has_at(const unsigned char *head, size_t length, size_t at,
		   const char *bytes)
{
	return at + strlen(bytes) <= length &&
	       memcmp(head + at, bytes, strlen(bytes)) == 0;
}

/* What a boot loader takes: of x86, of arm64 and RISC-V, of EFI. */
static bool is_boot_image(const unsigned char *head, size_t length)
{
	return has_at(head, length, 0x202, "HdrS") ||
	       has_at(head, length, 0x38, "ARMd") ||
	       has_at(head, length, 0x38, "RSC\x05") ||
	       (has_at(head, length, 0, "MZ") &&
		has_at(head, length, 4, "zimg"));
}

static size_t read_head(int fd, unsigned char *head)
{
	ssize_t got;

	do
		got = pread(fd, head, HEAD_CAPACITY, 0);
	while (got < 0 && errno == EINTR);
	return got > 0 ? (size_t)got : 0;
}

static int open_regular(const char *path, uint64_t *ret_size,
			struct reason *why)
{
	const char *told = reason_path(path);
	/* One that is a pipe must not make us wait. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat status;

	if (fd < 0) {
		reason_set(why, "cannot open '%s': %s", told, strerror(errno));
		return -1;
	}
	if (fstat(fd, &status) != 0)
		reason_set(why, "cannot open '%s': %s", told, strerror(errno));
	else if (S_ISDIR(status.st_mode))
		reason_set(why,
			   "'%s' is a directory, not an object file; "
			   "--debug-dir searches one",
			   told);
	else if (!S_ISREG(status.st_mode))
		reason_set(why, "'%s' is not a regular file", told);
	else if (status.st_size == 0)
		reason_set(why, "'%s' is empty", told);
	else {
		*ret_size = (uint64_t)status.st_size;
		return fd;
	}
	close(fd);
	return -1;
}

/* Put the unpacked file in the place of the packed one. */
static bool unpack(struct object_file *file, const char *told,
		   enum packing packing, struct reason *why)
{
	struct reason inner = {0};
	uint64_t size;
	int fd;

	if (!object_unpack(file->fd, file->size, packing, &fd, &size, &inner))
		return reason_set(why, "'%s' %s", told, inner.text);
	close(file->fd);
	file->fd = fd;
	file->size = size;
	return true;
}

static bool read_headers(struct object_file *file, const char *told,
			 struct reason *why)
{
	unsigned char head[HEAD_CAPACITY];
	struct elf_headers headers;
	struct reason inner = {0};
	enum packing packing = packing_of(head, read_head(file->fd, head));

	if (packing != PACKING_NONE && !unpack(file, told, packing, why))
		return false;
	if (elf_headers_read(file->fd, file->size, &headers, &inner)) {
		file->build_id = headers.build_id;
		file->has_debug_info = headers.has_debug_info;
		file->has_symbols = headers.has_symbols;
		file->is_relocatable = headers.is_relocatable;
		file->machine = headers.machine;
		file->release_text = headers.release_text;
		return true;
	}
	if (is_boot_image(head, read_head(file->fd, head)))
		return reason_set(
			why,
			"'%s' is the kernel as it is booted, without debug "
			"information; that is in the vmlinux it was made from, "
			"often /usr/lib/debug/boot/vmlinux-RELEASE or "
			"/usr/lib/debug/lib/modules/RELEASE/vmlinux",
			told);
	return reason_set(why, "'%s' %s", told, inner.text);
}

bool object_file_open(struct object_file *file, const char *path,
		      struct reason *why)
{
	struct object_file opened = {0};

	opened.fd = open_regular(path, &opened.size, why);
	if (opened.fd < 0)
		return false;
	if (!read_headers(&opened, reason_path(path), why)) {
		close(opened.fd);
		return false;
	}
	opened.path = strdup(path);
	if (!opened.path) {
		close(opened.fd);
		return reason_set(why, "out of memory");
	}
	*file = opened;
	return true;
}

void object_file_close(struct object_file *file)
{
	/* A zeroed struct has no descriptor, and not that of stdin. */
	if (file->path && file->fd >= 0)
		close(file->fd);
	free(file->path);
	*file = (struct object_file){0};
}
