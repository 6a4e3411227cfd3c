# The same captures give the same bytes, whatever the number of threads, in
# every output: of two captures, and of a series.
. tests/cli/series_of.sh
twice() {
	what=$1
	shift
	"$PAGEOWL" diff -j 1 "$@" >"$TMP/1" 2>/dev/null
	"$PAGEOWL" diff -j 4 "$@" >"$TMP/2" 2>/dev/null
	cmp "$TMP/1" "$TMP/2" && [ -s "$TMP/1" ] && echo "$what: the same"
}
for output in text json csv markdown github junit sarif folded; do
	twice "$output" -O $output --fail-over=default "$TMP/t1" "$TMP/t2"
	twice "$output of a series" -O $output --fail-over=default \
		--iterations=7 "$TMP/t1" "$TMP/t2" "$TMP/t3"
done
