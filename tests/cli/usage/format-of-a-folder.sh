# A format is for a lone dump; a capture has members of many.
"$PAGEOWL" top --format=page_owner samples/real-6.12-leaks/t1
