#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold what pageowl counted of a sample against samples/README.md.

hold_totals.py PATH JSON: the output of top, or of contents, on PATH.
"""
import json
import os
import re
import sys

# What `top` has of the columns behind the name; None: it does not tell.
TOP = {
    "page_owner": ("records", "pages", "stacks"),
    "page_owner_sort": ("records", "pages", "stacks"),
    "page_owner_stacks": ("records", "pages", "stacks"),
    "slab_traces": (None, "records"),
    "slab_allocators": (None, "records"),
    "crash_owner": ("records", "pages"),
    "slab_free_traces": (None, "records"),
    "allocinfo": (None, "records", "bytes"),
    "vmallocinfo": ("records", "pages"),
    "trace_pages": ("pages",),
    "slub_report": ("records",),
    "dump_page": ("records", "pages"),
}
# And what `contents` has.
CONTENTS = {
    "page_owner": ("records", "pages", None),
    "page_owner_sort": ("records", "pages", None),
    "page_owner_stacks": ("entries", "pages", None),
    "slab_traces": ("entries", "records"),
    "slab_allocators": ("entries", "records"),
    "crash_owner": ("entries", "pages"),
    "slab_free_traces": ("entries", "records"),
    "allocinfo": ("entries", "records", "bytes"),
    "vmallocinfo": ("entries", "pages"),
    "slub_report": ("records",),
    "dump_page": ("records", "pages"),
}


def sections():
    """README.md by its headings."""
    text = open("samples/README.md").read()
    parts = re.split(r"^## (.*)$", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def row(section, name):
    """The numbers of a row, None where a cell has none."""
    found = re.search(r"^\| `" + re.escape(name[0]) + "`" + name[1] +
                      r" \|(.*)\|", sections()[section], re.M)
    if not found:
        sys.exit(f"samples/README.md has no line for {''.join(name)}")
    cells = [re.match(r" *([\d,]+)(?: \w+)? *$", cell)
             for cell in found[1].split("|")]
    return [cell and int(cell[1].replace(",", "")) for cell in cells]


def say(what, got, want):
    want = [n for g, n in zip(got, want) if g is not None]
    got = [g for g in got if g is not None]
    print(what, "as counted" if got == want else f"{got}, but counted {want}")


def members_of(found):
    """Sums over the members of one format."""
    sums = {}
    for member in found["members"]:
        total = sums.setdefault(member["format"], {})
        for name, value in member.items():
            if isinstance(value, int):
                total[name] = total.get(name, 0) + value
    return sums


def sum_of(found):
    return [len(found["counters"]),
            sum(c["value"] for c in found["counters"]
                if isinstance(c["value"], int))]


path, output = sys.argv[1], sys.argv[2]
found = json.load(open(output))
folder, name = os.path.split(path)
capture = os.path.basename(folder) + "/" + name
if os.path.isdir(path):
    capture += "/"
real = os.path.basename(folder).startswith("real-")

if found["command"] == "top":
    shown = found["captures"][0]
    want = (row("Real captures", (capture, "")) if real else
            row(os.path.basename(folder) + "/", (name, "")))
    fields = TOP[shown["source"]]
    say(path, [field and shown[field] for field in fields], want)
elif real:
    for kind, total in members_of(found).items():
        if kind in CONTENTS and kind != "page_owner":
            say(f"{path} {kind}",
                [field and total.get(field, 0) for field in CONTENTS[kind]],
                row("Real captures", (capture, " " + kind)))
elif found["members"][0]["format"] in CONTENTS:
    fields = CONTENTS[found["members"][0]["format"]]
    if name.startswith("bad-"):  # entries are damaged ones, too
        fields = (None,) + fields[1:]
    say(path, [field and found["members"][0].get(field, 0)
               for field in fields],
        row(os.path.basename(folder) + "/", (name, "")))
else:
    want = row("Counters", (os.path.basename(folder) + "/" + name, ""))
    got = sum_of(found)
    say(path, [got[0], got[1] if want[1] is not None else None], want)
