# A whole number for each iteration is the mark of a leak in its path: here 10
# of 200 calls of a round that leaked 2,000 pages, and so on.
"$PAGEOWL" diff -q --symbols=never --iterations=10 --top=3 \
	samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
"$PAGEOWL" diff -q --iterations=7 --source=page_owner_stacks --top=1 \
	samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2 |
	grep -A2 'per iter'
"$PAGEOWL" diff -q -O json --iterations=40 --top=3 \
	samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2 |
	grep -E '"(iterations|per_iteration|function)":'
"$PAGEOWL" diff -q -O csv --iterations=40 --top=2 \
	samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2 |
	python3 -c '
import csv, sys
for row in csv.DictReader(sys.stdin):
    print(*[row[f"{name}_per_iteration"] for name in
            ("records", "bytes", "whole")], row["function"])'
