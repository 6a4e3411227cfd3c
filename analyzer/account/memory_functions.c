/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What functions of memory management and the file cache take pages for. See
 * allocator_functions.c for how the lists are written.
 */
#include "account/function_table.h"

#define LIST(names) names, sizeof(names) / sizeof(names[0])

/* As many names to a line as fit. */
/* clang-format off */

/* Page tables, of processes and of the kernel, on all architectures. */
static const char *const page_table_helpers[] = {
	"alloc_for_cache", "alloc_for_pmdcache", "alloc_for_ptecache",
	"alloc_init_cont_pmd", "alloc_init_cont_pte", "alloc_init_pud",
	"alloc_low_pages", "alloc_new_pmd", "alloc_new_pud", "alloc_pmd_page",
	"alloc_pte_page", "create_pgd_mapping", "crst_table_alloc",
	"early_alloc_pgtable", "fill_p4d", "fill_pmd", "fill_pte", "fill_pud",
	"get_locked_pte", "huge_pte_alloc", "hugetlb_pte_alloc", "p4d_alloc",
	"p4d_alloc_one", "page_table_alloc", "page_table_alloc_pgste",
	"pagetable_alloc", "pgd_alloc", "pgd_alloc_order", "pgd_pgtable_alloc",
	"pgd_pgtable_alloc_init_mm", "pgd_pgtable_alloc_special_mm",
	"phys_p4d_init", "phys_pmd_init", "phys_pte_init", "phys_pud_init",
	"pmd_alloc", "pmd_alloc_one", "pmd_fragment_alloc", "populate_pgd",
	"populate_pmd", "populate_pte", "populate_pud", "preallocate_pmds",
	"pte_alloc", "pte_alloc_one", "pte_alloc_one_kernel", "pte_frag_alloc",
	"pte_fragment_alloc", "pti_user_pagetable_walk_p4d",
	"pti_user_pagetable_walk_pmd", "pti_user_pagetable_walk_pte",
	"pud_alloc", "pud_alloc_one", "radix_map_kernel_page",
	"vmem_crst_alloc", "vmem_pte_alloc", "walk_to_pmd",
};

/* The kernel's own page tables: vmalloc's, ioremap's, the direct map's. */
static const char *const kernel_mapping_helpers[] = {
	"change_page_attr", "change_page_attr_set_clr", "ioremap_page_range",
	"map_kernel_range_noflush", "map_vm_area", "native_set_fixmap",
	"pte_alloc_kernel", "pte_alloc_kernel_track", "set_fixmap",
	"set_pte_vaddr", "set_pte_vaddr_p4d", "set_pte_vaddr_pud",
	"split_kernel_leaf_mapping", "split_large_page", "spp_getpage",
	"vmap_page_range", "vmap_page_range_noflush", "vmap_pages_pmd_range",
	"vmap_pages_pte_range", "vmap_pages_pud_range", "vmap_pages_range",
	"vmap_pages_range_noflush", "vmap_pte_range", "vmap_range_noflush",
	"vmap_small_pages_range_noflush",
};

static const char *const page_table_weak[] = {
	"apply_to_existing_page_range", "apply_to_page_range",
	"apply_to_pte_range",
};

static const char *const page_table_users[] = {
	"efi_alloc_page_tables", "init_espfix_ap", "init_espfix_bsp",
	"init_trampoline_kaslr", "init_transition_pgtable",
	"kernel_ident_mapping_init", "kernel_physical_mapping_init",
	"populate_extra_pmd", "populate_extra_pte", "preallocate_vmalloc_pages",
	"prepare_pmds", "pti_clone_p4d", "pti_clone_pgtable",
};

/* Page tables of KVM and of IOMMUs. */
static const char *const secondary_page_table_helpers[] = {
	"alloc_pgtable_page", "arm_lpae_alloc_pages", "hyp_mc_alloc_fn",
	"kvm_mmu_topup_memory_cache", "mmu_memory_cache_alloc_obj",
	"mmu_topup_memory_cache", "mmu_topup_memory_cache_page",
	"mmu_topup_memory_caches", "pfn_to_dma_pte",
	"stage2_memcache_zalloc_page",
};

static const char *const secondary_page_table_users[] = {
	"alloc_root_page", "arm_lpae_alloc_pgtable", "arm_lpae_map",
	"arm_v7s_alloc_table", "arm_v7s_map", "domain_mapping",
	"increase_address_space", "intel_iommu_map_pages",
	"iommu_alloc_root_entry", "iommu_v1_map_pages", "iommu_v2_map_pages",
	"kvm_pgtable_hyp_init", "kvm_pgtable_stage2_init",
	"kvm_s2_mm_ops_alloc", "mmu_alloc_direct_roots", "mmu_alloc_root",
	"mmu_alloc_special_roots", "tdx_alloc_page", "topup_hyp_memcache",
	"topup_split_caches", "v1_alloc_pgtable", "v2_alloc_pgtable",
};

/* Kernel stacks, vmalloc()ed or not as CONFIG_VMAP_STACK (4.9) has it. */
static const char *const kernel_stack_helpers[] = {
	"alloc_thread_info", /* up to 4.5 */
	"alloc_thread_info_node", /* up to 4.5 */
	"alloc_thread_stack_node", /* 4.6+ */
	"alloc_vmap_stack", "arch_alloc_vmap_stack", "dup_task_struct",
	"scs_alloc",
};

static const char *const kernel_stack_users[] = {
	"init_irq_stacks", "irq_ctx_init", "irq_init_percpu_irqstack",
	"map_irq_stack",
};

static const char *const kernel_stack_direct[] = {
	"copy_process", "do_fork", "fork_idle", "kernel_clone",
};

/* User anonymous memory. */
static const char *const anon_helpers[] = {
	"alloc_anon_folio", /* 6.8+ */
	"alloc_hugepage_direct_gfpmask", "alloc_hugepage_vma",
	"alloc_swap_folio", /* 6.12+ */
	"alloc_thp_zeroed_folio", "alloc_zeroed_user_highpage_movable",
	"folio_prealloc", /* 5.10+ */
	"hpage_collapse_alloc_folio", "hpage_collapse_alloc_page",
	"khugepaged_alloc_hugepage", "khugepaged_alloc_page",
	"page_copy_prealloc", /* 5.10+ */
	"vma_alloc_anon_folio_pmd", /* 6.14+ */
	"vma_alloc_zeroed_movable_folio",
};

static const char *const anon_weak[] = {
	"alloc_charge_folio", "alloc_charge_hpage",
	"alloc_pages_vma", /* up to 5.17 */
	"read_swap_cache_async", "swap_cache_alloc_folio",
	"swap_cluster_readahead", "swap_vma_readahead", "swapin_folio",
	"swapin_readahead", "swapin_sync",
	"vma_alloc_folio", /* 5.19+ */
};

static const char *const anon_direct[] = {
	"collapse_huge_page", "copy_page_range", "copy_present_page",
	"copy_pte_range", "do_anonymous_page", "do_cow_fault", "do_cow_page",
	"do_fault", "do_huge_pmd_anonymous_page", "do_huge_pmd_wp_page",
	"do_huge_pmd_wp_page_fallback", "do_pte_missing", "do_swap_page",
	"do_wp_page", "get_huge_zero_folio", "get_huge_zero_page",
	"handle_mm_fault", "handle_pte_fault", "hugepage_vma_revalidate",
	"install_breakpoint", "ksm_might_need_to_copy", "mcopy_atomic",
	"mcopy_atomic_pte", "mfill_atomic", "mfill_atomic_pte",
	"mfill_atomic_pte_copy", "mfill_atomic_pte_zeroed_folio",
	"mfill_zeropage_pte", "migrate_vma_insert_page",
	"mm_get_huge_zero_folio", "mm_get_huge_zero_page", "unuse_mm",
	"unuse_pte", "unuse_pte_range", "unuse_vma", "uprobe_write",
	"uprobe_write_opcode", "wp_page_copy", "zswap_writeback_entry",
};

/* Shared memory. */
static const char *const shmem_helpers[] = {
	"shmem_read_folio_gfp", "shmem_read_mapping_page",
	"shmem_read_mapping_page_gfp", "shmem_replace_folio",
	"shmem_replace_page", "shmem_swap_alloc_folio",
};

static const char *const shmem_users[] = {
	"shmem_fallocate", "shmem_fault", "shmem_file_read_iter",
	"shmem_mcopy_atomic_pte", "shmem_mfill_atomic_pte",
	"shmem_mfill_zeropage_pte", "shmem_unuse", "shmem_unuse_inode",
	"shmem_unuse_swap_entries", "shmem_write_begin",
};

static const char *const shmem_direct[] = {
	"shmem_symlink",
};

/* Page cache. */
static const char *const page_cache_helpers[] = {
	"add_to_page_cache_locked", "add_to_page_cache_lru",
	"alloc_eb_folio_array", "bdev_getblk", "bread", "bread_gfp",
	"breadahead", "breadahead_gfp", "erofs_allocpage",
	"f2fs_grab_cache_page",
	"filemap_alloc_folio", /* 5.16+ */
	"filemap_get_folio", /* 5.16+ */
	"filemap_get_folio_mpol", /* 7.0+ */
	"find_or_create_page", "getblk", "getblk_gfp", "getblk_slow",
	"getblk_unmovable", "grab_cache_page_nowait",
	"grab_cache_page_write_begin", "grow_buffers", "grow_dev_folio",
	"grow_dev_page", "iomap_get_folio",
	"page_cache_alloc", /* up to 5.15 */
	"pagecache_get_page",
	"ra_alloc_folio", /* 5.18+ */
	"ractl_alloc_folio", /* 5.18+ */
	"sb_getblk", "sb_getblk_gfp", "write_begin_get_folio",
};

static const char *const page_cache_weak[] = {
	"do_read_cache_folio", "do_read_cache_page", "mapping_read_folio_gfp",
	"read_cache_folio", "read_cache_page", "read_cache_page_async",
	"read_cache_page_gfp", "read_mapping_folio", "read_mapping_page",
};

static const char *const page_cache_direct[] = {
	"block_write_begin", "collapse_file", "cont_write_begin",
	"do_generic_file_read", "filemap_fault", "filemap_get_pages",
	"filemap_read", "generic_file_buffered_read", "generic_file_read_iter",
	"iomap_write_begin", "no_cached_page", "nobh_write_begin",
	"secretmem_fault", "simple_write_begin",
};

static const char *const page_cache_users[] = {
	"add_ra_bio_pages", "aio_setup_ring", "alloc_dummy_extent_buffer",
	"alloc_extent_buffer", "btrfs_clone_extent_buffer",
	"defrag_prepare_one_folio",
	"do_page_cache_readahead", /* up to 5.9 */
	"f2fs_get_lock_data_page", "filemap_create_folio", "filemap_readahead",
	"force_page_cache_ra", "fuse_readdir_cache", "nfs_readdir_alloc_pages",
	"nfs_readdir_folio_array_alloc", "nfs_readdir_folio_get_locked",
	"nfs_readdir_page_array_alloc", "ondemand_readahead",
	"page_cache_async_ra",
	"page_cache_ra_order", /* 5.18+ */
	"page_cache_ra_unbounded", /* 5.10+ */
	"page_cache_sync_ra", "prepare_one_folio", "readahead_expand",
	"squashfs_page_actor_init_special", "squashfs_read_cache",
	"squashfs_readahead", "squashfs_readpage_block", "z_erofs_bind_cache",
};

/* hugetlb. */
static const char *const huge_pages_helpers[] = {
	"alloc_and_dissolve_huge_page", "alloc_and_dissolve_hugetlb_folio",
	"alloc_buddy_frozen_folio",
	"alloc_buddy_huge_page", /* up to 6.1 */
	"alloc_buddy_huge_page_with_mpol",
	"alloc_buddy_hugetlb_folio", /* 6.2 to 6.18 */
	"alloc_buddy_hugetlb_folio_with_mpol", "alloc_fresh_gigantic_page",
	"alloc_fresh_huge_page", /* up to 6.1 */
	"alloc_fresh_huge_page_node", /* up to 6.1 */
	"alloc_fresh_hugetlb_folio", /* 6.2+ */
	"alloc_gigantic_folio", "alloc_gigantic_frozen_folio",
	"alloc_gigantic_page", "alloc_huge_page", "alloc_huge_page_node",
	"alloc_huge_page_nodemask", "alloc_hugetlb_folio",
	"alloc_hugetlb_folio_nodemask", "alloc_migrate_huge_page",
	"alloc_migrate_hugetlb_folio", "alloc_pool_huge_folio",
	"alloc_pool_huge_page", "alloc_surplus_huge_page",
	"alloc_surplus_hugetlb_folio", "hugetlb_cma_alloc_folio",
	"hugetlb_cma_alloc_frozen_folio",
	"only_alloc_fresh_hugetlb_folio", /* 6.8+ */
};

static const char *const huge_pages_users[] = {
	"gather_surplus_pages", "set_max_huge_pages",
};

/* Tables sized once. */
static const char *const system_tables_helpers[] = {
	"alloc_large_system_hash", "alloc_node_mem_map",
	"altmap_alloc_block_buf", "populate_section_memmap", "swap_alloc_table",
	"swap_cgroup_prepare", "swap_cluster_alloc_table", "swap_table_alloc",
	"swap_table_folio_alloc",
};

static const char *const system_tables_users[] = {
	"alloc_section_usemap", "alloc_usemap_and_memmap",
	"alloc_vmemmap_page_list", "crash_prepare_elf64_headers",
	"crash_save_vmcoreinfo_init", "futex_hash_allocate", "futex_init",
	"idt_setup_apic_and_irq_gates", "inet_ehash_locks_alloc",
	"kimage_load_segment", "machine_kexec_prepare", "section_activate",
	"setup_clusters", "setup_swap_map", "setup_swap_map_and_extents",
	"setup_zero_pages", "sparse_add_section", "swap_cgroup_swapon",
	"swap_cluster_setup_bad_slot", "tcp_metrics_hash_alloc", "timens_alloc",
	"vdso_join_timens", "vdso_setup_data_pages",
};

/* Debugging overhead. */
static const char *const debugging_users[] = {
	"add_scan_area", "add_stack_record_to_list", "alloc_mod_tags_mem",
	"alloc_object", "alloc_page_ext",
	"alloc_slab_obj_exts", /* 6.10+ */
	"alloc_tag_init",
	"alloc_tagging_slab_alloc_hook", /* 6.10+ */
	"codetag_alloc_module_section", /* 6.10+ */
	"create_object", "depot_alloc_stack", "depot_fetch_stack",
	"depot_init_pool", "depot_init_slab", "depot_save_stack",
	"dma_debug_create_entries", "dma_debug_init", "fill_pool",
	"inc_stack_record_count", "init_early_allocated_pages", "init_page_ext",
	"init_page_owner", "init_section_page_ext", "kcov_ioctl", "kcov_mmap",
	"link_object", "mem_pool_alloc",
	"memcg_alloc_page_obj_cgroups", /* 5.9 to 5.15 */
	"memcg_alloc_slab_cgroups", /* 5.16 to 6.9 */
	"online_page_ext", "page_ext_init", "page_ext_init_flatmem",
	"prepare_slab_obj_exts_hook", /* 6.10+ */
	"print_page_owner", "read_page_owner", "register_dummy_stack",
	"reserve_module_tags", /* 6.10+ */
	"save_stack", "set_page_owner", "set_track_prepare",
	"slab_debug_trace_open",
	"vm_module_tags_populate", /* 6.10+ */
};

static const char *const secondary_page_table_families[] = {
	"kvm_mmu_*", "tdp_mmu_*",
};

static const char *const secondary_page_table_helper_families[] = {
	"iommu_alloc_page*",
};

static const char *const shmem_helper_families[] = {
	"shmem_alloc_*", "shmem_get_folio*", "shmem_getpage*", "shmem_swapin*",
};

static const char *const system_tables_helper_families[] = {
	"kimage_alloc_*", "sparse_*", "vmemmap_*",
};

static const char *const debugging_families[] = {
	"debug_object*", "kasan_*", "kfence_*", "kmemleak_*", "kmsan_*",
	"page_owner_*", "stack_depot_*",
};

/* clang-format on */

const struct function_group memory_functions[] = {
	{LIST(page_table_helpers), CATEGORY_PAGE_TABLE,
	 FUNCTION_HELPER | FUNCTION_KERNEL_ONLY},
	{LIST(kernel_mapping_helpers), CATEGORY_SYSTEM_TABLES,
	 FUNCTION_HELPER | FUNCTION_OVERRIDES | FUNCTION_KERNEL_ONLY},
	{LIST(page_table_weak), CATEGORY_PAGE_TABLE,
	 FUNCTION_HELPER | FUNCTION_WEAK | FUNCTION_KERNEL_ONLY},
	{LIST(page_table_users), CATEGORY_PAGE_TABLE, FUNCTION_KERNEL_ONLY},
	{LIST(secondary_page_table_helpers), CATEGORY_SECONDARY_PAGE_TABLE,
	 FUNCTION_HELPER},
	{LIST(secondary_page_table_users), CATEGORY_SECONDARY_PAGE_TABLE, 0},
	{LIST(kernel_stack_helpers), CATEGORY_KERNEL_STACK,
	 FUNCTION_HELPER | FUNCTION_OVERRIDES | FUNCTION_KERNEL_ONLY},
	{LIST(kernel_stack_users), CATEGORY_KERNEL_STACK,
	 FUNCTION_OVERRIDES | FUNCTION_KERNEL_ONLY},
	{LIST(kernel_stack_direct), CATEGORY_KERNEL_STACK,
	 FUNCTION_OVERRIDES | FUNCTION_DIRECT | FUNCTION_KERNEL_ONLY},
	{LIST(anon_helpers), CATEGORY_ANON,
	 FUNCTION_HELPER | FUNCTION_KERNEL_ONLY},
	{LIST(anon_weak), CATEGORY_ANON,
	 FUNCTION_HELPER | FUNCTION_WEAK | FUNCTION_KERNEL_ONLY},
	{LIST(anon_direct), CATEGORY_ANON,
	 FUNCTION_DIRECT | FUNCTION_KERNEL_ONLY},
	{LIST(shmem_helpers), CATEGORY_SHMEM,
	 FUNCTION_HELPER | FUNCTION_OVERRIDES | FUNCTION_KERNEL_ONLY},
	{LIST(shmem_users), CATEGORY_SHMEM,
	 FUNCTION_OVERRIDES | FUNCTION_KERNEL_ONLY},
	{LIST(shmem_direct), CATEGORY_SHMEM,
	 FUNCTION_DIRECT | FUNCTION_KERNEL_ONLY},
	{LIST(page_cache_helpers), CATEGORY_PAGE_CACHE, FUNCTION_HELPER},
	{LIST(page_cache_weak), CATEGORY_PAGE_CACHE,
	 FUNCTION_HELPER | FUNCTION_WEAK},
	{LIST(page_cache_direct), CATEGORY_PAGE_CACHE, FUNCTION_DIRECT},
	{LIST(page_cache_users), CATEGORY_PAGE_CACHE, 0},
	{LIST(huge_pages_helpers), CATEGORY_HUGE_PAGES,
	 FUNCTION_HELPER | FUNCTION_OVERRIDES | FUNCTION_KERNEL_ONLY},
	{LIST(huge_pages_users), CATEGORY_HUGE_PAGES,
	 FUNCTION_OVERRIDES | FUNCTION_KERNEL_ONLY},
	{LIST(system_tables_helpers), CATEGORY_SYSTEM_TABLES,
	 FUNCTION_HELPER | FUNCTION_KERNEL_ONLY},
	{LIST(system_tables_users), CATEGORY_SYSTEM_TABLES,
	 FUNCTION_KERNEL_ONLY},
	{LIST(debugging_users), CATEGORY_DEBUGGING,
	 FUNCTION_OVERRIDES | FUNCTION_KERNEL_ONLY},
	{LIST(secondary_page_table_families), CATEGORY_SECONDARY_PAGE_TABLE, 0},
	{LIST(secondary_page_table_helper_families),
	 CATEGORY_SECONDARY_PAGE_TABLE, FUNCTION_HELPER},
	{LIST(shmem_helper_families), CATEGORY_SHMEM,
	 FUNCTION_HELPER | FUNCTION_OVERRIDES | FUNCTION_KERNEL_ONLY},
	{LIST(system_tables_helper_families), CATEGORY_SYSTEM_TABLES,
	 FUNCTION_HELPER | FUNCTION_KERNEL_ONLY},
	{LIST(debugging_families), CATEGORY_DEBUGGING,
	 FUNCTION_OVERRIDES | FUNCTION_KERNEL_ONLY},
};

const size_t memory_function_groups =
	sizeof(memory_functions) / sizeof(memory_functions[0]);
