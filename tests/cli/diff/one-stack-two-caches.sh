# A stack that allocates from a cache that shrinks and from one that does not:
# the leak is in the second. Sizes that OLD lacks are those of NEW.
calls()
{
	mkdir -p "$TMP/$1/sys/kernel/slab/$2"
	printf '%7d heron_get+0x1c/0x40 [heron] age=%s pid=1\n' $3 $4 \
		>"$TMP/$1/sys/kernel/slab/$2/alloc_calls"
}
calls old heron_ring 100 900
calls new heron_ring 5000 20/400/1000
calls old kmalloc-rcl-64 10 900
calls new kmalloc-rcl-64 10 1000
echo 96 >"$TMP/new/sys/kernel/slab/heron_ring/slab_size"
"$PAGEOWL" diff "$TMP/old" "$TMP/new"
# No size anywhere: the number of objects decides.
rm "$TMP/new/sys/kernel/slab/heron_ring/slab_size"
"$PAGEOWL" diff "$TMP/old" "$TMP/new"
