# Loss of either side makes --strict fail.
"$PAGEOWL" diff samples/page_owner/good-6.8.txt samples/page_owner/bad-headers.txt
"$PAGEOWL" diff --strict samples/page_owner/bad-headers.txt \
	samples/page_owner/good-6.8.txt >/dev/null
