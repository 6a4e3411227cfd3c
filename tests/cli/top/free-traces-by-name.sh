# The lines of free_traces are those of alloc_traces: the name alone tells that
# these objects were freed, whatever somebody has added to it.
mkdir "$TMP/flat"
cp samples/slab_traces/good-6.1-kmalloc-64.txt "$TMP/flat/kmalloc-64-alloc_traces.txt"
cp samples/slab_free_traces/good-5.18-kmalloc-64.free_traces.txt "$TMP/flat"
cp samples/slab_free_traces/good-5.18-kmalloc-64.free_traces.txt \
	"$TMP/flat/free_calls.heron_ring"
"$PAGEOWL" contents --full "$TMP/flat"
"$PAGEOWL" top -O json "$TMP/flat/kmalloc-64-alloc_traces.txt" | grep '"source"'
"$PAGEOWL" top -O json "$TMP/flat/free_calls.heron_ring" | grep '"source"'
