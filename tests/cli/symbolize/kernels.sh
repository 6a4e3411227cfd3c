# needs bfd
# A log of two boots: of each the files of its own kernel are looked for.
export XDG_CACHE_HOME="$TMP"
for release in 6.12.116-lab 6.12.117-lab; do
	mkdir -p "$TMP/debug/lib/modules/$release/kernel"
done
cp samples/symbols/leaky_pages.ko.gz \
	"$TMP/debug/lib/modules/6.12.117-lab/kernel/"
for release in 6.12.116-lab 6.12.117-lab 6.12.116-lab; do
	echo "[    0.000000] Linux version $release (a@b) (gcc 12) #1 SMP"
	echo "[    1.000000]  do_leak+0x1b/0x30 [leaky_pages]"
done >"$TMP/log"
"$PAGEOWL" symbolize --quiet --debug-dir="$TMP/debug" "$TMP/log"
echo ---- in parts, as they come
while read -r line; do
	echo "$line"
done <"$TMP/log" | "$PAGEOWL" symbolize --quiet --debug-dir="$TMP/debug"
