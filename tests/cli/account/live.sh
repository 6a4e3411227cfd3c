# The running machine is account's, too, as far as it may be read.
"$PAGEOWL" account -qO json >"$TMP/json" && "$PAGEOWL" account -q >"$TMP/text"
echo "status $?"
python3 - "$TMP/json" <<'END'
import json, sys
[machine] = json.load(open(sys.argv[1]))["captures"]
budget = machine["budget"]
print(budget["counted_kib"] + budget["remainder_kib"] == budget["total_kib"])
END
grep -c 'in no counter' "$TMP/text"
