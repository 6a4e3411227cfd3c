# --match overrides what was found out.
for how in auto exact name; do
	"$PAGEOWL" diff --match=$how -O json samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2 | python3 -c '
import json, sys
d = json.load(sys.stdin)
print(d["match"], "|", d["match_reason"], "|", len(d["rows"]), "rows")'
done
