# JSON of one capture and of two.
python3 -B tests/cli/account/machine.py "$TMP/t1"
python3 -B tests/cli/account/machine.py "$TMP/t2" MemFree+-8192 Vendor=12
"$PAGEOWL" account --output=json "$TMP/t1" >"$TMP/json"
python3 -m json.tool "$TMP/json" >/dev/null && cat "$TMP/json"
# Of two, what the change is, and the row that came.
"$PAGEOWL" account --output=json "$TMP/t1" "$TMP/t2" |
	sed -n '/"change": {/,$p'
"$PAGEOWL" account --output=json "$TMP/t2" | grep -A12 meminfo:Vendor
