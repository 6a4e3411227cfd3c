# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold what `account` says against itself: hold_account.py JSON CSV [TOP]...

Sums are those of their terms, nothing is counted twice or lost, and CSV has
what JSON has. TOP is `top --all -O json` of each capture, by the same source:
each of its pages must be in a counter's row or with the holders. Prints what
was held, or stops at the first number that does not fit."""
import csv
import json
import sys
from collections import Counter

HELD = Counter()


def hold(what, got, want):
    HELD[what.split(":")[0]] += 1
    if got != want:
        sys.exit(f"{what}: {got}, not {want}")


def hold_sum(what, found):
    """None: the capture has nothing of it."""
    if found is None:
        return
    hold("sums of terms: " + what, found["kib"],
         sum(term["kib"] for term in found["terms"]))


def hold_budget(where, budget):
    hold(f"counted and remainder are the total: {where}",
         budget["counted_kib"] + budget["remainder_kib"], budget["total_kib"])
    hold(f"parts are what is counted: {where}", budget["counted_kib"],
         sum(row["kib"] for row in budget["rows"] if row["kind"] == "part"))
    for row in budget["rows"]:
        hold_sum(f"{where} {row['id']}", row)
    names = [row["id"] for row in budget["rows"]]
    hold(f"each row is there once: {where}", len(names), len(set(names)))


def hold_capture(capture):
    path = capture["path"]
    hold_budget(path, capture["budget"])
    for node in capture["nodes"]:
        hold_budget(f"{path} node {node['node']}", node["budget"])
    for name, found in capture["free"].items():
        hold_sum(f"{path} free {name}", found)
    for check in capture["checks"]:
        for side in "left", "right":
            hold_sum(f"{path} {check['id']}", check[side]["sum"])
        if check["state"] != "missing":
            hold(f"differences: {path} {check['id']}", check["difference_kib"],
                 check["left"]["sum"]["kib"] - check["right"]["sum"]["kib"])


def hold_holders(found):
    """The rows are all there is of what no counter has."""
    sides = (("before", "after") if len(found["captures"]) == 2 else (None,))
    for side, capture, of in zip(sides, found["captures"],
                                 found["holders"]["captures"]):
        rows = [row[side] if side else row for row in found["holders"]["rows"]]
        total = sum(row["bytes"] for row in rows)
        hold(f"holders: rows of {capture['path']}", total, of["bytes"])
        hold(f"holders: {capture['path']}", capture["holders_kib"],
             total // 1024)


def hold_pages(capture, top):
    """Each page by stacks is with a counter, or with the holders."""
    [source] = top["captures"]
    apart = capture["holders_kib"] + sum(
        kind["stacks_kib"] + kind["younger_kib"]
        for kind in capture["coverages"])
    hold(f"all pages once: {capture['path']}", apart * 1024, source["bytes"])
    younger = [kind["younger_kib"] for kind in capture["coverages"]]
    if capture["younger_kib"] is not None:
        hold(f"all younger pages once: {capture['path']}",
             capture["younger_kib"],
             sum(younger) + capture["holders_younger_kib"])


def hold_change(found):
    old, new = found["captures"]
    change = found["change"]
    for name in "total_kib", "counted_kib", "remainder_kib":
        hold(f"changes: {name}", change[name],
             new["budget"][name] - old["budget"][name])
    sides = [{row["id"]: row["kib"] for row in side["budget"]["rows"]}
             for side in (old, new)]
    kinds = [{row["id"]: row["kind"] for row in side["budget"]["rows"]}
             for side in (old, new)]
    hold("changes: all rows", sorted(row["id"] for row in change["rows"]),
         sorted(sides[0].keys() | sides[1].keys()))
    for row in change["rows"]:
        hold(f"changes: kinds of {row['id']}",
             (row["kind_before"], row["kind_after"]),
             (kinds[0].get(row["id"]), kinds[1].get(row["id"])))
        hold(f"changes: {row['id']}",
             (row["before_kib"], row["after_kib"]),
             (sides[0].get(row["id"]), sides[1].get(row["id"])))
        if None not in (row["before_kib"], row["after_kib"]):
            hold(f"changes: {row['id']}", row["growth_kib"],
                 row["after_kib"] - row["before_kib"])


def hold_slab(found):
    sides = (("before", "after") if len(found["captures"]) == 2 else (None,))
    for side in sides:
        pick = (lambda cache: cache[side]) if side else (lambda cache: cache)
        caches = [pick(cache) or {} for cache in found["slab"] or []]
        for name in "bytes", "objects", "slots":
            hold(f"sums of caches: {name}", pick(found["slab_total"])[name],
                 sum(cache.get(name) or 0 for cache in caches))


def hold_objects(found):
    """The rows are all objects there are, of caches that say so."""
    objects = found["objects"]
    sides = (("before", "after") if len(found["captures"]) == 2 else (None,))
    for side, of in zip(sides, objects["captures"]):
        rows = [row[side] if side else row for row in objects["rows"]]
        for name in "records", "bytes":
            hold(f"objects: {name} of {of['path']}",
                 sum(row[name] for row in rows), of[name])
    traced = {row["cache"] for row in objects["rows"]}
    for cache in found["slab"] or []:
        hold(f"objects: {cache['name']} has stacks", cache["stacks"],
             cache["name"] in traced)


# ---- CSV ----

def text(value):
    value = value or ""
    return "'" + value if value[:1] in tuple("=+-@") else value


def line(section, id, name="", kind="", owner="", kib="", state="", words="",
         tolerance="", at_most=""):
    return (section, text(id), text(name), text(kind), text(owner),
            "" if kib is None else str(kib), str(tolerance), at_most,
            state or "", text(words))


def terms(section, id, found, kind=""):
    for term in found["terms"] if found else []:
        yield line(section, id, term["name"], kind, kib=term["kib"],
                   words=term["group"])


def budget_lines(budget):
    yield line("budget", "total", kind="total", kib=budget["total_kib"])
    for row in budget["rows"]:
        yield line("budget", row["id"], row["name"], row["kind"], row["owner"],
                   row["kib"], words=row["what"])
        yield from terms("term", row["id"], row)
    for name in "counted", "remainder", "doubt":
        yield line("budget", name, kind="total", kib=budget[name + "_kib"])


def side_lines(capture):
    yield from budget_lines(capture["budget"])
    for name, found in capture["free"].items():
        name = {"buff_cache": "buff/cache"}.get(name, name.replace("_", " "))
        yield line("free", name, kib=found and found["kib"])
        yield from terms("free term", name, found)
    if capture["holders_kib"] is not None:
        for name in "holders", "holders_younger", "younger", "balloon":
            yield line("stacks", name.replace("_", " "),
                       kib=capture[name + "_kib"])
    for kind in capture["coverages"]:
        for by in "counters", "stacks", "younger":
            yield line("coverage", kind["id"], kind["name"], by,
                       kib=kind[by + "_kib"], words=kind["meaning"],
                       state="agrees" if kind["agrees"] else "differs")
    for check in capture["checks"]:
        missing = check["state"] == "missing"
        yield line("check", check["id"], check["title"], state=check["state"],
                   kib=None if missing else check["difference_kib"],
                   words=check["meaning"],
                   tolerance="" if missing else check["tolerance_kib"],
                   at_most="" if missing else str(check["at_most"]).lower())
        for side in "left", "right":
            yield from terms("check term", check["id"], check[side]["sum"],
                             side)
    for node in capture["nodes"]:
        yield from budget_lines(node["budget"])
        if node["unaccounted_stacks_kib"] is not None:
            yield line("stacks", "holders", kib=node["unaccounted_stacks_kib"])


def ranked(found, side):
    """Holders of one function, of one kind, as CSV folds them."""
    sums = Counter()
    if found["holders"]:
        for row in found["holders"]["rows"]:
            key = (text(row["function"]), text(row["module"]), row["category"])
            sums[key] += (row[side] if side else row)["bytes"] // 1024
    return sums


def traced(found, side):
    """The objects of one function in one cache."""
    sums = Counter()
    for row in found["objects"]["rows"] if found["objects"] else []:
        key = (text(row["function"]), text(row["module"]), row["category"],
               text(row["cache"]))
        sums[key] += (row[side] if side else row)["records"]
    return sums


def hold_csv(found, table):
    two = len(found["captures"]) == 2
    for index, capture in enumerate(found["captures"]):
        name = ("old", "new")[index] if two else ""
        side = ("before", "after")[index] if two else None
        rows = [row for row in table if row["capture"] == name]
        hold("CSV and JSON: path", {row["path"] for row in rows},
             {text(capture["path"])})
        got = [tuple(row[cell] for cell in (
               "section", "id", "name", "kind", "owner", "kib",
               "tolerance_kib", "at_most", "state", "text")) for row in rows
               if row["section"] not in ("holder", "counted holder", "slab",
                                         "slab holder")]
        want = list(side_lines(capture))
        for had, wanted in zip(got, want):
            hold(f"CSV and JSON: {name}", had, wanted)
        hold(f"CSV and JSON: rows of {name}", len(got), len(want))
        sums = Counter()
        for row in rows:
            if row["section"] == "holder":
                key = row["id"], row["name"], row["kind"]
                sums[key] += int(row["kib"])
        hold(f"CSV and JSON: holders {name}", dict(sums),
             dict(ranked(found, side)))
        sums = Counter()
        for row in rows:
            if row["section"] == "slab holder":
                key = row["id"], row["name"], row["kind"], row["text"]
                sums[key] += int(row["records"])
        hold(f"CSV and JSON: objects {name}", dict(sums),
             dict(traced(found, side)))
        slab = [(row["id"], row["kib"]) for row in rows
                if row["section"] == "slab"]
        want = [(cache["name"], cache[side] if side else cache)
                for cache in found["slab"] or []]
        hold(f"CSV and JSON: slab {name}", slab,
             [(text(id), str(amount["bytes"] // 1024)
               if amount and amount["bytes"] is not None else "")
              for id, amount in want])
    hold("CSV and JSON: all rows", {row["capture"] for row in table},
         {"old", "new"} if two else {""})


account = json.load(open(sys.argv[1], encoding="utf-8"))
for each in account["captures"]:
    hold_capture(each)
if account["holders"]:
    hold_holders(account)
    for each, path in zip(account["captures"], sys.argv[3:]):
        hold_pages(each, json.load(open(path, encoding="utf-8")))
if len(account["captures"]) == 2:
    hold_change(account)
if account["slab"]:
    hold_slab(account)
if account["objects"]:
    hold_objects(account)
with open(sys.argv[2], newline="", encoding="utf-8") as file:
    hold_csv(account, list(csv.DictReader(file)))
for what, count in sorted(HELD.items()):
    print(f"{what}: {count}")
