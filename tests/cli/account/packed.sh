# needs archives
# A packed capture of Linux 7.1, with few counters and page_owner_stacks.
"$PAGEOWL" account samples/real-7.1.5-noleak/t3.tar.xz
