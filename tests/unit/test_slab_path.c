/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/slab_path.h"

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

static void the_path_of_its_side_is_taken_off_a_line(void **state)
{
	struct span line = SPAN("slab/:a-12/alloc_traces: 7 f"), path;

	(void)state;
	assert_false(slab_path_take(SLAB_FREE, &line, &path));
	assert_true(slab_path_take(SLAB_ALLOC, &line, &path));
	assert_span(path, "slab/:a-12/alloc_traces");
	assert_span(line, " 7 f");
	line = SPAN("alloc_calls:7");
	assert_true(slab_path_take(SLAB_ALLOC, &line, &path));
	line = SPAN("x/free_calls:7");
	assert_false(slab_path_take(SLAB_ALLOC, &line, &path));
	assert_true(slab_path_take(SLAB_FREE, &line, &path));
	line = SPAN("x/free_traces:7");
	assert_true(slab_path_take(SLAB_FREE, &line, &path));
	assert_span(path, "x/free_traces");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kernel_names_the_cache_in_the_directory),
		cmocka_unit_test(names_that_somebody_made_up_are_stripped),
		cmocka_unit_test(a_kmalloc_cache_is_found_in_other_text),
		cmocka_unit_test(
			where_nothing_sensible_remains_the_cache_is_empty),
		cmocka_unit_test(the_path_of_its_side_is_taken_off_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
