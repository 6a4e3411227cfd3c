# needs archives
# A capture is the same as a folder, a tar archive however it is packed, and on
# standard input; of a plain tar on a pipe nothing is read twice.
cp -r samples/real-6.12-leaks/t2 "$TMP/t2"
tar -C "$TMP" --sort=name -cf "$TMP/t2.tar" t2
gzip -c "$TMP/t2.tar" >"$TMP/t2.tar.gz"
same()
{
	sed "s|^[^ ]*t2[.a-z]*   |CAPTURE   |;s|^standard input   |CAPTURE   |" \
		>"$TMP/shown"
	cmp "$TMP/want" "$TMP/shown" && echo "$1: the same"
}
"$PAGEOWL" top "$TMP/t2" >"$TMP/t2.shown"
sed 's|^[^ ]*t2   |CAPTURE   |' "$TMP/t2.shown" >"$TMP/want"
head -n 1 "$TMP/want"
"$PAGEOWL" top "$TMP/t2.tar" | same tar
"$PAGEOWL" top "$TMP/t2.tar.gz" | same tar.gz
"$PAGEOWL" top - <"$TMP/t2.tar.gz" | same "tar.gz on standard input"
"$PAGEOWL" top --only=cache=kmalloc-64 - <"$TMP/t2.tar" >"$TMP/file"
cat "$TMP/t2.tar" | "$PAGEOWL" top --only=cache=kmalloc-64 - | cmp "$TMP/file" - &&
	echo "a pipe: the same"
# Where the tools are not there, their part is not tried.
for tool in zstd xz; do
	command -v $tool >/dev/null || continue
	$tool -q -c "$TMP/t2.tar" >"$TMP/t2.tar.$tool"
	"$PAGEOWL" top "$TMP/t2.tar.$tool" | same "a tar packed by $tool" >&3
done 3>"$TMP/tools"
grep -v 'same$' "$TMP/tools"
"$PAGEOWL" top --top=4 samples/real-7.1.5-noleak/t3.tar.xz
