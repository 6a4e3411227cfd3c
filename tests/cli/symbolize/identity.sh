# Without source lines every text passes byte for byte: all samples that are
# not compressed, random bytes, no newline at the end, no byte at all.
find samples -type f ! -name '*.gz' ! -name '*.xz' ! -name '*.tar*' | sort |
	while read -r path; do
		"$PAGEOWL" symbolize --quiet --debug-dir="$TMP" \
			--vmlinux=samples/README.md "$path" >"$TMP/file"
		cmp "$path" "$TMP/file"
		cat "$path" | "$PAGEOWL" symbolize --symbols=never >"$TMP/pipe"
		cmp "$path" "$TMP/pipe"
	done
head -c 3000000 /dev/urandom >"$TMP/random"
printf 'x' | cat - "$TMP/random" | "$PAGEOWL" symbolize --quiet >"$TMP/out"
printf 'x' | cat - "$TMP/random" | cmp - "$TMP/out"
"$PAGEOWL" symbolize --quiet </dev/null | cmp - /dev/null
for path in samples/page_owner/*.gz; do
	case $path in
	*/bad-*) continue ;;
	esac
	gzip -dc "$path" >"$TMP/text"
	"$PAGEOWL" symbolize --quiet --symbols=never "$path" | cmp - "$TMP/text"
	"$PAGEOWL" symbolize --quiet --symbols=never - <"$path" |
		cmp - "$TMP/text"
	cat "$path" | "$PAGEOWL" symbolize --quiet --symbols=never |
		cmp - "$TMP/text"
done
echo done
