# The rows that text ranks first, and the objects in the same table.
"$PAGEOWL" diff -O csv --top=3 samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
