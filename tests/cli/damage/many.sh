# A broken dump does not flood the terminal.
for i in 1 2 3 4 5 6 7 8 9; do cat samples/page_owner/bad-headers.txt; done |
	"$PAGEOWL" top -
