# The report on objects, the first row of each, without stacks.
"$PAGEOWL" diff --output=json --top=1 samples/real-6.12-leaks/t1 \
	samples/real-6.12-leaks/t2 >"$TMP/json"
python3 - "$TMP/json" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
for part in (report, report["objects"]):
    for row in part["rows"]:
        row["stack"] = len(row["stack"])
    for each in part["captures"]:
        del each["loss"]
    part["categories"] = [each["name"] for each in part["categories"]]
print(json.dumps(report, indent=1))
END
