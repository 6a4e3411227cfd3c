# kmemleak has as many objects of the function, of another stack.
record()
{
	mkdir -p "$TMP/$1/sys/kernel/debug/slab/kmalloc-4k"
	i=0
	while [ $i -lt "$2" ]; do
		i=$((i + 1))
		printf 'unreferenced object 0xffff8880%08x (size 4096):\n' $i
		printf '  comm "sh", pid 5, jiffies 4294674000\n  backtrace:\n'
		printf '    otter_dive+0x34/0x60 [otter]\n'
		printf '    otter_upstream+0x1/0x20 [otter]\n'
	done >"$TMP/$1/sys/kernel/debug/kmemleak"
	printf '     %s otter_dive+0x34/0x60 [otter] age=1/2/3 pid=5\n%s\n%s\n\n' \
		"$3" '        otter_dive+0x34/0x60 [otter]' \
		"        otter_$4+0x1/0x20 [otter]" \
		>"$TMP/$1/sys/kernel/debug/slab/kmalloc-4k/alloc_traces"
}
record a 10 10 upstream
record b 60 50 downstream
record c 60 60 upstream
"$PAGEOWL" diff "$TMP/a" "$TMP/b"
"$PAGEOWL" diff "$TMP/a" "$TMP/c"
"$PAGEOWL" diff --output=json "$TMP/a" "$TMP/b" | grep '"scope"'
