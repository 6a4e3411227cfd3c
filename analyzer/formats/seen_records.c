/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/seen_records.h"

#include <stdlib.h>

#include "base/table.h"

#define CAPACITY_FIRST ((size_t)1 << 8)
#define CAPACITY_MAX   ((size_t)1 << 23) /* 64 MiB */

void seen_records_deinit(struct seen_records *seen)
{
	free(seen->slots);
	*seen = (struct seen_records){0};
}

/* Lengths are part of it: "a" "bc" is not "ab" "c". Never 0. */
static uint64_t hash_of(const struct span *pieces, size_t count)
{
	uint64_t hash = 0;
	size_t i;

	for (i = 0; i < count; i++)
		hash = XXH3_64bits_withSeed(
			pieces[i].length ? pieces[i].at : "", pieces[i].length,
			hash * 31 + pieces[i].length);
	return hash ? hash : 1;
}

/* Where hash is, or where it would go. */
static uint64_t *find(const struct seen_records *seen, uint64_t hash)
{
	size_t mask = seen->capacity - 1, i = (size_t)hash & mask;

	while (seen->slots[i] && seen->slots[i] != hash)
		i = (i + 1) & mask;
	return &seen->slots[i];
}

static bool grow(struct seen_records *seen)
{
	struct seen_records wider = {
		.capacity =
			seen->capacity ? 2 * seen->capacity : CAPACITY_FIRST,
		.count = seen->count,
	};
	size_t i;

	wider.slots = calloc(wider.capacity, sizeof(*wider.slots));
	if (!wider.slots)
		return false;
	for (i = 0; i < seen->capacity; i++)
		if (seen->slots[i])
			*find(&wider, seen->slots[i]) = seen->slots[i];
	free(seen->slots);
	*seen = wider;
	return true;
}

bool seen_records_note(struct seen_records *seen, const struct span *pieces,
		       size_t count, bool *ret)
{
	uint64_t hash = hash_of(pieces, count), *slot;

	if (seen->count >= seen->capacity / 4 * 3 &&
	    seen->capacity < CAPACITY_MAX && !grow(seen))
		return false;
	slot = find(seen, hash);
	*ret = *slot != 0;
	if (*slot)
		return true;
	if (seen->count >= CAPACITY_MAX / 4 * 3) {
		seen->left_out++;
		return true;
	}
	*slot = hash;
	seen->count++;
	return true;
}

bool seen_records_has(const struct seen_records *seen,
		      const struct span *pieces, size_t count)
{
	return seen->count && *find(seen, hash_of(pieces, count));
}
