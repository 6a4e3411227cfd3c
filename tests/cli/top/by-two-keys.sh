# Two keys, in the order that was asked for.
"$PAGEOWL" top --by=order,category --top=8 samples/real-6.12-leaks/t1
