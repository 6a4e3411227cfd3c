# A directory in the place of the dump.
mkdir -p "$TMP/page_owner"
"$PAGEOWL" top "$TMP"
