# Pages of 16 KiB, because the user says so.
"$PAGEOWL" top --page-size=16K samples/page_owner/good-5.15.txt
