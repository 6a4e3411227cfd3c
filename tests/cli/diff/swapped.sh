# NEW is older than OLD: a warning.
"$PAGEOWL" diff --top=3 samples/real-6.12-leaks/t2 samples/real-6.12-leaks/t1
