# Another boot, in which nothing leaked: what still is under suspicion.
"$PAGEOWL" diff -O json samples/real-6.12-noleak/t2 samples/real-6.12-noleak/t3 \
	>"$TMP/json"
python3 - "$TMP/json" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
for row in report["rows"]:
    if row["verdict"] in ("accumulates", "appeared") and row["block"] != "slab":
        print(row["function"], row["category"], row["growth"]["pages"],
              row["verdict"])
END
