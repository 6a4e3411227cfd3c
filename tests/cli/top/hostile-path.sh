# The name of a file is text of somebody else, too.
name=$(printf '%s/a\033[31mb\nc' "$TMP")
"$PAGEOWL" top "$name"
cp samples/page_owner/bad-headers.txt "$name"
"$PAGEOWL" top "$name"
