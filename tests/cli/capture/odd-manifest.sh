# The manifest of a capture that somebody made up, with a zero byte in a path.
mkdir -p "$TMP/root/proc"
echo "MemTotal: 4 kB" >"$TMP/root/proc/meminfo"
printf '%s\n' 'pageowl capture manifest 1' 'machine	live' >"$TMP/root/manifest"
printf 'whole\t1.000000000\t2.000000000\t5\tproc/swaps\000x\n' >>"$TMP/root/manifest"
printf 'whole\t1.000000000\t2.000000000\t5\tproc/stat\n' >>"$TMP/root/manifest"
printf 'ended\t-\t3.000000000\twhole\n' >>"$TMP/root/manifest"
timeout 20 "$PAGEOWL" capture --quiet --root="$TMP/root" -o "$TMP/out" ||
	echo "status $?"
sed -n '/^ended/d;4,$p' "$TMP/out/manifest"
