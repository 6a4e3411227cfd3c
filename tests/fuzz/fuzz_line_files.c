/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Line tables with their relocations, as any file may have them. The first
 * byte tells what kind of file, the next two how much of it is relocations.
 * What is mended once has nothing to mend, and what is read in pieces is what
 * is read whole.
 */
#include "symbolize/line_files.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Where the file has what follows the first bytes. */
enum { AT = 100000 };

static void read_in_pieces(const struct line_patches *patches,
			   unsigned char *bytes, size_t size, size_t piece)
{
	for (size_t at = 0; at < size; at += piece)
		line_patches_apply(patches, bytes + at,
				   piece < size - at ? piece : size - at,
				   AT + at);
}

static void check_patches(const struct line_patches *patches, size_t size)
{
	uint64_t end = AT;

	for (size_t i = 0; i < patches->count; i++) {
		const struct line_patch *patch = &patches->items[i];

		assert(patch->length > 0 && patch->length <= LINE_PATCH_MAX);
		assert(patch->at >= end);
		end = patch->at + patch->length;
	}
	assert(end <= AT + size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct line_patches patches = {0}, others = {0};
	struct line_tables tables = {0};
	unsigned char *whole, *pieces;
	size_t relocations, piece;

	if (size < 3)
		return 0;
	tables.wide = data[0] & 1;
	tables.has_addends = data[0] & 2;
	tables.big = data[0] & 4;
	piece = 1 + (data[0] >> 3);
	relocations = (size_t)data[1] << 8 | data[2];
	data += 3;
	size -= 3;
	if (relocations > size)
		relocations = size;
	whole = malloc(size + 1);
	pieces = malloc(size + 1);
	if (!whole || !pieces)
		abort();
	memcpy(whole, data, size);
	memcpy(pieces, data, size);
	tables.relocations = (struct line_section){whole, relocations, AT};
	tables.lines = (struct line_section){
		whole + relocations, size - relocations, AT + relocations};
	assert(line_files_mend(&tables, &patches));
	check_patches(&patches, size);
	read_in_pieces(&patches, pieces, size, piece);
	line_patches_apply(&patches, whole, size, AT);
	assert(memcmp(whole, pieces, size) == 0);
	assert(line_files_mend(&tables, &others));
	assert(others.count == 0);
	line_patches_deinit(&patches);
	line_patches_deinit(&others);
	free(whole);
	free(pieces);
	return 0;
}
