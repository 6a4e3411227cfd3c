# What grew, what started, what ended; a pid that has another name by now is
# another process.
. tests/cli/ps/make.inc
machine t1
machine t2
rollup t2 812 95000 85000 75000 9000 1000 84000 2048
status t1 30 ends 1000 500
rollup t1 30 500 400 400 0 0 400 0
status t2 31 starts 1000 500
rollup t2 31 500 300 300 0 0 300 0
status t1 40 before 0 500
rollup t1 40 500 200 200 0 0 200 0
status t2 40 after 0 500
rollup t2 40 500 210 210 0 0 210 0
# It is there, and cannot be read any more.
status t1 50 hidden 0 500
rollup t1 50 500 100 100 0 0 100 0
mkdir -p "$TMP/t2/proc/50"
echo hidden >"$TMP/t2/proc/50/comm"
"$PAGEOWL" ps "$TMP/t1" "$TMP/t2"
"$PAGEOWL" ps --kb --top=0 "$TMP/t1" "$TMP/t2"
"$PAGEOWL" ps --min=400K --kb "$TMP/t1" "$TMP/t2" | head -n 10
"$PAGEOWL" ps --by=user "$TMP/t1" "$TMP/t2"
"$PAGEOWL" ps --output=csv "$TMP/t1" "$TMP/t2"
"$PAGEOWL" ps --output=json "$TMP/t1" "$TMP/t2"
"$PAGEOWL" ps --output=json --by=comm --top=1 "$TMP/t1" "$TMP/t2" |
	sed -n '/"rows": \[/,$p'
# Nothing has changed.
"$PAGEOWL" ps "$TMP/t1" "$TMP/t1"
