# pageowl help top.
"$PAGEOWL" help top
