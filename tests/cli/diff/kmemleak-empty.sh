# Where nothing leaks kmemleak is empty, which is a source of 0 objects.
for each in none some less; do
	mkdir -p "$TMP/$each/sys/kernel/debug"
done
: >"$TMP/none/sys/kernel/debug/kmemleak"
gzip -dc samples/kmemleak/real-6.1.txt.gz >"$TMP/some/sys/kernel/debug/kmemleak"
head -n 400 "$TMP/some/sys/kernel/debug/kmemleak" \
	>"$TMP/less/sys/kernel/debug/kmemleak"
"$PAGEOWL" contents "$TMP/none"
"$PAGEOWL" top "$TMP/none"
"$PAGEOWL" top --format=kmemleak "$TMP/none/sys/kernel/debug/kmemleak"
"$PAGEOWL" diff --top=2 "$TMP/none" "$TMP/some"
"$PAGEOWL" diff --top=2 "$TMP/some" "$TMP/none"
"$PAGEOWL" diff --top=2 "$TMP/less" "$TMP/some"
"$PAGEOWL" diff --top=2 "$TMP/none" "$TMP/less" "$TMP/some"
"$PAGEOWL" diff -q --source=kmemleak --fail-over='function: 0 objects' \
	"$TMP/none" "$TMP/some" >/dev/null
echo "gate: $?"
"$PAGEOWL" diff -q --source=kmemleak --fail-over='function: 0 objects' \
	"$TMP/none" "$TMP/none" >/dev/null
echo "gate: $?"
"$PAGEOWL" top -O csv --top=1 "$TMP/some" | cut -d , -f 1-13
# Reading it was refused: that is not empty.
echo 'cat: kmemleak: Device or resource busy' \
	>"$TMP/none/sys/kernel/debug/kmemleak"
"$PAGEOWL" top "$TMP/none"
echo "refused: $?"
