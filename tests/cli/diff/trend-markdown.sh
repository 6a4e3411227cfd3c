# Of a series the ranking has the line of blocks and what was learnt from it.
. tests/cli/series_of.sh
"$PAGEOWL" diff -q -O markdown --symbols=never --top=2 \
	"$TMP/t1" "$TMP/t2" "$TMP/t3" | grep -m 8 '^|'
