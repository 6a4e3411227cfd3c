# The whole CSV of a small dump, then names that a spreadsheet would compute.
"$PAGEOWL" top --output=csv samples/page_owner/good-6.1.txt
"$PAGEOWL" top --by=comm,memcg -O csv samples/page_owner/good-hostile-names.txt
