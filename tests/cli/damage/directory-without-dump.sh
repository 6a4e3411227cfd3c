# A directory that is no capture.
mkdir "$TMP/dir"
"$PAGEOWL" top "$TMP/dir"
