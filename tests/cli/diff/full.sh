# Whole stacks.
"$PAGEOWL" diff --full --top=2 samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
