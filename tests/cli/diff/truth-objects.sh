# What the test modules leaked between t1 and t2 in objects of slab caches and
# in bytes by line of source, counted by themselves.
"$PAGEOWL" diff -O json --source=slab samples/real-6.12-leaks/t1 \
	samples/real-6.12-leaks/t2 >"$TMP/json"
"$PAGEOWL" diff -O json --source=allocinfo samples/real-6.12-leaks/t1 \
	samples/real-6.12-leaks/t2 >"$TMP/allocinfo"
python3 - "$TMP/json" "$TMP/allocinfo" <<'END'
import json, sys
# A function of the stack, a cache, objects, and the bytes asked for; those of
# caches that are not of kmalloc() are given by the size of their objects.
truth = [
    ("lab_conn_open", "kmalloc-64", 3000, 180000),
    ("lab_conn_close_deferred", "kmalloc-64", 500, 30000),
    ("lab_inline_user", "kmalloc-64", 800, 40000),
    ("lab_leak_sizes", "kmalloc-32", 1600, 38400),
    ("lab_leak_sizes", "kmalloc-256", 800, 160000),
    ("lab_leak_sizes", "kmalloc-1k", 400, 400000),
    ("lab_leak_sizes", "kmalloc-cg-4k", 100, 400000),
    ("lab_session_start", "lab_session", 1200, None),
    ("lab_conn_track", "lab_conn", 900, None),
    ("lab_name_copy", "kmalloc-32", 333, 9657),
    ("lab_work_fn", "kmalloc-128", 640, 76800),
]
# Of allocinfo: calls, and bytes of pages; of objects they are whole slots.
sites = [
    ("leaky_tx_ring_grow", 150, None),
    ("leaky_zeroed", 50, 204800),
    ("lab_deep_recurse", 40, 163840),
    ("lab_big_table", 25, None),
    ("lab_session_start", 1200, None),
]
slab, allocinfo = [json.load(open(name)) for name in sys.argv[1:]]


def say(name, got, want):
    got = [n for n, w in zip(got, want) if w is not None]
    want = [w for w in want if w is not None]
    print(name, *got, "as it did" if got == want else f"but leaked {want}")


def holds(row, name):
    return any(frame.startswith((name + "+", name + "."))
               for frame in row["stack"])


def requested(row):
    # OLD held nothing of it, so that NEW's is the growth
    return row["requested_bytes"] or 0


for name, cache, objects, size in truth:
    rows = [row for row in slab["rows"]
            if row["cache"] == cache and holds(row, name)]
    say(f"{name} {cache} {rows[0]['verdict']}",
        [sum(row["growth"]["records"] for row in rows),
         sum(requested(row) for row in rows)], [objects, size])
for name, calls, size in sites:
    rows = [row for row in allocinfo["rows"] if row["function"] == name]
    if not rows:
        print(name, "is not in allocinfo: its helper is")
        continue
    say(f"{name} {rows[0]['site'].rsplit('/', 1)[1]}",
        [sum(row["growth"]["records"] for row in rows),
         sum(row["growth"]["bytes"] for row in rows)], [calls, size])
# What does not leak, though it is there anew.
rows = [row for row in slab["rows"] if row["cache"] == "churn_item"]
print("churn_item", *[row["verdict"] for row in rows])
END
