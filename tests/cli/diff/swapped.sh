# NEW is older than OLD: a warning.
"$PAGEOWL" diff --top=3 samples/real-6.12-leaks/t2 samples/real-6.12-leaks/t1
"$PAGEOWL" diff --source=slab --top=1 samples/real-6.12-leaks/t2 \
	samples/real-6.12-leaks/t1 >/dev/null
