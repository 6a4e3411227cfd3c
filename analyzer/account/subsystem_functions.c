/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What functions outside of memory management take pages for. See
 * allocator_functions.c for how the lists are written.
 */
#include "account/function_table.h"

#define LIST(names) names, sizeof(names) / sizeof(names[0])

/* As many names to a line as fit. */
/* clang-format off */

/* Network. */
static const char *const network_helpers[] = {
	"alloc_pg_vec", "alloc_skb", "alloc_uevent_skb", "build_skb",
	"build_skb_around", "dev_alloc_skb", "genlmsg_new", "mlx5_buf_alloc",
	"mlx5_dma_zalloc_coherent_node", "mlx5_frag_buf_alloc_node",
	"napi_build_skb", "napi_get_frags", "napi_skb_cache_get",
	"netlink_alloc_large_skb", "netlink_alloc_skb", "nlmsg_new",
	"page_frag_cache_prepare", "page_frag_cache_refill", "page_frag_refill",
	"page_pool_dev_alloc", /* 4.18+ */
	"page_pool_dev_alloc_pages", /* 4.18+ */
	"pskb_carve", "pskb_copy_fclone", "pskb_expand_head",
	"rtmsg_ifinfo_build_skb", "sk_msg_alloc", "sk_page_frag_refill",
	"sk_stream_alloc_skb", "skb_clone", "skb_copy", "skb_copy_expand",
	"skb_copy_ubufs", "skb_ensure_writable", "skb_ext_add",
	"skb_ext_maybe_cow", "skb_linearize", "skb_page_frag_refill",
	"skb_realloc_headroom", "skb_segment", "skb_unclone",
	"sock_alloc_send_pskb", "sock_alloc_send_skb", "sock_kmalloc",
	"sock_omalloc", "sock_rmalloc", "sock_wmalloc", "tcp_stream_alloc_skb",
	"tun_alloc_skb",
};

static const char *const network_users[] = {
	"add_recvbuf_mergeable", "alloc_one_pg_vec_page", "alloc_system_page",
	"ath10k_htt_rx_ring_fill", "be_post_rx_frags", "bnx2x_alloc_rx_sge",
	"bnxt_alloc_rx_data", "bnxt_alloc_rx_page", "ceph_alloc_middle",
	"ceph_msg_new", "ceph_pagelist_append", "ceph_pagelist_reserve",
	"cxgb4_refill_fl", "do_tcp_sendpages", "e1000_alloc_jumbo_rx_buffers",
	"e1000_alloc_rx_buffers", "ena_alloc_rx_page", "esp6_output_head",
	"esp_output_head", "gve_alloc_page", "i40e_alloc_rx_buffers",
	"iavf_alloc_rx_buffers", "ice_alloc_rx_bufs", "igb_alloc_rx_buffers",
	"igc_alloc_rx_buffers", "ip_append_data", "iwl_pcie_rx_alloc_page",
	"iwl_pcie_rxq_alloc_rbs", "ixgbe_alloc_rx_buffers", "mana_alloc_rx_wqe",
	"mlx4_alloc_icm", "mlx4_alloc_icm_pages", "mlx4_alloc_page",
	"mlx4_en_alloc_frags", "mlx5_alloc_cmd_msg", "mlx5_alloc_dbell",
	"mlx5_satisfy_startup_pages", "mlx5e_alloc_rx_wqe", "mlx5e_page_alloc",
	"mlx5e_post_rx_mpwqes", "mlx5e_post_rx_wqes", "napi_poll",
	"net_rx_action", "netvsc_alloc_recv_skb", "packet_set_ring",
	"packet_snd", "page_to_skb", "qede_alloc_rx_buffer",
	"rtl8169_alloc_rx_data", "rtl8169_rx_fill", "rxrpc_alloc_txbuf",
	"skb_append_pagefrags", "skb_splice_bits", "skb_splice_from_iter",
	"smc_buf_create", "smcd_new_buf_create", "smcr_new_buf_create",
	"sock_recvmsg", "sock_sendmsg", "sock_write_iter",
	"stmmac_init_rx_buffers", "svc_alloc_arg", "svc_init_buffer",
	"svc_recv", "tap_get_user", "tcp_sendmsg", "tcp_sendmsg_locked",
	"tg3_alloc_rx_data", "tls_alloc_encrypted_msg", "tls_push_data",
	"try_fill_recv", "tun_build_skb", "tun_get_user", "unix_dgram_sendmsg",
	"unix_stream_sendmsg", "vhost_net_build_xdp", "virtnet_poll",
	"virtnet_receive", "vmxnet3_rq_alloc_rx_buf", "xdp_copy_frags_from_zc",
	"xdp_linearize_page", "xdp_umem_pin_pages",
	"xennet_alloc_one_rx_buffer", "xennet_alloc_rx_buffers", "xp_alloc",
	"xs_alloc_sparse_pages", "xsk_umem_create",
};

/* DMA. */
static const char *const dma_helpers[] = {
	"alloc_single_sgt", "amd_iommu_alloc_coherent", "atomic_pool_expand",
	"dma_atomic_pool_init", "dma_common_alloc_pages",
	"dma_generic_alloc_coherent", /* up to 4.16 */
	"dma_pool_alloc", "dma_pool_alloc_page", "dmam_alloc_attrs",
	"dmam_alloc_coherent", "hcd_alloc_coherent", "hcd_buffer_alloc",
	"hcd_buffer_alloc_pages", "intel_alloc_coherent",
	"pci_alloc_consistent", "snd_malloc_pages", "snd_pcm_lib_malloc_pages",
	"swiotlb_alloc_coherent", /* up to 4.16 */
	"swiotlb_alloc_tlb", "usb_alloc_coherent", "usb_hcd_map_urb_for_dma",
	"x86_swiotlb_alloc_coherent", /* up to 4.16 */
	"xen_swiotlb_alloc_coherent",
};

static const char *const dma_weak[] = {
	"alloc_contig_frozen_pages", "alloc_contig_frozen_range",
	"alloc_contig_migrate_range", "alloc_contig_pages",
	"alloc_contig_range", "cma_alloc", "cma_alloc_aligned",
	"cma_alloc_folio", "cma_alloc_frozen", "cma_alloc_mem",
	"cma_range_alloc",
};

static const char *const dma_users[] = {
	"alloc_command_buffer", "alloc_event_buffer", "alloc_intr_table",
	"alloc_irq_lookup_table", "cma_heap_allocate", "dmar_enable_qi",
	"init_iommu_one", "intel_setup_irq_remapping", "iommu_alloc_4k_pages",
	"ion_page_pool_alloc", "ion_system_heap_allocate",
	"nvme_alloc_host_mem", "nvme_alloc_queue", "nvme_setup_prp_pools",
	"qi_alloc_descs", "system_heap_allocate", "udmabuf_create",
	"vb2_dc_alloc", "vb2_dma_sg_alloc", "vb2_vmalloc_alloc",
	"videobuf_dma_init_kernel", "vring_alloc_queue",
	"vring_alloc_queue_packed", "vring_alloc_queue_split",
	"vring_create_virtqueue", "vring_create_virtqueue_packed",
	"vring_create_virtqueue_split",
};

/* GPU. */
static const char *const gpu_helpers[] = {
	"alloc_pt_dma", "alloc_pt_lmem", "nv_alloc_contig_pages",
	"nv_alloc_pages", "nv_alloc_system_pages", "os_alloc_mem",
};

static const char *const gpu_users[] = {
	"drm_dma_alloc", "drm_gem_dma_create", "drm_pci_alloc",
	"msm_gem_get_pages", "nvidia_alloc_pages", "os_alloc_pages_node",
	"setup_scratch_page", "ttm_tt_init", "uvm_mem_alloc",
	"uvm_pmm_sysmem_alloc", "xe_bo_create", "xe_ttm_tt_populate",
};

/* I/O buffers. */
static const char *const io_buffers_helpers[] = {
	"alloc_buffer_data", "btrfs_alloc_compr_folio",
	"btrfs_alloc_folio_array", /* btrfs, 5.18+ */
	"btrfs_alloc_page_array", /* btrfs, 5.18+ */
	"ceph_alloc_page_vector", "cifs_write_allocate_pages",
	"crypto_scomp_alloc_scratches", "f2fs_compress_alloc_page",
	"fscrypt_alloc_bounce_page", "gnttab_alloc_pages",
	"io_create_region", /* 6.14+ */
	"io_create_region_mmap_safe", /* 6.14+ */
	"io_mem_alloc", /* 5.1 to 6.13 */
	"io_mem_alloc_compound", /* 5.1 to 6.13 */
	"io_mem_alloc_single", /* 5.1 to 6.13 */
	"io_pages_map", /* 5.1 to 6.13 */
	"io_region_allocate_pages", /* 6.14+ */
	"jbd2_alloc", "r10buf_pool_alloc", "r1buf_pool_alloc",
	"resync_alloc_pages",
};

static const char *const io_buffers_weak[] = {
	"blk_mq_init_rq_map", "blk_mq_init_sched", "blk_mq_init_tags",
	"blk_mq_sched_alloc_map_and_rqs", "blk_mq_sched_alloc_tags",
};

static const char *const io_buffers_direct[] = {
	"jbd2_journal_write_metadata_buffer",
};

static const char *const io_buffers_users[] = {
	"alloc_rbio_essential_pages", "alloc_rbio_pages", "bio_alloc_pages",
	"bio_copy_from_iter", "bio_copy_kern", "bio_copy_user_iov",
	"bio_integrity_add_page", "bio_integrity_prep", "bio_map_kern",
	"bitmap_checkpage", "blk_queue_bounce", "blk_rq_map_kern",
	"blk_rq_map_user_iov", "bounce_clone_bio", "btree_node_data_alloc",
	"btrfs_encoded_read_regular", "btrfs_submit_compressed_read",
	"cachefiles_read_backing_file", "client_add_page",
	"client_reserve_pages", "compression_alloc_page", "crypt_alloc_buffer",
	"crypt_page_alloc", "dm_bufio_new", "dm_integrity_alloc_page_list",
	"dm_kcopyd_client_create", "do_tty_write", "enlarge_buffer",
	"f2fs_compress_pages", "f2fs_prepare_decomp_mem", "fill_grant_buffer",
	"fscrypt_encrypt_pagecache_blocks", "fscrypt_zeroout_range",
	"fuse_do_ioctl", "grow_one_stripe", "grow_stripes",
	"hv_ringbuffer_init", "init_scrub_stripe", "io_add_buffers",
	"io_alloc_pbuf_ring", "io_allocate_rbuf_ring", "io_allocate_scq_urings",
	"io_ctl_prepare_pages", "io_provide_buffers", "io_rings_map",
	"io_uring_create", "io_uring_setup", "io_zcrx_create_area",
	"iomap_dio_init", "iomap_dio_zero", "iscsit_allocate_iovecs",
	"journal_alloc_journal_head", "kcopyd_get_pages", "lzo_compress_pages",
	"mca_data_alloc", "md_bitmap_checkpage", "md_bitmap_storage_alloc",
	"mpt3sas_base_attach", "netfs_buffer_append_folio", "nfs4_get_acl",
	"nfsd_buffered_readdir", "nvme_rdma_alloc_ring", "nvmet_req_alloc_sgls",
	"nvmet_tcp_map_data", "p9_client_create", "ppl_init_log",
	"qp_host_alloc_queue", "r5l_alloc_page", "raid5_alloc_percpu",
	"rbio_add_page", "rolling_buffer_append", "scrub_setup_ctx",
	"scrub_stripe_init", "scsi_alloc_sgtables", "serial_port_startup",
	"sg_build_indirect", "sg_build_reserve", "squashfs_bio_read",
	"squashfs_bio_read_cached", "squashfs_decompressor_create",
	"st_alloc_buffer", "tcmu_blocks_get", "tcmu_get_empty_block",
	"tty_port_alloc_xmit_buf", "tty_write", "uart_port_startup",
	"uart_startup", "vduse_alloc_reconnnect_info_mem",
	"vduse_domain_map_bounce_page", "vhost_dev_alloc_iovecs",
	"vhost_scsi_setup", "vmbus_establish_gpadl", "vmci_alloc_queue",
	"wc_add_block", "xdr_alloc_pages", "z_erofs_alloc_gbuf",
	"z_erofs_decompress_queue", "z_erofs_gbuf_growsize",
	"zlib_compress_pages", "zstd_compress_pages",
};

/* Pipes. */
static const char *const pipe_helpers[] = {
	"anon_pipe_get_page", /* 6.15+ */
	"append_pipe", /* up to 6.4 */
	"copy_page_to_iter_pipe", /* up to 6.4 */
	"pipe_get_pages", /* up to 6.4 */
	"push_pipe", /* up to 6.4 */
};

static const char *const pipe_users[] = {
	"anon_pipe_write", /* 6.15+ */
	"copy_splice_read", /* 6.5+ */
	"default_file_splice_read", "generic_file_splice_read", "ipipe_prep",
	"iter_to_pipe", "opipe_prep",
	"pipe_write", /* up to 6.14 */
	"vmsplice_to_pipe",
};

/* Compressed swap. */
static const char *const compressed_swap_helpers[] = {
	"alloc_zpdesc", /* 6.14+ */
	"alloc_zspage",
	"z3fold_alloc", /* up to 6.14 */
	"zbud_alloc", /* up to 6.14 */
	"zpool_malloc",
};

static const char *const compressed_swap_users[] = {
	"lzo_create", "lzorle_create", "recompress_slot",
	"write_incompressible_page",
};

/* Tracing. */
static const char *const tracing_helpers[] = {
	"alloc_bts_buffer", "alloc_pebs_buffer", "bpf_map_alloc_pages",
	"bpf_ringbuf_alloc", "bpf_ringbuf_area_alloc", "dsalloc_pages",
	"ftrace_allocate_pages", "ftrace_allocate_records",
	"perf_mmap_alloc_page", "rb_alloc", "rb_alloc_aux_page",
	"rb_alloc_cpu_buffer", "rb_allocate_cpu_buffer", "rb_allocate_pages",
	"relay_alloc_buf", "relay_open_buf", "topa_alloc",
};

static const char *const tracing_users[] = {
	"alloc_cpu_data", "alloc_percpu_trace_buffer",
	"allocate_cmdlines_buffer", "allocate_trace_buffer",
	"allocate_trace_buffers", "arm_spe_pmu_setup_aux", "blk_trace_setup",
	"bpf_arena_alloc_pages", "bts_buffer_setup_aux", "do_blk_trace_setup",
	"perf_trace_event_reg", "prepare_uprobe_buffer", "pt_buffer_setup_aux",
	"rb_alloc_aux", "reserve_ds_buffers", "ring_buffer_subbuf_order_set",
	"ringbuf_map_alloc", "tmc_alloc_data_pages", "tmc_pages_alloc",
	"trace_buffered_event_enable", "trace_parser_get_init",
	"trace_rb_cpu_prepare", "uprobe_buffer_init", "user_event_group_create",
	"xol_alloc_area",
};

/* Balloons. */
static const char *const balloon_helpers[] = {
	"vmballoon_alloc_page", "vmballoon_alloc_page_list",
};

static const char *const balloon_users[] = {
	"alloc_balloon_pages", "alloc_xenballooned_pages", "cmm_alloc_pages",
	"decrease_reservation", "fill_balloon", "get_free_page_and_send",
	"xen_alloc_ballooned_pages", "xen_alloc_unpopulated_pages",
};

static const char *const network_helper_families[] = {
	"alloc_skb_*", "napi_alloc_*", "netdev_alloc_*", "page_frag_alloc*",
	"page_pool_alloc*",
};

static const char *const gpu_weak_families[] = {
	"drm_gem_*", "ttm_*",
};

static const char *const gpu_families[] = {
	"amdgpu_*", "i915_*", "nouveau_*", "nvkm_*", "radeon_*",
};

static const char *const dma_helper_families[] = {
	"dma_alloc_*", "dma_direct_alloc*", "iommu_dma_alloc*", "snd_dma_*",
};

static const char *const dma_families[] = {
	"swiotlb_*", "xen_swiotlb_*",
};

static const char *const compressed_swap_helper_families[] = {
	"zs_*",
};

static const char *const compressed_swap_families[] = {
	"zcomp_*", "zram_*", "zswap_*",
};

static const char *const tracing_helper_families[] = {
	"ring_buffer_*",
};

static const char *const tracing_families[] = {
	"bpf_ringbuf_*", "ftrace_*", "relay_*", "tracing_*",
};

static const char *const balloon_helper_families[] = {
	"balloon_page_*",
};

static const char *const balloon_families[] = {
	"virtballoon_*", "vmballoon_*",
};

static const char *const io_buffers_weak_families[] = {
	"blk_mq_alloc_*",
};

static const char *const io_buffers_families[] = {
	"bch2_*", "bch_*", "io_region_*", "xfs_buf_*", "xlog_*",
};

/* clang-format on */

const struct function_group subsystem_functions[] = {
	{LIST(network_helpers), CATEGORY_NETWORK, FUNCTION_HELPER},
	{LIST(network_users), CATEGORY_NETWORK, 0},
	{LIST(dma_helpers), CATEGORY_DMA, FUNCTION_HELPER},
	{LIST(dma_weak), CATEGORY_DMA, FUNCTION_HELPER | FUNCTION_WEAK},
	{LIST(dma_users), CATEGORY_DMA, 0},
	{LIST(gpu_helpers), CATEGORY_GPU, FUNCTION_HELPER},
	{LIST(gpu_users), CATEGORY_GPU, 0},
	{LIST(io_buffers_helpers), CATEGORY_IO_BUFFERS, FUNCTION_HELPER},
	{LIST(io_buffers_weak), CATEGORY_IO_BUFFERS,
	 FUNCTION_HELPER | FUNCTION_WEAK},
	{LIST(io_buffers_direct), CATEGORY_IO_BUFFERS, FUNCTION_DIRECT},
	{LIST(io_buffers_users), CATEGORY_IO_BUFFERS, 0},
	{LIST(pipe_helpers), CATEGORY_PIPE, FUNCTION_HELPER},
	{LIST(pipe_users), CATEGORY_PIPE, 0},
	{LIST(compressed_swap_helpers), CATEGORY_COMPRESSED_SWAP,
	 FUNCTION_HELPER},
	{LIST(compressed_swap_users), CATEGORY_COMPRESSED_SWAP, 0},
	{LIST(tracing_helpers), CATEGORY_TRACING, FUNCTION_HELPER},
	{LIST(tracing_users), CATEGORY_TRACING, 0},
	{LIST(balloon_helpers), CATEGORY_BALLOON, FUNCTION_HELPER},
	{LIST(balloon_users), CATEGORY_BALLOON, 0},
	{LIST(network_helper_families), CATEGORY_NETWORK, FUNCTION_HELPER},
	{LIST(gpu_weak_families), CATEGORY_GPU,
	 FUNCTION_HELPER | FUNCTION_WEAK},
	{LIST(gpu_families), CATEGORY_GPU, 0},
	{LIST(dma_helper_families), CATEGORY_DMA, FUNCTION_HELPER},
	{LIST(dma_families), CATEGORY_DMA, 0},
	{LIST(compressed_swap_helper_families), CATEGORY_COMPRESSED_SWAP,
	 FUNCTION_HELPER},
	{LIST(compressed_swap_families), CATEGORY_COMPRESSED_SWAP, 0},
	{LIST(tracing_helper_families), CATEGORY_TRACING, FUNCTION_HELPER},
	{LIST(tracing_families), CATEGORY_TRACING, 0},
	{LIST(balloon_helper_families), CATEGORY_BALLOON, FUNCTION_HELPER},
	{LIST(balloon_families), CATEGORY_BALLOON, 0},
	{LIST(io_buffers_weak_families), CATEGORY_IO_BUFFERS,
	 FUNCTION_HELPER | FUNCTION_WEAK},
	{LIST(io_buffers_families), CATEGORY_IO_BUFFERS, 0},
};

const size_t subsystem_function_groups =
	sizeof(subsystem_functions) / sizeof(subsystem_functions[0]);
