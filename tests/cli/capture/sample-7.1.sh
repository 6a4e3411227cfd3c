# needs archives
# A newer kernel: show_handles, slab attributes, the configuration.
same=$(dirname "$0")/same.py
tar -C "$TMP" -xf samples/real-7.1.5-noleak/t3.tar.xz
for form in folder once.tar once.tgz; do
	"$PAGEOWL" capture --quiet --root="$TMP/t3" -o "$TMP/$form"
	python3 "$same" "$PAGEOWL" "$TMP/t3" "$TMP/$form"
done
