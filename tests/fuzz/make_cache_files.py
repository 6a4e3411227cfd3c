#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make seeds for fuzz_cache_file: make_cache_files.py FOLDER

Each begins with the byte that makes the fuzzer put a checksum before it, but
for one that has a wrong one.
"""
import os
import struct
import sys

RESOLVED, NO_LINE, NO_SYMBOL, AMBIGUOUS = 1, 2, 3, 5
ID = b"\x04\xa0\x0d\x00\x07"


def text(string):
    if string is None:
        return struct.pack("<I", 0)
    return struct.pack("<I", len(string) + 1) + string


def answer(symbol, offset, size, exact, status, lines=(), candidates=0):
    key = struct.pack("<QQB", offset, size, exact) + symbol
    value = struct.pack("<BII", status, candidates, len(lines))
    for number, function, file in lines:
        value += struct.pack("<I", number) + text(function) + text(file)
    return struct.pack("<II", len(key), len(value)) + key + value


def whole(*answers):
    return b"\1" + ID + struct.pack("<I", len(answers)) + b"".join(answers)


CHAIN = [(41, b"heron_put", b"heron/ring.h"), (0, None, None),
         (7, b"", b"heron/tx.c")]
ONE = answer(b"heron_xmit", 0x1a, 0x2c, 0, RESOLVED, CHAIN)
OTHERS = [answer(b"heron_xmit", 0x1a, 0x2c, 1, NO_LINE),
          answer(b"heron_xmit.cold", 2**64 - 1, 0, 0, NO_SYMBOL),
          answer(b"h", 0, 0, 0, AMBIGUOUS, CHAIN[:1], 117)]
SEEDS = {
    "none": whole(),
    "one": whole(ONE),
    "all": whole(ONE, *OTHERS),
    "twice": whole(ONE, ONE),
    "cut": whole(ONE, *OTHERS)[:-5],
    "no-line": whole(answer(b"h", 0, 0, 0, RESOLVED)),
    "nul": whole(answer(b"h\0", 0, 0, 0, NO_LINE)),
    "failed": whole(answer(b"h", 0, 0, 0, 8)),
    "other-id": whole(ONE).replace(ID, b"\x02\xa0\x0d"),
    "checksum": b"\0pageowl symbols 2\n" + bytes(8) + whole(ONE)[1:],
    "version": b"\0pageowl symbols 0\n" + bytes(8) + whole(ONE)[1:],
}

for name, seed in SEEDS.items():
    with open(os.path.join(sys.argv[1], "seed-" + name), "wb") as file:
        file.write(seed)
