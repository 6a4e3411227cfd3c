#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A made machine of 1 GiB with two CPUs, whose counters all agree.

machine.py FOLDER [LABEL=KIB | LABEL+KIB | LABEL-]...: write a capture of it,
with rows of its meminfo set, raised (KIB may be below 0) or left out.

Of its MemTotal 21,952 kB are in no counter: see counted() below.
"""
import os
import re
import sys

PAGE_KIB = 4
CACHES = {  # slabs, pages of each, objects of each, bytes of an object
    "kmalloc-64": (2048, 1, 64, 64),
    "heron_ring": (1024, 8, 16, 2048),
}


class Machine:
    def __init__(self):
        self.meminfo = {
            "MemTotal": 1048576, "MemFree": 741376, "MemAvailable": 840000,
            "Buffers": 4096, "Cached": 102400, "SwapCached": 0,
            "Active": 90112, "Inactive": 131072, "Active(anon)": 40960,
            "Inactive(anon)": 81920, "Active(file)": 49152,
            "Inactive(file)": 49152, "Unevictable": 0, "Mlocked": 0,
            "SwapTotal": 0, "SwapFree": 0, "Dirty": 64, "Writeback": 0,
            "AnonPages": 114688, "Mapped": 40960, "Shmem": 8192,
            "KReclaimable": 16384, "Slab": 40960, "SReclaimable": 16384,
            "SUnreclaim": 24576, "KernelStack": 2048, "PageTables": 8192,
            "SecPageTables": 0, "VmallocTotal": 34359738367,
            "VmallocUsed": 12288, "VmallocChunk": 0, "Percpu": 1024,
            "FileHugePages": 0, "HugePages_Total": 0, "HugePages_Free": 0,
            "Hugepagesize": 2048, "Hugetlb": 0,
        }
        self.managed = {"DMA": 3840, "Normal": 258304}
        self.on_cpu_lists = 100  # pages, of each CPU in each zone
        self.vmstat = {"nr_free_pages": 185344, "nr_isolated_anon": 0,
                       "nr_isolated_file": 0, "nr_file_hugepages": 0,
                       "pglazyfree": 0, "nr_zspages": 0}
        self.caches = dict(CACHES)
        self.processes = {  # comm, VmPTE, PSS: anon, file, shmem
            1: ("init", 1024, 14688, 8192, 0),
            2: ("kthreadd", None, 0, 0, 0),
            812: ("heron-db", 7168, 100000, 24576, 8192),
        }
        self.uptime = "100.00"
        self.possible = "0-1"

    def counted(self):
        """The parts of MemTotal, by hand."""
        rows = self.meminfo
        return (rows["MemFree"] + 2 * 2 * self.on_cpu_lists * PAGE_KIB +
                rows["Active"] + rows["Inactive"] + rows["Unevictable"] +
                rows["Slab"] + rows["KReclaimable"] - rows["SReclaimable"] +
                rows["PageTables"] + rows["SecPageTables"] + rows["Percpu"] +
                rows["VmallocUsed"] + rows["Hugetlb"])

    def meminfo_text(self):
        return "".join(
            f"{label + ':':16}{value:8}" +
            ("\n" if label.startswith("HugePages_") else " kB\n")
            for label, value in self.meminfo.items())

    def zoneinfo_text(self):
        text = ""
        for zone, managed in self.managed.items():
            text += (f"Node 0, zone {zone:>8}\n"
                     f"  pages free     1\n        boost    0\n"
                     f"        min      90\n        low      112\n"
                     f"        high     134\n        spanned  {managed}\n"
                     f"        present  {managed}\n"
                     f"        managed  {managed}\n"
                     f"        protection: (0, 0)\n  pagesets\n")
            for cpu in range(2):
                text += (f"    cpu: {cpu}\n"
                         f"              count:    {self.on_cpu_lists}\n"
                         f"              high:     400\n"
                         f"              batch:    31\n"
                         f"  vm stats threshold: 24\n")
            text += "  node_unreclaimable:  0\n"
        return text

    def slabinfo_text(self):
        text = ("slabinfo - version: 2.1\n"
                "# name            <active_objs> <num_objs> <objsize> "
                "<objperslab> <pagesperslab> : tunables <limit> <batchcount> "
                "<sharedfactor> : slabdata <active_slabs> <num_slabs> "
                "<sharedavail>\n")
        for name, (slabs, pages, objects, size) in self.caches.items():
            text += (f"{name:17} {slabs * objects:6} {slabs * objects:6} "
                     f"{size:6} {objects:4} {pages:4} : tunables    0    0    "
                     f"0 : slabdata {slabs:6} {slabs:6}      0\n")
        return text

    def write_process(self, put, pid):
        comm, tables, anon, file, shmem = self.processes[pid]
        status = (f"Name:\t{comm}\nTgid:\t{pid}\nPid:\t{pid}\n"
                  f"Uid:\t0\t0\t0\t0\n")
        if tables is not None:
            status += f"VmRSS:\t{anon + file + shmem:8} kB\n" \
                      f"VmPTE:\t{tables:8} kB\n"
            rows = {"Rss": anon + file + shmem, "Pss": anon + file + shmem,
                    "Pss_Anon": anon, "Pss_File": file, "Pss_Shmem": shmem,
                    "Private_Clean": file, "Private_Dirty": anon, "Swap": 0,
                    "SwapPss": 0}
            put(f"{pid}/smaps_rollup",
                "00400000-7ffd0000 ---p 00000000 00:00 0    [rollup]\n" +
                "".join(f"{label + ':':16}{value:8} kB\n"
                        for label, value in rows.items()))
        put(f"{pid}/status", status + "Threads:\t1\n")
        put(f"{pid}/comm", comm + "\n")

    def write(self, folder):
        def put(path, text):
            path = os.path.join(folder, "proc", path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="latin-1") as file:
                file.write(text)

        put("meminfo", self.meminfo_text())
        put("zoneinfo", self.zoneinfo_text())
        put("vmstat", "".join(f"{name} {value}\n"
                              for name, value in self.vmstat.items()))
        put("slabinfo", self.slabinfo_text())
        put("uptime", f"{self.uptime} 10.00\n")
        put("../sys/devices/system/cpu/possible", self.possible + "\n")
        put("version", "Linux version 6.12.0-heron (a@b) #1 SMP\n")
        put("sys/kernel/random/boot_id",
            "5e11f00d-0000-4000-8000-000000000001\n")
        for pid in self.processes:
            self.write_process(put, pid)


def edit(machine, change):
    label, how, value = re.fullmatch(r"(.*?)(=|\+|-$)(-?\d*)", change).groups()
    if how == "-":
        del machine.meminfo[label]
    elif how == "=":
        machine.meminfo[label] = int(value)
    else:
        machine.meminfo[label] += int(value)


if __name__ == "__main__":
    made = Machine()
    for change in sys.argv[2:]:
        edit(made, change)
    made.write(sys.argv[1])
