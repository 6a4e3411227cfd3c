# The file that is missing is named.
"$PAGEOWL" diff samples/page_owner/good-6.8.txt "$TMP/nothing"
