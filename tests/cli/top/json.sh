# The whole JSON of a small dump.
"$PAGEOWL" top --output=json samples/page_owner/good-6.1.txt >"$TMP/json"
python3 -m json.tool "$TMP/json" >/dev/null && cat "$TMP/json"
