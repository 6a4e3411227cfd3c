/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of kmalloc caches: mm/slab_common.c, kmalloc_info[] and new_kmalloc_
 * cache(). dma-kmalloc- is as old as SLUB, kmalloc-rcl- is of 4.20, kmalloc-cg-
 * of 5.14, kmalloc-rnd-01- to -15- of 6.6. Sizes above 512 are "1k" since
 * 4.20 or so, digits before. Up to 5.8 each memory cgroup had copies named
 * "kmalloc-256(1234:name)". SLAB had "size-64" and "size-64(DMA)" up to 3.7.
 */
#include "model/cache_name.h"

/* "rnd-07-": two digits are all that there are. */
static bool take_random(struct span *name)
{
	struct span rest = *name;
	size_t i;

	if (!span_take(&rest, SPAN("rnd-")) || rest.length < 3 ||
	    rest.at[2] != '-')
		return false;
	for (i = 0; i < 2; i++)
		if (rest.at[i] < '0' || rest.at[i] > '9')
			return false;
	*name = span_skip(rest, 3);
	return true;
}

/* "rcl-", "cg-", "no-objext-", "rnd-07-": kinds of kmalloc(). */
static void take_kind(struct span *name)
{
	if (!take_random(name) && !span_take(name, SPAN("rcl-")) &&
	    !span_take(name, SPAN("cg-")))
		span_take(name, SPAN("no-objext-"));
}

/* "64", "1k", "2M" */
static bool take_size(struct span *name, uint64_t *ret)
{
	struct span rest = *name;
	unsigned shift = 0;
	uint64_t size;

	if (!span_take_u64(&rest, &size))
		return false;
	if (span_take(&rest, SPAN("k")))
		shift = 10;
	else if (span_take(&rest, SPAN("M")))
		shift = 20;
	/* Nobody has objects of a TiB. */
	if (size >> (40 - shift))
		return false;
	*name = rest;
	*ret = size << shift;
	return true;
}

/* "(1234:name)": the copy of a memory cgroup. */
static void take_cgroup(struct span *name)
{
	const char *close;

	if (!span_starts_with(*name, SPAN("(")))
		return;
	close = memchr(name->at, ')', name->length);
	if (close)
		*name = span_between(close + 1, span_end(*name));
}

/* "size-64", "size-64(DMA)": not "size-64-file" */
static bool take_oldest(struct span *name, uint64_t *ret)
{
	struct span rest = *name;
	uint64_t size;

	if (!span_take(&rest, SPAN("size-")) || !span_take_u64(&rest, &size) ||
	    size >> 40)
		return false;
	span_take(&rest, SPAN("(DMA)"));
	if (rest.length && !span_is_blank(rest.at[0]))
		return false;
	*name = rest;
	*ret = size;
	return true;
}

bool cache_name_take_kmalloc(struct span *name, uint64_t *ret)
{
	struct span rest = *name;
	uint64_t size;

	if (take_oldest(name, ret))
		return true;
	span_take(&rest, SPAN("dma-"));
	if (!span_take(&rest, SPAN("kmalloc-")))
		return false;
	take_kind(&rest);
	if (!take_size(&rest, &size))
		return false;
	take_cgroup(&rest);
	*name = rest;
	*ret = size;
	return true;
}

bool cache_name_kmalloc_size(struct span name, uint64_t *ret)
{
	uint64_t size;

	if (!cache_name_take_kmalloc(&name, &size) || name.length || !size)
		return false;
	*ret = size;
	return true;
}

bool cache_name_is_reclaimable(struct span name)
{
	/* Those of 6.12 and 7.1 that have the flag and no "inode" in their
	 * names; what a vendor calls its inodes has it. */
	static const struct span names[] = {
		{"dentry", 6},
		{"buffer_head", 11},
		{"radix_tree_node", 15},
		{"ext4_extent_status", 18},
		{"extent_status", 13},
		{"bdev_cache", 10},
		{"dquot", 5},
		{"fat_cache", 9},
		{"btrfs_extent_buffer", 19},
		{"btrfs_extent_map", 16},
		{"xfs_ili", 7},
		{"xfs_buf", 7},
		{"isofs_cache", 11},
		{"kernfs_iattrs_cache", 19},
	};
	size_t i;

	if (span_find(name, SPAN("kmalloc-rcl-")) ||
	    span_find(name, SPAN("inode")))
		return true;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (span_equal(name, names[i]))
			return true;
	return false;
}
