/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The allocations that are live at one place of a trace, by their address. An
 * entry is small and says by number what it shares with others, so that
 * memory follows what is live at once, not what the trace holds.
 */
#ifndef PAGEOWL_FORMATS_TRACE_LIVE_H
#define PAGEOWL_FORMATS_TRACE_LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 2 GB of entries. What is beyond is not followed. */
#define TRACE_LIVE_MAX ((size_t)48 << 20)

#define TRACE_FACTS_MASK (UINT32_MAX >> 1)

struct trace_entry {
	uint64_t key;	/* never 0: that is an empty slot */
	uint64_t units; /* pages or bytes */
	uint64_t ts_ns;
	uint64_t line; /* of its event */
	uint32_t stack;
	uint32_t facts : 31;
	uint32_t large : 1; /* a kmalloc() beyond what its caches hold */
};

/* Zeroed is empty and valid. */
struct trace_live {
	struct trace_entry *slots; /* open addressing, linear probing */
	size_t capacity;	   /* a power of two, at most 3/4 full */
	size_t count;
	size_t limit; /* of count; 0: TRACE_LIVE_MAX */
};

void trace_live_deinit(struct trace_live *live);

/* NULL: not there. Valid until the next change. */
struct trace_entry *trace_live_find(const struct trace_live *live,
				    uint64_t key);

static inline bool trace_live_is_full(const struct trace_live *live)
{
	return live->count >= (live->limit ? live->limit : TRACE_LIVE_MAX);
}

/*
 * The entry of a key: the one that is there, or one whose rest is zeroed. NULL:
 * it is not there, and the table is full, or memory ran out.
 */
struct trace_entry *trace_live_add(struct trace_live *live, uint64_t key);

void trace_live_remove(struct trace_live *live, struct trace_entry *entry);

/*
 * Put all entries side by side at the start of slots: those of one stack and
 * of the same facts together, the youngest first. Nothing is found anymore.
 */
void trace_live_sort(struct trace_live *live);

#endif
