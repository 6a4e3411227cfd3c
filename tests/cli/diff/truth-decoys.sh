# What grows and is no leak must not be called one: rings that are allocated
# and freed without end, and user memory.
"$PAGEOWL" diff -O json samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2 \
	>"$TMP/json"
python3 - "$TMP/json" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
for row in report["rows"]:
    if row["function"] == "churn_page_get":
        print(row["function"], row["growth"]["pages"], row["verdict"])
print({row["verdict"] for row in report["rows"]
       if row["block"] == "user" and row["growth"]["pages"] > 0})
END
