# A cut gzip file: its text counts, the cut is told, --strict fails.
"$PAGEOWL" top samples/page_owner/bad-cut.txt.gz
"$PAGEOWL" top --strict samples/page_owner/bad-cut.txt.gz
