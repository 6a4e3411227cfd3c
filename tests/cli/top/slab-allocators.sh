# Objects of kernels with SLAB: sizes by names, or by slabinfo beside them.
for path in samples/slab_allocators/good-*; do
	"$PAGEOWL" top --full "$path"
	echo
done
mkdir -p "$TMP/t1/proc" "$TMP/t2/proc"
cp samples/slab_allocators/good-4.4.txt "$TMP/t1/proc/slab_allocators"
sed 's/4711/9422/' samples/slab_allocators/good-4.4.txt \
	>"$TMP/t2/proc/slab_allocators"
sed 's/^\[[^]]*\] //' samples/slabinfo/good-2.0-statistics.txt \
	>"$TMP/t1/proc/slabinfo"
cp "$TMP/t1/proc/slabinfo" "$TMP/t2/proc"
cd "$TMP"
"$PAGEOWL" top --by=cache t1
"$PAGEOWL" contents t1
"$PAGEOWL" diff t1 t2
