/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/repeat_set.h"

#include <stdlib.h>

#define SLOTS_FIRST ((size_t)1 << 10)

void repeat_set_deinit(struct repeat_set *set)
{
	free(set->slots);
	*set = (struct repeat_set){0};
}

/* The last steps of MurmurHash3, which no two numbers leave as the same. */
static uint64_t mix(uint64_t value)
{
	value ^= value >> 33;
	value *= UINT64_C(0xff51afd7ed558ccd);
	value ^= value >> 33;
	value *= UINT64_C(0xc4ceb9fe1a85ec53);
	return value ^ value >> 33;
}

static uint64_t hash_of(const uint64_t *words, size_t count)
{
	uint64_t hash = UINT64_C(0x9e3779b97f4a7c15);
	size_t i;

	for (i = 0; i < count; i++)
		hash = mix(hash ^ words[i]) + i + 1;
	return hash ? hash : 1;
}

/* The slot that holds hash, or the free one where it belongs. */
static uint64_t *slot_of(uint64_t *slots, size_t slot_count, uint64_t hash)
{
	size_t i = hash & (slot_count - 1);

	while (slots[i] && slots[i] != hash)
		i = (i + 1) & (slot_count - 1);
	return &slots[i];
}

static bool grow(struct repeat_set *set)
{
	size_t slot_count = set->slot_count ? 2 * set->slot_count : SLOTS_FIRST;
	uint64_t *slots = calloc(slot_count, sizeof(*slots));
	size_t i;

	if (!slots)
		return false;
	for (i = 0; i < set->slot_count; i++)
		if (set->slots[i])
			*slot_of(slots, slot_count, set->slots[i]) =
				set->slots[i];
	free(set->slots);
	set->slots = slots;
	set->slot_count = slot_count;
	return true;
}

static bool is_full(const struct repeat_set *set)
{
	return 4 * set->count >= 3 * set->slot_count;
}

bool repeat_set_add(struct repeat_set *set, const uint64_t *words, size_t count,
		    bool *ret_known)
{
	uint64_t hash = hash_of(words, count), *slot;

	if (is_full(set) && set->slot_count < REPEAT_SET_SLOTS_MAX &&
	    !grow(set))
		return false;
	slot = slot_of(set->slots, set->slot_count, hash);
	*ret_known = *slot != 0;
	if (*slot)
		return true;
	if (is_full(set)) {
		set->left_out++;
		return true;
	}
	*slot = hash;
	set->count++;
	return true;
}
