# needs bfd
# What was answered once needs no file again; a cache that is damaged is as
# good as none.
leaks=samples/real-6.12-leaks
XDG_CACHE_HOME=$TMP/cache
export XDG_CACHE_HOME
top() {
	"$PAGEOWL" top --top=2 --debug-dir="$1" -v --only=module=leaky_pages \
		$leaks/t2 2>&1 | grep -e 'source line' -e ' at ' -e 'debug'
}
mkdir "$TMP/symbols"
cp samples/symbols/leaky_pages.ko.gz "$TMP/symbols"
echo "first"
top "$TMP/symbols"
find "$TMP/cache" -type f | wc -l
echo "again"
top "$TMP/symbols"
echo "damaged"
for file in "$TMP"/cache/pageowl/symbols/*; do
	printf 'xxxx' | dd of="$file" bs=1 seek=60 conv=notrunc 2>/dev/null
done
top "$TMP/symbols"
echo "mended"
top "$TMP/symbols"
