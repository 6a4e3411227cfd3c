# alloc_calls ends at a page without a word; sysfs knows how many objects there
# are. Only where the text is as long as a page can be.
slab=$TMP/sys/kernel/slab/heron_ring
mkdir -p "$slab"
i=100
while [ $i -lt 162 ]; do
	echo "     $i heron_function_$i+0x2c/0xa0 [heron] age=7/8/9 pid=1"
	i=$((i + 1))
done >"$slab/alloc_calls"
wc -c <"$slab/alloc_calls"
"$PAGEOWL" top --top=1 "$TMP"
echo "9000 N0=9000" >"$slab/objects"
"$PAGEOWL" top --top=1 "$TMP"
echo "8091 N0=8091" >"$slab/objects"
"$PAGEOWL" top --top=1 "$TMP"
