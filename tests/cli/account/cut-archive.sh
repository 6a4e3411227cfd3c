# needs archives
# An archive that ends early: what was read before it is told.
(cd samples/real-6.12-leaks && tar -cf "$TMP/whole.tar" --sort=name \
	t2/proc t2/sys/kernel/debug/page_owner.gz)
size=$(wc -c <"$TMP/whole.tar")
head -c $((size - 700000)) "$TMP/whole.tar" >"$TMP/cut.tar"
"$PAGEOWL" account --top=2 "$TMP/cut.tar" | sed '/^Slab/,$d'
"$PAGEOWL" account --strict "$TMP/cut.tar" >/dev/null 2>"$TMP/err"
echo "status $?"
