# Who freed what lay there before holds nothing, and is no suspect.
"$PAGEOWL" diff -O json --source=slab_free_traces samples/real-6.12-leaks/t1 \
	samples/real-6.12-leaks/t2 | python3 -c '
import json, sys
print(sorted({row["verdict"] for row in json.load(sys.stdin)["rows"]}))'
