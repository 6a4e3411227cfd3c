# Whole stacks.
"$PAGEOWL" top --full --top=2 --only=module=leaky_pages samples/real-6.12-leaks/t2
