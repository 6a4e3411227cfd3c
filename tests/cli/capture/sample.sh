# needs archives
# What a capture takes of an unpacked one reads to the same numbers in each
# form; and so does what grew.
same=$(dirname "$0")/same.py
for moment in t1 t2; do
	sample=samples/real-6.12-leaks/$moment
	for form in folder once.tar once.tar.gz; do
		echo "$moment $form"
		"$PAGEOWL" capture --quiet --root=$sample \
			-o "$TMP/$moment-$form"
		python3 "$same" "$PAGEOWL" $sample "$TMP/$moment-$form"
	done
done
diff_of()
{
	"$PAGEOWL" diff -O json "$1" "$2" | grep -v '"path":'
}
diff_of samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2 >"$TMP/diff"
diff_of "$TMP/t1-folder" "$TMP/t2-once.tar.gz" | diff "$TMP/diff" - | head
[ "$(wc -l <"$TMP/diff")" -gt 1000 ] || echo "there is no diff"
