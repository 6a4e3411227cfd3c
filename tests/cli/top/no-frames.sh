# Records that the kernel could not walk the stack of.
"$PAGEOWL" top samples/page_owner/good-no-frames.txt
