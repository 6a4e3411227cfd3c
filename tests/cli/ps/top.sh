# --top and --min, and how much they leave out.
. tests/cli/ps/make.inc
for pid in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do
	status t1 $pid worker 1000 $((pid * 1000))
	rollup t1 $pid $((pid * 1000)) $((pid * 100)) $((pid * 100)) 0 0 10 0
done
"$PAGEOWL" ps "$TMP/t1"
"$PAGEOWL" ps --top=2 --kb "$TMP/t1"
"$PAGEOWL" ps --min=2M "$TMP/t1"
"$PAGEOWL" ps --top=0 "$TMP/t1" | wc -l
"$PAGEOWL" ps --top=2 --output=csv "$TMP/t1" | cut -d, -f1-8
"$PAGEOWL" ps --output=csv "$TMP/t1" | wc -l
"$PAGEOWL" ps --min=2301K --output=json "$TMP/t1" | tail -n 4
