# --verbose.
"$PAGEOWL" top --verbose samples/page_owner/good-6.8.txt
