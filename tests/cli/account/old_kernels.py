# SPDX-License-Identifier: GPL-3.0-or-later
"""Captures as old kernels give them: old_kernels.py PAGEOWL FOLDER.

What is in no counter is added up here by hand, as Documentation/ of these
kernels has it, and held against what `account` says."""
import json
import os
import subprocess
import sys

pageowl, folder = sys.argv[1:]


def kib(rows):
    return "".join(f"{name + ':':16}{value:8} kB\n"
                   for name, value in rows.items())


def account(files):
    top = os.path.join(folder, str(len(os.listdir(folder))))
    for path, text in files.items():
        path = os.path.join(top, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
    run = subprocess.run([pageowl, "account", "-O", "json", top],
                         capture_output=True, text=True)
    if run.returncode or run.stderr:
        sys.exit(f"status {run.returncode}: {run.stderr}")
    return json.loads(run.stdout)["captures"][0]


def say(what, found, remainder):
    budget = found["budget"]
    print(f"{what}: {budget['remainder_kib']:,} kB in no counter, by hand "
          f"{remainder:,} kB"
          f"{'' if remainder == budget['remainder_kib'] else ' - DIFFERS'}")
    kinds = {row["id"]: row["kind"] for row in budget["rows"]}
    print("   ", ", ".join(f"{name} {kinds.get(name, 'not there')}"
                           for name in ("vmalloc", "kernel-stacks", "percpu",
                                        "misc-reclaimable", "hugetlb")))
    print(f"    in doubt {budget['doubt_kib']:,} kB",
          *budget["notes"], sep="\n    ")


# ---- 4.19 on x86-64: VmallocUsed is always 0, KReclaimable not there ----

V4_19 = {
    "MemTotal": 2038136, "MemFree": 1200000, "MemAvailable": 1500000,
    "Buffers": 20480, "Cached": 300000, "SwapCached": 0, "Active": 260000,
    "Inactive": 220000, "Active(anon)": 160000, "Inactive(anon)": 8000,
    "Active(file)": 100000, "Inactive(file)": 212000, "Unevictable": 400,
    "Mlocked": 400, "SwapTotal": 0, "SwapFree": 0, "Dirty": 100,
    "Writeback": 0, "AnonPages": 159520, "Mapped": 90000, "Shmem": 8480,
    "Slab": 90000, "SReclaimable": 50000, "SUnreclaim": 40000,
    "KernelStack": 4096, "PageTables": 7000, "NFS_Unstable": 12, "Bounce": 0,
    "WritebackTmp": 24, "CommitLimit": 1019068, "Committed_AS": 900000,
    "VmallocTotal": 34359738367, "VmallocUsed": 0, "VmallocChunk": 0,
    "Percpu": 3072, "HardwareCorrupted": 0, "AnonHugePages": 40960,
    "Hugetlb": 16384, "DirectMap4k": 100000, "DirectMap2M": 1990000,
}
ZONES = """Node 0, zone   Normal
  per-node stats
      nr_isolated_anon 0
      nr_isolated_file 0
  pages free     300000
        min      11000
        low      14000
        high     17000
        spanned  520192
        present  520192
        managed  509534
        protection: (0, 0)
  pagesets
    cpu: 0
              count: 150
              high:  186
              batch: 31
  vm stats threshold: 30
    cpu: 1
              count: 73
              high:  186
              batch: 31
  vm stats threshold: 30
"""
AREAS = """0xffffc90000000000-0xffffc90000005000   20480 {}+0xc8/0x1c0 pages=4 vmalloc
0xffffc90000008000-0xffffc9000000d000   20480 {}+0xc8/0x1c0 pages=4 vmalloc
0xffffc90000010000-0xffffc90000051000  266240 heron_init+0x1f/0x90 [heron] pages=64 vmalloc N0=64
0xffffc90000060000-0xffffc90000162000 1056768 acpi_os_map_iomem+0x1ac/0x1c0 phys=0x7fe0000 ioremap
0xffffc90000170000-0xffffc90000174000   16384 heron_map+0x30/0x50 [heron] pages=3 vmap
"""


def v4_19():
    rest = (V4_19["MemTotal"] - V4_19["MemFree"] - (150 + 73) * 4 -
            V4_19["Active"] - V4_19["Inactive"] - V4_19["Unevictable"] -
            V4_19["Slab"] - V4_19["PageTables"] - V4_19["Percpu"] -
            V4_19["Hugetlb"] - V4_19["Bounce"] - V4_19["WritebackTmp"])
    files = {"proc/meminfo": kib(V4_19), "proc/zoneinfo": ZONES}
    say("4.19, vmallocinfo not read", account(files),
        rest - V4_19["KernelStack"])
    files["proc/vmallocinfo"] = AREAS.format("_do_fork", "_do_fork")
    say("4.19, stacks among the areas", account(files), rest - (8 + 64) * 4)
    files["proc/vmallocinfo"] = AREAS.format("heron_a", "heron_b")
    say("4.19, stacks elsewhere", account(files),
        rest - (8 + 64) * 4 - V4_19["KernelStack"])


# ---- 5.10: page_owner tells no times ----

RECORD = """Page allocated via order {}, mask 0xcc0(GFP_KERNEL)
PFN {} type Unmovable Block 1 type Unmovable Flags 0xfffffc0000000()
{}
"""
STACKS = {  # records, order, frames
    "a leak": (500, 1, " __alloc_pages_nodemask+0x12e/0x270\n"
               " heron_leak+0x20/0x40 [heron]\n do_syscall_64+0x33/0x80\n"),
    "page cache": (700, 0, " __alloc_pages_nodemask+0x12e/0x270\n"
                   " pagecache_get_page+0x11a/0x2d0\n"
                   " grab_cache_page_write_begin+0x1c/0x40\n"),
    "slab": (30, 3, " __alloc_pages_nodemask+0x12e/0x270\n"
             " allocate_slab+0x27f/0x3a0\n ___slab_alloc+0x4d1/0x600\n"
             " kmem_cache_alloc+0x19a/0x1c0\n"),
    "percpu": (3, 0, " __alloc_pages_nodemask+0x12e/0x270\n"
               " pcpu_populate_chunk+0x1cb/0x340\n pcpu_alloc+0x3f0/0x750\n"),
}


def v5_10():
    rows = dict(V4_19)
    del rows["VmallocChunk"]
    rows.update({"KReclaimable": 50700, "VmallocUsed": 30000,
                 "VmallocChunk": 0, "ShadowCallStack": 0,
                 "FileHugePages": 0, "FilePmdMapped": 0})
    rest = (rows["MemTotal"] - rows["MemFree"] - (150 + 73) * 4 -
            rows["Active"] - rows["Inactive"] - rows["Unevictable"] -
            rows["Slab"] - (rows["KReclaimable"] - rows["SReclaimable"]) -
            rows["PageTables"] - rows["Percpu"] - rows["Hugetlb"] -
            rows["VmallocUsed"] - rows["WritebackTmp"])
    text = ""
    pfn = 4096
    for records, order, frames in STACKS.values():
        for _ in range(records):
            text += RECORD.format(order, pfn, frames)
            pfn += 1 << order
    found = account({"proc/meminfo": kib(rows), "proc/zoneinfo": ZONES,
                     "proc/uptime": "500.00 1.00\n",
                     "sys/kernel/debug/page_owner": text})
    say("5.10", found, rest)
    kinds = {kind["id"]: kind["stacks_kib"] for kind in found["coverages"]}
    print(f"    by stacks: {found['holders_kib']} kB in no counter, by hand "
          f"{500 * 2 * 4} kB; younger: {found['younger_kib']}")
    print("   ", {name: kinds[name] for name in ("lru", "slab", "percpu")},
          "by hand", [700 * 4, 30 * 8 * 4, 3 * 4])


# ---- 4.4 on 32-bit ARM: high memory, no Percpu, no Hugetlb ----

V4_4 = {
    "MemTotal": 1028096, "MemFree": 600000, "MemAvailable": 800000,
    "Buffers": 10000, "Cached": 150000, "SwapCached": 0, "Active": 120000,
    "Inactive": 100000, "Active(anon)": 60000, "Inactive(anon)": 4000,
    "Active(file)": 60000, "Inactive(file)": 96000, "Unevictable": 0,
    "Mlocked": 0, "HighTotal": 270336, "HighFree": 150000, "LowTotal": 757760,
    "LowFree": 450000, "SwapTotal": 0, "SwapFree": 0, "Dirty": 40,
    "Writeback": 0, "AnonPages": 60000, "Mapped": 40000, "Shmem": 4000,
    "Slab": 30000, "SReclaimable": 20000, "SUnreclaim": 10000,
    "KernelStack": 1600, "PageTables": 2400, "NFS_Unstable": 0, "Bounce": 48,
    "WritebackTmp": 0, "CommitLimit": 514048, "Committed_AS": 300000,
    "VmallocTotal": 245760, "VmallocUsed": 0, "VmallocChunk": 0,
    "CmaTotal": 65536, "CmaFree": 60000,
}
ARM_AREAS = """0xce000000-0xcf000000 16777216 iotable_init+0x0/0xb4 phys=e000000 ioremap
0xd080e000-0xd0810000    8192 bpf_prog_alloc+0x34/0xa8 pages=1 vmalloc
0xd0831000-0xd083d000   49152 heron_init+0x2c/0x6c [heron] pages=11 vmalloc
"""
ARM_OWNER = """Page allocated via order 1, mask 0x2413c0c0
PFN 9728 Block 19 type 0          Flags         C \x20
 [<c1169f2c>] __alloc_pages_nodemask+0x11c/0x880
 [<c104c8d1>] copy_process.part.37+0x81/0x1490
 [<c104de6e>] _do_fork+0xbe/0x320

Page allocated via order 4, mask 0x24000c0
PFN 9744 Block 19 type 0          Flags           \x20
 [<c1169f2c>] __alloc_pages_nodemask+0x11c/0x880
 [<f83a10c4>] heron_ring_fill+0xa4/0x350 [heron]

"""


def v4_4():
    rest = (V4_4["MemTotal"] - V4_4["MemFree"] - V4_4["Active"] -
            V4_4["Inactive"] - V4_4["Slab"] - V4_4["PageTables"] -
            V4_4["Bounce"])
    huge = kib(V4_4) + "HugePages_Total:       3\nHugePages_Free:        0\n" \
                       "Hugepagesize:       2048 kB\n"
    files = {"proc/meminfo": huge}
    say("4.4, meminfo alone", account(files),
        rest - 3 * 2048 - V4_4["KernelStack"])
    files["proc/vmallocinfo"] = ARM_AREAS
    files["sys/kernel/debug/page_owner"] = ARM_OWNER
    found = account(files)
    say("4.4, all of it", found,
        rest - 3 * 2048 - V4_4["KernelStack"] - 12 * 4)
    print(f"    by stacks: {found['holders_kib']} kB in no counter, by hand "
          f"{16 * 4} kB")
    # Up to 4.3 VmallocUsed is address space, VmallocChunk above 0.
    rows = dict(V4_4, VmallocUsed=17000, VmallocChunk=200000)
    say("4.3, meminfo alone", account({"proc/meminfo": kib(rows)}),
        rest - V4_4["KernelStack"])
    say("4.3, with vmallocinfo",
        account({"proc/meminfo": kib(rows), "proc/vmallocinfo": ARM_AREAS}),
        rest - V4_4["KernelStack"] - 12 * 4)


os.makedirs(folder)
v4_19()
v5_10()
v4_4()
