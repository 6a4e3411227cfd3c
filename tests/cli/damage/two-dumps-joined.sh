# Two dumps in one file: all is counted, and it is said.
"$PAGEOWL" top samples/page_owner/good-two-dumps-joined.txt
"$PAGEOWL" top -O json samples/page_owner/good-two-dumps-joined.txt |
	grep '"pfn_descents"'
