# Only what was allocated in a span of time.
"$PAGEOWL" top --since=61 --until=61.15 --top=4 samples/real-6.12-leaks/t2
