# The columns that a series has more: of a row of pages, and of objects of no
# known size.
. tests/cli/series_of.sh
rm "$TMP"/t?/proc/slabinfo
"$PAGEOWL" diff -q -O csv --symbols=never "$TMP/t1" "$TMP/t2" "$TMP/t3" |
	python3 -c '
import csv, sys
names = ("source", "function", "shape", "sure", "intervals", "grew", "quiet",
         "bytes_per_hour", "bytes_per_hour_low", "bytes_per_hour_high",
         "records_per_hour", "pace", "points")
print(*names)
for row in csv.DictReader(sys.stdin):
    if row["function"] in ("leaky_zeroed", "leaky_split", "lab_session_start"):
        print(*[row[name] or "-" for name in names])'
"$PAGEOWL" diff -q -O json --symbols=never --top=1 --function=leaky_split \
	"$TMP/t1" "$TMP/t2" "$TMP/t3" |
	python3 -c '
import json, sys
report = json.load(sys.stdin)
print(json.dumps(report["rows"][0]["trend"], indent=1))'
