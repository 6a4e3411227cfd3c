# A log with both kinds of reports gives both, behind any prefix.
log=$TMP/log
cat samples/dump_page/good-6.12.txt samples/slub_report/good-6.12.txt >"$log"
"$PAGEOWL" contents "$log"
for prefix in 's/^\[/<4>[/' 's/^\([^]]*\]\)/\1[   T12]/' \
	's/^/Feb 23 10:00:00 host kernel: /' 's/^[^]]*\] //' \
	's/^[^]]*\] /[Mon Feb 23 10:00:00 2026] /' \
	's/^[^]]*\] /2026-02-23T10:00:00,123456+00:00 /' \
	's/^[^]]*\] /kern  :warn  : [    1.000000] /' 's/^/> /'; do
	sed "$prefix" "$log" >"$TMP/other"
	for source in dump_page slub_report; do
		"$PAGEOWL" top -qO csv --source=$source "$TMP/other" |
			cut -d, -f1-5,7,8,15 >"$TMP/$source"
	done
	cat "$TMP/dump_page" "$TMP/slub_report" | cksum
done
cat "$TMP/dump_page" "$TMP/slub_report"
"$PAGEOWL" top -q --by=cache "$log"
"$PAGEOWL" top -q --source=dump_page --only=kind=made* "$log"
