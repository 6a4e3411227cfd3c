/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/packed.h"

#include <stddef.h>

struct packed_kind {
	struct span magic;
	enum packed_stream stream; /* PACKED_NONE: an archive */
	const char *is;		   /* "FILE is …" */
	const char *remedy;	   /* "… it first" */
	const char *command;	   /* takes the path, and prints */
};

/* clang-format off */
static const struct packed_kind packed_kinds[] = {
	{{"\xfd" "7zXZ", 6}, PACKED_XZ, "compressed with xz",
	 "decompress", "xz -dc"},
	/* Its properties lc=3 lp=0 pb=2, a dictionary of 2^n or 3*2^n. */
	{{"\x5d\0\0", 3}, PACKED_LZMA, "compressed with lzma",
	 "decompress", "xz -dc"},
	{{"LZIP", 4}, PACKED_LZIP, "compressed with lzip",
	 "decompress", "lzip -dc"},
	{{"\x28\xb5\x2f\xfd", 4}, PACKED_ZSTD, "compressed with zstd",
	 "decompress", "zstd -dc"},
	{{"\x04\x22\x4d\x18", 4}, PACKED_LZ4, "compressed with lz4",
	 "decompress", "lz4 -dc"},
	/* The legacy frame, which is what the kernel has. */
	{{"\x02\x21\x4c\x18", 4}, PACKED_LZ4, "compressed with lz4",
	 "decompress", "lz4 -dc"},
	{{"BZh", 3}, PACKED_BZIP2, "compressed with bzip2",
	 "decompress", "bzip2 -dc"},
	{{"\x1f\x9d", 2}, PACKED_COMPRESS, "compressed with compress",
	 "decompress", "gzip -dc"},
	{{"PK\x03\x04", 4}, PACKED_NONE, "a zip archive",
	 "unpack", "unzip -p"},
	{{"7z\xbc\xaf\x27\x1c", 6}, PACKED_NONE, "a 7z archive",
	 "unpack", "7z e -so"},
	{{"Rar!\x1a\x07", 6}, PACKED_NONE, "a rar archive",
	 "unpack", "unrar p -inul"},
};
/* clang-format on */

static const struct packed_kind *kind_of(struct span head)
{
	const size_t count = sizeof(packed_kinds) / sizeof(*packed_kinds);

	for (size_t i = 0; i < count; i++)
		if (span_starts_with(head, packed_kinds[i].magic))
			return &packed_kinds[i];
	return NULL;
}

enum packed_stream packed_stream(struct span head)
{
	const struct packed_kind *kind = kind_of(head);

	return kind ? kind->stream : PACKED_NONE;
}

enum {
	TAR_HEADER = 512,
	TAR_CHECKSUM = 148, /* where it is, with leading spaces and zeros */
	TAR_CHECKSUM_SIZE = 8,
};

/* The number of the checksum field: octal digits. */
static bool tar_checksum(const char *header, int64_t *ret)
{
	const char *at = header + TAR_CHECKSUM, *end = at + TAR_CHECKSUM_SIZE;
	int64_t value = 0;

	while (at < end && *at == ' ')
		at++;
	if (at == end || *at < '0' || *at > '7')
		return false;
	for (; at < end && *at >= '0' && *at <= '7'; at++)
		value = value * 8 + (*at - '0');
	if (at < end && *at != ' ' && *at != '\0')
		return false;
	*ret = value;
	return true;
}

bool packed_is_tar(struct span head)
{
	int64_t told, plain = 0, with_signs = 0;

	/* A member has a name. */
	if (head.length < TAR_HEADER || !head.at[0] ||
	    !tar_checksum(head.at, &told))
		return false;
	for (size_t i = 0; i < TAR_HEADER; i++) {
		bool own = i >= TAR_CHECKSUM &&
			   i < TAR_CHECKSUM + TAR_CHECKSUM_SIZE;
		char byte = own ? ' ' : head.at[i];

		plain += (unsigned char)byte;
		/* What some old systems took for the sum. */
		with_signs += (signed char)byte;
	}
	return told == plain || told == with_signs;
}

/* Whether a shell takes path as it stands, and no command as an option. */
static bool is_plain(const char *path)
{
	size_t length = strlen(path);

	return length > 0 && length <= 128 && path[0] != '-' &&
	       strspn(path, "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789._/+,:@%-") == length;
}

bool packed_refuse(struct span head, const char *path, const char *name,
		   struct error *err)
{
	const struct packed_kind *kind = kind_of(head);

	if (!kind)
		return true;
	return error_set(err, ERROR_FORMAT,
			 "%s is %s; %s it first: %s %s | pageowl top -", name,
			 kind->is, kind->remedy, kind->command,
			 is_plain(path) ? path : "FILE");
}

bool packed_refuse_tar(const char *path, const char *name, struct error *err)
{
	return error_set(err, ERROR_FORMAT,
			 "%s is a tar archive; unpack it first: tar -xf %s",
			 name, is_plain(path) ? path : "FILE");
}
