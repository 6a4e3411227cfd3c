# An option may be cut short, as GNU has it.
"$PAGEOWL" top --stri samples/page_owner/good-6.8.txt >/dev/null
"$PAGEOWL" top --o=json samples/page_owner/good-6.8.txt >/dev/null
