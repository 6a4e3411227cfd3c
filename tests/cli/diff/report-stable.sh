# The same captures give the same bytes, whatever the number of threads.
A=samples/real-6.12-leaks
for output in markdown github folded json; do
	"$PAGEOWL" diff -O $output -j 1 --fail-over=default $A/t1 $A/t2 >"$TMP/1" 2>/dev/null
	"$PAGEOWL" diff -O $output -j 4 --fail-over=default $A/t1 $A/t2 >"$TMP/2" 2>/dev/null
	cmp "$TMP/1" "$TMP/2" && [ -s "$TMP/1" ] && echo "$output: the same"
done
