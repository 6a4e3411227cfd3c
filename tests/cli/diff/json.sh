# The whole JSON of a small difference.
sed -e 's/order 2/order 3/' -e 's/ts 902218446 ns/ts 50902218446 ns/' \
	samples/page_owner/good-5.15.txt >"$TMP/new"
"$PAGEOWL" diff --output=json samples/page_owner/good-5.15.txt "$TMP/new" \
	>"$TMP/json"
python3 -m json.tool "$TMP/json" >/dev/null && cat "$TMP/json"
