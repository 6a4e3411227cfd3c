# A table of sizes of 0, as the kernel prints it while profiling is off, tells
# nothing: the next source is shown, and account has nobody who holds memory.
{
	cat samples/show_mem/good-6.12-oom.txt
	printf '[ 700.1] Memory allocations:\n'
	printf '[ 700.1]     0 B        0 mm/slub.c:%s func:alloc_%s\n' \
		1 a 2 b 3 c
	cat samples/slub_report/good-6.12.txt
} >"$TMP/log.txt"
"$PAGEOWL" top "$TMP/log.txt"
"$PAGEOWL" account "$TMP/log.txt" 2>/dev/null | grep -e '^In no' -e '^Who'
# Alone it is shown, and says why there is nothing.
"$PAGEOWL" top --source=allocinfo "$TMP/log.txt" 2>/dev/null
