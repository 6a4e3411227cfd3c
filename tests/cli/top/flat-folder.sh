# Files as somebody copied them: by their names, and where these say nothing
# by what is in them.
dir=samples/real-6.12-leaks/t2
mkdir "$TMP/flat"
for cache in kmalloc-64 lab_session dentry; do
	gzip -dc $dir/sys/kernel/debug/slab/$cache/alloc_traces.gz \
		>"$TMP/flat/alloc_traces.$cache.txt"
done
gzip -dc $dir/proc/allocinfo.gz >"$TMP/flat/my-allocinfo.txt"
cp $dir/proc/slabinfo "$TMP/flat/slabinfo.txt"
cp $dir/sys/kernel/debug/page_owner_stacks/show_stacks.gz "$TMP/flat/1.bin"
cp $dir/proc/vmallocinfo.gz "$TMP/flat/areas"
echo "looks like rx" >"$TMP/flat/notes.md"
"$PAGEOWL" contents --full "$TMP/flat"
"$PAGEOWL" top --top=2 "$TMP/flat"
# The sizes of slots came from slabinfo.
"$PAGEOWL" top --source=slab --by=cache "$TMP/flat"
