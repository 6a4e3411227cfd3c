# A dump of bare addresses says what names them; options that cannot do it are
# refused.
dump=$TMP/raw
cat >"$dump" <<'END'
Page allocated via order 0, mask 0xcc0(GFP_KERNEL), pid 1, tgid 1 (swapper), ts 1 ns
PFN 0x16501 type Unmovable Block 178 type Unmovable Flags 0x0(node=0|zone=1)
 0xffffffff81001010
 0xffffffffc0123456

END
cat >"$TMP/kallsyms" <<'END'
ffffffff81000000 T _stext
ffffffff81001000 T otter_alloc
ffffffff81001100 T otter_free
ffffffffc0123000 T otter_dive	[otter]
END
cd "$TMP" || exit
top() {
	"$PAGEOWL" top --full "$@" raw 2>&1 | grep -v -e read -e Held
	echo
}
top
top --kaslr-offset=0x1000
top --system-map=kallsyms --kaslr-offset=0
grep -v "\[" kallsyms >System.map
top --system-map=System.map --kaslr-offset=0
# A few among many are those of modules that are gone.
for n in 1 2 3 4 5 6 7 8 9 a b c; do
	sed "s/0x.*81.*/otter_$n+0x10\/0x100/; s/0xffffffffc0.*/otter_main+0x1\/0x2/
		s/PFN 0x1/PFN 0x2$n/" raw
done >many
cat raw many >mixed
"$PAGEOWL" top mixed 2>&1 >/dev/null
