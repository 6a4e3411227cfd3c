/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create, file seals */
#include "symbolize/object_unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#ifdef HAVE_ARCHIVE
#include <archive.h>
#endif

/* Since Linux 6.3, which complains where a program does not say. */
#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 8u
#endif

enum { PIECE_CAPACITY = 256 << 10 };

#define UNPACKED_MAX (UINT64_C(4) << 30)

/* Debug information packs to a fourth, seldom to a tenth; zeros to a
 * thousandth. Of small files everything is fine. */
#define RATIO_MAX  100
#define RATIO_FREE (UINT64_C(16) << 20)

struct unpacked {
	uint64_t size;
	uint64_t limit; /* of size */
	int fd;
};

enum packing packing_of(const unsigned char *head, size_t length)
{
	static const struct {
		enum packing packing;
		size_t length;
		unsigned char bytes[PACKING_MAGIC_MAX];
	} magics[] = {
		{PACKING_GZIP, 3, {0x1f, 0x8b, 0x08}},
		{PACKING_XZ, 6, {0xfd, '7', 'z', 'X', 'Z', 0}},
		{PACKING_ZSTD, 4, {0x28, 0xb5, 0x2f, 0xfd}},
	};

	for (size_t i = 0; i < sizeof(magics) / sizeof(*magics); i++)
		if (length >= magics[i].length &&
		    memcmp(head, magics[i].bytes, magics[i].length) == 0)
			return magics[i].packing;
	return PACKING_NONE;
}

static bool add_piece(struct unpacked *file, const char *piece, size_t length,
		      struct reason *why)
{
	if (length > file->limit - file->size)
		return reason_set(why,
				  file->limit == UNPACKED_MAX
					  ? "unpacks to more than 4 GiB"
					  : "unpacks to more than a hundred "
					    "times its size");
	while (length) {
		ssize_t done = write(file->fd, piece, length);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return reason_set(why, "cannot be unpacked: %s",
					  strerror(errno));
		piece += done;
		length -= (size_t)done;
		file->size += (uint64_t)done;
	}
	return true;
}

static bool copy_gzip(gzFile packed, char *piece, struct unpacked *file,
		      struct reason *why)
{
	int got, error;

	while ((got = gzread(packed, piece, PIECE_CAPACITY)) > 0)
		if (!add_piece(file, piece, (size_t)got, why))
			return false;
	gzerror(packed, &error);
	if (got == 0 && error == Z_OK)
		return true;
	/* It was cut, and zlib gave what there is. */
	if (error == Z_BUF_ERROR)
		return reason_set(why,
				  "is cut short: its gzip data ends early");
	return reason_set(why, "is damaged: its gzip data cannot be read");
}

static bool unpack_gzip(int fd, char *piece, struct unpacked *file,
			struct reason *why)
{
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	gzFile packed = own < 0 ? NULL : gzdopen(own, "rb");
	bool done;

	if (!packed) {
		if (own >= 0)
			close(own);
		return reason_set(why, "cannot be unpacked: out of memory");
	}
	gzbuffer(packed, PIECE_CAPACITY);
	done = copy_gzip(packed, piece, file, why);
	gzclose(packed);
	return done;
}

#ifdef HAVE_ARCHIVE

/* Only this one: a file packed twice over is none that a debugger takes. */
static bool choose_filter(struct archive *packed, enum packing packing,
			  struct reason *why)
{
	/* Without its library libarchive would start a program. */
	if (packing == PACKING_XZ) {
		if (!archive_liblzma_version())
			return reason_set(why, "is compressed with xz, which "
					       "this libarchive cannot read");
		archive_read_support_filter_xz(packed);
	} else {
		if (!archive_libzstd_version())
			return reason_set(why, "is compressed with zstd, which "
					       "this libarchive cannot read");
		archive_read_support_filter_zstd(packed);
	}
	archive_read_support_format_raw(packed);
	return true;
}

static bool copy_archive(struct archive *packed, int fd, char *piece,
			 struct unpacked *file, struct reason *why)
{
	struct archive_entry *entry;
	la_ssize_t got = -1;
	const char *text;

	if (archive_read_open_fd(packed, fd, PIECE_CAPACITY) == ARCHIVE_OK &&
	    archive_read_next_header(packed, &entry) == ARCHIVE_OK)
		while ((got = archive_read_data(packed, piece,
						PIECE_CAPACITY)) > 0)
			if (!add_piece(file, piece, (size_t)got, why))
				return false;
	if (got == 0)
		return true;
	text = archive_error_string(packed);
	return reason_set(why, "is damaged or cut short: %s",
			  text ? text : "it cannot be unpacked");
}

static bool unpack_archive(int fd, enum packing packing, char *piece,
			   struct unpacked *file, struct reason *why)
{
	struct archive *packed = archive_read_new();
	bool done;

	if (!packed)
		return reason_set(why, "cannot be unpacked: out of memory");
	done = choose_filter(packed, packing, why) &&
	       copy_archive(packed, fd, piece, file, why);
	archive_read_free(packed);
	return done;
}

#else

static bool unpack_archive(int fd, enum packing packing, char *piece,
			   struct unpacked *file, struct reason *why)
{
	(void)fd;
	(void)piece;
	(void)file;
	return reason_set(
		why,
		"is compressed with %s, and this program was built "
		"without libarchive (libarchive-dev); unpack it first",
		packing == PACKING_XZ ? "xz" : "zstd");
}

#endif

static int open_memory(void)
{
	const char *name = "pageowl-object";
	int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING |
					    MFD_NOEXEC_SEAL);

	if (fd < 0 && errno == EINVAL)
		fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
	return fd;
}

static uint64_t limit_of(uint64_t size)
{
	if (size >= UNPACKED_MAX / RATIO_MAX)
		return UNPACKED_MAX;
	return size * RATIO_MAX > RATIO_FREE ? size * RATIO_MAX : RATIO_FREE;
}

static bool unpack_into(struct unpacked *file, int fd, enum packing packing,
			struct reason *why)
{
	char *piece = malloc(PIECE_CAPACITY);
	bool done;

	if (!piece || lseek(fd, 0, SEEK_SET) != 0) {
		free(piece);
		return reason_set(why, "cannot be unpacked: %s",
				  strerror(errno));
	}
	done = packing == PACKING_GZIP
		       ? unpack_gzip(fd, piece, file, why)
		       : unpack_archive(fd, packing, piece, file, why);
	free(piece);
	return done;
}

bool object_unpack(int fd, uint64_t size, enum packing packing, int *ret_fd,
		   uint64_t *ret_size, struct reason *why)
{
	struct unpacked file = {.fd = open_memory(), .limit = limit_of(size)};

	if (file.fd < 0)
		return reason_set(why, "cannot be unpacked: %s",
				  strerror(errno));
	if (!unpack_into(&file, fd, packing, why)) {
		close(file.fd);
		return false;
	}
	/* Who reads it later relies on its size. */
	fcntl(file.fd, F_ADD_SEALS,
	      F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
	*ret_fd = file.fd;
	*ret_size = file.size;
	return true;
}
