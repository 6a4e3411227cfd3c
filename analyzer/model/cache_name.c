/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/cache_name.h"

/* "rnd-07-", "cg-", "rcl-", "no-objext-": kinds of kmalloc()
 * (mm/slab_common.c). */
static void take_kind(struct span *name)
{
	uint64_t number;
	struct span rest = *name;

	if (span_take(name, SPAN("cg-")) || span_take(name, SPAN("rcl-")) ||
	    span_take(name, SPAN("no-objext-")))
		return;
	if (span_take(&rest, SPAN("rnd-")) && span_take_u64(&rest, &number) &&
	    span_take(&rest, SPAN("-")))
		*name = rest;
}

bool cache_name_kmalloc_size(struct span name, uint64_t *ret)
{
	uint64_t size;

	span_take(&name, SPAN("dma-"));
	if (!span_take(&name, SPAN("kmalloc-")))
		return false;
	take_kind(&name);
	if (!span_take_u64(&name, &size) || size >> 40)
		return false;
	if (span_take(&name, SPAN("k")))
		size <<= 10;
	else if (span_take(&name, SPAN("M")))
		size <<= 20;
	/* Up to 5.8 each cgroup had caches of its own. */
	if (!size || (name.length && name.at[0] != '('))
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
