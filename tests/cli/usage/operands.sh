# Too few, too many.
"$PAGEOWL" diff a
"$PAGEOWL" diff a b c
"$PAGEOWL" top a b
"$PAGEOWL" help a b
