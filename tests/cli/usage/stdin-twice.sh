# Standard input can be read once.
"$PAGEOWL" diff - - <samples/page_owner/good-6.8.txt
