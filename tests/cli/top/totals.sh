# needs archives
# What every sample holds that can be read whole, as README.md has it.
for path in samples/page_owner/good-* samples/page_owner_sort/good-* \
	samples/page_owner_stacks/[gr]* samples/slab_traces/[gr]* \
	samples/slab_free_traces/* samples/allocinfo/[gr]* \
	samples/vmallocinfo/[gr]* samples/slab_allocators/[gr]* \
	samples/crash_owner/[gr]* samples/trace_pages/good-* \
	samples/trace_pages/real-6.12-l* samples/slub_report/[gr]* \
	samples/dump_page/[gr]* samples/real-*/*; do
	case $path in
	*-show_stacks_handles* | *good-no-data*)
		continue # there is nothing in it to count
		;;
	esac
	"$PAGEOWL" top -qO json "$path" >"$TMP/json" || exit
	python3 tests/cli/hold_totals.py "$path" "$TMP/json"
done
