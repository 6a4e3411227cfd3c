# pageowl help ps.
"$PAGEOWL" help ps
