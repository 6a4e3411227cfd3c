# Each cross-check sees the least that it must see, and no other one does.
python3 -B tests/cli/account/fire_checks.py "$PAGEOWL" "$TMP/machine"
