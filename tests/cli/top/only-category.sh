# Asking for user memory ranks it.
"$PAGEOWL" top --only='category=user anonymous' --top=3 samples/real-6.12-leaks/t1
