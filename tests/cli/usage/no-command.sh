# Without arguments: what there is, on standard error.
"$PAGEOWL"
