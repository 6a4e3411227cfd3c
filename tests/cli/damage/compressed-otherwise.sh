# Compression that we do not read is named.
printf '\375\067\172\130\132\000abcdefgh' >"$TMP/dump.xz"
printf '\050\265\057\375abcdefgh' >"$TMP/dump.zst"
printf 'BZh91AY&SYabcdefgh' >"$TMP/dump.bz2"
for kind in xz zst bz2; do
	"$PAGEOWL" top "$TMP/dump.$kind"
done
