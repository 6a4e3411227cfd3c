# needs bfd
# Files are matched by their text, as all values are.
leaks=samples/real-6.12-leaks
"$PAGEOWL" diff --source=allocinfo --by=file --top=5 $leaks/t1 $leaks/t2
"$PAGEOWL" diff --source=allocinfo --by=line '--not=file=mm/*' --top=5 $leaks/t1 $leaks/t2
"$PAGEOWL" diff --by=line --match=name $leaks/t1 $leaks/t2
"$PAGEOWL" diff --source=allocinfo --by=file --top=2 -O csv $leaks/t1 $leaks/t2
