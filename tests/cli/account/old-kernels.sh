# What old kernels count, and how: by hand and by account.
python3 -B tests/cli/account/old_kernels.py "$PAGEOWL" "$TMP/old"
