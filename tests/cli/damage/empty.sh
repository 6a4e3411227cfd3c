# An empty file is no dump.
"$PAGEOWL" top samples/page_owner/bad-empty.txt
