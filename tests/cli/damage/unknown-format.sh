# Text of no known format.
"$PAGEOWL" top samples/README.md
