# What could not be read is said; with --strict the status is 2, and the report
# the same.
mkdir -p "$TMP/t1/proc" "$TMP/t1/sys/kernel/debug" "$TMP/t2"
cp samples/real-6.12-leaks/t1/proc/[!a]* "$TMP/t1/proc"
cp samples/page_owner/bad-headers.txt "$TMP/t1/sys/kernel/debug/page_owner"
"$PAGEOWL" account "$TMP/t1" >"$TMP/out"
echo "status $?"
"$PAGEOWL" account --strict "$TMP/t1" >"$TMP/strict" 2>"$TMP/err"
echo "status $?"
tail -n 1 "$TMP/err"
diff "$TMP/out" "$TMP/strict"
sed -n '/^In no counter/,/^$/p' "$TMP/out"
# A dump that ends early.
cp -R "$TMP/t1/." "$TMP/t2"
zcat samples/page_owner/good-real-6.12-numa-thinned.txt.gz |
	head -c 100000 >"$TMP/t2/sys/kernel/debug/page_owner"
"$PAGEOWL" account --strict "$TMP/t2" >"$TMP/out"
echo "status $?"
# A meminfo that ends early, in the middle of a row.
head -c 400 samples/real-6.12-leaks/t1/proc/meminfo >"$TMP/meminfo"
"$PAGEOWL" account --strict --formula "$TMP/meminfo" >"$TMP/out"
echo "status $?"
sed -n '/the file lacks/p' "$TMP/out"
# A number that cannot be one.
sed 's/^MemFree: .*/MemFree: 99999999999999999999 kB/' \
	samples/real-6.12-leaks/t1/proc/meminfo >"$TMP/meminfo"
"$PAGEOWL" account --strict "$TMP/meminfo" >/dev/null
echo "status $?"
# --strict, and nothing was lost.
"$PAGEOWL" account --strict samples/real-6.12-leaks/t1 >/dev/null
echo "status $?"
# A full disk.
"$PAGEOWL" account samples/real-6.12-leaks/t1 >/dev/full
echo "status $?"
