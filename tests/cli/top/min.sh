# Rows below a size are left out, and summed.
"$PAGEOWL" top --min=1M --top=0 samples/real-6.12-leaks/t2
