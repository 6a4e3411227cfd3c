# The objects of a whole capture have a block of their own: only one cache,
# with whole stacks, and with the pages of the caches behind them.
"$PAGEOWL" top --only=cache=kmalloc-64 --top=3 samples/real-6.12-leaks/t2
"$PAGEOWL" top --only=cache=lab_* --full samples/real-6.12-leaks/t2
"$PAGEOWL" top --top=3 --all samples/real-6.12-leaks/t2
