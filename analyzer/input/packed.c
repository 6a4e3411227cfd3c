/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/packed.h"

#include <stddef.h>

struct packed_kind {
	struct span magic;
	size_t offset;	     /* of the magic bytes */
	const char *is;	     /* "FILE is …" */
	const char *remedy;  /* "… it first" */
	const char *command; /* takes the path */
	bool to_stdout;	     /* the command prints, so that a pipe will do */
};

/* clang-format off */
static const struct packed_kind packed_kinds[] = {
	{{"\xfd" "7zXZ", 6}, 0, "compressed with xz", "decompress",
	 "xz -dc", true},
	{{"\x28\xb5\x2f\xfd", 4}, 0, "compressed with zstd", "decompress",
	 "zstd -dc", true},
	{{"\x04\x22\x4d\x18", 4}, 0, "compressed with lz4", "decompress",
	 "lz4 -dc", true},
	{{"BZh", 3}, 0, "compressed with bzip2", "decompress",
	 "bzip2 -dc", true},
	{{"LZIP", 4}, 0, "compressed with lzip", "decompress",
	 "lzip -dc", true},
	{{"PK\x03\x04", 4}, 0, "a zip archive", "unpack", "unzip -p", true},
	{{"7z\xbc\xaf\x27\x1c", 6}, 0, "a 7z archive", "unpack",
	 "7z e -so", true},
	{{"ustar", 5}, 257, "a tar archive", "unpack", "tar -xf", false},
};
/* clang-format on */

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
	const size_t count = sizeof(packed_kinds) / sizeof(*packed_kinds);

	for (size_t i = 0; i < count; i++) {
		const struct packed_kind *kind = &packed_kinds[i];

		if (head.length < kind->offset ||
		    !span_starts_with(span_skip(head, kind->offset),
				      kind->magic))
			continue;
		return error_set(err, ERROR_FORMAT,
				 "%s is %s; %s it first: "
				 "%s %s%s",
				 name, kind->is, kind->remedy, kind->command,
				 is_plain(path) ? path : "FILE",
				 kind->to_stdout ? " | pageowl top -" : "");
	}
	return true;
}
