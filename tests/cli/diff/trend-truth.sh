# What the test modules leaked up to t1, t2 and t3, counted by themselves when
# the captures were taken: every point of every site, and its verdict.
. tests/cli/series_of.sh
"$PAGEOWL" diff -q -O json "$TMP/t1" "$TMP/t2" "$TMP/t3" >"$TMP/json"
python3 - "$TMP/json" <<'END'
import json, sys
# A function of the stack, then pages at t1, t2, t3.
pages = {
    "leaky_rx_refill": [0, 2000, 5000],
    "leaky_tx_ring_grow": [0, 600, 600],      # 150 of order 2
    "leaky_inlined_path": [0, 700, 1000],
    "leaky_header_buffers": [0, 220, 310],    # order 1
    "leaky_work_fn": [0, 90, 100],
    "lab_deep_recurse": [0, 40, 100],
    "leaky_shared_caller_a": [0, 256, 384],
    "leaky_shared_caller_b": [0, 64, 576],
    "leaky_zeroed": [0, 50, 50],
    "leaky_split": [0, 40, 160],
    "lab_big_table": [0, 200, 240],           # kmalloc(20000): order 3
    "lab_big_frame": [0, 120, 360],           # kmalloc(9000): order 2
    "lab_vm_log": [0, 200, 650],              # vmalloc() of 10 pages
}
# A function of the stack and a cache, then objects.
objects = {
    ("lab_conn_open", "kmalloc-64"): [0, 3000, 7500],
    ("lab_conn_close_deferred", "kmalloc-64"): [0, 500, 500],
    ("lab_inline_user", "kmalloc-64"): [0, 800, 1000],
    ("lab_leak_sizes", "kmalloc-32"): [0, 1600, 2400],
    ("lab_leak_sizes", "kmalloc-256"): [0, 800, 1200],
    ("lab_leak_sizes", "kmalloc-1k"): [0, 400, 600],
    ("lab_leak_sizes", "kmalloc-cg-4k"): [0, 100, 150],
    ("lab_session_start", "lab_session"): [0, 1200, 4200],
    ("lab_conn_track", "lab_conn"): [0, 900, 1000],
    ("lab_name_copy", "kmalloc-32"): [0, 333, 433],
    ("lab_skb_drop", "kmalloc-2k"): [0, 120, 200],
    ("lab_work_fn", "kmalloc-128"): [0, 640, 700],
    ("churn_warm_fill", "kmalloc-2k"): [0, 2500, 4000],  # no leak
}
report = json.load(open(sys.argv[1]))
assert [c["missing"] for c in report["series"]["captures"]] == [False] * 3


def check(label, rows, measure, truth):
    points = [sum(row["trend"]["points"][i][measure] for row in rows)
              for i in range(3)]
    said = {(row["verdict"], row["trend"]["sure"], row["trend"]["pace"])
            for row in rows}
    print(label, *points, *sorted(said)[0],
          "" if points == truth else f"but it was {truth}")


def holds(row, name):
    return any(frame.startswith((name + "+", name + "."))
               for frame in row["stack"])


for name, truth in pages.items():
    check(name, [row for row in report["rows"]
                 if row["block"] != "slab" and holds(row, name)],
          "pages", truth)
for (name, cache), truth in objects.items():
    check(f"{name} {cache}",
          [row for row in report["objects"]["rows"]
           if row["cache"] == cache and holds(row, name)], "records", truth)
END
