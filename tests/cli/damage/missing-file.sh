# No such file.
"$PAGEOWL" top "$TMP/nothing"
