# docs/json.md tells each key of top and diff, rules, series, iterations and
# source lines among them, and docs/csv.md each column; and both tell no more.
# needs bfd
. tests/cli/series_of.sh
leaks=samples/real-6.12-leaks
number=0
# hold OPTION...: in both forms, of what they hold alike
hold()
{
	number=$((number + 1))
	for form in json csv; do
		SOURCE_DATE_EPOCH=1792022400 XDG_CACHE_HOME=$TMP "$PAGEOWL" "$@" \
			--output=$form >"$TMP/$number.$form" 2>/dev/null
	done
}
hold top $leaks/t2
hold diff --rules=samples/rules/good-workload.rules $leaks/t1 $leaks/t2
hold diff --fail-over=default --iterations=100 "$TMP/t1" "$TMP/t2" "$TMP/t3"
hold diff --source=slab_traces --iterations=3 "$TMP/t1" "$TMP/t2" "$TMP/t3"
hold diff --source=page_owner_stacks $leaks/t1 $leaks/t2
hold diff --by=module $leaks/t1 $leaks/t2
hold top --source=allocinfo $leaks/t2
hold top --debug-dir=samples/symbols $leaks/t2
hold top samples/page_owner/bad-stray-lines.txt
hold top samples/kmemleak/good-6.17.txt
python3 tests/cli/hold_pages.py "$TMP"/*.json "$TMP"/*.csv
