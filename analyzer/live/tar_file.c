/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/tar_file.h"

#include <assert.h>

#include "live/gzip_member.h"

uint64_t tar_file_length(const struct tar_file *tar, size_t length)
{
	assert(length <= TAR_PIECE);
	if (!tar->packed || !length)
		return length;
	return gzip_member_stored_length(length);
}

/* Write at most TAR_PIECE bytes. */
static bool write_piece(struct tar_file *tar, uint64_t *at, struct span piece)
{
	if (tar->packed) {
		size_t length = gzip_member_stored_length(piece.length);

		assert(length <= sizeof(tar->stored));
		gzip_member_store(piece, tar->stored);
		piece = (struct span){tar->stored, length};
	}
	if (!stored_file_write(&tar->file, *at, piece))
		return false;
	*at += piece.length;
	return true;
}

bool tar_file_write(struct tar_file *tar, uint64_t *at, struct span bytes)
{
	while (bytes.length) {
		struct span piece = bytes;

		if (piece.length > TAR_PIECE)
			piece.length = TAR_PIECE;
		if (!write_piece(tar, at, piece))
			return false;
		bytes = span_skip(bytes, piece.length);
	}
	return true;
}

bool tar_file_zeros(struct tar_file *tar, uint64_t *at, size_t length)
{
	static const char zeros[TAR_END];

	assert(length <= sizeof(zeros));
	return tar_file_write(tar, at, (struct span){zeros, length});
}
