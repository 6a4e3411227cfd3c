# SPDX-License-Identifier: GPL-3.0-or-later
"""Each cross-check fires, and fires alone: fire_checks.py PAGEOWL FOLDER.

One healthy machine is changed by the least that a check must see: by its
tolerance, where all still agree, and by one page more, where that check
differs and no other one does; where a check has two sides, both ways. Prints
what each then says."""
import json
import os
import subprocess
import sys

from machine import Machine, PAGE_KIB

pageowl, folder = sys.argv[1:]


def checks_of(machine, earlier=None):
    """The checks of the last capture, by id."""
    names = [os.path.join(folder, "old"), os.path.join(folder, "new")]
    machine.write(names[1])
    if earlier:
        earlier.write(names[0])
    run = subprocess.run([pageowl, "account", "-O", "json"] +
                         names[0 if earlier else 1:],
                         capture_output=True, text=True)
    if run.returncode or run.stderr:
        sys.exit(f"status {run.returncode}: {run.stderr}")
    return {check["id"]: check
            for check in json.loads(run.stdout)["captures"][-1]["checks"]}


def rows(**changes):
    """Raise rows of meminfo; "_anon" stands for "(anon)"."""
    def change(machine, kib):
        for name, factor in changes.items():
            machine.meminfo[name.replace("_anon", "(anon)")
                            .replace("_file", "(file)")] += int(factor * kib)
    return change


def anon_lists(machine, kib):
    """Pages that a driver pinned; the page cache goes the other way a little,
    or the sum of all lists would tell of it, too."""
    rows(Active=1, Active_anon=1, MemFree=-1)(machine, kib)
    machine.meminfo["Cached"] += 8 * PAGE_KIB * (1 if kib > 0 else -1)


def file_lists(machine, kib):
    rows(Active=1, Active_file=1, MemFree=-1)(machine, kib)
    machine.meminfo["AnonPages"] += 8 * PAGE_KIB * (1 if kib > 0 else -1)


def both_lists(machine, kib):
    """A half on each, which alone is within what is tolerated."""
    half = abs(kib) // 8 * PAGE_KIB * (1 if kib > 0 else -1)
    rows(Active=1, Active_anon=1, MemFree=-1)(machine, half)
    rows(Inactive=1, Inactive_file=1, MemFree=-1)(machine, kib - half)


def no_slabs(machine, kib):
    """Large kmalloc(), or a slabinfo that is cut."""
    slabs, *rest = machine.caches["kmalloc-64"]
    machine.caches["kmalloc-64"] = (slabs - kib // PAGE_KIB, *rest)


def per_cpu(machine, kib):
    """Up to what the CPUs should need, and kib beyond that."""
    rows(Percpu=1, MemFree=-1)(machine, 2 * 8192 - 1024 + kib)


def zones(machine, kib):
    machine.managed["Normal"] -= kib // PAGE_KIB


def balloon(machine, kib):
    rows(MemTotal=-1, MemFree=-1)(machine, kib)
    zones(machine, kib)


def processes(index):
    def change(machine, kib):
        row = list(machine.processes[812])
        row[index] -= kib
        machine.processes[812] = tuple(row)
    return change


def mapped_by_none(machine, kib):
    machine.meminfo["Mapped"] += kib


def more_than_all(machine, kib):
    machine.meminfo["MemFree"] += 1048576 - machine.counted() + kib


def above_total(machine, kib):
    machine.meminfo["MemAvailable"] = 1048576 + kib


# What to change, by so many kB; which ways; the state that must come of it.
BOTH, MORE = (1, -1), (1,)
CASES = {
    "anon-lru": (anon_lists, BOTH, "differs"),
    "file-lru": (file_lists, BOTH, "differs"),
    "lru-total": (both_lists, BOTH, "differs"),
    "active-parts": (rows(Active=1, MemFree=-1), BOTH, "impossible"),
    "inactive-parts": (rows(Inactive=1, MemFree=-1), BOTH, "impossible"),
    "slab-slabinfo": (no_slabs, BOTH, "differs"),
    "slab-parts": (rows(Slab=1, MemFree=-1), BOTH, "impossible"),
    "page-tables": (processes(1), BOTH, "differs"),
    "percpu": (per_cpu, MORE, "differs"),
    "memtotal-zones": (zones, BOTH, "differs"),
    "memtotal-series": (balloon, BOTH, "differs"),
    "pss-anon": (processes(2), BOTH, "differs"),
    "pss-mapped": (mapped_by_none, BOTH, "differs"),
    "counted-total": (more_than_all, MORE, "impossible"),
    "above-total": (above_total, MORE, "impossible"),
}


def fired(checks):
    return {name: check["state"] for name, check in checks.items()
            if check["state"] not in ("agrees", "missing")}


def changed(change, kib):
    machine = Machine()
    change(machine, kib)
    return machine


def tolerance_of(name, change, way, earlier):
    """Some are a share of what is changed: ask again until it stays."""
    kib, last = 0, None
    while kib != last:
        checks = checks_of(changed(change, way * kib), earlier)
        kib, last = checks[name]["tolerance_kib"], kib
    return kib // PAGE_KIB * PAGE_KIB


def fire(name, change, way, state):
    earlier = Machine() if name == "memtotal-series" else None
    limit = tolerance_of(name, change, way, earlier)
    within = fired(checks_of(changed(change, way * limit), earlier))
    beyond = checks_of(changed(change, way * (limit + PAGE_KIB)), earlier)
    found = beyond[name]
    if within or fired(beyond) != {name: state}:
        sys.exit(f"{name}: {way * limit} kB: {within or 'none'}, "
                 f"a page more: {fired(beyond) or 'none'}")
    print(f"{name}: {state} by {found['difference_kib']:+,} kB, "
          f"where {found['tolerance_kib']:,} kB are tolerated\n    "
          f"{found['meaning']}")


healthy = checks_of(Machine())
print(f"healthy: {fired(healthy) or 'nothing differs'},"
      f" {len(healthy)} checks")
if set(healthy) != set(CASES):
    sys.exit(f"not the checks there are: {set(healthy) ^ set(CASES)}")
for name, (change, ways, state) in CASES.items():
    for way in ways:
        fire(name, change, way, state)
# A counter that fell below zero is more than there can be.
below = Machine()
below.meminfo["Writeback"] = (1 << 64) - 4
print("Writeback of -4 kB:", fired(checks_of(below)))
