#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make seeds for fuzz_line_files: make_line_tables.py FOLDER

Each begins with a byte of flags (1: 64 bit, 2: addends, 4: big-endian; the
others are how much is read at once) and the size of the relocations in two.
"""
import os
import struct
import sys

GCC = bytes([1, 0x1f, 2, 0x0f])
PROGRAM = b"\0\x09\2\1\2\3\4\5\6\7\x08\x20\4\2\x21\2\x81\1\x09\4\0\0\1\1"
SAYS_0 = PROGRAM + b"\4\0\x20"


def unit(file_0, file_1, program=PROGRAM, form=GCC, version=5, wide=False,
         order="<"):
    word = order + ("Q" if wide else "I")
    rest = (b"\1\1\1\xfb\x0e\x0d" + b"\0\1\1\1\1\0\0\0\1\0\0\1"
            + b"\1\1\x08\2a\0bc\0"
            + bytes([len(form) // 2]) + form + b"\2" + file_0 + file_1)
    rest = (struct.pack(order + "H", version) + b"\x08\0"
            + struct.pack(word, len(rest)) + rest + program)
    return ((b"\xff\xff\xff\xff" if wide else b"")
            + struct.pack(word, len(rest)) + rest)


def seed(flags, lines, relocations=b""):
    return (bytes([flags]) + struct.pack(">H", len(relocations))
            + relocations + lines)


FILE_0, FILE_1 = b"\7\0\0\0\0", b"\x17\0\0\0\1"
ONE = unit(FILE_0, FILE_1)
SAME = unit(b"\0\0\0\0\1", b"\0\0\0\0\1")
PATH = ONE.index(FILE_0)


def relocations(pack, *rows):
    return b"".join(struct.pack(pack, *row) for row in rows)


RELA = relocations("<QQQ", (PATH, 42, 7), (PATH + 5, 42, 0x17), (80, 2, 0))
REL = relocations(">II", (PATH, 42), (PATH + 5, 43), (80, 2))
SEEDS = {
    "one": seed(0x88, ONE),
    "two": seed(0x18, ONE + unit(b"a\0", b"b\0", form=b"\1\x08") + ONE),
    "says-0": seed(0x10, unit(FILE_0, FILE_1, SAYS_0) + ONE),
    "wide-big": seed(0x44, unit(b"\7" + bytes(8), b"\x17" + bytes(7) + b"\1",
                                wide=True, order=">")),
    "md5": seed(0x20, unit(FILE_0 + b"m" * 16, FILE_1 + b"n" * 16,
                           form=GCC + b"\5\x1e")),
    "older": seed(0x08, unit(FILE_0, FILE_1, version=4) + ONE),
    "longer": seed(0x08, unit(FILE_0, FILE_1[:4] + b"\x81\1")),
    "block": seed(0x08, unit(b"\1a\1", b"\1b\2", form=b"\1\x09\2\x0b")),
    "rela": seed(0x83, ONE, RELA),
    "rela-same": seed(0x23, SAME + SAME, RELA),
    "rel-big": seed(0x84, unit(b"\0\0\0\7\0", b"\0\0\0\x17\0", order=">"),
                    REL),
    "cut": seed(0x08, ONE + ONE[:-9]),
}

for name, text in SEEDS.items():
    with open(os.path.join(sys.argv[1], "seed-" + name), "wb") as file:
        file.write(text)
