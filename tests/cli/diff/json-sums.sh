# Rows of JSON make the totals, in both captures.
"$PAGEOWL" diff -O json samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2 | python3 -c '
import json, sys
d = json.load(sys.stdin)
for side, name in enumerate(("before", "after")):
    for unit in ("records", "pages", "bytes"):
        rows = sum(row[name][unit] for row in d["rows"])
        categories = sum(c[name][unit] for c in d["categories"])
        assert rows == categories == d["captures"][side][unit], (name, unit)
for row in d["rows"]:
    for unit in ("records", "pages", "bytes"):
        assert row["after"][unit] - row["before"][unit] == row["growth"][unit]
print("they do")'
