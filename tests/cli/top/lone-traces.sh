# Traces of one cache, alone: without a size of the slot, and of no cache that
# the name tells. Ages are in jiffies until CONFIG_HZ is known.
slab=samples/real-6.12-leaks/t2/sys/kernel/debug/slab
cp $slab/lab_session/alloc_traces.gz "$TMP/traces.gz"
"$PAGEOWL" top "$TMP/traces.gz"
"$PAGEOWL" top --hz=1000 "$TMP/traces.gz"
gzip -dc $slab/kmalloc-64/alloc_traces.gz >"$TMP/kmalloc-64.alloc_traces"
"$PAGEOWL" top --top=2 -v "$TMP/kmalloc-64.alloc_traces"
# In the kernel's own place slabinfo beside it has the slots.
"$PAGEOWL" top $slab/lab_session/alloc_traces.gz
cp samples/slab_traces/good-4.19-alloc_calls.txt "$TMP/heron_ring-alloc_calls"
"$PAGEOWL" top "$TMP/heron_ring-alloc_calls"
