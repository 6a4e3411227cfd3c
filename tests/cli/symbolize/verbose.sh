# needs bfd
# How many frames got a line, and of which file; a kernel that is none is
# trouble; that there is no frame is told.
export XDG_CACHE_HOME="$TMP"
cat >"$TMP/text" <<'END'
 do_leak+0x1b/0x30 [leaky_pages]
 rx_set+0xc/0x20 [leaky_pages]
 tx_set+0xc/0x20 [leaky_pages]
 inl_set+0xc/0x20 [leaky_pages]
 hdr_set+0xc/0x20 [leaky_pages]
 do_leak+0x1b/0x30 [leaky_pages]
 otter_dive+0x1b/0x30 [leaky_pages]
 do_leak+0x1b/0x30 [leaky_pages] (done.c:1)
END
"$PAGEOWL" symbolize --verbose --debug-dir=samples/symbols "$TMP/text" 2>&1 |
	grep -v vmlinux
echo " ksys_write+0x6a/0xf0" |
	"$PAGEOWL" symbolize --vmlinux=samples/README.md
echo "status $?"
echo "no frames" | "$PAGEOWL" symbolize --debug-dir=samples/symbols
