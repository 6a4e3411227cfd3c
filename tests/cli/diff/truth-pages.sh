# What the test modules leaked between t1 and t2, counted by themselves when
# the captures were taken: every site that takes whole pages, page by page.
"$PAGEOWL" diff -O json samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2 \
	>"$TMP/json"
python3 - "$TMP/json" <<'END'
import json, sys
# A function of the stack, then allocations and pages that it leaked.
truth = {
    "leaky_rx_refill": (2000, 2000),
    "leaky_tx_ring_grow": (150, 600),    # order 2
    "leaky_inlined_path": (700, 700),
    "leaky_header_buffers": (110, 220),  # order 1
    "leaky_work_fn": (90, 90),
    "lab_deep_recurse": (40, 40),
    "leaky_shared_caller_a": (256, 256),
    "leaky_shared_caller_b": (64, 64),
    "leaky_zeroed": (50, 50),
    "leaky_split": (40, 40),
    "lab_big_table": (25, 200),          # kmalloc(20000): order 3
    "lab_big_frame": (30, 120),          # kmalloc(9000): order 2
    "lab_vm_log": (200, 200),            # 20 times vmalloc() of 10 pages
}
report = json.load(open(sys.argv[1]))


def growth(chosen):
    rows = [row for row in report["rows"] if chosen(row)]
    verdicts = {row["verdict"] for row in rows if row["growth"]["pages"]}
    return (sum(row["growth"]["records"] for row in rows),
            sum(row["growth"]["pages"] for row in rows)), verdicts


def holds(name):
    return lambda row: row["block"] != "slab" and any(
        frame.startswith((name + "+", name + ".")) for frame in row["stack"])


def say(name, leaked, chosen):
    got, verdicts = growth(chosen)
    print(name, *got, *verdicts,
          "as it did" if got == leaked else f"but leaked {leaked}")


for name, leaked in truth.items():
    say(name, leaked, holds(name))
# The module that was unloaded: its frames are addresses now.
say("gone_leak", (300, 300),
    lambda row: row["block"] != "slab" and
    row["function"].startswith("0xffffffffc0"))
END
