# pageowl help keys.
"$PAGEOWL" help keys
