# A capture against itself: nothing grew.
"$PAGEOWL" diff samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t1
"$PAGEOWL" diff -O json samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t1 | python3 -c '
import json, sys
rows = json.load(sys.stdin)["rows"]
print({row["verdict"] for row in rows}, any(row["growth"]["pages"] for row in rows))'
