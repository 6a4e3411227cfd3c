# needs bfd
# Source lines in all kinds of text: inlined functions above the frame, in
# brackets where there is no place for them; a program counter is no return
# address. The kernel's own frames, of which there is no file, stay.
cat >"$TMP/text" <<'END'
[   23.309258] WARNING: CPU: 0 PID: 949 at x.c:1 do_leak+0x1b/0x30 [leaky_pages]
[   23.309258] CPU: 1 PID: 949 Comm: dd Tainted: G  O  6.12.117-lab #1 Debian
[   23.309258] RIP: 0010:do_leak+0x1b/0x30 [leaky_pages]
[   23.309258] Call Trace:
[   23.309258]  <TASK>
[   23.309258]  ? leaky_rx_refill.isra.0+0x16/0x40 [leaky_pages]
[   23.309258]  rx_set+0xc/0x20 [leaky_pages(O)]
[   23.309258]  ksys_write+0x6a/0xf0
[   23.309258]  leaky_inlined_path+0x3b/0x80 [leaky_pages]
> > [<ffffffffc0123456>] leaky_header_buffers+0x48/0xe0 [leaky_pages]
0xffffb43a40000000-0xffffb43a40005000   20480 leaky_header_buffers+0x48/0xe0 [leaky_pages] pages=4 vmalloc
      7 leaky_header_buffers+0x48/0xe0 [leaky_pages] age=1/2/3 pid=949
 rx_set+0x0/0x20 [leaky_pages] <-leaky_header_buffers+0x48/0xe0 [leaky_pages]
END
printf ' rx_set+0xc/0x20 [leaky_pages]' >>"$TMP/text"
XDG_CACHE_HOME=$TMP "$PAGEOWL" symbolize --quiet --debug-dir=samples/symbols \
	"$TMP/text" >"$TMP/once"
cat "$TMP/once"
echo
echo ---- once more, from a pipe
XDG_CACHE_HOME=$TMP "$PAGEOWL" symbolize -q --debug-dir=samples/symbols \
	<"$TMP/once" | cmp - "$TMP/once"
