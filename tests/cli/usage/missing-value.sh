# An option without its value.
"$PAGEOWL" top x --by
"$PAGEOWL" top x -b
