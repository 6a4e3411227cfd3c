# The number of readers changes nothing but the moments.
sample=samples/real-6.12-leaks/t1
for jobs in 1 4; do
	"$PAGEOWL" capture --quiet --jobs=$jobs --root=$sample -o "$TMP/$jobs"
	cut -f1,4- "$TMP/$jobs/manifest" | sed '/^began\|^ended/d' \
		>"$TMP/lines.$jobs"
	rm "$TMP/$jobs/manifest"
	(cd "$TMP/$jobs" && find . -type f | sort | while read -r file; do
		echo "$file $(zcat "$file" | cksum)"
	done) >"$TMP/sums.$jobs"
done
diff "$TMP/lines.1" "$TMP/lines.4"
diff "$TMP/sums.1" "$TMP/sums.4"
wc -l <"$TMP/sums.1"
