/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "account/classify.h"
#include "account/function_table.h"

enum { FRAMES_MAX = 16 };

struct outcome {
	struct stack_class class;
	struct frame frames[FRAMES_MAX];
	size_t count;
};

/* A stack is written as its frames, one to a line, without offsets. */
static struct outcome classify(const char *stack, unsigned evidence)
{
	struct outcome outcome = {.count = 0};
	struct span rest = span_of(stack), line;

	while (span_take_line(&rest, &line)) {
		assert_in_range(outcome.count, 0, FRAMES_MAX - 1);
		frame_split(line, &outcome.frames[outcome.count++]);
	}
	classify_stack(outcome.frames, outcome.count, evidence, &outcome.class);
	return outcome;
}

static void assert_span(struct span span, const char *expected)
{
	assert_int_equal(span.length, strlen(expected));
	assert_memory_equal(span.at ? span.at : "", expected, span.length);
}

static void assert_category(const struct outcome *outcome, enum category is)
{
	assert_string_equal(category_info(outcome->class.category)->name,
			    category_info(is)->name);
}

static void assert_blamed(const struct outcome *outcome, const char *name)
{
	const struct frame *frame;

	assert_in_range(outcome->class.blamed, 0, outcome->count - 1);
	frame = &outcome->frames[outcome->class.blamed];
	assert_span(frame_is_address(frame) ? frame->text : frame->name, name);
}

static struct outcome expect(const char *stack, unsigned evidence,
			     enum category category, const char *blamed)
{
	struct outcome outcome = classify(stack, evidence);

	assert_category(&outcome, category);
	assert_blamed(&outcome, blamed);
	return outcome;
}

#define ALLOC                                                       \
	"post_alloc_hook+0x1/0x2\nget_page_from_freelist+0x1/0x2\n" \
	"__alloc_pages_noprof+0x1/0x2\nalloc_pages_mpol_noprof+0x1/0x2\n"
#define SLAB "new_slab+0x1/0x2\n___slab_alloc+0x1/0x2\n"
#define VMALLOC \
	"__vmalloc_node_range_noprof+0x1/0x2\n__vmalloc_node_noprof+0x1/0x2\n"
#define SYSCALL \
	"do_syscall_64+0x1/0x2\nentry_SYSCALL_64_after_hwframe+0x1/0x2\n"

static void blames_the_module_that_asked_for_pages(void **state)
{
	struct outcome outcome = expect(
		ALLOC
		"do_leak+0x1b/0x30 [leaky_pages]\n"
		"leaky_rx_refill.isra.0+0x16/0x40 [leaky_pages]\n" SYSCALL,
		0, CATEGORY_DRIVER, "do_leak");

	(void)state;
	assert_span(outcome.class.module, "leaky_pages");
	assert_int_equal(outcome.class.counted_as, CATEGORY_DRIVER);
}

static void a_modules_page_in_a_fault_is_the_modules(void **state)
{
	(void)state;
	expect(ALLOC "lab_fault+0x1/0x2 [lab]\n__do_fault+0x1/0x2\n"
		     "__handle_mm_fault+0x1/0x2\nhandle_mm_fault+0x1/0x2\n",
	       0, CATEGORY_DRIVER, "lab_fault");
}

static void vmalloc_names_the_caller(void **state)
{
	(void)state;
	expect(ALLOC VMALLOC "lab_vm_log+0x1/0x2 [leaky_slab]\n", 0,
	       CATEGORY_VMALLOC, "lab_vm_log");
	expect("get_page_from_freelist+0x1/0x2\n__alloc_pages+0x1/0x2\n"
	       "__vmalloc_node_range+0x1/0x2\nmodule_alloc+0x1/0x2\n"
	       "load_module+0x1/0x2\n",
	       0, CATEGORY_VMALLOC, "load_module");
}

static void large_kmalloc_names_the_caller(void **state)
{
	(void)state;
	expect(ALLOC "___kmalloc_large_node+0x1/0x2\n"
		     "__kmalloc_large_noprof+0x1/0x2\n"
		     "lab_big_frame+0x1/0x2 [leaky_slab]\n",
	       0, CATEGORY_LARGE_KMALLOC, "lab_big_frame");
	expect("__alloc_pages_nodemask+0x1/0x2\nkmalloc_order_trace+0x1/0x2\n"
	       "__kmalloc+0x1/0x2\nkvmalloc_node+0x1/0x2\n"
	       "alloc_fdtable+0x1/0x2\n",
	       0, CATEGORY_LARGE_KMALLOC, "alloc_fdtable");
}

static void slab_names_who_made_it_take_the_page(void **state)
{
	static const char stack[] =
		ALLOC SLAB "kmem_cache_alloc_lru_noprof+0x1/0x2\n"
			   "ext4_alloc_inode+0x1/0x2\nalloc_inode+0x1/0x2\n";

	(void)state;
	expect(stack, EVIDENCE_SLAB_LINE, CATEGORY_SLAB, "ext4_alloc_inode");
	expect(stack, EVIDENCE_RECLAIMABLE, CATEGORY_SLAB_RECLAIMABLE,
	       "ext4_alloc_inode");
	/* SLAB, before 6.8 */
	expect("__alloc_pages_nodemask+0x1/0x2\ncache_grow_begin+0x1/0x2\n"
	       "cache_alloc_refill+0x1/0x2\nkmem_cache_alloc+0x1/0x2\n"
	       "getname_flags+0x1/0x2\n",
	       0, CATEGORY_SLAB, "getname_flags");
}

static void slab_wrappers_are_not_blamed(void **state)
{
	(void)state;
	expect(ALLOC SLAB "__kmalloc_node_track_caller_noprof+0x1/0x2\n"
			  "kstrdup+0x1/0x2\nlab_name_copy+0x1/0x2 [l]\n",
	       0, CATEGORY_SLAB, "lab_name_copy");
	expect(ALLOC SLAB "__kmalloc_node_track_caller_noprof+0x1/0x2\n"
			  "kmalloc_reserve+0x1/0x2\n__alloc_skb+0x1/0x2\n"
			  "alloc_skb_with_frags+0x1/0x2\n"
			  "sock_alloc_send_pskb+0x1/0x2\n"
			  "unix_stream_sendmsg+0x1/0x2\n",
	       0, CATEGORY_SLAB, "unix_stream_sendmsg");
	expect(ALLOC SLAB "kmem_cache_alloc_lru_noprof+0x1/0x2\n"
			  "xas_alloc+0x1/0x2\nxas_create+0x1/0x2\n"
			  "xas_store+0x1/0x2\n__filemap_add_folio+0x1/0x2\n",
	       EVIDENCE_RECLAIMABLE, CATEGORY_SLAB_RECLAIMABLE,
	       "__filemap_add_folio");
}

static void insides_of_a_future_allocator_are_seen_through(void **state)
{
	(void)state;
	expect("alloc_frozen_pages_v2+0x1/0x2\nslab_take_pages+0x1/0x2\n"
	       "kmem_cache_alloc+0x1/0x2\nalloc_bprm+0x1/0x2\n",
	       0, CATEGORY_SLAB, "alloc_bprm");
	expect(ALLOC "vm_pages_fill+0x1/0x2\nvmalloc_noprof+0x1/0x2\n"
		     "lab_vm_log+0x1/0x2 [l]\n",
	       0, CATEGORY_VMALLOC, "lab_vm_log");
}

static void a_modules_function_is_no_inside_of_an_allocator(void **state)
{
	(void)state;
	expect(ALLOC "lab_ctor+0x1/0x2 [lab]\nkmem_cache_alloc+0x1/0x2\n"
		     "lab_use+0x1/0x2 [lab]\n",
	       0, CATEGORY_DRIVER, "lab_ctor");
}

static void a_callback_of_a_helper_is_blamed(void **state)
{
	(void)state;
	expect(ALLOC "lab_init_request+0x1/0x2\n"
		     "blk_mq_alloc_map_and_rqs+0x1/0x2\nlab_probe+0x1/0x2\n",
	       0, CATEGORY_IO_BUFFERS, "lab_init_request");
}

static void a_distant_fault_or_fork_tells_nothing(void **state)
{
	(void)state;
	expect(ALLOC "lab_hook+0x1/0x2\ncopy_process+0x1/0x2\n", 0,
	       CATEGORY_OTHER, "lab_hook");
	expect(ALLOC "lab_hook+0x1/0x2\n__handle_mm_fault+0x1/0x2\n", 0,
	       CATEGORY_OTHER, "lab_hook");
}

static void a_modules_function_is_no_helper_by_its_name(void **state)
{
	(void)state;
	expect(ALLOC "alloc_inode+0x1/0x2 [badfs]\nbadfs_get+0x1/0x2 [badfs]\n",
	       0, CATEGORY_DRIVER, "alloc_inode");
	expect(ALLOC "create_object+0x1/0x2 [lab]\nlab_open+0x1/0x2 [lab]\n", 0,
	       CATEGORY_DRIVER, "create_object");
}

static void fork_means_a_stack_only_where_it_calls_vmalloc(void **state)
{
	(void)state;
	expect(ALLOC "__vmalloc_node_range_noprof+0x1/0x2\n"
		     "copy_process+0xb34/0x18b0\nkernel_clone+0x1/0x2\n",
	       0, CATEGORY_KERNEL_STACK, "copy_process");
	expect(ALLOC "__vmalloc_node_range+0x1/0x2\n"
		     "alloc_thread_stack_node+0x1/0x2\n"
		     "dup_task_struct+0x1/0x2\ncopy_process+0x1/0x2\n",
	       0, CATEGORY_KERNEL_STACK, "copy_process");
	expect(ALLOC "pte_alloc_one+0x1/0x2\n__pte_alloc+0x1/0x2\n"
		     "copy_page_range+0x1/0x2\ncopy_mm+0x1/0x2\n"
		     "copy_process+0x1/0x2\n",
	       0, CATEGORY_PAGE_TABLE, "copy_page_range");
	expect(ALLOC SLAB "kmem_cache_alloc_node_noprof+0x1/0x2\n"
			  "copy_process+0x1/0x2\n",
	       0, CATEGORY_SLAB, "copy_process");
	expect(ALLOC VMALLOC "alloc_fdtable+0x1/0x2\ndup_fd+0x1/0x2\n"
			     "copy_process+0x1/0x2\n",
	       0, CATEGORY_VMALLOC, "alloc_fdtable");
}

static void percpu_metadata_is_vmalloc(void **state)
{
	(void)state;
	expect(ALLOC VMALLOC "pcpu_mem_zalloc+0x1/0x2\n"
			     "pcpu_create_chunk+0x1/0x2\n"
			     "pcpu_balance_workfn+0x1/0x2\n",
	       0, CATEGORY_VMALLOC, "pcpu_create_chunk");
	expect(ALLOC "pcpu_populate_chunk+0x1/0x2\n"
		     "pcpu_balance_workfn+0x1/0x2\n",
	       0, CATEGORY_PERCPU, "pcpu_balance_workfn");
	expect(ALLOC "pcpu_populate_chunk+0x1/0x2\npcpu_alloc_noprof+0x1/0x2\n"
		     "lab_pcpu_stats+0x1/0x2 [l]\n",
	       0, CATEGORY_PERCPU, "lab_pcpu_stats");
}

static void page_tables_of_a_file_fault_are_page_tables(void **state)
{
	(void)state;
	expect(ALLOC "pte_alloc_one+0x1/0x2\nfilemap_map_pages+0x1/0x2\n"
		     "filemap_fault+0x1/0x2\n__do_fault+0x1/0x2\n",
	       0, CATEGORY_PAGE_TABLE, "filemap_map_pages");
}

static void page_tables_of_vmalloc_name_who_called_it(void **state)
{
	(void)state;
	expect(ALLOC "__pte_alloc_kernel+0x1/0x2\n"
		     "vmap_small_pages_range_noflush+0x1/0x2\n" VMALLOC
		     "lab_vm_log+0x1/0x2 [l]\n",
	       0, CATEGORY_SYSTEM_TABLES, "lab_vm_log");
}

static void user_memory_is_told_apart(void **state)
{
	(void)state;
	expect(ALLOC "vma_alloc_folio_noprof+0x1/0x2\n"
		     "__handle_mm_fault+0x1/0x2\nhandle_mm_fault+0x1/0x2\n",
	       0, CATEGORY_ANON, "__handle_mm_fault");
	expect("__alloc_pages_nodemask+0x1/0x2\nalloc_pages_vma+0x1/0x2\n"
	       "do_anonymous_page+0x1/0x2\n",
	       0, CATEGORY_ANON, "do_anonymous_page");
	/* 6.1 */
	expect(ALLOC "vma_alloc_folio+0x1/0x2\nshmem_alloc_folio+0x1/0x2\n"
		     "shmem_alloc_and_acct_folio+0x1/0x2\n"
		     "shmem_get_folio_gfp.constprop.0+0x1/0x2\n"
		     "shmem_fault+0x1/0x2\n",
	       0, CATEGORY_SHMEM, "shmem_fault");
	expect(ALLOC "folio_alloc_noprof+0x1/0x2\n__filemap_get_folio+0x1/0x2\n"
		     "ext4_da_write_begin+0x1/0x2\n",
	       0, CATEGORY_PAGE_CACHE, "ext4_da_write_begin");
	/* 3.19 to 5.9 */
	expect("__alloc_pages_nodemask+0x1/0x2\nalloc_pages_current+0x1/0x2\n"
	       "__page_cache_alloc+0x1/0x2\n__do_page_cache_readahead+0x1/"
	       "0x2\n",
	       0, CATEGORY_PAGE_CACHE, "__do_page_cache_readahead");
}

static void the_innermost_helper_decides(void **state)
{
	(void)state;
	/* drm asks shmem for pages: meminfo counts those as Shmem. */
	expect(ALLOC "shmem_alloc_folio+0x1/0x2\nshmem_get_folio_gfp+0x1/0x2\n"
		     "shmem_read_mapping_page_gfp+0x1/0x2\n"
		     "drm_gem_get_pages+0x1/0x2 [drm]\n"
		     "vgem_pin+0x1/0x2 [vgem]\n",
	       0, CATEGORY_SHMEM, "vgem_pin");
}

static void subsystems_are_known_by_their_functions(void **state)
{
	(void)state;
	expect(ALLOC "page_pool_alloc_netmems+0x1/0x2\n"
		     "mlx5e_post_rx_mpwqes+0x1/0x2 [mlx5_core]\n",
	       0, CATEGORY_NETWORK, "mlx5e_post_rx_mpwqes");
	expect(ALLOC "__dma_direct_alloc_pages.constprop.0+0x1/0x2\n"
		     "dma_direct_alloc+0x1/0x2\ndma_alloc_attrs+0x1/0x2\n"
		     "nvme_setup_ring+0x1/0x2 [nvme]\n",
	       0, CATEGORY_DMA, "nvme_setup_ring");
	expect(ALLOC "__ttm_pool_alloc+0x1/0x2 [ttm]\n"
		     "ttm_pool_alloc+0x1/0x2 [ttm]\n"
		     "amdgpu_ttm_tt_populate+0x1/0x2 [amdgpu]\n",
	       0, CATEGORY_GPU, "amdgpu_ttm_tt_populate");
	expect(ALLOC "zs_malloc+0x1/0x2 [zsmalloc]\n"
		     "zram_submit_bio+0x1/0x2 [zram]\n",
	       0, CATEGORY_COMPRESSED_SWAP, "zram_submit_bio");
	expect(ALLOC "anon_pipe_write+0x1/0x2\nvfs_write+0x1/0x2\n", 0,
	       CATEGORY_PIPE, "anon_pipe_write");
	expect(ALLOC "__rb_allocate_pages+0x1/0x2\n"
		     "ring_buffer_resize+0x1/0x2\n"
		     "__tracing_resize_ring_buffer+0x1/0x2\n",
	       0, CATEGORY_TRACING, "__tracing_resize_ring_buffer");
	expect(ALLOC "blk_mq_alloc_map_and_rqs+0x1/0x2\n"
		     "blk_mq_alloc_tag_set+0x1/0x2\nloop_add+0x1/0x2\n",
	       0, CATEGORY_IO_BUFFERS, "loop_add");
	expect(ALLOC "xfs_buf_alloc_pages+0x1/0x2 [xfs]\n"
		     "xfs_buf_get_map+0x1/0x2 [xfs]\n",
	       0, CATEGORY_IO_BUFFERS, "xfs_buf_alloc_pages");
	expect(ALLOC "balloon_page_alloc+0x1/0x2\n"
		     "virtballoon_changed+0x1/0x2 [virtio_balloon]\n",
	       0, CATEGORY_BALLOON, "virtballoon_changed");
	expect(ALLOC "__kvm_mmu_topup_memory_cache+0x1/0x2 [kvm]\n"
		     "direct_page_fault+0x1/0x2 [kvm]\n",
	       0, CATEGORY_SECONDARY_PAGE_TABLE, "direct_page_fault");
	expect(ALLOC "only_alloc_fresh_hugetlb_folio.isra.0+0x1/0x2\n"
		     "alloc_pool_huge_folio+0x1/0x2\n"
		     "set_max_huge_pages+0x1/0x2\n",
	       0, CATEGORY_HUGE_PAGES, "set_max_huge_pages");
	expect(ALLOC "alloc_pages_exact_noprof+0x1/0x2\n"
		     "alloc_large_system_hash+0x1/0x2\ntcp_init+0x1/0x2\n",
	       0, CATEGORY_SYSTEM_TABLES, "tcp_init");
}

static void cma_means_dma_unless_hugetlb_asked(void **state)
{
	(void)state;
	expect("cma_alloc+0x1/0x2\nlab_probe+0x1/0x2 [lab]\n", 0, CATEGORY_DMA,
	       "lab_probe");
	expect("cma_alloc+0x1/0x2\nalloc_gigantic_folio+0x1/0x2\n"
	       "set_max_huge_pages+0x1/0x2\n",
	       0, CATEGORY_HUGE_PAGES, "set_max_huge_pages");
}

static void debugging_overhead_in_slab_is_counted_as_slab(void **state)
{
	struct outcome outcome = expect(
		ALLOC SLAB "__kmalloc_node_noprof+0x1/0x2\n"
			   "alloc_slab_obj_exts+0x1/0x2\n"
			   "alloc_tagging_slab_alloc_hook.part.0+0x1/0x2\n"
			   "kmem_cache_alloc_noprof+0x1/0x2\n"
			   "alloc_buffer_head+0x1/0x2\n",
		EVIDENCE_SLAB_LINE, CATEGORY_SLAB_DEBUGGING,
		"alloc_slab_obj_exts");

	(void)state;
	assert_int_equal(outcome.class.counted_as, CATEGORY_SLAB);
	outcome = expect(ALLOC SLAB "kmem_cache_alloc+0x1/0x2\n"
				    "__create_object+0x1/0x2\n"
				    "kmem_cache_alloc+0x1/0x2\n"
				    "lab_session_start+0x1/0x2 [l]\n",
			 EVIDENCE_FLAG_SLAB, CATEGORY_SLAB_DEBUGGING,
			 "__create_object");
	assert_int_equal(outcome.class.counted_as, CATEGORY_SLAB);
	outcome = expect(ALLOC "stack_depot_save_flags+0x1/0x2\n"
			       "set_track_prepare+0x1/0x2\n"
			       "___slab_alloc+0x1/0x2\n",
			 0, CATEGORY_DEBUGGING, "stack_depot_save_flags");
	assert_int_equal(outcome.class.counted_as, CATEGORY_DEBUGGING);
}

static void early_pages_are_early_whatever_else_is_known(void **state)
{
	(void)state;
	expect("register_early_stack+0x1/0x2\ninit_page_owner+0x1/0x2\n"
	       "page_ext_init+0x1/0x2\n",
	       EVIDENCE_EARLY_MASK | EVIDENCE_SLAB_LINE, CATEGORY_EARLY,
	       "register_early_stack");
	/* up to 4.9 */
	expect("init_page_owner+0x1/0x2\npage_ext_init+0x1/0x2\n",
	       EVIDENCE_EARLY_MASK, CATEGORY_EARLY, "init_page_owner");
	expect("register_dummy_stack+0x1/0x2\ninit_page_owner+0x1/0x2\n",
	       EVIDENCE_EARLY_MASK, CATEGORY_DEBUGGING, "register_dummy_stack");
}

static void a_mask_of_zero_alone_is_not_early(void **state)
{
	(void)state;
	expect(ALLOC "do_leak+0x1/0x2 [l]\n", EVIDENCE_EARLY_MASK,
	       CATEGORY_DRIVER, "do_leak");
}

static void an_address_is_an_unloaded_modules(void **state)
{
	struct outcome outcome =
		expect(ALLOC "0xffffffffc00ea043\n0xffffffffc00f0019\n"
			     "do_one_initcall+0x1/0x2\n"
			     "do_init_module+0x1/0x2\n",
		       0, CATEGORY_DRIVER, "0xffffffffc00ea043");

	(void)state;
	assert_false(outcome.class.stale_symbol);
	expect(ALLOC SLAB "__kmalloc_cache_noprof+0x1/0x2\n"
			  "0xffffffffc00ea08f\n",
	       0, CATEGORY_SLAB, "0xffffffffc00ea08f");
}

static void an_address_at_boot_is_freed_init_code(void **state)
{
	(void)state;
	expect(ALLOC "0xffffffff82a51d3c\ndo_one_initcall+0x1/0x2\n"
		     "kernel_init_freeable+0x1/0x2\nkernel_init+0x1/0x2\n",
	       0, CATEGORY_OTHER, "0xffffffff82a51d3c");
}

static void the_end_mark_of_old_kernels_is_no_frame(void **state)
{
	(void)state;
	expect("__alloc_pages_nodemask+0x1/0x2\nlab_get+0x1/0x2\n"
	       "0xffffffffffffffff\n",
	       0, CATEGORY_OTHER, "lab_get");
	expect("__alloc_pages_nodemask+0x1/0x2\n0xffffffffffffffff\n", 0,
	       CATEGORY_OTHER, "__alloc_pages_nodemask");
}

static void the_search_ends_where_a_fault_or_interrupt_begins(void **state)
{
	(void)state;
	expect(ALLOC "lab_refill+0x1/0x2\nasm_common_interrupt+0x1/0x2\n"
		     "anon_pipe_write+0x1/0x2\n",
	       0, CATEGORY_OTHER, "lab_refill");
	expect(ALLOC "lab_writeback+0x1/0x2\nshrink_folio_list+0x1/0x2\n"
		     "try_to_free_pages+0x1/0x2\n__alloc_pages+0x1/0x2\n"
		     "tcp_sendmsg_locked+0x1/0x2\n",
	       0, CATEGORY_OTHER, "lab_writeback");
	expect(ALLOC "lab_refill+0x1/0x2\ntcp_sendmsg_locked+0x1/0x2\n", 0,
	       CATEGORY_NETWORK, "lab_refill");
}

static void the_kernels_way_in_is_not_blamed(void **state)
{
	(void)state;
	expect(ALLOC SLAB "kmem_cache_alloc_noprof+0x1/0x2\n"
			  "bioset_init+0x1/0x2\ndo_one_initcall+0x1/0x2\n",
	       0, CATEGORY_SLAB, "bioset_init");
	expect(ALLOC, 0, CATEGORY_OTHER, "alloc_pages_mpol");
}

static void the_module_is_that_of_the_first_caller_with_one(void **state)
{
	struct outcome outcome =
		classify(ALLOC "lab_core+0x1/0x2\nvfs_write+0x1/0x2\n"
			       "one+0x1/0x2 [first]\ntwo+0x1/0x2 [second]\n",
			 0);

	(void)state;
	assert_blamed(&outcome, "lab_core");
	assert_span(outcome.class.module, "first");
	assert_category(&outcome, CATEGORY_DRIVER);
	outcome = classify(ALLOC "lab_core+0x1/0x2\n", 0);
	assert_span(outcome.class.module, "");
}

static void flags_help_where_frames_do_not_and_gfp_agrees(void **state)
{
	static const char stack[] = ALLOC "lab_map+0x1/0x2\n";
	unsigned lru = EVIDENCE_FLAG_LRU | EVIDENCE_MOVABLE;

	(void)state;
	assert_true(classify(stack, 0).class.wants_flags);
	expect(stack, lru | EVIDENCE_FLAG_SWAPBACKED, CATEGORY_ANON, "lab_map");
	expect(stack, lru, CATEGORY_PAGE_CACHE, "lab_map");
	expect(stack, EVIDENCE_FLAG_LRU, CATEGORY_OTHER, "lab_map");
	expect(stack, EVIDENCE_FLAG_SLAB, CATEGORY_OTHER, "lab_map");
	assert_false(
		classify(ALLOC "pipe_write+0x1/0x2\n", 0).class.wants_flags);
}

static void a_stack_that_was_not_saved_says_nothing(void **state)
{
	static const char stack[] =
		"register_failure_stack+0x1/0x2\ninit_page_owner+0x1/0x2\n"
		"page_ext_init+0x1/0x2\n";

	(void)state;
	assert_true(expect(stack, 0, CATEGORY_OTHER, "register_failure_stack")
			    .class.wants_flags);
	expect(stack, EVIDENCE_SLAB_LINE, CATEGORY_SLAB,
	       "register_failure_stack");
}

static void a_stack_without_frames_blames_nobody(void **state)
{
	struct outcome outcome = classify("", 0);

	(void)state;
	assert_category(&outcome, CATEGORY_OTHER);
	assert_int_equal(outcome.class.blamed, 0);
	assert_true(outcome.class.wants_flags);
	outcome = classify("0xffffffffffffffff\n", EVIDENCE_SLAB_LINE);
	assert_category(&outcome, CATEGORY_SLAB);
	assert_int_equal(outcome.class.blamed, outcome.count);
	outcome = classify("", EVIDENCE_EARLY_MASK);
	assert_category(&outcome, CATEGORY_EARLY);
}

static bool is_stale(const char *function)
{
	char stack[256] = ALLOC;

	strcat(stack, function);
	strcat(stack, "+0xf/0x20 [churn]\ndo_one_initcall+0x1/0x2\n");
	return classify(stack, 0).class.stale_symbol;
}

static void init_functions_are_told_from_stale_symbols(void **state)
{
	(void)state;
	assert_true(is_stale("churn_own_get"));
	assert_true(is_stale("lab_set_model"));
	assert_false(is_stale("churn_init"));
	assert_false(is_stale("init_module"));
	assert_false(is_stale("crc32c_mod_init"));
	assert_false(is_stale("lab_mod"));
	assert_false(is_stale("pci_driver_entry"));
	assert_false(classify(ALLOC "churn_own_get+0x1/0x2 [churn]\n"
				    "churn_thread+0x1/0x2 [churn]\n",
			      0)
			     .class.stale_symbol);
}

/* Of allocinfo and vmallocinfo: there is no more than the caller. */
static void a_caller_alone_may_tell_the_category(void **state)
{
	static const struct {
		const char *frame;
		enum category category;
	} known[] = {
		{"alloc_slab_page", CATEGORY_SLAB},
		{"kstrdup", CATEGORY_SLAB},
		{"__kernfs_new_node", CATEGORY_SLAB},
		{"iova_magazine_alloc", CATEGORY_SLAB},
		{"shmem_alloc_inode", CATEGORY_SLAB},
		{"__d_alloc", CATEGORY_SLAB_RECLAIMABLE},
		{"ext4_alloc_inode", CATEGORY_SLAB_RECLAIMABLE},
		{"xfs_inode_alloc [xfs]", CATEGORY_SLAB_RECLAIMABLE},
		{"xas_alloc", CATEGORY_SLAB_RECLAIMABLE},
		{"alloc_page_ext", CATEGORY_DEBUGGING},
		{"folio_prealloc", CATEGORY_ANON},
		{"ractl_alloc_folio", CATEGORY_PAGE_CACHE},
		{"pagetable_alloc", CATEGORY_PAGE_TABLE},
		{"alloc_thread_stack_node", CATEGORY_KERNEL_STACK},
		{"pcpu_alloc_pages", CATEGORY_PERCPU},
		{"vm_area_alloc_pages", CATEGORY_VMALLOC},
		{"alloc_large_system_hash", CATEGORY_SYSTEM_TABLES},
		{"alloc_buddy_frozen_folio", CATEGORY_HUGE_PAGES},
		{"fill_grant_buffer [xen_blkfront]", CATEGORY_IO_BUFFERS},
		{"heron_fill [heron]", CATEGORY_DRIVER},
		{"acpi_add_single_object", CATEGORY_OTHER},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct outcome outcome = classify(known[i].frame, 0);

		assert_category(&outcome, known[i].category);
	}
}

static void a_caller_of_vmalloc_is_known_by_its_source(void **state)
{
	struct outcome outcome;

	(void)state;
	outcome = expect("lab_vm_log+0x1/0x2 [leaky_slab]\n", EVIDENCE_VMALLOC,
			 CATEGORY_VMALLOC, "lab_vm_log");
	assert_span(outcome.class.module, "leaky_slab");
	expect("load_module+0x1/0x2\n", EVIDENCE_VMALLOC, CATEGORY_VMALLOC,
	       "load_module");
	expect("kernel_clone+0x1/0x2\n", EVIDENCE_VMALLOC,
	       CATEGORY_KERNEL_STACK, "kernel_clone");
	outcome = classify("", EVIDENCE_VMALLOC);
	assert_category(&outcome, CATEGORY_VMALLOC);
}

static void helpers_are_those_who_allocate_for_others(void **state)
{
	static const char *const helpers[] = {"get_page_from_freelist",
					      "__kmalloc",
					      "kvmalloc_node",
					      "get_zeroed_page",
					      "alloc_pages_exact",
					      "vmalloc",
					      "kmemdup",
					      "__alloc_skb",
					      "kmalloc_reserve",
					      "vma_alloc_folio",
					      "xas_alloc",
					      "___slab_alloc",
					      "alloc_inode"};
	static const char *const others[] = {"do_leak",
					     "leaky_rx_refill",
					     "leaky_tx_ring_grow",
					     "leaky_inlined_path",
					     "leaky_header_buffers",
					     "leaky_work_fn",
					     "lab_deep_recurse",
					     "leaky_zeroed",
					     "leaky_split",
					     "lab_node_new",
					     "lab_big_table",
					     "lab_vm_log",
					     "churn_page_get",
					     "copy_process",
					     "ext4_da_write_begin",
					     "alloc_buffer_head"};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(helpers) / sizeof(helpers[0]); i++)
		assert_true(classify_is_helper(span_of(helpers[i])));
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_false(classify_is_helper(span_of(others[i])));
}

/* Behind "foo*", nothing may begin with "foo": the search would miss it. */
static void assert_sorted(const struct function_group *groups, size_t count)
{
	size_t i, j;

	for (i = 0; i < count; i++) {
		for (j = 0; j < groups[i].count; j++) {
			const char *name = groups[i].names[j];
			const char *next = name;
			size_t length = strlen(name);

			assert_true(name[0] && name[0] != '_');
			if (name[length - 1] == '*')
				length--;
			if (j + 1 < groups[i].count)
				next = groups[i].names[j + 1];
			if (next == name)
				continue;
			if (strcmp(name, next) >= 0 ||
			    (name[length] == '*' &&
			     strncmp(name, next, length) == 0))
				fail_msg("%s must not precede %s", name, next);
		}
	}
}

static void lists_of_functions_are_sorted(void **state)
{
	(void)state;
	assert_sorted(allocator_functions, allocator_function_groups);
	assert_sorted(memory_functions, memory_function_groups);
	assert_sorted(subsystem_functions, subsystem_function_groups);
}

static void assert_each_found(const struct function_group *groups, size_t count)
{
	size_t i, j;

	for (i = 0; i < count; i++) {
		for (j = 0; j < groups[i].count; j++) {
			struct span name = span_of(groups[i].names[j]);

			if (span_ends_with(name, SPAN("*")))
				continue;
			if (function_table_find(name, false) != &groups[i])
				fail_msg("%s is in two lists",
					 groups[i].names[j]);
		}
	}
}

static void each_function_is_in_one_list(void **state)
{
	(void)state;
	assert_each_found(allocator_functions, allocator_function_groups);
	assert_each_found(memory_functions, memory_function_groups);
	assert_each_found(subsystem_functions, subsystem_function_groups);
}

static void each_category_has_a_name_and_a_title(void **state)
{
	int i, j;

	(void)state;
	for (i = 0; i < CATEGORY_COUNT; i++) {
		const struct category_info *info = category_info(i);

		assert_non_null(info->name);
		assert_in_range(strlen(info->title), 1, 66);
		for (j = 0; j < i; j++)
			assert_string_not_equal(info->name,
						category_info(j)->name);
	}
	assert_false(category_info(CATEGORY_ANON)->suspect);
	assert_false(category_info(CATEGORY_SLAB_RECLAIMABLE)->suspect);
	assert_false(category_info(CATEGORY_DEBUGGING)->suspect);
	assert_true(category_info(CATEGORY_SLAB)->suspect);
	assert_true(category_info(CATEGORY_OTHER)->suspect);
}

static void kmemleak_itself_is_not_blamed_for_what_it_lists(void **state)
{
	(void)state;
	expect("create_object\nkmemleak_alloc\nkmem_cache_alloc\ndive [otter]",
	       EVIDENCE_UNREFERENCED, CATEGORY_SLAB, "dive");
	expect("create_object\nkmemleak_alloc\nkmem_cache_alloc\ndive [otter]",
	       0, CATEGORY_DEBUGGING, "create_object");
	expect("__vmalloc_node_range\nvmalloc\ndive [otter]",
	       EVIDENCE_UNREFERENCED, CATEGORY_VMALLOC, "dive");
	expect("create_object\nkmemleak_alloc", EVIDENCE_UNREFERENCED,
	       CATEGORY_SLAB, "create_object");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blames_the_module_that_asked_for_pages),
		cmocka_unit_test(a_modules_page_in_a_fault_is_the_modules),
		cmocka_unit_test(vmalloc_names_the_caller),
		cmocka_unit_test(large_kmalloc_names_the_caller),
		cmocka_unit_test(slab_names_who_made_it_take_the_page),
		cmocka_unit_test(slab_wrappers_are_not_blamed),
		cmocka_unit_test(
			insides_of_a_future_allocator_are_seen_through),
		cmocka_unit_test(
			a_modules_function_is_no_inside_of_an_allocator),
		cmocka_unit_test(a_callback_of_a_helper_is_blamed),
		cmocka_unit_test(a_distant_fault_or_fork_tells_nothing),
		cmocka_unit_test(a_modules_function_is_no_helper_by_its_name),
		cmocka_unit_test(
			fork_means_a_stack_only_where_it_calls_vmalloc),
		cmocka_unit_test(percpu_metadata_is_vmalloc),
		cmocka_unit_test(page_tables_of_a_file_fault_are_page_tables),
		cmocka_unit_test(page_tables_of_vmalloc_name_who_called_it),
		cmocka_unit_test(user_memory_is_told_apart),
		cmocka_unit_test(the_innermost_helper_decides),
		cmocka_unit_test(subsystems_are_known_by_their_functions),
		cmocka_unit_test(cma_means_dma_unless_hugetlb_asked),
		cmocka_unit_test(debugging_overhead_in_slab_is_counted_as_slab),
		cmocka_unit_test(early_pages_are_early_whatever_else_is_known),
		cmocka_unit_test(a_mask_of_zero_alone_is_not_early),
		cmocka_unit_test(an_address_is_an_unloaded_modules),
		cmocka_unit_test(an_address_at_boot_is_freed_init_code),
		cmocka_unit_test(the_end_mark_of_old_kernels_is_no_frame),
		cmocka_unit_test(
			the_search_ends_where_a_fault_or_interrupt_begins),
		cmocka_unit_test(the_kernels_way_in_is_not_blamed),
		cmocka_unit_test(
			the_module_is_that_of_the_first_caller_with_one),
		cmocka_unit_test(flags_help_where_frames_do_not_and_gfp_agrees),
		cmocka_unit_test(a_stack_that_was_not_saved_says_nothing),
		cmocka_unit_test(a_stack_without_frames_blames_nobody),
		cmocka_unit_test(init_functions_are_told_from_stale_symbols),
		cmocka_unit_test(a_caller_alone_may_tell_the_category),
		cmocka_unit_test(a_caller_of_vmalloc_is_known_by_its_source),
		cmocka_unit_test(helpers_are_those_who_allocate_for_others),
		cmocka_unit_test(lists_of_functions_are_sorted),
		cmocka_unit_test(each_function_is_in_one_list),
		cmocka_unit_test(each_category_has_a_name_and_a_title),
		cmocka_unit_test(
			kmemleak_itself_is_not_blamed_for_what_it_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
