# Of several logs one is read for all that they tell, whatever their order:
# that of the kernel itself, then what was written last.
mkdir -p "$TMP/c/var/log"
log()
{
	printf '[    0.000000] Linux version %s (a@b)\n' "$1"
	printf '[    9.000000] kmemleak: unreferenced object 0x%s (size 96):\n' \
		"$2"
	printf '[    9.000000] kmemleak:   comm "sh", pid 1, jiffies 42946%s\n' \
		"$3"
	printf '[    9.000000] kmemleak:   hex dump (first 32 bytes):\n'
	printf '[    9.000000] kmemleak:   backtrace (crc 0):\n'
	printf '[    9.000000] kmemleak:     %s+0x1/0x2\n' "$4"
}
log 6.1.0 ff2ce57b040016c0 76824 of_two >"$TMP/c/var/log/kern.log.2"
{
	log 6.2.0 ff2ce57b040016c0 76824 of_one
	printf '[    9.500000] page: refcount:1 mapcount:0 pfn:0x1\n'
} >"$TMP/c/var/log/kern.log.1"
(cd "$TMP/c" && tar cf ../a.tar var/log/kern.log.1 var/log/kern.log.2)
(cd "$TMP/c" && tar cf ../b.tar var/log/kern.log.2 var/log/kern.log.1)
"$PAGEOWL" top "$TMP/c"
"$PAGEOWL" top "$TMP/a.tar"
"$PAGEOWL" top "$TMP/b.tar"
# One that reports nothing is none of them.
printf '[    0.000000] Linux version 6.3.0 (a@b)\n' >"$TMP/c/dmesg"
"$PAGEOWL" top "$TMP/c"
log 6.3.0 ff2ce57b040016c0 76824 of_the_kernel >"$TMP/c/dmesg"
"$PAGEOWL" top "$TMP/c"
