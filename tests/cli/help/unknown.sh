# No such topic.
"$PAGEOWL" help colours
