# CSV of one capture and of two.
python3 -B tests/cli/account/machine.py "$TMP/t1"
python3 -B tests/cli/account/machine.py "$TMP/t2" MemFree+-8192 Vendor=12
"$PAGEOWL" account --output=csv "$TMP/t1"
"$PAGEOWL" account --output=csv "$TMP/t1" "$TMP/t2" | grep -e Vendor -e MemFree
