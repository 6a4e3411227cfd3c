/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/slab_path.h"
#include "model/cache_name.h"

static void assert_cache(const char *path, const char *cache)
{
	assert_span(slab_path_cache(span_of(path)), cache);
}

static void the_kernel_names_the_cache_in_the_directory(void **state)
{
	(void)state;
	assert_cache("sys/kernel/debug/slab/kmalloc-64/alloc_traces",
		     "kmalloc-64");
	assert_cache("/sys/kernel/slab/:A-0000192/free_calls", ":A-0000192");
	assert_cache("kmalloc-256(1234:user@1.service)/alloc_calls",
		     "kmalloc-256(1234:user@1.service)");
	assert_cache("slab/ext4_inode_cache/alloc_traces.txt.gz",
		     "ext4_inode_cache");
	assert_cache("slab/dentry//free_traces", "dentry");
}

static void names_that_somebody_made_up_are_stripped(void **state)
{
	(void)state;
	assert_cache("kmalloc-64.alloc_traces", "kmalloc-64");
	assert_cache("kmalloc-64-alloc_traces.txt", "kmalloc-64");
	assert_cache("x/alloc_traces.kmalloc-64.gz", "kmalloc-64");
	assert_cache("slab_kmalloc-64_alloc_traces", "kmalloc-64");
	assert_cache("alloc_calls-dentry.log.xz", "dentry");
	assert_cache("slab-buffer_head-free_calls.zst", "buffer_head");
	assert_cache("17-alloc_traces-buffer_head.txt", "buffer_head");
	assert_cache("radix_tree_node.free_traces.txt.bz2", "radix_tree_node");
}

static void a_kmalloc_cache_is_found_in_other_text(void **state)
{
	(void)state;
	assert_cache("t1-kmalloc-1k-alloc_traces-box7.txt", "kmalloc-1k");
	assert_cache("alloc_traces-box.kmalloc-cg-4k.5.16", "kmalloc-cg-4k");
	assert_cache("a_kmalloc-rnd-07-96_alloc_traces", "kmalloc-rnd-07-96");
	assert_cache("alloc_traces_my-dma-kmalloc-96-x", "dma-kmalloc-96");
	assert_cache("kmalloc-rcl-8k+alloc_traces", "kmalloc-rcl-8k");
	assert_cache("alloc_traces-kmalloc-64x5", "kmalloc-64x5");
}

static void where_nothing_sensible_remains_the_cache_is_empty(void **state)
{
	(void)state;
	assert_cache("", "");
	assert_cache("alloc_traces", "");
	assert_cache("./alloc_traces", "");
	assert_cache("sys/kernel/debug/slab/alloc_traces", "");
	assert_cache("slab_alloc_traces.txt", "");
	assert_cache("kmalloc-64/objects", "");
	assert_cache("/", "");
}

static void assert_size(const char *cache, uint64_t size)
{
	uint64_t found = 1;

	assert_true(cache_name_kmalloc_size(span_of(cache), &found));
	assert_u64(found, size);
}

static void a_kmalloc_cache_tells_its_size(void **state)
{
	(void)state;
	assert_size("kmalloc-8", 8);
	assert_size("kmalloc-192", 192);
	assert_size("kmalloc-1k", 1024);
	assert_size("kmalloc-8192", 8192);
	assert_size("kmalloc-2M", 2 << 20);
	assert_size("kmalloc-cg-4k", 4096);
	assert_size("kmalloc-rcl-96", 96);
	assert_size("kmalloc-rnd-07-96", 96);
	assert_size("kmalloc-rnd-15-2k", 2048);
	assert_size("dma-kmalloc-512", 512);
	assert_size("kmalloc-256(1234:a (b)", 256);
}

static void other_caches_tell_none(void **state)
{
	static const char *const names[] = {
		"",
		"dentry",
		"kmalloc",
		"kmalloc-",
		"kmalloc-x",
		"kmalloc-64x",
		"kmalloc-rnd-7-96",
		"kmalloc-rnd-07",
		"xkmalloc-64",
		"kmalloc-64(12",
		"kmalloc-99999999999999999999",
		"kmalloc-18014398509481984k",
	};
	uint64_t size = 7;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(names); i++)
		assert_false(cache_name_kmalloc_size(span_of(names[i]), &size));
	assert_u64(size, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kernel_names_the_cache_in_the_directory),
		cmocka_unit_test(names_that_somebody_made_up_are_stripped),
		cmocka_unit_test(a_kmalloc_cache_is_found_in_other_text),
		cmocka_unit_test(
			where_nothing_sensible_remains_the_cache_is_empty),
		cmocka_unit_test(a_kmalloc_cache_tells_its_size),
		cmocka_unit_test(other_caches_tell_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
