# The size of pageblocks tells that pages have 64 KiB.
"$PAGEOWL" top samples/page_owner/good-arm64-64k-pages.txt
