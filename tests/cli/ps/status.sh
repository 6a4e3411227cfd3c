# Of status alone there is RSS and no PSS, and the rows are ranked by that.
. tests/cli/ps/make.inc
machine t1
rm "$TMP"/t1/proc/*/smaps_rollup
"$PAGEOWL" ps "$TMP/t1"
# Of one there is PSS: no whole that others have a share in.
rollup t1 1 1844 723 102 600 21 700 0
"$PAGEOWL" ps "$TMP/t1"
# One has none: its place is by RSS, and sums without it are told from others.
rollup t1 812 90000 80000 70000 9000 1000 79000 2048
"$PAGEOWL" ps "$TMP/t1"
"$PAGEOWL" ps --by=user "$TMP/t1"
