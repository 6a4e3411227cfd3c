# A log behind a long dump: the end of a file is looked at, too; of a pipe it is
# told how to read both.
awk 'BEGIN {
	for (i = 1; i <= 3000; i++)
		printf "Page allocated via order 0, mask 0x0(), pid 1, " \
			"ts %d ns\nPFN 0x%x type Movable Block 0 type " \
			"Movable Flags 0x0()\n f+0x1/0x2\n\n", i, i
	for (i = 10; i < 99; i++)
		printf "[    1.0000%d] usb 1-1: new device\n", i
	t = "[    9.000000] kmemleak: "
	print t "unreferenced object 0xff2ce57b040016c0 (size 96):"
	print t "  comm \"sh\", pid 1, jiffies 4294676824"
	print t "  hex dump (first 32 bytes):"
	print t "  backtrace (crc 0):"
	print t "    g+0x1/0x2"
}' >"$TMP/both.txt"
"$PAGEOWL" contents "$TMP/both.txt"
"$PAGEOWL" contents - <"$TMP/both.txt"
cat "$TMP/both.txt" | "$PAGEOWL" contents -
cat "$TMP/both.txt" | "$PAGEOWL" contents --format=mixed -
