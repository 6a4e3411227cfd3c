/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a piece of memory is used for. The names are those that outputs print
 * and that --only and --not take; the table is in category.c.
 */
#ifndef PAGEOWL_MODEL_CATEGORY_H
#define PAGEOWL_MODEL_CATEGORY_H

#include "base/span.h"

enum category {
	CATEGORY_ANON,
	CATEGORY_PAGE_CACHE,
	CATEGORY_SHMEM,
	CATEGORY_SLAB_RECLAIMABLE,
	CATEGORY_SLAB,
	CATEGORY_SLAB_DEBUGGING, /* object extensions and the like */
	CATEGORY_LARGE_KMALLOC,
	CATEGORY_PAGE_TABLE,
	CATEGORY_SECONDARY_PAGE_TABLE, /* KVM and IOMMU */
	CATEGORY_KERNEL_STACK,
	CATEGORY_PERCPU,
	CATEGORY_VMALLOC,
	CATEGORY_NETWORK,
	CATEGORY_DMA,
	CATEGORY_GPU,
	CATEGORY_HUGE_PAGES, /* hugetlb */
	CATEGORY_COMPRESSED_SWAP,
	CATEGORY_TRACING,
	CATEGORY_PIPE,
	CATEGORY_IO_BUFFERS, /* io_uring, block layer, raw I/O */
	CATEGORY_BALLOON,
	CATEGORY_SYSTEM_TABLES, /* hash tables and the like, sized at boot */
	CATEGORY_DEBUGGING,
	CATEGORY_EARLY,
	CATEGORY_DRIVER,
	CATEGORY_OTHER,
};
#define CATEGORY_COUNT (CATEGORY_OTHER + 1)

/* Where growth of a category is shown, and what may be said of it. */
enum category_block {
	/* User pages, caches, what can be reclaimed: totals, no suspicion. */
	BLOCK_USER,
	/* Pages of slab caches: the stack took the page, others may hold it. */
	BLOCK_SLAB,
	/* Everything else: ranked. */
	BLOCK_KERNEL,
};

/* "user", "slab", "kernel" */
const char *category_block_name(enum category_block block);

struct category_info {
	const char *name;    /* "page cache" */
	const char *title;   /* one line for `pageowl help categories` */
	const char *counter; /* the /proc/meminfo counter, or NULL: in none */
	enum category_block block;
	bool suspect; /* whether growth of it can be a leak */
};

const struct category_info *category_info(enum category category);

/*
 * Whether a pattern that somebody wrote means the category called name. "slab"
 * means the reclaimable slab too, and "page-cache" is easier to type than the
 * name with its space.
 */
bool category_matches(struct span pattern, struct span name);

/* Whether pattern means any category at all. */
bool category_is_known(struct span pattern);

#endif
