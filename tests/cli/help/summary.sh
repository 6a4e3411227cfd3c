# The overview, in each way to ask for it.
"$PAGEOWL" help
"$PAGEOWL" help >"$TMP/help"
"$PAGEOWL" --help | cmp - "$TMP/help"
"$PAGEOWL" -h | cmp - "$TMP/help"
