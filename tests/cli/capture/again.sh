# needs archives
# A capture of an unpacked capture is a copy: what its manifest tells stays,
# the moment at which page_owner was opened first of all.
same=$(dirname "$0")/same.py
"$PAGEOWL" capture --quiet --root=samples/real-6.12-leaks/t1 -o "$TMP/first"
# As if it had been taken of the machine.
sed -i 's/^machine	folder/machine	live/
	s/^boot	.*/boot	0c3b1e1e-7d38-4f4b-8f65-2b0f6c4e9a10/
	s/^whole	[0-9.]*	[0-9.]*\(.*page_owner\)$/whole	30.500000000	30.900000000\1/' \
	"$TMP/first/manifest"
rm "$TMP/first/proc/vmstat.gz"
sed -i 's/^whole\(.*proc.slabinfo\)$/part\1	the disk was full/' \
	"$TMP/first/manifest"
for form in copy copy.tar copy.tar.gz; do
	"$PAGEOWL" capture --quiet --root="$TMP/first" -o "$TMP/$form"
	python3 "$same" "$PAGEOWL" "$TMP/first" "$TMP/$form"
	"$PAGEOWL" top -O json "$TMP/$form" | grep -m 1 began_ns
done
lines()
{
	sed "s/^\(began	\)[^	]*/\1DATE/;s/^\(ended	\)[^	]*/\1DATE/" "$1" | sort
}
lines "$TMP/first/manifest" >"$TMP/lines"
lines "$TMP/copy/manifest" | diff "$TMP/lines" - | grep '^[<>]' | sort | sed 's/[0-9]*\.[0-9]\{9\}/MOMENT/g'
# What is lost now is told beside that.
head -c 1000 "$TMP/copy/sys/kernel/debug/page_owner.gz" >"$TMP/cut"
cp "$TMP/cut" "$TMP/copy/sys/kernel/debug/page_owner.gz"
"$PAGEOWL" capture --quiet --root="$TMP/copy" -o "$TMP/third"
grep '^part' "$TMP/third/manifest" | cut -f 1,4-
# One that was interrupted has no end in the copy either.
sed -i '/^ended/d' "$TMP/first/manifest"
"$PAGEOWL" capture --quiet --root="$TMP/first" -o "$TMP/fourth"
grep -c '^ended' "$TMP/fourth/manifest"
"$PAGEOWL" contents -O json "$TMP/fourth" | grep outcome
