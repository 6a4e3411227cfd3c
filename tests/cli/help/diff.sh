# pageowl help diff.
"$PAGEOWL" help diff
