# pageowl help help.
"$PAGEOWL" help help
