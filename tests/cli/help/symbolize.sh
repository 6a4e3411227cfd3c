# pageowl help symbolize.
"$PAGEOWL" help symbolize
