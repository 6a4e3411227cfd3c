# A dump against what page_owner_sort made of another.
"$PAGEOWL" diff --all samples/page_owner/good-6.8.txt \
	samples/page_owner_sort/good-6.8.txt
