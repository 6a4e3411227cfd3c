# needs archives
# CSV has the rows, the order and the numbers of JSON, whatever the names.
hold() {
	"$PAGEOWL" "$@" -O csv >"$TMP/csv" 2>/dev/null &&
		"$PAGEOWL" "$@" -O json >"$TMP/json" 2>/dev/null &&
		python3 tests/cli/hold_csv.py "$TMP/csv" "$TMP/json"
}
leaks=samples/real-6.12-leaks
hold top $leaks/t2
hold top --top=7 $leaks/t2
hold top --by=stack,comm,pid $leaks/t2
hold top --min=1M --source=allocinfo $leaks/t2
hold diff $leaks/t1 $leaks/t2
hold diff --by=module,category --min=64K $leaks/t1 $leaks/t2
hold diff --source=slab_traces $leaks/t1 $leaks/t2
hold diff samples/real-6.12-noleak/t2 samples/real-6.12-noleak/t3
hold top samples/real-7.1.5-noleak/t3.tar.xz
hold top --by=comm,memcg samples/page_owner/good-hostile-names.txt
hold top --by=comm samples/page_owner/good-task-name-with-newlines.txt
hold top samples/page_owner/good-no-frames.txt
hold top samples/page_owner/good-4.4.txt
hold contents $leaks/t1
hold contents samples/real-7.1.5-noleak/t3.tar.xz
