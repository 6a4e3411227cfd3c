# --verbose: rows that are 0, and the checks that agree with both sides.
python3 -B tests/cli/account/machine.py "$TMP/t1"
python3 -B tests/cli/account/machine.py "$TMP/t2" MemFree+-8192
"$PAGEOWL" account --verbose "$TMP/t1"
echo ---
"$PAGEOWL" account --verbose "$TMP/t1" "$TMP/t2"
