# One capture: where all is, what free says, and who holds what no counter has.
"$PAGEOWL" account samples/real-6.12-leaks/t2
