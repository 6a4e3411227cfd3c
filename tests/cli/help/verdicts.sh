# pageowl help verdicts.
"$PAGEOWL" help verdicts
