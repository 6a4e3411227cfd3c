#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Samples frames of a vmlinux, and compares the lines that tools tell.

  compare_lines.py sample VMLINUX COUNT SEED FRAMES ADDRESSES
  compare_lines.py compare DIR TOOL...
"""
import collections
import posixpath
import random
import re
import subprocess
import sys


def sample(vmlinux, count, seed, frames, addresses):
    nm = subprocess.run(["nm", "-nS", "--defined-only", vmlinux], check=True,
                        capture_output=True, text=True).stdout
    symbols = []
    for line in nm.splitlines():
        part = line.split()
        size = int(part[1], 16) if len(part) == 4 else 0
        symbols.append((int(part[0], 16), size, part[-2], part[-1]))
    starts = sorted({symbol[0] for symbol in symbols})
    distance = {a: b - a for a, b in zip(starts, starts[1:])}
    functions = [(address, size, distance[address], name)
                 for address, size, kind, name in symbols
                 if kind in "tTwW" and size > 1 and address in distance
                 # Padding: nothing returns there, and each tool guesses.
                 and not name.startswith("__pfx_")]
    # Two of one name and distance cannot be told apart by what is printed.
    seen = collections.Counter((f[3], f[2]) for f in functions)
    functions = [f for f in functions if seen[f[3], f[2]] == 1]
    dice = random.Random(int(seed))
    with open(frames, "w") as names, open(addresses, "w") as numbers:
        for address, size, printed, name in sorted(
                dice.sample(functions, min(int(count), len(functions)))):
            offset = dice.randrange(1, min(size, printed) + 1)
            names.write(f"{name}+{offset:#x}/{printed:#x}\n")
            numbers.write(f"{address + offset - 1:#x}\n")


def place(text):
    """file, line of what a tool printed; a path may go up and down again."""
    text = re.sub(r" \(discriminator \d+\)$", "", text)
    part = re.match(r"(.*?):(\d+|\?)(?::\d+)?$", text)
    if not part or part[1] == "??":
        return ("??", 0)
    line = 0 if part[2] == "?" else int(part[2])
    return (posixpath.normpath(part[1]), line)


def chains_of_tool(path):
    """With -a an address stands before each chain of two lines a function."""
    chains, function = [], None
    for line in open(path):
        line = line.rstrip("\n")
        if re.fullmatch(r"0x[0-9a-f]+", line):
            chains.append([])
            function = None
        elif function is None:
            # eu-addr2line tells the caller twice, first in this line.
            function = re.sub(r" inlined at .*", "", line)
        else:
            chains[-1].append((function,) + place(line))
            function = None
    return chains


def known(chain):
    return bool(chain) and chain[0][1] != "??" and chain[0][2] != 0


def kind(ours, theirs):
    """How two chains differ; None: they do not."""
    a, b = ([c[1:] for c in chain] for chain in (ours, theirs))
    if not known(ours) and not known(theirs):
        return None
    if a == b:
        return None
    if not known(ours):
        return "only the tool knows a line"
    if not known(theirs):
        return "only ours knows a line"
    if a[0] != b[0]:
        if len(a) == len(b) and a[0][0] == b[0][0]:
            return "innermost: another line of the same file"
        return "innermost: another file or function"
    if len(a) != len(b):
        return "callers: ours has %s" % ("more" if len(a) > len(b) else "fewer")
    return "callers: another line"


def name_kind(ours, theirs):
    """Whether the functions differ where all lines are the same."""
    a, b = ([c[0] for c in chain] for chain in (ours, theirs))
    if a == b or not known(ours) or kind(ours, theirs):
        return None
    if [re.sub(r"\..*", "", n) for n in b] == a:
        return "the tool has the symbol, with its suffix"
    return "others"


def compare(directory, tools):
    frames = open(directory + "/frames").read().splitlines()
    asked = {}
    for line in open(directory + "/ask_lines"):
        part = line.rstrip("\n").split("\t")
        if part[0]:
            asked[part[0]] = chain = []
        else:
            chain.append((part[1],) + place(part[2]))
    ours = [asked[frame] for frame in frames]
    print("\nask_lines: %d have a line, %d in inlined functions" % (
        sum(map(known, ours)), sum(len(chain) > 1 for chain in ours)))
    for tool in tools:
        theirs = chains_of_tool(directory + "/" + tool)
        pairs = list(zip(frames, ours, theirs))
        if len(theirs) != len(frames):
            sys.exit("%s answered %d of %d" % (tool, len(theirs), len(frames)))
        innermost = sum(1 for _, a, b in pairs if not known(a) and not known(b)
                        or known(a) and known(b) and a[0][1:] == b[0][1:])
        whole = sum(1 for _, a, b in pairs if kind(a, b) is None)
        print("\n%s: innermost line agrees in %d of %d (%.2f %%), "
              "all of the chain in %d (%.2f %%)" % (
                  tool, innermost, len(pairs), 100 * innermost / len(pairs),
                  whole, 100 * whole / len(pairs)))
        for of, judge in (("lines", kind), ("names", name_kind)):
            kinds = collections.defaultdict(list)
            for frame, a, b in pairs:
                if judge(a, b):
                    kinds[judge(a, b)].append((frame, a, b))
            for text in sorted(kinds, key=lambda k: -len(kinds[k])):
                print("  %5d  %s: %s" % (len(kinds[text]), of, text))
                for frame, a, b in kinds[text][:3]:
                    print("         %s" % frame)
                    print("           ours   %s" % show(a))
                    print("           theirs %s" % show(b))


def show(chain):
    return " < ".join("%s %s:%d" % (f, posixpath.basename(p), n)
                      for f, p, n in chain) or "nothing"


if sys.argv[1] == "sample":
    sample(*sys.argv[2:])
else:
    compare(sys.argv[2], sys.argv[3:])
