# pageowl help formats.
"$PAGEOWL" help formats
