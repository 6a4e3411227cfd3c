/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which things were seen before, as hashes of 64 bits: of a billion pairs of
 * different things none is likely to be taken for the same.
 */
#ifndef PAGEOWL_FORMATS_REPEAT_SET_H
#define PAGEOWL_FORMATS_REPEAT_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 64 MiB: what comes later is looked up, and not kept. */
#define REPEAT_SET_SLOTS_MAX ((size_t)1 << 23)

/* Zeroed is empty and valid. */
struct repeat_set {
	uint64_t *slots; /* open addressing; 0 is free */
	size_t slot_count, count;
	uint64_t left_out; /* that found no room */
};

void repeat_set_deinit(struct repeat_set *set);

/*
 * Add what count words say of a thing; *ret_known: it was there already. False
 * when memory ran out.
 */
bool repeat_set_add(struct repeat_set *set, const uint64_t *words, size_t count,
		    bool *ret_known);

#endif
