/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/line_patches.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void line_patches_deinit(struct line_patches *patches)
{
	free(patches->items);
	*patches = (struct line_patches){0};
}

bool line_patches_add(struct line_patches *patches, uint64_t at,
		      const void *bytes, size_t length)
{
	struct line_patch *items = patches->items;
	size_t capacity = patches->capacity;

	assert(length <= LINE_PATCH_MAX);
	if (patches->count == capacity) {
		capacity = capacity ? 2 * capacity : 64;
		items = realloc(items, capacity * sizeof(*items));
		if (!items)
			return false;
		patches->items = items;
		patches->capacity = capacity;
	}
	items += patches->count++;
	*items = (struct line_patch){
		.at = at,
		.length = (unsigned char)length,
	};
	memcpy(items->bytes, bytes, length);
	return true;
}

static int compare_patches(const void *a, const void *b)
{
	const struct line_patch *left = a, *right = b;

	return (left->at > right->at) - (left->at < right->at);
}

void line_patches_sort(struct line_patches *patches)
{
	if (patches->count)
		qsort(patches->items, patches->count, sizeof(*patches->items),
		      compare_patches);
}

/* The first patch that can have a byte at or behind at. */
static size_t find_first(const struct line_patches *patches, uint64_t at)
{
	size_t low = 0, high = patches->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint64_t begin = patches->items[middle].at;

		if (begin < at && at - begin >= LINE_PATCH_MAX)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void line_patches_apply(const struct line_patches *patches, void *buffer,
			size_t size, uint64_t at)
{
	unsigned char *bytes = buffer;
	size_t i;

	for (i = find_first(patches, at); i < patches->count; i++) {
		const struct line_patch *patch = &patches->items[i];
		size_t skipped = patch->at < at ? at - patch->at : 0;
		size_t begin = patch->at < at ? 0 : patch->at - at;
		size_t length;

		if (begin >= size)
			return;
		if (skipped >= patch->length)
			continue;
		length = patch->length - skipped;
		if (length > size - begin)
			length = size - begin;
		memcpy(bytes + begin, patch->bytes + skipped, length);
	}
}
