# needs archives
# Sums are those of their terms, each page is counted once, CSV equals JSON.
# hold SOURCE CAPTURE...
hold()
{
	source=$1
	shift
	rm -f "$TMP"/top-*
	for path; do
		"$PAGEOWL" top --all --top=0 -qO json --source=$source \
			"$path" >"$TMP/top-$(basename "$path")"
	done
	echo "$source $*"
	hold_sums --source=$source "$@"
}
# The rows of allocinfo are no pages, so that they are not looked for.
hold_sums()
{
	"$PAGEOWL" account "$@" -qO json >"$TMP/json"
	"$PAGEOWL" account "$@" -qO csv >"$TMP/csv"
	python3 tests/cli/hold_account.py "$TMP/json" "$TMP/csv" \
		$(ls "$TMP"/top-* 2>/dev/null)
	rm -f "$TMP"/top-*
}
leaks=samples/real-6.12-leaks
hold page_owner $leaks/t1 $leaks/t2
hold page_owner_stacks $leaks/t1 $leaks/t2
hold page_owner samples/real-6.12-noleak/t2 samples/real-6.12-noleak/t3
hold page_owner_stacks samples/real-7.1.5-noleak/t3.tar.xz
# One lacks rows that the other one has.
hold page_owner_stacks $leaks/t2 samples/real-7.1.5-noleak/t3.tar.xz
hold page_owner $leaks/t2
echo allocinfo
hold_sums --source=allocinfo $leaks/t1 $leaks/t2
echo nodes
mkdir -p "$TMP/numa/proc"
cp samples/zoneinfo/real-6.12-numa.gz "$TMP/numa/proc/zoneinfo.gz"
cp samples/meminfo/real-6.12-numa.gz "$TMP/numa/proc/meminfo.gz"
hold_sums --by=node "$TMP/numa"
