# Each process by its smaps_rollup, in sizes and in kB; what is nowhere has no
# column.
. tests/cli/ps/make.inc
machine t1
"$PAGEOWL" ps "$TMP/t1"
"$PAGEOWL" ps --kb "$TMP/t1"
