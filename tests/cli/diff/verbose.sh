# --verbose says what was decided.
"$PAGEOWL" diff --verbose --top=1 samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
