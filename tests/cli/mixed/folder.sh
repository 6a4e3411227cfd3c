# The log of a capture adds what the capture has not, and replaces nothing.
mkdir -p "$TMP/c/proc" "$TMP/c/var/log"
printf 'allocinfo - version: 1.0\n  4096  1 mm/x.c:1 func:f \n' \
	>"$TMP/c/proc/allocinfo"
cp samples/meminfo/good-6.12.txt "$TMP/c/proc/meminfo" 2>/dev/null ||
	printf 'MemTotal: 1000 kB\n' >"$TMP/c/proc/meminfo"
cp samples/mixed/good-log-two-tables.txt "$TMP/c/var/log/kern.log"
cp samples/mixed/good-log-two-callers.txt "$TMP/c/dmesg.txt"
"$PAGEOWL" contents "$TMP/c"
# Logs in a folder beside a capture make no second capture.
mkdir -p "$TMP/d/logs/var/log" "$TMP/d/t1"
cp -r "$TMP/c/proc" "$TMP/d/t1"
cp samples/mixed/good-log-two-tables.txt "$TMP/d/logs/var/log/kern.log"
"$PAGEOWL" contents "$TMP/d"
# A heading in a text beside a capture's own files overwrites none of them.
mkdir -p "$TMP/e/proc"
printf 'MemTotal: 1000 kB\nMemFree: 10 kB\n' >"$TMP/e/proc/meminfo"
printf 'See:\n==> /proc/meminfo <==\nMemTotal: 4000 kB\nMemFree: 4 kB\n' \
	>"$TMP/e/dmesg.txt"
"$PAGEOWL" account "$TMP/e" | grep MemTotal
