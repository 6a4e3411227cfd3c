# One of the two may come from standard input.
"$PAGEOWL" diff --all samples/page_owner/good-6.1.txt - \
	<samples/page_owner/good-6.8.txt
