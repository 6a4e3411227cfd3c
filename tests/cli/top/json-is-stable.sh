# Blocks and threads do not show: byte for byte the same.
"$PAGEOWL" top -j1 -O json samples/real-6.12-leaks/t2 | cksum >"$TMP/one"
"$PAGEOWL" top -j2 -O json samples/real-6.12-leaks/t2 | cksum >"$TMP/two"
gzip -dc samples/real-6.12-leaks/t2/sys/kernel/debug/page_owner.gz >"$TMP/page_owner"
"$PAGEOWL" top -j1 -O json "$TMP/page_owner" | cksum >"$TMP/plain1"
"$PAGEOWL" top -j7 -O json "$TMP/page_owner" | cksum >"$TMP/plain7"
cmp "$TMP/one" "$TMP/two" && cmp "$TMP/plain1" "$TMP/plain7" && echo same
