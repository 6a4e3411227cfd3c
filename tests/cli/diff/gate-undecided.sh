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
# A name that is wrong is no rule that holds.
"$PAGEOWL" diff --fail-over='module=leaky: 1' $leaks/t1 $leaks/t2 >"$TMP/out"
echo "status $?"
