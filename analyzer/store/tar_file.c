/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/tar_file.h"

#include <assert.h>
#include <string.h>

/* The smallest of Linux; the kernel looks between two whether it is to kill. */
enum { PAGE = 4096 };

static const char zeros[TAR_END];

/*
 * Write to ret what these bytes are in the file, at most TAR_PIECE of them;
 * ret has room for TAR_OVERHEAD more. Returns the length.
 */
static size_t pack(struct tar_file *tar, struct span bytes, void *ret)
{
	assert(bytes.length <= TAR_PIECE);
	if (!bytes.length)
		return 0;
	if (tar->packer) {
		assert(gzip_member_bound(bytes.length) <=
		       bytes.length + TAR_OVERHEAD);
		return gzip_member_pack(tar->packer, bytes, ret);
	}
	memcpy(ret, bytes.at, bytes.length);
	return bytes.length;
}

struct span tar_file_front(struct tar_file *tar, const struct tar_entry *entry)
{
	char text[TAR_NAMES_MAX + TAR_BLOCK];
	size_t length = tar_names_write(entry, text);
	struct span front = {text, length + TAR_BLOCK};

	tar_header_write(entry, text + length);
	return (struct span){tar->front, pack(tar, front, tar->front)};
}

bool tar_file_entry(struct tar_file *tar, uint64_t at,
		    const struct tar_entry *entry, struct span data)
{
	struct span padding = {zeros, tar_padding(entry->size)};
	char back[TAR_BLOCK + TAR_OVERHEAD];
	struct span parts[] = {tar_file_front(tar, entry),
			       data,
			       {back, pack(tar, padding, back)}};

	return stored_file_write_parts(&tar->file, at, parts, 3);
}

static bool write_piece(struct tar_file *tar, uint64_t *at, struct span piece)
{
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
		bytes = span_skip(bytes, piece.length);
		piece.length = pack(tar, piece, tar->piece);
		piece.at = tar->piece;
		if (!write_piece(tar, at, piece))
			return false;
	}
	return true;
}

bool tar_file_zeros(struct tar_file *tar, uint64_t *at, size_t length)
{
	assert(length <= sizeof(zeros));
	return tar_file_write(tar, at, (struct span){zeros, length});
}

bool tar_file_store(struct tar_file *tar, uint64_t *at, struct span bytes)
{
	if (tar->packer) {
		size_t length = gzip_member_stored_length(bytes.length);

		assert(length <= sizeof(tar->piece));
		gzip_member_store(bytes, tar->piece);
		bytes = (struct span){tar->piece, length};
	}
	return write_piece(tar, at, bytes);
}

bool tar_file_align(struct tar_file *tar, uint64_t *at)
{
	size_t rest = PAGE - (size_t)(*at % PAGE);

	/* Those that are not packed never cross the end of one. */
	if (!tar->packer || rest >= gzip_member_stored_length(TAR_BLOCK))
		return true;
	if (rest < GZIP_FILL_MIN)
		rest = GZIP_FILL_MIN;
	gzip_member_fill(rest, tar->piece);
	return write_piece(tar, at, (struct span){tar->piece, rest});
}
