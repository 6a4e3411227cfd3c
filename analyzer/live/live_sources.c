/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/live_sources.h"

#include <errno.h>

#include "live/live_remedy.h"

#define VM    "proc/sys/vm/"
#define HUGE  "sys/kernel/mm/hugepages/*/"
#define THP   "sys/kernel/mm/transparent_hugepage/"
#define NODE  "sys/devices/system/node/node#/"
#define SLAB  "sys/kernel/slab/*/"
#define DEBUG "sys/kernel/debug/"

/*
 * Of one moment, as far as that goes. The memory of a zram device lies where
 * no link has to be followed: sys/block has links. No cgroup but the root:
 * there may be thousands.
 */
static const char *const counter_paths[] = {
	"proc/uptime",
	"proc/meminfo",
	"proc/vmstat",
	"proc/zoneinfo",
	"proc/buddyinfo",
	"proc/slabinfo",
	"proc/slab_allocators",
	"proc/pagetypeinfo",
	"proc/swaps",
	"proc/loadavg",
	"proc/stat",
	"proc/pressure/memory",
	"sys/fs/cgroup/memory.stat",
	"sys/fs/cgroup/cgroup.stat",
	"sys/fs/cgroup/memory/memory.stat",
	NODE "meminfo",
	NODE "numastat",
	NODE "vmstat",
	VM "min_free_kbytes",
	VM "overcommit_memory",
	VM "overcommit_ratio",
	VM "overcommit_kbytes",
	VM "nr_hugepages",
	VM "nr_overcommit_hugepages",
	VM "mem_profiling",
	VM "lowmem_reserve_ratio",
	VM "percpu_pagelist_fraction",
	VM "percpu_pagelist_high_fraction",
	VM "swappiness",
	VM "vfs_cache_pressure",
	VM "watermark_boost_factor",
	VM "watermark_scale_factor",
	VM "zone_reclaim_mode",
	THP "enabled",
	THP "defrag",
	THP "shmem_enabled",
	HUGE "nr_hugepages",
	HUGE "free_hugepages",
	HUGE "resv_hugepages",
	HUGE "surplus_hugepages",
	"sys/devices/virtual/block/zram#/mm_stat",
	NULL,
};

static const char *const identity_paths[] = {
	"proc/version",
	"proc/cmdline",
	"proc/sys/kernel/osrelease",
	"proc/sys/kernel/random/boot_id",
	"proc/sys/kernel/tainted",
	"sys/devices/system/cpu/possible",
	"proc/config.gz",
	"boot/config-*",
	"sys/kernel/notes",
	NULL,
};

static const char *const allocinfo_paths[] = {"proc/allocinfo", NULL};

static const char *const stacks_paths[] = {
	DEBUG "page_owner_stacks/show_stacks",
	DEBUG "page_owner_stacks/show_handles",
	DEBUG "page_owner_stacks/show_stacks_handles",
	DEBUG "page_owner_stacks/count_threshold",
	NULL,
};

static const char *const vmallocinfo_paths[] = {"proc/vmallocinfo", NULL};

/*
 * Neither cmdline nor environ: they hold passwords and tokens, and a capture
 * is given away.
 */
static const char *const process_paths[] = {
	"proc/#/status",       "proc/#/comm",  "proc/#/cgroup",
	"proc/#/smaps_rollup", "proc/#/smaps", NULL,
};

/*
 * As formats/slab_attribute.c knows them. The kernel keeps an inode for each
 * file that was opened, and there are thousands: of a running one those are
 * taken that slabinfo does not tell as well, or that nothing is told by.
 */
static const char *const slab_paths[] = {
	SLAB "object_size",
	SLAB "slab_size",
	SLAB "objs_per_slab",
	SLAB "order",
	SLAB "objects",
	SLAB "total_objects",
	SLAB "reclaim_account",
	SLAB "align",
	SLAB "usersize",
	SLAB "slabs",
	SLAB "objects_partial",
	SLAB "partial",
	SLAB "cpu_slabs",
	SLAB "slabs_cpu_partial",
	SLAB "cpu_partial",
	SLAB "min_partial",
	SLAB "sheaf_capacity",
	SLAB "aliases",
	SLAB "store_user",
	SLAB "cache_dma",
	SLAB "destroy_by_rcu",
	SLAB "failslab",
	SLAB "hwcache_align",
	SLAB "poison",
	SLAB "red_zone",
	SLAB "remote_node_defrag_ratio",
	SLAB "reserved",
	SLAB "sanity_checks",
	SLAB "skip_kfence",
	SLAB "trace",
	NULL,
};

enum { SLAB_PATHS_LIVE = 7 };

static bool slab_passes(const struct live_machine *machine, const char *path)
{
	size_t i;

	for (i = 0; i < SLAB_PATHS_LIVE; i++)
		if (live_path_matches(slab_paths[i], path))
			return false;
	return live_machine_is_live(machine);
}

static const char *const module_paths[] = {
	"proc/modules",
	"sys/module/*/coresize",
	"sys/module/*/initsize",
	"sys/module/*/srcversion",
	"sys/module/*/taint",
	"sys/module/*/notes/*",
	"sys/module/*/sections/.*text*",
	NULL,
};

static const char *const kallsyms_paths[] = {"proc/kallsyms", NULL};
static const char *const log_paths[] = {"dev/kmsg", NULL};

static const char *const trace_paths[] = {
	DEBUG "slab/*/alloc_traces",
	DEBUG "slab/*/free_traces",
	SLAB "alloc_calls",
	SLAB "free_calls",
	NULL,
};

static const char *const kmemleak_paths[] = {DEBUG "kmemleak", NULL};
static const char *const owner_paths[] = {DEBUG "page_owner", NULL};

static bool is_there(const struct live_machine *machine, const char *path)
{
	char whole[LIVE_PATH_CAPACITY];

	return live_machine_locate(machine, path, whole, sizeof(whole));
}

/* The configuration of other kernels; or the same again. */
static bool identity_passes(const struct live_machine *machine,
			    const char *path)
{
	const char *release = live_machine_release(machine);
	struct span name = span_of(path);

	if (!span_take(&name, SPAN("boot/config-")))
		return false;
	return is_there(machine, "proc/config.gz") ||
	       (release && !span_equal(name, span_of(release)));
}

/* All mappings one by one, where the kernel (before 4.14) does not sum up. */
static bool process_passes(const struct live_machine *machine, const char *path)
{
	char rollup[LIVE_PATH_CAPACITY];
	struct span name = span_of(path);
	struct stat at;

	if (!span_ends_with(name, SPAN("/smaps")) ||
	    name.length + sizeof("_rollup") > sizeof(rollup))
		return false;
	memcpy(rollup, path, name.length);
	memcpy(rollup + name.length, "_rollup", sizeof("_rollup"));
	return is_there(machine, rollup) ||
	       live_file_look(live_machine_root(machine), rollup, &at) !=
		       ENOENT;
}

const struct live_source live_sources[] = {
	{
		.name = "counters",
		.adds = "how much memory is used for what: meminfo, zones, "
			"nodes, free lists, slab, settings",
		.paths = counter_paths,
		.expected = true,
		.explain = live_explain_plain,
		.limits = live_limit_counters,
	},
	{
		.name = "identity",
		.adds = "which kernel, boot and configuration it is, which "
			"tells what can be compared",
		.paths = identity_paths,
		.expected = true,
		.passes = identity_passes,
		.explain = live_explain_plain,
		.limits = live_limit_identity,
	},
	{
		.name = "allocinfo",
		.adds = "bytes by the line of source code that allocates them, "
			"pages and slab objects",
		.paths = allocinfo_paths,
		.expected = true,
		.explain = live_explain_allocinfo,
		.limits = live_limit_allocinfo,
		.enable = "Linux 6.10 or newer with "
			  "CONFIG_MEM_ALLOC_PROFILING=y, boot with "
			  "sysctl.vm.mem_profiling=1",
		.price = "little; it is made for production",
	},
	{
		.name = "page_owner_stacks",
		.adds = "pages by the stack that allocates them, in "
			"milliseconds; leaves out some stacks",
		.paths = stacks_paths,
		.expected = true,
		.explain = live_explain_page_owner_stacks,
		.limits = live_limit_page_owner_stacks,
		.enable = "Linux 6.9 or newer with CONFIG_PAGE_OWNER=y, boot "
			  "with page_owner=on",
		.price = "what page_owner costs",
	},
	{
		.name = "vmallocinfo",
		.adds = "pages by who called vmalloc()",
		.paths = vmallocinfo_paths,
		.expected = true,
		.explain = live_explain_plain,
	},
	{
		.name = "processes",
		.adds = "memory, names and cgroups of processes; no arguments, "
			"no environment",
		.paths = process_paths,
		.patience_s = 5,
		.expected = true,
		.passes = process_passes,
		.explain = live_explain_processes,
		.limits = live_limit_processes,
	},
	{
		.name = "slab",
		.adds = "sizes and numbers of the objects of each slab cache",
		.paths = slab_paths,
		.passes = slab_passes,
		.links = true,
		.expected = true,
		.explain = live_explain_slab,
		.enable = "CONFIG_SLUB_DEBUG=y, which most kernels have",
	},
	{
		.name = "modules",
		.adds = "sizes, build ids and addresses of modules, to name "
			"lines of their source",
		.paths = module_paths,
		.explain = live_explain_modules,
		.limits = live_limit_modules,
	},
	{
		.name = "kallsyms",
		.adds = "addresses of the kernel's functions, to name lines of "
			"its source",
		.paths = kallsyms_paths,
		.explain = live_explain_plain,
		.limits = live_limit_kallsyms,
		.enable = "CONFIG_KALLSYMS=y, which most kernels have",
	},
	{
		.name = "log",
		.adds = "the kernel's log: reports of the memory running out, "
			"warnings",
		.paths = log_paths,
		.explain = live_explain_log,
		.enable = "CONFIG_PRINTK=y, which most kernels have",
	},
	{
		.name = "slab_traces",
		.adds = "slab objects by the stack that allocates them, and "
			"that freed them last",
		.paths = trace_paths,
		.risky = true,
		.expected = true,
		.explain = live_explain_slab_traces,
		.limits = live_limit_slab_traces,
		.enable = "CONFIG_SLUB_DEBUG=y, boot with slab_debug=U "
			  "(slub_debug=U before Linux 6.9)",
		.price = "larger objects, allocating takes longer; less for "
			 "a single cache: slab_debug=U,kmalloc-64",
	},
	{
		.name = "kmemleak",
		.adds = "objects to which the kernel found no pointer any more",
		.paths = kmemleak_paths,
		.risky = true,
		.expected = true,
		.explain = live_explain_kmemleak,
		.limits = live_limit_kmemleak,
		.enable = "CONFIG_DEBUG_KMEMLEAK=y, boot with kmemleak=on",
		.price = "memory for each object, allocating becomes much "
			 "slower; for test machines",
	},
	{
		.name = "page_owner",
		.adds = "each page with the stack, the task and the time that "
			"it was allocated with",
		.paths = owner_paths,
		.risky = true,
		.quick_omits = true,
		.expected = true,
		.explain = live_explain_page_owner,
		.enable = "CONFIG_PAGE_OWNER=y, which many distributions "
			  "have, boot with page_owner=on",
		.price = "0.6 % of memory (Linux 4.9) to 1.8 % (6.8), and a "
			 "walk of the stack with each page allocated and freed",
	},
	{.name = ""},
};

const struct live_source *live_source_named(const char *name)
{
	const struct live_source *source = live_sources;

	for (; source->name[0]; source++)
		if (strcmp(source->name, name) == 0)
			return source;
	return NULL;
}
