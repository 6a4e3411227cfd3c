# What can still be counted of damaged samples, as README.md has it.
for path in samples/page_owner/bad-* samples/page_owner_sort/bad-* \
	samples/page_owner_stacks/bad-* samples/slab_traces/bad-* \
	samples/allocinfo/bad-* samples/vmallocinfo/bad-*; do
	case $path in
	*/bad-empty.txt | */bad-no-tracking.txt)
		continue # there is nothing in it to count
		;;
	esac
	"$PAGEOWL" top -qO json "$path" >"$TMP/json" || exit
	python3 tests/cli/hold_totals.py "$path" "$TMP/json"
done
