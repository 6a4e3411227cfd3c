/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions that allocate for others: the page allocator and its wrappers,
 * slab, vmalloc and per-cpu memory; and those where the kernel is entered.
 *
 * Names are without leading underscores and compiler suffixes; one that ends
 * in '*' stands for a family. Each list is in byte order, which a test checks.
 * A comment tells the versions that have the function, as far as is known.
 */
#include "account/function_table.h"

#define LIST(names) names, sizeof(names) / sizeof(names[0])

/* As many names to a line as fit. */
/* clang-format off */

static const char *const allocators[] = {
	"acpi_os_ioremap", "alloc_bootmem_cpumask_var", "alloc_bucket_locks",
	"alloc_bucket_spinlocks", "alloc_cpumask_var", "alloc_cpumask_var_node",
	"alloc_demote_folio", "alloc_demote_page", "alloc_demote_page_node",
	"alloc_frozen_pages", "alloc_frozen_pages_mpol",
	"alloc_frozen_pages_nolock", "alloc_kmem_pages",
	"alloc_kmem_pages_node", "alloc_migrate_target",
	"alloc_migration_target", "alloc_migration_target_by_mpol",
	"alloc_misplaced_dst_folio", "alloc_misplaced_dst_page",
	"alloc_new_node_page", "alloc_page", "alloc_page_interleave",
	"alloc_page_vma", "alloc_pages", "alloc_pages_any_node",
	"alloc_pages_bulk", "alloc_pages_bulk_array",
	"alloc_pages_bulk_array_mempolicy", "alloc_pages_bulk_array_node",
	"alloc_pages_bulk_interleave", "alloc_pages_bulk_list",
	"alloc_pages_bulk_mempolicy", "alloc_pages_bulk_preferred_many",
	"alloc_pages_bulk_weighted_interleave", "alloc_pages_cpuset_fallback",
	"alloc_pages_current", "alloc_pages_direct_compact",
	"alloc_pages_direct_reclaim", "alloc_pages_exact",
	"alloc_pages_exact_nid", "alloc_pages_exact_node",
	"alloc_pages_high_priority", "alloc_pages_internal",
	"alloc_pages_may_oom", "alloc_pages_mpol", "alloc_pages_node",
	"alloc_pages_nodemask", "alloc_pages_nolock",
	"alloc_pages_preferred_many", "alloc_pages_slowpath", "alloc_tag_save",
	"alloc_vm_area", "bio_alloc", "bio_alloc_bioset",
	"bio_alloc_percpu_cache", "bio_kmalloc", "bioset_init", "bitmap_alloc",
	"bitmap_alloc_node", "bitmap_zalloc", "bitmap_zalloc_node",
	"btree_insert", "btree_node_alloc", "bucket_table_alloc", "bvec_alloc",
	"bvec_alloc_gfp", "calculate_sizes", "change_memory_common",
	"compaction_alloc", "create_cache", "damon_alloc_folio", "dev_set_name",
	"devm_add_action", "devm_add_action_or_reset", "devm_bitmap_alloc",
	"devm_bitmap_zalloc", "devm_get_free_pages", "devm_ioremap",
	"devm_ioremap_resource", "devm_ioremap_wc", "devm_kasprintf",
	"devm_kcalloc", "devm_kmalloc", "devm_kmemdup", "devm_krealloc",
	"devm_kstrdup", "devm_kstrdup_const", "devm_kvasprintf", "devm_kzalloc",
	"devm_memremap", "devres_alloc_node", "dma_pool_create",
	"do_kmem_cache_create", "drmm_kmalloc", "drmm_kstrdup",
	"flex_array_alloc", "flex_array_prealloc", "folio_alloc",
	"folio_alloc_mpol", "folio_alloc_node", "folio_alloc_nolock",
	"generic_ioremap_prot", "genradix_alloc_node", "genradix_prealloc",
	"genradix_ptr_alloc", "get_dma_pages", "get_free_page",
	"get_free_pages", "get_page_from_freelist", "get_vm_area",
	"get_vm_area_caller", "get_vm_area_node", "get_zeroed_page",
	"ida_alloc", "ida_alloc_max", "ida_alloc_min", "ida_alloc_range",
	"ida_get_new_above", "ida_pre_get", "ida_simple_get", "idr_alloc",
	"idr_alloc_cmn", "idr_alloc_cyclic", "idr_alloc_ext", "idr_alloc_u32",
	"idr_get_empty_slot", "idr_get_free", "idr_get_free_cmn", "idr_pre_get",
	"idr_preload", "iget5_locked", "iget_locked", "init_kmem_cache_nodes",
	"init_srcu_struct", "init_srcu_struct_fields", "inode_insert5",
	"ioremap", "ioremap_cache", "ioremap_caller", "ioremap_prot",
	"ioremap_uc", "ioremap_wc", "kasprintf", "kcalloc", "kcalloc_node",
	"kernel_map_pages", "kernel_map_pages_in_pgd", "kfifo_alloc",
	"kfifo_alloc_node", "kfree_sensitive", "kmalloc_array",
	"kmalloc_array_node", "kmalloc_slab", "kmem_cache_create",
	"kmem_cache_create_args", "kmem_cache_create_usercopy",
	"kmem_cache_init", "kmem_cache_open", "kobject_get_path",
	"kobject_set_name", "krealloc", "krealloc_array", "krealloc_more_oob",
	"krealloc_node_align", "krealloc_use_slack", "kvcalloc", "kvmalloc",
	"kvmalloc_array", "kvmalloc_array_node", "kvmemdup", "kvrealloc",
	"kvzalloc", "kvzalloc_node", "kzalloc", "kzalloc_node", "kzfree",
	"llist_alloc", "make_alloc_exact", "mas_alloc_cyclic",
	"mas_commit_b_node", "mas_dup_alloc", "mas_dup_build", "mas_empty_area",
	"mas_erase", "mas_expected_entries", "mas_get_slot", "mas_insert",
	"mas_node_count", "mas_node_count_gfp", "mas_nomem", "mas_preallocate",
	"mas_rebalance", "mas_split", "mas_store", "mas_store_gfp",
	"mas_store_prealloc", "mas_wr_bnode", "mas_wr_modify",
	"mas_wr_node_store", "mas_wr_preallocate", "mas_wr_rebalance",
	"mas_wr_spanning_store", "mas_wr_split", "mas_wr_store_entry",
	"mempool_alloc", "mempool_alloc_bulk", "mempool_alloc_from_pool",
	"mempool_alloc_pages", "mempool_create", "mempool_create_node",
	"mempool_init", "mempool_init_node", "mempool_kmalloc",
	"mempool_resize", "memremap", "mt_dup", "mtree_alloc_cyclic",
	"mtree_alloc_range", "mtree_dup", "mtree_erase", "mtree_insert",
	"mtree_insert_range", "mtree_store", "mtree_store_range",
	"nested_bucket_table_alloc", "new_inode", "new_inode_pseudo",
	"new_node_page", "new_page_nodemask", "objpool_init", "pci_iomap",
	"pci_iomap_range", "pci_ioremap_bar", "percpu_counter_init",
	"percpu_counter_init_many", "percpu_init_rwsem", "percpu_ref_init",
	"post_alloc_hook", "prep_new_page", "radix_tree_create",
	"radix_tree_extend", "radix_tree_insert", "radix_tree_maybe_preload",
	"radix_tree_maybe_preload_order", "register_failure_stack",
	"rhashtable_init", "rhashtable_insert_slow", "rhashtable_rehash_alloc",
	"rhashtable_try_insert", "rhltable_init", "rht_bucket_nested_insert",
	"rmqueue", "sbitmap_init_node", "sbitmap_queue_init_node",
	"seq_buf_alloc", "set_direct_map_default_noflush",
	"set_direct_map_invalid_noflush", "set_direct_map_valid_noflush",
	"set_memory_4k", "set_memory_decrypted", "set_memory_enc_dec",
	"set_memory_enc_pgtable", "set_memory_encrypted", "set_memory_np",
	"set_memory_nx", "set_memory_p", "set_memory_ro", "set_memory_rox",
	"set_memory_rw", "set_memory_uc", "set_memory_wb", "set_memory_wc",
	"set_memory_x", "set_pages_array_uc", "set_pages_array_wb",
	"set_pages_array_wc", "set_pages_ro", "set_pages_rw", "set_pages_uc",
	"set_pages_wb", "sg_alloc_append_table_from_pages", "sg_alloc_table",
	"sg_alloc_table_chained", "sg_alloc_table_from_pages",
	"sg_alloc_table_from_pages_segment", "sg_kmalloc", "sg_pool_alloc",
	"sgl_alloc", "sgl_alloc_order", "slab_alloc_node",
	"slab_post_alloc_hook", "slab_pre_alloc_hook", "splice_grow_spd",
	"split_page", "try_alloc_pages", "va_alloc", "vmemdup_user", "xa_alloc",
	"xa_alloc_cyclic", "xa_cmpxchg", "xa_insert", "xa_store",
	"xa_store_range", "xas_create", "xas_create_range", "xas_expand",
	"xas_nomem", "xas_split_alloc", "xas_store", "xas_try_split",
	"zalloc_cpumask_var",
};

static const char *const context_barriers[] = {
	"balance_pgdat", "do_shrink_slab", "do_try_to_free_pages",
	"shrink_folio_list", "shrink_lruvec", "shrink_node", "shrink_page_list",
	"shrink_slab", "try_to_free_mem_cgroup_pages", "try_to_free_pages",
};

static const char *const context_interruptions[] = {
	"apic_timer_interrupt", "asm_common_interrupt",
	"asm_exc_general_protection", "asm_exc_page_fault",
	"asm_sysvec_apic_timer_interrupt", "asm_sysvec_call_function",
	"asm_sysvec_call_function_single", "asm_sysvec_hyperv_callback",
	"asm_sysvec_reschedule_ipi", "asm_sysvec_xen_hvm_callback",
	"async_page_fault", "call_on_stack", "call_softirq", "common_interrupt",
	"dabt_svc", "dabt_usr", "do_DataAbort", "do_IRQ", "do_async_page_fault",
	"do_exception", "do_mem_abort", "do_page_fault", "do_softirq",
	"do_softirq_own_stack", "do_translation_fault", "do_user_addr_fault",
	"el0_da", "el0_irq", "el0t_64_irq", "el1_abort", "el1_irq",
	"el1h_64_irq", "el1h_64_irq_handler", "exc_page_fault",
	"gic_handle_irq", "handle_page_fault", "handle_softirqs",
	"hardware_interrupt_common", "invoke_softirq", "irq_exit",
	"irq_exit_rcu", "irq_svc", "irq_usr", "irqentry_exit", "page_fault",
	"ret_from_intr", "smp_apic_timer_interrupt",
	"sysvec_apic_timer_interrupt", "sysvec_call_function_single",
	"sysvec_reschedule_ipi",
};

static const char *const context_entries[] = {
	"arch_call_rest_init", "call_timer_fn", "common_startup_64",
	"cpu_startup_entry", "cpuhp_invoke_callback", "cpuhp_thread_fun",
	"do_el0_svc", "do_fast_syscall_32", "do_group_exit", "do_idle",
	"do_initcalls", "do_int80_syscall_32", "do_one_initcall", "do_syscall",
	"do_syscall_64", "do_syscall_trace_enter", "do_trap_ecall_u", "el0_svc",
	"el0_svc_common", "el0_svc_handler", "el0_svc_naked", "el0_sync",
	"el0_sync_handler", "el0t_64_sync", "el0t_64_sync_handler",
	"entry_SYSCALL_64", "entry_SYSCALL_64_after_hwframe",
	"entry_SYSCALL_64_fastpath", "entry_SYSENTER_compat_after_hwframe",
	"exit_to_user_mode_loop", "handle_exception", "handle_syscall",
	"invoke_syscall", "kernel_init", "kernel_init_freeable", "kthread",
	"kthread_worker_fn", "process_one_work", "process_scheduled_works",
	"rcu_core", "rcu_do_batch", "rescuer_thread", "rest_init",
	"ret_fast_syscall", "ret_from_fork", "ret_from_fork_asm",
	"ret_from_kernel_thread", "ret_from_kernel_user_thread",
	"ret_from_syscall", "run_ksoftirqd", "run_timer_softirq",
	"secondary_startup_64", "secondary_startup_64_no_verify",
	"smpboot_thread_fn", "start_secondary", "syscall64",
	"syscall_exit_to_user_mode", "system_call", "system_call_common",
	"system_call_exception", "system_call_fastpath",
	"system_call_vectored_common", "task_work_run", "worker_thread",
	"x64_sys_call", "x86_64_start_kernel", "x86_64_start_reservations",
};

static const char *const wrapper_helpers[] = {
	"acpi_os_acquire_object", "acpi_os_allocate_zeroed",
	"acpi_ut_allocate_object_desc_dbg", "acpi_ut_create_generic_state",
	"acpi_ut_create_internal_object_dbg", "btrfs_alloc_page",
	"ext4_kvmalloc", "ext4_kvzalloc",
	"kmem_alloc", /* XFS, up to 6.8 */
	"kmem_alloc_io", /* XFS, up to 6.8 */
	"kmem_alloc_large", /* XFS, up to 6.8 */
	"kmem_zalloc", /* XFS, up to 6.8 */
	"kmem_zone_alloc", /* XFS, up to 6.8 */
	"spl_kmem_alloc", "spl_kmem_alloc_impl", "spl_kmem_cache_alloc",
	"spl_kmem_zalloc", "spl_kvmalloc", "spl_vmem_alloc", "spl_vmem_zalloc",
	"xt_alloc_table_info",
};

/* Slab caches. */
static const char *const slab_helpers[] = {
	"alloc_empty_sheaf", /* 6.18+ */
	"alloc_from_new_slab",
	"alloc_from_pcs", /* 6.18+ */
	"alloc_from_pcs_bulk", /* 6.18+ */
	"alloc_full_sheaf", /* 6.18+ */
	"alloc_single_from_new_slab", "alloc_slab_page", "allocate_slab",
	"cache_alloc", /* SLAB, up to 6.7 */
	"cache_alloc_node", /* SLAB, up to 6.7 */
	"cache_alloc_refill", /* SLAB, up to 6.7 */
	"cache_grow", /* SLAB, up to 6.7 */
	"cache_grow_begin", /* SLAB, up to 6.7 */
	"do_kmalloc", "do_kmalloc_node", "early_kmem_cache_node_alloc",
	"fallback_alloc", /* SLAB, up to 6.7 */
	"kmalloc",
	"kmem_cache_prefill_sheaf", /* 6.18+ */
	"kmem_cache_refill_sheaf", /* 6.18+ */
	"kmem_cache_return_sheaf", /* 6.18+ */
	"kmem_cache_zalloc",
	"kmem_getpages", /* SLAB, up to 6.7 */
	"new_slab", "new_slab_objects",
	"pcs_replace_empty_main", /* 6.18+ */
	"prefill_sheaf_pfmemalloc", /* 6.18+ */
	"refill_objects", /* 7.0+ */
	"refill_sheaf", /* 6.18+ */
	"slab_alloc", "slab_alloc_page",
	"slob_alloc", /* SLOB, up to 6.3 */
	"slob_new_pages", /* SLOB, up to 6.3 */
};

/*
 * Who takes objects of slab caches. In a whole stack the helpers have told it
 * already; these are for sources that have the caller alone (allocinfo).
 */
static const char *const slab_object_helpers[] = {
	"alloc_vmap_area", "biovec_init_pool", "idr_layer_alloc", "kmemdup",
	"kmemdup_array", "kmemdup_node", "kmemdup_nul",
	"kobject_set_name_vargs", "kstrdup", "kstrdup_const",
	"kstrdup_quotable", "kstrndup", "kvasprintf", "kvasprintf_const",
	"mas_alloc_nodes", "mas_pop_node", "memdup_user", "memdup_user_nul",
	"mempool_alloc_slab", "mt_alloc_bulk", "mt_alloc_one",
	"preload_this_cpu_lock", "shmem_alloc_inode", "strndup_user",
};

static const char *const slab_object_users[] = {
	"alloc_empty_file", "alloc_pid", "alloc_task_struct_node",
	"anon_vma_alloc", "anon_vma_chain_alloc", "copy_sighand", "copy_signal",
	"dup_fd", "dup_mm", "ext4_inode_attach_jinode", "iova_magazine_alloc",
	"kernfs_new_node", "mm_alloc", "prepare_creds", "sk_prot_alloc",
	"vm_area_alloc", "vm_area_dup", "vma_lock_alloc",
};

/* The same for caches that are made with SLAB_RECLAIM_ACCOUNT. */
static const char *const slab_reclaimable_helpers[] = {
	"alloc_inode", "radix_tree_node_alloc", "radix_tree_preload",
	"xas_alloc",
};

static const char *const slab_reclaimable_users[] = {
	"alloc_buffer_head", "bdev_alloc_inode", "btrfs_alloc_inode", "d_alloc",
	"debugfs_alloc_inode", "es_alloc_extent", "ext4_alloc_inode",
	"f2fs_alloc_inode", "fat_alloc_inode", "fuse_alloc_inode",
	"hugetlbfs_alloc_inode", "iso9660_alloc_inode", "nfs_alloc_inode",
	"ntfs_alloc_big_inode", "ovl_alloc_inode", "proc_alloc_inode",
	"sock_alloc_inode", "squashfs_alloc_inode", "xfs_inode_alloc",
};

/* kmalloc() of more than a slab holds. */
static const char *const large_kmalloc_helpers[] = {
	"kmalloc_large", "kmalloc_large_node", "kmalloc_large_node_hook",
	"kmalloc_order", /* up to 5.19 */
	"kmalloc_order_trace", /* up to 5.19 */
};

/* vmalloc(), and what stands on it: modules, BPF programs and maps. */
static const char *const vmalloc_helpers[] = {
	"alloc_insn_page", "alloc_new_pack", "bpf_jit_alloc_exec",
	"bpf_jit_binary_alloc", "bpf_jit_binary_pack_alloc",
	"bpf_map_area_alloc", "bpf_map_area_mmapable_alloc", "bpf_prog_alloc",
	"bpf_prog_alloc_no_stats", "bpf_prog_pack_alloc", "bpf_prog_realloc",
	"kvmalloc_node", "kvrealloc_node_align",
	"module_alloc", /* up to 6.9 */
	"pcpu_mem_zalloc", "vcalloc",
	"vm_area_alloc_pages", /* 5.15+ */
	"vm_map_ram", "vmalloc", "vmap", "vmap_pfn", "vrealloc",
	"vrealloc_node_align", "vzalloc", "vzalloc_node",
};

/* Per-cpu chunks. */
static const char *const percpu_helpers[] = {
	"alloc_percpu", "alloc_percpu_gfp", "alloc_reserved_percpu",
	"bpf_map_alloc_percpu", "pcpu_alloc", "pcpu_alloc_pages",
	"pcpu_populate_chunk", "percpu_alloc",
};

static const char *const wrapper_helper_families[] = {
	"alloc_pages_bulk*",
};

static const char *const slab_helper_families[] = {
	"kmalloc_*", "kmem_cache_alloc*",
};

static const char *const vmalloc_helper_families[] = {
	"execmem_*", "vmalloc_*",
};

/* clang-format on */

const struct function_group allocator_functions[] = {
	{LIST(allocators), FUNCTION_NO_CATEGORY,
	 FUNCTION_HELPER | FUNCTION_KERNEL_ONLY},
	{LIST(context_barriers), FUNCTION_NO_CATEGORY,
	 FUNCTION_BARRIER | FUNCTION_KERNEL_ONLY},
	{LIST(context_interruptions), FUNCTION_NO_CATEGORY,
	 FUNCTION_BARRIER | FUNCTION_ENTRY | FUNCTION_KERNEL_ONLY},
	{LIST(context_entries), FUNCTION_NO_CATEGORY,
	 FUNCTION_ENTRY | FUNCTION_KERNEL_ONLY},
	{LIST(wrapper_helpers), FUNCTION_NO_CATEGORY, FUNCTION_HELPER},
	{LIST(slab_helpers), CATEGORY_SLAB,
	 FUNCTION_HELPER | FUNCTION_KERNEL_ONLY},
	{LIST(slab_object_helpers), CATEGORY_SLAB,
	 FUNCTION_HELPER | FUNCTION_WEAK | FUNCTION_KERNEL_ONLY},
	{LIST(slab_reclaimable_helpers), CATEGORY_SLAB_RECLAIMABLE,
	 FUNCTION_HELPER | FUNCTION_WEAK | FUNCTION_KERNEL_ONLY},
	{LIST(slab_object_users), CATEGORY_SLAB,
	 FUNCTION_DIRECT | FUNCTION_KERNEL_ONLY},
	{LIST(slab_reclaimable_users), CATEGORY_SLAB_RECLAIMABLE,
	 FUNCTION_DIRECT},
	{LIST(large_kmalloc_helpers), CATEGORY_LARGE_KMALLOC,
	 FUNCTION_HELPER | FUNCTION_KERNEL_ONLY},
	{LIST(vmalloc_helpers), CATEGORY_VMALLOC,
	 FUNCTION_HELPER | FUNCTION_KERNEL_ONLY},
	{LIST(percpu_helpers), CATEGORY_PERCPU,
	 FUNCTION_HELPER | FUNCTION_KERNEL_ONLY},
	{LIST(wrapper_helper_families), FUNCTION_NO_CATEGORY,
	 FUNCTION_HELPER | FUNCTION_KERNEL_ONLY},
	{LIST(slab_helper_families), CATEGORY_SLAB,
	 FUNCTION_HELPER | FUNCTION_KERNEL_ONLY},
	{LIST(vmalloc_helper_families), CATEGORY_VMALLOC,
	 FUNCTION_HELPER | FUNCTION_KERNEL_ONLY},
};

const size_t allocator_function_groups =
	sizeof(allocator_functions) / sizeof(allocator_functions[0]);
