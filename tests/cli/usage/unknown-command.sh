# No such command.
"$PAGEOWL" grep x
