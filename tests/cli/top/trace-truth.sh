# What a module leaked within a trace, as it counted that itself: each number
# is in the trace, and the passing allocations beside them are not.
for source in trace_pages trace_objects; do
	"$PAGEOWL" top -q --source=$source --by=function --top=0 -O csv \
		samples/trace_pages/real-6.12-leaks.txt.gz >"$TMP/csv" || exit
	python3 - "$TMP/csv" <<'END'
import csv, sys

for row in csv.DictReader(open(sys.argv[1])):
    name = row["function"]
    if name.startswith("lr_"):
        print(row["records"], name)
END
done
