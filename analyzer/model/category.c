/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/category.h"

#include <assert.h>

#include "base/pattern.h"

static const struct category_info categories[CATEGORY_COUNT] = {
	[CATEGORY_ANON] =
		{
			.name = "user anonymous",
			.title = "private memory of processes, and what swap "
				 "brought back",
			.counter = "AnonPages",
			.block = BLOCK_USER,
		},
	[CATEGORY_PAGE_CACHE] =
		{
			.name = "page cache",
			.title = "contents of files and block devices",
			.counter = "Cached",
			.block = BLOCK_USER,
		},
	[CATEGORY_SHMEM] =
		{
			.name = "shared memory",
			.title = "tmpfs, memfd, System V shared memory, GPU "
				 "objects in it",
			.counter = "Shmem",
			.block = BLOCK_USER,
		},
	[CATEGORY_SLAB_RECLAIMABLE] =
		{
			.name = "slab, reclaimable",
			.title = "pages of slab caches that shrink on demand, "
				 "such as dentries",
			.counter = "SReclaimable",
			.block = BLOCK_SLAB,
		},
	[CATEGORY_SLAB] =
		{
			.name = "slab",
			.title = "pages of all other slab caches",
			.counter = "SUnreclaim",
			.block = BLOCK_SLAB,
			.suspect = true,
		},
	[CATEGORY_SLAB_DEBUGGING] =
		{
			.name = "slab, debugging overhead",
			.title = "slab pages that hold object extensions and "
				 "the like",
			.counter = "SUnreclaim",
			.block = BLOCK_SLAB,
		},
	[CATEGORY_LARGE_KMALLOC] =
		{
			.name = "large kmalloc",
			.title = "kmalloc() of more than two pages: no slab "
				 "cache, no sharing",
			/* Since 5.4; older kernels count it
			   nowhere. */
			.counter = "SUnreclaim",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_PAGE_TABLE] =
		{
			.name = "page table",
			.title = "page tables of processes",
			.counter = "PageTables",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_SECONDARY_PAGE_TABLE] =
		{
			.name = "secondary page table",
			.title = "page tables of KVM guests and IOMMUs",
			.counter = "SecPageTables",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_KERNEL_STACK] =
		{
			.name = "kernel stack",
			.title = "stacks of threads inside the kernel",
			.counter = "KernelStack",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_PERCPU] =
		{
			.name = "per-cpu",
			.title = "memory that every CPU has a copy of",
			.counter = "Percpu",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_VMALLOC] =
		{
			.name = "vmalloc",
			.title = "virtually contiguous memory, modules and BPF "
				 "programs in it",
			.counter = "VmallocUsed",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_NETWORK] =
		{
			.name = "network",
			.title = "packet buffers, page pools, fragments of "
				 "sockets",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_DMA] =
		{
			.name = "DMA",
			.title = "buffers and rings for devices, bounce "
				 "buffers, CMA",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_GPU] =
		{
			.name = "GPU",
			.title = "buffer objects and page tables of graphics "
				 "drivers",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_HUGE_PAGES] =
		{
			.name = "huge pages",
			.title = "the hugetlb pool, in use or not",
			.counter = "Hugetlb",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_COMPRESSED_SWAP] =
		{
			.name = "compressed swap",
			.title = "zswap, zram and their allocators",
			.counter = "Zswap",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_TRACING] =
		{
			.name = "tracing buffers",
			.title = "ring buffers and tables of ftrace, perf and "
				 "BPF",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_PIPE] =
		{
			.name = "pipe",
			.title = "data written to pipes and not yet read",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_IO_BUFFERS] =
		{
			.name = "I/O buffers",
			.title = "io_uring, block layer, RAID, buffers of file "
				 "systems",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_BALLOON] =
		{
			.name = "balloon",
			.title = "memory a virtual machine has given back to "
				 "its host",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_SYSTEM_TABLES] =
		{
			.name = "system tables",
			.title = "the kernel's own page tables, hash tables, "
				 "maps of memory and swap",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_DEBUGGING] =
		{
			.name = "debugging overhead",
			.title = "page_owner, stack depot, kmemleak, KASAN",
			.block = BLOCK_KERNEL,
		},
	[CATEGORY_EARLY] =
		{
			.name = "early boot",
			.title = "allocated before page_owner was there to see "
				 "it",
			.block = BLOCK_KERNEL,
		},
	[CATEGORY_DRIVER] =
		{
			.name = "driver",
			.title = "pages a module took, for a use not known",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
	[CATEGORY_OTHER] =
		{
			.name = "other kernel",
			.title = "pages the kernel took, for a use not known",
			.block = BLOCK_KERNEL,
			.suspect = true,
		},
};

const struct category_info *category_info(enum category category)
{
	assert(category < CATEGORY_COUNT);
	return &categories[category];
}

const char *category_block_name(enum category_block block)
{
	static const char *const names[] = {
		[BLOCK_USER] = "user",
		[BLOCK_SLAB] = "slab",
		[BLOCK_KERNEL] = "kernel",
	};

	return names[block];
}

bool category_matches(struct span pattern, struct span name)
{
	char folded[64];
	size_t i;

	if (pattern.length >= sizeof(folded))
		return false;
	for (i = 0; i < pattern.length; i++) {
		char c = pattern.at[i];

		folded[i] = c == '-' && i < name.length && name.at[i] == ' '
				    ? ' '
				    : c;
	}
	pattern.at = folded;
	if (pattern_matches(pattern, name))
		return true;
	return name.length > pattern.length &&
	       span_starts_with(name, pattern) &&
	       name.at[pattern.length] == ',';
}

bool category_is_known(struct span pattern)
{
	unsigned i;

	for (i = 0; i < CATEGORY_COUNT; i++)
		if (category_matches(pattern, span_of(categories[i].name)))
			return true;
	return false;
}
