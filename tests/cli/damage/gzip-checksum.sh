# A wrong checksum.
"$PAGEOWL" top --strict samples/page_owner/bad-checksum.txt.gz
