# Small changes are left out.
"$PAGEOWL" diff --min=1M samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
