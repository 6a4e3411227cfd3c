# pageowl help categories.
"$PAGEOWL" help categories
