# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold CSV against JSON: hold_csv.py FILE.csv FILE.json, read by Python's own
modules. Prints how many rows are equal, or what differs first."""
import csv
import json
import sys
import unicodedata

AMOUNTS = ("records", "pages", "bytes")


def cell(value):
    if isinstance(value, float):
        return f"{value:.4f}"
    return "" if value is None else str(value)


def share(value):
    return "" if value is None else f"{float(value):.4f}"


def escaped(char):
    if unicodedata.category(char)[0] != "C":
        return char
    return "".join(f"\\x{byte:02x}" for byte in char.encode())


def text(value):
    """As a cell has it: one line, and nothing that computes."""
    value = "".join(map(escaped, value or ""))
    return "'" + value if value[:1] in tuple("=+-@") else value


def stack(frames):
    return text(" < ".join(frames or []))


def key(name, value):
    if name == "stack":
        return stack([line[1:] for line in value.splitlines()])
    return text(value)


def row_cells(source, row):
    """Column and content of all cells that JSON knows, too."""
    yield "source", source
    for name, value in row.get("keys", {}).items():
        yield "by_" + name, key(name, value)
    for name in ("function", "module", "category", "block"):
        yield name, text(row[name])
    detail = [row[name] for name in ("cache", "site", "kind") if name in row]
    yield "detail", text(detail[0]) if detail else ""
    if "before" in row:
        for part in ("before", "after", "growth"):
            for name in AMOUNTS:
                yield f"{name}_{part}", cell(row[part].get(name))
        yield "kept", share(row["kept"])
        yield "verdict", row["verdict"]
    else:
        for name in AMOUNTS:
            yield name, cell(row.get(name))
    yield "fresh", share(row["fresh"])
    for name in ("min", "max"):
        yield "order_" + name, cell(row.get("order", {}).get(name))
    for name in ("first_ns", "last_ns"):
        yield name, cell(row.get(name))
    yield "stack", stack(row["stack"])
    place = row.get("source") or {}
    yield "source_file", text(place.get("file"))
    yield "source_line", cell(place.get("line"))


def contents_rows(found):
    """The rows of members and counters."""
    for member in found["members"]:
        entries = member.get("entries", member.get("counters"))
        yield {"row": "member", "path": text(member["path"]),
               "format": member["format"], "entries": cell(entries),
               **{name: cell(member.get(name)) for name in AMOUNTS},
               "passed_over": cell(member["passed_over"]),
               "text_bytes": cell(member["text_bytes"])}
    for counter in found["counters"]:
        value = counter["value"]
        yield {"row": "counter", "format": counter["group"],
               "scope": text(counter["scope"]), "name": text(counter["name"]),
               "value": text(value) if isinstance(value, str) else cell(value),
               "unit": counter.get("unit", "")}


def report_rows(found):
    reports = [found, found["objects"]] if "objects" in found else [found]
    for report in reports:
        for row in report["rows"]:
            yield dict(row_cells(report["captures"][0]["source"], row))


with open(sys.argv[1], newline="", encoding="utf-8") as file:
    headings, *lines = csv.reader(file)
with open(sys.argv[2], encoding="utf-8") as file:
    found = json.load(file)
if len(set(headings)) != len(headings):
    sys.exit(f"a heading comes twice: {headings}")
if any(len(line) != len(headings) for line in lines):
    sys.exit("rows differ in length")
table = [dict(zip(headings, line)) for line in lines]
if found["command"] == "contents":
    wanted = list(contents_rows(found))
    table = [row for row in table if row["row"] in ("member", "counter")]
else:
    wanted = list(report_rows(found))
if len(table) != len(wanted):
    sys.exit(f"{len(table)} rows in CSV, {len(wanted)} in JSON")
for number, (row, want) in enumerate(zip(table, wanted), 1):
    for name, content in want.items():
        if row[name] != content:
            sys.exit(f"row {number}: {name}: {row[name]!r}, not {content!r}")
print(f"{len(table)} rows are equal")
