# Dumps without times: kept and fresh are not known.
sed 's/order 0/order 1/' samples/page_owner/good-4.19.txt >"$TMP/new"
"$PAGEOWL" diff --all samples/page_owner/good-4.19.txt "$TMP/new"
