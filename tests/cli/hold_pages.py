# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold docs/json.md and docs/csv.md against what the program writes:
hold_pages.py FILE.json|FILE.csv... Prints each key that the section of its
object does not name, each field of a table that no file has, and the same of
the columns of CSV."""
import csv
import json
import re
import sys

# Where in json.md the keys of an object are; those within it, too.
SECTIONS = {
    "captures": "A capture", "loss": "A loss",
    "categories": "A category", "rows": "A row", "gate": "What rules say",
}
# Fields that stand in tables, and no sample has.
UNSEEN = {"kind"}


def words(text):
    return {word for quoted in re.findall(r"`([^`]*)`", text)
            for word in re.findall(r"\w+", quoted)}


def sections(page):
    """Heading to text; \"#\" and \"##\" and \"###\" alike."""
    parts = re.split(r"^#+ (.*)$", page, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def first_cells(text):
    """What the first column of its tables has in backticks."""
    return {name for line in re.findall(r"^\| (`.*?) \|", text, re.M)
            for name in re.findall(r"`(\w+)`", line)}


def section_of(name, value, section):
    """Where the keys of the member of an object in section are told."""
    if section == "What rules say" or name == "keys":
        return section
    if name == "objects" and "rows" in value:
        return "The object"
    return SECTIONS.get(name, section)


def hold(value, section, seen, path=""):
    if isinstance(value, list):
        for item in value:
            hold(item, section, seen, path)
    if not isinstance(value, dict) or path == "keys":
        return
    for name, item in value.items():
        seen.setdefault(section, set()).add(name)
        hold(item, section if path == "series" else
             section_of(name, item, section), seen, name)


page = open("docs/json.md", encoding="utf-8").read()
known = sections(page)
everywhere = words(known["What holds everywhere"])
table = sections(open("docs/csv.md", encoding="utf-8").read())["top and diff"]
columns, seen = set(), {}
for path in sys.argv[1:]:
    with open(path, newline="", encoding="utf-8") as file:
        if path.endswith(".json"):
            hold(json.load(file), "The object", seen)
        else:
            columns |= set(next(csv.reader(file)))
for section, names in sorted(seen.items()):
    for name in sorted(names - words(known[section]) - everywhere):
        print(f"json.md: {section}: {name} is not told")
    for name in sorted(first_cells(known[section]) - names - UNSEEN):
        print(f"json.md: {section}: {name} is told, and not written")
for name in sorted(columns - words(table)):
    if not name.startswith("by_"):
        print(f"csv.md: {name} is not told")
for name in sorted(first_cells(table) - columns - {"by_KEY"}):
    print(f"csv.md: {name} is told, and not written")
print(f"{sum(map(len, seen.values()))} keys, {len(columns)} columns")
