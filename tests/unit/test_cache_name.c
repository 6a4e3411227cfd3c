/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/cache_name.h"

static void the_name_of_a_kmalloc_cache_has_its_size(void **state)
{
	static const struct {
		const char *name;
		uint64_t size;
	} caches[] = {
		{"kmalloc-8", 8},
		{"kmalloc-96", 96},
		{"kmalloc-1k", 1024},
		{"kmalloc-4096", 4096},
		{"kmalloc-2M", 2 << 20},
		{"kmalloc-cg-64", 64},
		{"kmalloc-rcl-128", 128},
		{"kmalloc-rnd-07-192", 192},
		{"kmalloc-rnd-15-8k", 8192},
		{"kmalloc-no-objext-512", 512},
		{"dma-kmalloc-32", 32},
		{"dma-kmalloc-1k", 1024},
		{"kmalloc-256(1234:system.slice)", 256},
		{"kmalloc-1k(7:a)", 1024},
		{"size-64", 64},
		{"size-131072(DMA)", 131072},
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(caches); i++) {
		uint64_t size = 0;

		if (!cache_name_kmalloc_size(span_of(caches[i].name), &size))
			fail_msg("'%s' has no size", caches[i].name);
		assert_u64(size, caches[i].size);
	}
}

static void other_names_have_none_and_leave_what_was_there(void **state)
{
	static const char *const names[] = {
		"",
		"dentry",
		"size-",
		"size-64-files",
		"kmalloc",
		"kmalloc-",
		"kmalloc-0",
		"kmalloc-x",
		"kmalloc-64x",
		"kmalloc-64 ",
		"kmalloc-64k2",
		"kmalloc-1G",
		"kmalloc-rnd-64",
		"kmalloc-rnd-x-64",
		"kmalloc-new-64",
		"xkmalloc-64",
		"dma-dma-kmalloc-64",
		"kmalloc-99999999999999999999",
		"kmalloc-1099511627776",
		":0000064",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(names); i++) {
		uint64_t size = 77;

		if (cache_name_kmalloc_size(span_of(names[i]), &size))
			fail_msg("'%s' has a size", names[i]);
		assert_u64(size, 77);
	}
}

static void caches_of_inodes_and_dentries_shrink(void **state)
{
	static const char *const shrinking[] = {
		"dentry",	  "ext4_inode_cache",  "inode_cache",
		"kmalloc-rcl-64", "radix_tree_node",   "buffer_head",
		"xfs_inode",	  "shmem_inode_cache", "dma-kmalloc-rcl-64",
		"extent_status",
	};
	static const char *const staying[] = {
		"",	     "kmalloc-64",	  "kmalloc-cg-64",
		"dentry2",   "task_struct",	  "buffer_heads",
		"ext4_node", "skbuff_head_cache",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(shrinking); i++)
		if (!cache_name_is_reclaimable(span_of(shrinking[i])))
			fail_msg("'%s' stays", shrinking[i]);
	for (i = 0; i < TEST_COUNT(staying); i++)
		if (cache_name_is_reclaimable(span_of(staying[i])))
			fail_msg("'%s' shrinks", staying[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_name_of_a_kmalloc_cache_has_its_size),
		cmocka_unit_test(
			other_names_have_none_and_leave_what_was_there),
		cmocka_unit_test(caches_of_inodes_and_dentries_shrink),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
