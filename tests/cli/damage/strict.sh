# --strict: the report is printed all the same, the status is 2.
"$PAGEOWL" top --strict samples/page_owner/bad-headers.txt
