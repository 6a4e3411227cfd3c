#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Count what dumps hold: count.py FILE...

The numbers of README.md come from here. Shares nothing with pageowl: a dump is
cut by one regular expression for each kind, logs and mail are undone first. The
kind is told by the kernel's own name of the file, or by the folder below
samples/ that it is in. Folders and archives have to be unpacked.
"""
import os
import re
import sys
import zlib

PREFIX = re.compile(rb"^(?:> ?|[A-Z][a-z]{2} [ \d]\d [\d:]{8} \S+ kernel: )?"
                    rb"(?:\[ *\d+\.\d{6}\] ?)?(?:\[ *[TC]\d+\] )?", re.M)
HEADER = re.compile(rb"Page allocated via order (\d+), mask 0x")
GROUP = re.compile(rb"^(\d+) times(?:, (\d+) pages|:\nPage allocated via order "
                   rb"(\d+),)", re.M)
FRAME = re.compile(rb"^ ?(?:\[<[0-9a-f]+>\] )?"
                   rb"(\S+\+0x[0-9a-f]+/0x[0-9a-f]+(?: \[\S+\])?"
                   rb"|0x[0-9a-f]{8,16})$", re.M)
HANDLE = re.compile(rb"^handle: (-?\d+)$", re.M)
PAGES = re.compile(rb"^(?:nr_base_pages|stack_count): (\d+)$", re.M)
OBJECTS = re.compile(rb"(?:^|:) *(\d+) \S+(?: \[\S+\])?"
                     rb"(?: waste=\d+/\d+)? age=[\d/]+ pid=", re.M)
ROW = re.compile(rb"^ *(-?[\d.]+) ?([KMG]i?B?|kB)? +(\d+) (?=.*:\d+ )"
                 rb".* func:", re.M)
AREA = re.compile(rb"^0x.*-0x.* +\d+ .*$", re.M)
MEMINFO = re.compile(rb"^(?:\S*:)?(Node \d+ )?([\w()]+):\s+(\d+)(?: kB)?$",
                     re.M)
SLAB = re.compile(rb"^(\S.*?) +((?:\d+ +){5}: tunables .*)$", re.M)
VMSTAT = re.compile(rb"^(\w+) (\d+)$", re.M)
ZONE = re.compile(rb"^ +(?! |cpu:)[a-z_ ]+:? +\(?(\d[\d, ]*)(?: \(a: .*)?\)?$",
                  re.M)
EVENT = re.compile(rb" \d+\.\d+: (?: *\d+ +)?(?:kmem:)?(mm_page_alloc|mm_page_free|"
                   rb"kmalloc|kmem_cache_alloc|kfree|kmem_cache_free): (.*)$",
                   re.M)
UNITS = {b"K": 10, b"k": 10, b"M": 20, b"G": 30}


def read(path):
    data = open(path, "rb").read()
    if path.endswith(".gz"):
        text, rest = b"", data
        while rest:
            member = zlib.decompressobj(31)
            try:
                text += member.decompress(rest)
            except zlib.error:  # as in bad-checksum: take the text all the same
                raw = zlib.decompressobj(-15)
                text += raw.decompress(rest[10:])
            rest = member.unused_data
        data = text
    return PREFIX.sub(b"", data.replace(b"\r\n", b"\n"))


def stack_of(text):
    frames = [f for f in FRAME.findall(text) if f != b"0x" + b"f" * 16]
    return tuple(frames) or tuple(HANDLE.findall(text)[:1])


def count_owner(text):
    groups = list(GROUP.finditer(text))
    starts = groups or list(HEADER.finditer(text))
    records = pages = 0
    stacks = set()
    for start, end in zip(starts, starts[1:] + [None]):
        stacks.add(stack_of(text[start.end():end and end.start()]))
        records += int(start[1]) if groups else 1
        pages += (1 << int(start[1]) if not groups else
                  int(start[2]) if start[2] else int(start[1]) << int(start[3]))
    return {"records": records, "pages": pages, "stacks": len(stacks)}


def count_stacks(text):
    """A handle's stack may stand in another block, or nowhere."""
    ends = list(PAGES.finditer(text))
    begin, stacks = 0, set()
    for end in ends:
        stacks.add(stack_of(text[begin:end.start()]))
        begin = end.end()
    return {"records": len(ends), "pages": sum(int(e[1]) for e in ends),
            "stacks": len(stacks)}


def count_objects(text):
    counts = [int(n) for n in OBJECTS.findall(text)]
    return {"records": len(counts), "objects": sum(counts)}


def count_holders(text):
    """Without what grep and mail have done to them."""
    text = re.sub(rb"(?m)\n(?=\[|[^:\n]+$)", b" ",
                  re.sub(rb"(?m)^\S*/slab_allocators:", b"", text))
    counts = [int(n) for n in re.findall(rb"(?m): (\d+) \S+(?: \[\S+\])?$",
                                         text)]
    return {"rows": len(counts), "objects": sum(counts)}


def count_crash(text):
    """Each page once, by the first of its allocation, unless it is free."""
    blocks = re.split(rb"(?m)^(?=PFN |page_owner:)", text)
    pages = {}
    for block in blocks:
        found = re.match(rb"PFN (\d+).*\n(?s:.)*? order (\d+),", block)
        if found and b"[alloc]" in block:
            order = int(found[2])
            pages[int(found[1]) >> order << order] = 1 << order
        found = re.match(rb".* PFN:0x(\w+)~0x(\w+) .* ts_nsec:", block)
        if found:
            first = int(found[1], 16)
            pages[first] = int(found[2], 16) - first
    return {"records": len(pages), "pages": sum(pages.values())}


def size_of(number, unit):
    size = float(number) * (1 << UNITS.get(unit[:1], 0))
    return max(0, int(size + 0.5))


def count_rows(text):
    rows = ROW.findall(text)
    calls = [int(row[2]) for row in rows]
    return {"rows": len(rows),
            "calls": sum(n for n in calls if n < 1 << 63),
            "bytes": sum(size_of(row[0], row[1]) for row in rows)}


def count_areas(text):
    areas = AREA.findall(text)
    return {"areas": len(areas),
            "pages": sum(int(n) for area in areas
                         for n in re.findall(rb" pages=(\d+)", area))}


def count_trace(text):
    """What is allocated and not freed; blocks of pages page by page."""
    pages, objects = {}, {}
    for event, rest in EVENT.findall(text):
        field = dict(re.findall(rb"(\w+)=(\S+)", rest))
        if event.startswith(b"mm_page"):
            first = int(field[b"pfn"], 0)
            for pfn in range(first, first + (1 << int(field[b"order"]))):
                pages.pop(pfn, None)
                if event == b"mm_page_alloc":
                    pages[pfn] = True
        elif event in (b"kmalloc", b"kmem_cache_alloc"):
            objects[field[b"ptr"]] = int(field[b"bytes_alloc"])
        else:
            objects.pop(field.get(b"ptr"), None)
    return {"pages": len(pages), "objects": len(objects),
            "bytes": sum(objects.values())}


def counters(named):
    """The last one of a name holds."""
    values = {name: int(value) for name, value in named}
    return {"counters": len(values), "sum": sum(values.values())}


def count_meminfo(text):
    return counters(((node, label), value)
                    for node, label, value in MEMINFO.findall(text))


def count_slabinfo(text):
    """Rows of one name are two caches."""
    if b"version: 1." in text:
        rows = re.findall(rb"(?m)^\w.*?((?: +\d+){6})(?: : .*)?$", text)
        return counters(enumerate(re.findall(rb"\d+", b" ".join(rows))))
    return counters(((row, at), value)
                    for row, (name, rest) in enumerate(SLAB.findall(text))
                    for at, value in enumerate(re.findall(rb"\d+", rest)))


def count_zoneinfo(text):
    """A line of protection has several numbers."""
    numbers = b", ".join(ZONE.findall(text))
    return counters(enumerate(re.findall(rb"\d+", numbers)))


def count_vmstat(text):
    return counters(VMSTAT.findall(text))


def count_buddyinfo(text):
    """Free blocks, behind the node and the zone; no line with a letter."""
    text = re.sub(rb"\n +(?=\d)", b" ", text)
    rows = re.findall(rb"^Node \d+, zone +\w+((?: +\d+)+) *$", text, re.M)
    return counters(enumerate(re.findall(rb"\d+", b"".join(rows))))


def count_pagetypeinfo(text):
    """The last of a node's heads; numbers of rows that are whole."""
    heads = re.findall(rb"(?m)^(Page\D*):\s+(\d+)$", text)
    text = re.sub(rb"\n +(?=\S)", b" ", text)
    rows = re.findall(rb"(?m)^Node +\d+, zone +\w+(?:, type +\w+)?"
                      rb"((?: +>?\d+)+) *$", text)
    return counters(list(enumerate(re.findall(rb"\d+", b" ".join(rows)))) +
                    heads)


def count_stat(text):
    return counters(re.findall(rb"^(btime|ctxt|processes|procs_\w+) (\d+)$",
                               text, re.M))


def count_manifest(text):
    """Moments in nanoseconds; a row that is cut or odd has none."""
    values = {}
    for line in text.decode().splitlines(True):
        fields = line.rstrip("\n").split("\t")
        if fields[0] in ("machine", "kernel", "boot") and fields[1] != "-":
            values["", fields[0]] = 0
        elif fields[0] in ("began", "ended"):
            if re.fullmatch(r"[\d.]+", fields[2]):
                values["", fields[0]] = round(float(fields[2]) * 10**9)
                values["", "text of", fields[0]] = 0
        elif (re.fullmatch(r"(whole|part|failed|missing|left out|begun)\t"
                           r"(-|[\d.]+)\t(-|[\d.]+)\t\d+\t"
                           r"(\\[\\ntr]|[^\\\t])+(\t.*)?\n", line)):
            values[fields[4], "status"] = 0
            values[fields[4], "bytes"] = int(fields[3])
            for name, field in ("began", fields[1]), ("ended", fields[2]):
                if field != "-":
                    values[fields[4], name] = round(float(field) * 10**9)
            if len(fields) > 5:
                values[fields[4], "why"] = 0
    return counters(values.items())


AMOUNT = re.compile(rb"^(\w+):[ \t]+(\d+) kB$", re.M)


def count_rollup(text):
    return counters(AMOUNT.findall(text))


def count_smaps(text):
    """Sums over all mappings of what is an amount of memory."""
    sums = {}
    for label, kib in AMOUNT.findall(text):
        if label not in (b"Size", b"KernelPageSize", b"MMUPageSize"):
            sums[label] = min(sums.get(label, 0) + int(kib), 2**64 - 1)
    return counters(sums.items())


def count_status(text):
    """The name is text; of four uids the first is taken."""
    names = re.findall(rb"^(Name):\t", text, re.M)
    numbers = re.findall(rb"^(Uid|Pid|Tgid|PPid|Threads):\t(\d+)", text, re.M)
    return counters([(name, 0) for name in names] + numbers +
                    AMOUNT.findall(text))


def count_numbers(text):
    return counters(enumerate(re.findall(rb"\d+", text)))


KINDS = {
    "page_owner": count_owner,
    "page_owner_sort": count_owner,
    "page_owner_stacks": count_stacks,
    "show_stacks": count_stacks,
    "show_handles": count_stacks,
    "crash_owner": count_crash,
    "slab_allocators": count_holders,
    "slab_traces": count_objects,
    "slab_free_traces": count_objects,
    "alloc_traces": count_objects,
    "free_traces": count_objects,
    "allocinfo": count_rows,
    "vmallocinfo": count_areas,
    "trace_pages": count_trace,
    "meminfo": count_meminfo,
    "slabinfo": count_slabinfo,
    "zoneinfo": count_zoneinfo,
    "vmstat": count_vmstat,
    "buddyinfo": count_buddyinfo,
    "pagetypeinfo": count_pagetypeinfo,
    "stat": count_stat,
    "count_threshold": count_numbers,
    "manifest": count_manifest,
    "smaps_rollup": count_rollup,
    "smaps": count_smaps,
    "status": count_status,
    "mm_stat": count_numbers,
}


def kind_of(path):
    folder, name = os.path.split(path)
    return (KINDS.get(name.split(".")[0]) or
            KINDS.get(os.path.basename(folder)) or count_owner)


for name in sys.argv[1:]:
    found = kind_of(name)(read(name))
    print(*[f"{number:9} {what}" for what, number in found.items()],
          "", name)
