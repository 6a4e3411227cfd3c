# A file that we may not read is told with the remedy; root may read it.
root=$TMP/root
mkdir -p "$root/proc"
echo "1.00 2.00" >"$root/proc/uptime"
echo "MemTotal: 1 kB" >"$root/proc/meminfo"
chmod 000 "$root/proc/meminfo"
if cat "$root/proc/meminfo" >/dev/null 2>&1; then
	chmod 755 "$TMP" "$root" "$root/proc"
	set -- setpriv --reuid=65534 --clear-groups
	chmod 777 "$TMP"
	chmod 755 "$TMP/.."
fi
if ! "$@" test -x "$PAGEOWL" -a -w "$TMP" 2>/dev/null; then
	echo "failed	0	proc/meminfo	Permission denied; run as root"
	exit
fi
"$@" "$PAGEOWL" capture --quiet --root="$root" -o "$TMP/out"
grep 'proc/meminfo' "$TMP/out/manifest" | cut -f 1,4-
