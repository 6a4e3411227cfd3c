# A full disk is an error.
"$PAGEOWL" diff samples/page_owner/good-6.1.txt samples/page_owner/good-6.8.txt \
	>/dev/full
