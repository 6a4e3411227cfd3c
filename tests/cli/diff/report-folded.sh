# Folded stacks, with both numbers; what they add up to is what text says.
A=samples/real-6.12-leaks
"$PAGEOWL" diff -O folded --top=3 $A/t1 $A/t2
"$PAGEOWL" diff -O folded --source=slab --top=3 $A/t1 $A/t2
"$PAGEOWL" top -O folded --by=comm,function --top=3 $A/t2
"$PAGEOWL" diff -O folded $A/t1 $A/t2 >"$TMP/all"
LC_ALL=C sort -c "$TMP/all" && echo sorted
grep -cv '^[^ ][^ ]* [0-9][0-9]* [0-9][0-9]*$' "$TMP/all"
awk '{ old += $2; new += $3 } END { printf "%.0f pages, then %.0f\n", old / 4096, new / 4096 }' "$TMP/all"
"$PAGEOWL" diff $A/t1 $A/t2 | sed -n 1,2p
"$PAGEOWL" diff -O folded $A/t1 $A/t1 | awk '$2 != $3'
