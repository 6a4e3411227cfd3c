/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/budget_rules.h"

/* What is added without conditions is written in short. */
#define ROW(label)              \
	{                       \
		.name = (label) \
	}
#define MINUS(label)                           \
	{                                      \
		.name = (label), .minus = true \
	}
#define UNLESS(label, other)                       \
	{                                          \
		.name = (label), .unless = (other) \
	}
#define ZONES(row)                                                             \
	{                                                                      \
		.source = TERM_ZONES, .name = "", .zone = (row), .extra = true \
	}

/* Rows that lie inside a part stand behind it. */
const struct budget_rule budget_rules[] = {
	{
		.id = "free",
		.name = "free",
		.what = "nobody uses it",
		.owner = OWNER_FREE,
		.terms = {ROW("MemFree")},
	},
	{
		.id = "cma-free",
		.name = "kept for devices (CMA)",
		.what = "free, but only for what can be moved away when a "
			"device needs it",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_FREE,
		.terms = {ROW("CmaFree")},
	},
	{
		.id = "unaccepted",
		.name = "not accepted yet",
		.what = "a confidential guest's memory that it has not asked "
			"its host for yet",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_FREE,
		.terms = {ROW("Unaccepted")},
	},
	{
		.id = "pcp",
		.name = "free, on lists of CPUs",
		.what = "free pages that each CPU keeps at hand; MemFree "
			"leaves them out",
		.owner = OWNER_FREE,
		.terms = {{.source = TERM_ZONES, .name = "", .zone = ZONE_PCP}},
	},
	{
		.id = "lru",
		.name = "on the LRU lists",
		.what = "memory of programs and contents of files: what the "
			"kernel can swap out, write back or drop",
		.owner = OWNER_USER,
		.terms = {ROW("Active"), ROW("Inactive"),
			  UNLESS("Active(anon)", "Active"),
			  UNLESS("Active(file)", "Active"),
			  UNLESS("Inactive(anon)", "Inactive"),
			  UNLESS("Inactive(file)", "Inactive"),
			  ROW("Unevictable"), ZONES(ZONE_ISOLATED_ANON),
			  ZONES(ZONE_ISOLATED_FILE)},
	},
	{
		.id = "anon",
		.name = "private memory of programs",
		.what = "heaps, stacks and the like; freed when they end",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_USER,
		.terms = {ROW("AnonPages")},
	},
	{
		.id = "anon-huge",
		.name = "of it, in huge pages",
		.what = "transparent huge pages: a little used of them costs "
			"as much as all",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_USER,
		.terms = {ROW("AnonHugePages")},
	},
	{
		.id = "shmem",
		.name = "shared memory and tmpfs",
		.what = "files in /dev/shm and other tmpfs, shared memory; "
			"stays until it is deleted",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_USER,
		.terms = {ROW("Shmem")},
	},
	{
		.id = "page-cache",
		.name = "page cache",
		.what = "contents of files and disks, kept to be read again; "
			"dropped when memory is short",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_USER,
		.scope = RULE_OF_MACHINE,
		.all = true,
		.terms = {ROW("Cached"), ROW("Buffers"), MINUS("Shmem")},
	},
	{
		.id = "page-cache",
		.name = "page cache",
		.what = "contents of files and disks, kept to be read again; "
			"dropped when memory is short",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_USER,
		.all = true,
		/* Of nodes, and of reports in logs: it has what Cached leaves
		 * out. */
		.terms = {UNLESS("FilePages", "Cached"),
			  MINUS("Shmem"),
			  {.name = "SwapCached", .minus = true, .extra = true}},
	},
	{
		.id = "dirty",
		.name = "to be written first",
		.what = "contents of files that the disk does not have yet",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_USER,
		.terms = {ROW("Dirty"), ROW("Writeback")},
	},
	{
		.id = "swap-cached",
		.name = "in memory and in swap",
		.what = "came back from swap, which has a copy still",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_USER,
		.terms = {ROW("SwapCached")},
	},
	{
		.id = "mlocked",
		.name = "locked",
		.what = "programs forbade to swap it out (mlock)",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_USER,
		.terms = {ROW("Mlocked")},
	},
	{
		.id = "slab",
		.name = "slab caches",
		.what = "small objects of the kernel: inodes, dentries, "
			"sockets, whatever kmalloc() gives",
		.owner = OWNER_KERNEL,
		.terms = {ROW("Slab"), UNLESS("SReclaimable", "Slab"),
			  UNLESS("SUnreclaim", "Slab")},
	},
	{
		.id = "slab-reclaimable",
		.name = "reclaimable",
		.what = "caches of file systems, dropped when memory is short",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_KERNEL,
		.terms = {ROW("SReclaimable")},
	},
	{
		.id = "slab-unreclaimable",
		.name = "not reclaimable",
		.what = "freed only when the kernel is done with it",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_KERNEL,
		.terms = {ROW("SUnreclaim")},
	},
	{
		.id = "misc-reclaimable",
		.name = "reclaimable, not in slab",
		.what = "pages that drivers give back when memory is short",
		.owner = OWNER_KERNEL,
		.all = true,
		.terms = {ROW("KReclaimable"), MINUS("SReclaimable")},
	},
	{
		.id = "misc-reclaimable",
		.name = "reclaimable, not in slab",
		.what = "pages that drivers give back when memory is short",
		.owner = OWNER_KERNEL,
		.scope = RULE_OF_NODE,
		.terms = {{.source = TERM_ZONES,
			   .name = "",
			   .unless = "KReclaimable",
			   .zone = ZONE_MISC_RECLAIMABLE}},
	},
	{
		.id = "page-tables",
		.name = "page tables",
		.what = "where the memory of each program is",
		.owner = OWNER_KERNEL,
		.terms = {ROW("PageTables")},
	},
	{
		.id = "secondary-page-tables",
		.name = "secondary page tables",
		.what = "the same for virtual machines and for devices",
		.owner = OWNER_KERNEL,
		.terms = {ROW("SecPageTables")},
	},
	{
		.id = "quicklists",
		.name = "quicklists",
		.what = "page tables kept to be used again",
		.owner = OWNER_KERNEL,
		.terms = {ROW("Quicklists")},
	},
	{
		.id = "percpu",
		.name = "per-cpu",
		.what = "what every CPU has a copy of: counters, mostly",
		.owner = OWNER_KERNEL,
		.terms = {ROW("Percpu")},
	},
	{
		.id = "vmalloc",
		.name = "vmalloc",
		.what = "large tables of the kernel, modules, BPF programs",
		.owner = OWNER_KERNEL,
		.fill = budget_fill_vmalloc,
	},
	{
		.id = "kernel-stacks",
		.name = "kernel stacks",
		.what = "one for each thread, while it is in the kernel",
		.owner = OWNER_KERNEL,
		.fill = budget_fill_kernel_stacks,
	},
	{
		.id = "hugetlb",
		.name = "huge page pool",
		.what = "set aside for programs that ask for huge pages "
			"(hugetlb), used or not",
		.owner = OWNER_USER,
		.fill = budget_fill_hugetlb,
	},
	{
		.id = "hugetlb-free",
		.name = "of it, unused",
		.what = "set aside, and of use to nobody else",
		.kind = BUDGET_INSIDE,
		.owner = OWNER_FREE,
		.terms = {{.source = TERM_HUGE, .name = "HugePages_Free"}},
	},
	{
		.id = "compressed-swap",
		.name = "compressed swap",
		.what = "what was swapped out to memory itself: zram and zswap",
		.owner = OWNER_USER,
		.fill = budget_fill_compressed_swap,
	},
	{
		.id = "bounce",
		.name = "bounce buffers",
		.what = "copies for devices that reach only some of the "
			"memory, "
			"and for FUSE",
		.owner = OWNER_KERNEL,
		.terms = {ROW("Bounce"), ROW("WritebackTmp")},
	},
	{
		.id = "gpu",
		.name = "graphics",
		.what = "buffers of graphics drivers, and what they keep for "
			"the next ones",
		.owner = OWNER_KERNEL,
		.terms = {ROW("GPUActive"), ROW("GPUReclaim")},
	},
	{
		.id = "balloon",
		.name = "given to the host",
		.what = "a virtual machine's memory that its host took back "
			"(balloon)",
		.owner = OWNER_KERNEL,
		.fill = budget_fill_balloon,
	},
	{
		.id = "hardware-corrupted",
		.name = "broken",
		.what = "memory with hardware errors, out of use; most of it "
			"is "
			"in the remainder",
		.kind = BUDGET_BESIDE,
		.owner = OWNER_KERNEL,
		.terms = {ROW("HardwareCorrupted")},
	},
};

const size_t budget_rule_count = sizeof(budget_rules) / sizeof(budget_rules[0]);

/*
 * Known, and in no row of their own. All other labels that the kernel prints
 * stand in the rules above, or in what fills their sums.
 */
static const char known_labels[] =
	/* Totals, and what others were computed from. */
	"MemTotal,MemAvailable,MemUsed,HighTotal,HighFree,LowTotal,LowFree,"
	"MmapCopy,EarlyMemtestBad,SwapTotal,SwapFree,CommitLimit,Committed_AS,"
	"DirectMap4k,DirectMap2M,DirectMap4M,DirectMap1G,DirectMap8k,"
	"DirectMap64k,DirectMap1M,DirectMap2G,CmaTotal,"
	/* Parts of the LRU lists, or of the page cache. */
	"Mapped,NFS_Unstable,ShmemHugePages,ShmemPmdMapped,FileHugePages,"
	"FilePmdMapped,"
	/* What the functions that fill sums read. */
	"VmallocTotal,VmallocUsed,VmallocChunk,KernelStack,ShadowCallStack,"
	"Hugetlb,HugePages_Total,HugePages_Rsvd,HugePages_Surp,Hugepagesize,"
	"Zswap,Zswapped,Balloon";

static bool is_term(const struct budget_rule *rule, struct span label)
{
	const struct term_rule *term;

	for (term = rule->terms; term < rule->terms + RULE_TERMS && term->name;
	     term++)
		if (span_equal(label, span_of(term->name)))
			return true;
	return false;
}

bool budget_knows_label(struct span label)
{
	size_t i;

	for (i = 0; i < budget_rule_count; i++)
		if (is_term(&budget_rules[i], label))
			return true;
	return span_has_word(span_of(known_labels), label, ',');
}
