# The culprit is named.
"$PAGEOWL" top --colour=never x
"$PAGEOWL" top -Z x
"$PAGEOWL" top -alZ x
