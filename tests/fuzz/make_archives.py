#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small tar archives for the fuzzers: captures, and what no tar would write.

    make_archives.py FOLDER
"""

import gzip
import lzma
import os
import sys
import tarfile

BLOCK = 512
DEBUG = "sys/kernel/debug/"


def sample(path):
    data = open("samples/" + path, "rb").read()
    return gzip.decompress(data) if path.endswith(".gz") else data


def header(name, data=b"", size=None, kind=tarfile.REGTYPE, link="",
           form=tarfile.USTAR_FORMAT):
    info = tarfile.TarInfo(name)
    info.size = len(data) if size is None else size
    info.type = kind
    info.linkname = link
    return info.tobuf(form, "utf-8", "surrogateescape")


def member(name, data=b"", **more):
    return header(name, data, **more) + data + b"\0" * (-len(data) % BLOCK)


def archive(*members):
    return b"".join(members) + b"\0" * 2 * BLOCK


def checksum(block):
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def with_field(name, data, at, field):
    """A member with other bytes in its header, and a sum that fits."""
    block = bytearray(header(name, data))
    block[at:at + len(field)] = field
    return checksum(block) + data + b"\0" * (-len(data) % BLOCK)


def sparse(name, data, offset, length, real):
    """A sparse member of GNU tar: one piece of data in a large hole."""
    block = bytearray(header(name, data, kind=b"S", form=tarfile.GNU_FORMAT))
    block[386:410] = b"%011o\0%011o\0" % (offset, length)
    block[483:495] = b"%011o\0" % real
    return checksum(block) + data + b"\0" * (-len(data) % BLOCK)


MEMINFO = b"MemTotal:         991224 kB\nMemFree:          573840 kB\n"
UPTIME = b"91.50 170.11\n"
VERSION = b"Linux version 6.12.0 (x@y) (gcc 12) #1 SMP\n"
STACKS = sample("page_owner_stacks/good-6.9.txt")
SLAB = sample("slab_traces/good-6.1-kmalloc-64.txt")
OWNER = sample("page_owner/good-4.4.txt")
ALLOCINFO = sample("allocinfo/good-6.10-version-1.0.txt")
TEXT = b"nr_base_pages: 7\n"
LINE = b"\n" + TEXT
SHOW = DEBUG + "page_owner_stacks/show_stacks"

tar = archive(
    member("t/proc/meminfo", MEMINFO),
    member("t/proc/uptime", UPTIME),
    member("t/proc/version", VERSION),
    member("t/proc/allocinfo", ALLOCINFO),
    member("t/" + DEBUG + "slab/kmalloc-64/alloc_traces", SLAB),
    member("t/sys/kernel/slab/kmalloc-64/objects", b"9 N0=9\n"),
    member("t/" + DEBUG + "page_owner", OWNER))
pieces = archive(
    member(DEBUG + "page_owner_stacks/show_handles",
           sample("page_owner_stacks/good-6.19-show_handles.txt")),
    member(DEBUG + "page_owner_stacks/show_stacks_handles",
           sample("page_owner_stacks/good-6.19-show_stacks_handles.txt")))
short = archive(member(SHOW, STACKS))

archives = {
    "capture.tar.xz": lzma.compress(tar),
    "capture.tar.gz": gzip.compress(tar, 9, mtime=0),
    "stacks.tar": short,
    "handles.tar": pieces,
    "member-gz.tar": archive(
        member("proc/meminfo.gz", gzip.compress(MEMINFO, 9, mtime=0)),
        member(SHOW + ".xz", lzma.compress(STACKS))),
    "absolute.tar": archive(member("/" + SHOW, STACKS)),
    "dotdot.tar": archive(member("../../" + SHOW, STACKS)),
    "two-captures.tar": archive(member("a/" + SHOW, TEXT),
                                member("b/" + SHOW, TEXT)),
    "twice.tar": archive(member(SHOW, TEXT), member(SHOW, TEXT)),
    "two-caches.tar": archive(
        member(DEBUG + "slab/a/alloc_traces", SLAB),
        member(DEBUG + "slab/:A-0000064/alloc_traces", SLAB)),
    "both-sides.tar": archive(
        member(DEBUG + "slab/a/alloc_traces", SLAB[:200]),
        member(DEBUG + "slab/a/free_traces", SLAB[:200])),
    "links.tar": archive(
        member(SHOW, TEXT),
        member("proc/meminfo", kind=tarfile.SYMTYPE, link="/proc/meminfo"),
        member("proc/uptime", kind=tarfile.LNKTYPE, link=SHOW),
        member("dev", kind=tarfile.CHRTYPE),
        member("proc", kind=tarfile.DIRTYPE)),
    "nested.tar": archive(member("proc/meminfo", archive(
        member("proc/meminfo", MEMINFO)))),
    "nested-gz.tar": archive(member("inner.tar.gz", gzip.compress(
        archive(member("proc/meminfo", MEMINFO)), 9, mtime=0))),
    "huge-size.tar": archive(member(SHOW, TEXT, size=0o77777777777)),
    "huge-size-binary.tar": archive(
        with_field(SHOW, TEXT, 124, b"\x80" + b"\0" * 3 + b"\x7f" * 8)),
    "negative-size.tar": archive(with_field(SHOW, TEXT, 124, b"\xff" * 12)),
    "size-no-number.tar": archive(
        with_field(SHOW, TEXT, 124, b"9zx-4+1  \0\0\0")),
    "sparse.tar": archive(sparse(SHOW, LINE, 1 << 20, len(LINE),
                                 (1 << 20) + len(LINE))),
    "sparse-huge.tar": archive(sparse(SHOW, LINE, 1 << 32, len(LINE),
                                      (1 << 32) + len(LINE))),
    "name-empty.tar": archive(member(SHOW, TEXT), with_field(
        "x", TEXT, 0, b"\0")),
    "name-odd.tar": archive(member("proc/\x1b[31m\n\udcff/meminfo", MEMINFO)),
    "name-long.tar": archive(
        member("././@LongLink", b"d/" * 300 + SHOW.encode() + b"\0",
               kind=tarfile.GNUTYPE_LONGNAME, form=tarfile.GNU_FORMAT),
        member("d", TEXT)),
    "pax.tar": archive(
        member("pax", b"28 path=proc/sub/../meminfo\n",
               kind=tarfile.XHDTYPE),
        member("x", MEMINFO)),
    "pax-size.tar": archive(
        member("pax", b"31 size=9999999999999999999999\n",
               kind=tarfile.XHDTYPE),
        member(SHOW, TEXT)),
    "damaged-header.tar": archive(
        member("proc/uptime", UPTIME), b"\xaa" * BLOCK, member(SHOW, TEXT)),
    "no-end.tar": member(SHOW, TEXT),
    "cut-in-header.tar": tar[:BLOCK + 512 + 100],
    "cut-in-text.tar": short[:BLOCK + 150],
    "cut-in-padding.tar": short[:BLOCK + len(STACKS) + 3],
    "garbage-behind.tar": short + b"handle: 1\n" * 20,
    "many-empty.tar.xz": lzma.compress(archive(
        *[member("d/%04d" % i) for i in range(2000)])),
    "zeros.tar": b"\0" * 2 * BLOCK,
    "empty-members.tar": archive(member(SHOW), member("proc/meminfo"),
                                 member("proc/uptime")),
}


def main():
    for name, data in archives.items():
        with open(os.path.join(sys.argv[1], name), "wb") as file:
            file.write(data)


main()
