# A file, gzip, a pipe, a member of a capture: the same numbers.
dump=samples/real-6.12-leaks/t1/sys/kernel/debug/page_owner.gz
gzip -dc $dump >"$TMP/plain"
for path in samples/real-6.12-leaks/t1 $dump "$TMP/plain"; do
	"$PAGEOWL" top "$path" | sed -n 's/.*   \(64,946.*\)/\1/p'
done
"$PAGEOWL" top - <$dump | head -n 1
gzip -dc $dump | "$PAGEOWL" top - | head -n 1
mkdir "$TMP/dir" && cp $dump "$TMP/dir/page_owner.gz"
"$PAGEOWL" top "$TMP/dir" | head -n 1
