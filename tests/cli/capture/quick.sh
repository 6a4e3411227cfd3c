# page_owner is left out, and said to be.
"$PAGEOWL" capture --quiet --quick --root=samples/real-6.12-leaks/t1 \
	-o "$TMP/quick"
ls "$TMP/quick/sys/kernel/debug"
grep 'debug/page_owner	' "$TMP/quick/manifest"
tail -n 1 "$TMP/quick/manifest" | cut -f 1,4
"$PAGEOWL" top --source=page_owner_stacks --top=1 "$TMP/quick" | head -n 3
