# The same from a pipe.
cat samples/page_owner/bad-cut.txt.gz | "$PAGEOWL" top -
