# needs archives
# Where the captures cannot tell, nothing passes: the wrong order, a NEW that is
# cut short, numbers of objects where a record is a stack, traces of who freed.
# What was found before NEW ends is found all the same.
leaks=samples/real-6.12-leaks
status()
{
	"$PAGEOWL" diff -q --symbols=never "$@" >"$TMP/out"
	echo "status $?"
	[ -s "$TMP/out" ] || echo "nothing was shown"
}
status --fail-over=default $leaks/t2 $leaks/t1
status --fail-over=default $leaks/t3 $leaks/t2 $leaks/t1
mkdir "$TMP/cut"
cp -R $leaks/t2/. "$TMP/cut"
chmod -R u+w "$TMP/cut"
dump=sys/kernel/debug/page_owner.gz
head -c 400000 $leaks/t2/$dump >"$TMP/cut/$dump"
status --source=page_owner --fail-over='stack: 15M' $leaks/t1 "$TMP/cut"
status --source=page_owner --fail-over='stack: 1M' $leaks/t1 "$TMP/cut"
status --source=page_owner_stacks --fail-over='module=leaky_pages: 11 objects' \
	$leaks/t1 $leaks/t2
status --source=page_owner_stacks --fail-over='module=leaky_pages: 11 pages' \
	$leaks/t1 $leaks/t2
status --source=slab_free_traces --fail-over='stack: 0' $leaks/t1 $leaks/t2
# The objects of a cache that lost its traces, and of all of them.
for lost in slab/kmalloc-2k slab; do
	rm -rf "$TMP/lost"
	cp -R $leaks/t2/. "$TMP/lost"
	chmod -R u+w "$TMP/lost"
	rm -r "$TMP/lost/sys/kernel/debug/$lost"
	status --fail-over='module=churn: 1M' $leaks/t1 "$TMP/lost"
done
# Text that ends within a record.
zcat $leaks/t1/$dump >"$TMP/old"
zcat $leaks/t2/$dump | head -c 5000000 >"$TMP/new"
status --fail-over='function=do_leak: 1G' "$TMP/old" "$TMP/new"
# Without what is free, all of it would be in no counter.
rm -rf "$TMP/lost"
cp -R $leaks/t2/. "$TMP/lost"
chmod -R u+w "$TMP/lost"
grep -v ^MemFree $leaks/t2/proc/meminfo >"$TMP/lost/proc/meminfo"
status --fail-over='unaccounted: 1G' $leaks/t1 "$TMP/lost"
# A name that is wrong is no rule that holds.
"$PAGEOWL" diff --fail-over='module=leaky: 1' $leaks/t1 $leaks/t2 >"$TMP/out"
echo "status $?"
