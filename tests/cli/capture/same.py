#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether two captures read to the same: same.py PAGEOWL ONE OTHER.

Of `contents` all that is told of each member, but for the manifest and for
whether it is compressed; of `top` all but the path.
"""
import json
import re
import subprocess
import sys


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True)
    return json.loads(done.stdout)


def contents(program, path):
    told = run(program, "contents", "-O", "json", path)
    members = []
    for member in told["members"]:
        # In an archive all lies in a folder.
        at = re.search(r"(^|/)(proc|sys|boot|dev)/", member["path"])
        if at:
            name = member["path"][at.start(2) :].removesuffix(".gz")
            members.append({**member, "path": name})
    counters = [c for c in told["counters"] if c["group"] != "manifest"]
    return {
        **told,
        "path": "",
        "manifest": None,
        "members": sorted(members, key=str),
        "counters": sorted(counters, key=str),
    }


def top(program, path, *options):
    told = run(program, "top", "-O", "json", *options, path)
    for capture in told["captures"] + told.get("objects", told)["captures"]:
        capture["path"] = ""
    return told


def main():
    program, one, other = sys.argv[1:]
    views = {
        "contents": contents,
        "top": top,
        "top by task": lambda *where: top(*where, "--by=comm"),
    }
    for name, view in views.items():
        left, right = view(program, one), view(program, other)
        if left == right:
            print(name + ": the same")
            continue
        print(name + " differs")
        for key in sorted(set(left) | set(right)):
            if left.get(key) != right.get(key):
                print(" ", key, str(left.get(key))[:600])
                print("   ", str(right.get(key))[:600])


main()
