# Two outputs of page_owner_sort.
sed 's/^16 times, 64/50 times, 200/' samples/page_owner_sort/good-4.19.txt \
	>"$TMP/new"
"$PAGEOWL" diff --all samples/page_owner_sort/good-4.19.txt "$TMP/new"
