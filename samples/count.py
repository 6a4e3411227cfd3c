#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Count records, base pages and distinct stacks of dumps: count.py FILE...

The numbers of README.md come from here. Shares nothing with pageowl: a dump is
cut at its headers by one regular expression, logs and mail are undone first.
"""
import re
import sys
import zlib

PREFIX = re.compile(rb"^(?:> ?|[A-Z][a-z]{2} [ \d]\d [\d:]{8} \S+ kernel: )?"
                    rb"(?:\[ *\d+\.\d{6}\] ?)?(?:\[ *[TC]\d+\] )?", re.M)
HEADER = re.compile(rb"Page allocated via order (\d+), mask 0x")
GROUP = re.compile(rb"^(\d+) times, (\d+) pages", re.M)
FRAME = re.compile(rb"^ ?(?:\[<[0-9a-f]+>\] )?"
                   rb"(\S+\+0x[0-9a-f]+/0x[0-9a-f]+(?: \[\S+\])?"
                   rb"|0x[0-9a-f]{8,16})$", re.M)
HANDLE = re.compile(rb"^handle: (\d+)$", re.M)


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


def count(text):
    """Returns records, pages and the set of stacks."""
    groups = list(GROUP.finditer(text))
    starts = groups or list(HEADER.finditer(text))
    records = pages = 0
    stacks = set()
    for start, end in zip(starts, starts[1:] + [None]):
        stacks.add(stack_of(text[start.end():end and end.start()]))
        records += int(start[1]) if groups else 1
        pages += int(start[2]) if groups else 1 << int(start[1])
    return records, pages, stacks


for name in sys.argv[1:]:
    n, p, s = count(read(name))
    print(f"{n:8} records {p:9} pages {len(s):4} stacks  {name}")
