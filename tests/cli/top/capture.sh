# A capture directory: summary, ranking, slab pages apart, what was left out.
"$PAGEOWL" top --top=12 samples/real-6.12-leaks/t2
