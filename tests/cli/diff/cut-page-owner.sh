# Where a kernel has killed the reader of page_owner, its sums, which have more,
# tell what grew.
for t in t1 t2; do
	cp -r samples/real-6.12-leaks/$t "$TMP/$t"
	dump=$TMP/$t/sys/kernel/debug/page_owner
	gzip -dc "$dump.gz" | head -c 2000000 | gzip -1 >"$dump.new"
	mv "$dump.new" "$dump.gz"
	printf 'pageowl capture manifest 1\nmachine\tfolder\n' >"$TMP/$t/manifest"
	printf 'part\t-\t-\t2000000\tsys/kernel/debug/page_owner\t%s\nended\t2026-11-22T16:02:08Z\t35.1\twhole\n' \
		'the reader was killed' >>"$TMP/$t/manifest"
done
cd "$TMP" || exit
"$PAGEOWL" diff --top=2 t1 t2 | sed -n 1,12p
"$PAGEOWL" diff -q --top=2 --source=page_owner t1 t2 | sed -n 3p
