# Damage of one member is told with its path; the others are read. --strict
# fails for that of the sources that are shown.
slab=$TMP/t/sys/kernel/debug/slab
mkdir -p "$slab/kmalloc-64" "$slab/heron_req" "$TMP/t/proc"
cp samples/slab_traces/bad-cut-in-age.txt "$slab/kmalloc-64/alloc_traces"
cp samples/slab_traces/good-6.1-kmalloc-64.txt "$slab/heron_req/alloc_traces"
cp samples/allocinfo/bad-rows.txt "$TMP/t/proc/allocinfo"
cp samples/slabinfo/bad-rows.txt "$TMP/t/proc/slabinfo"
"$PAGEOWL" top --source=slab "$TMP/t"
echo $?
"$PAGEOWL" top -q --strict --source=slab --top=1 "$TMP/t" >"$TMP/shown"
echo $?
head -n 1 "$TMP/shown"
"$PAGEOWL" top --source=allocinfo --strict --top=1 "$TMP/t"
