# A format can be named; a wrong one finds no record.
"$PAGEOWL" top --format=page_owner samples/page_owner/good-5.11.txt
"$PAGEOWL" top --format=page_owner_sort samples/page_owner_sort/good-6.8.txt
"$PAGEOWL" top --format=page_owner_sort samples/page_owner/good-5.11.txt
