# A filter that nothing passes is no error.
"$PAGEOWL" top --only=comm=nobody samples/page_owner/good-6.8.txt
