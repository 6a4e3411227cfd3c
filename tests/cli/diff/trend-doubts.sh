# What is said of a series whose captures are not alike.
. tests/cli/series_of.sh
diff()
{
	echo "$*" >&2
	"$PAGEOWL" diff --symbols=never "$@" >"$TMP/out"
	echo "status $?" >&2
	grep -E '^[0-9]+ captures|^ +growth' "$TMP/out"
}
cd "$TMP"
diff --top=1 --source=page_owner_stacks t1 t3 t2
diff --top=1 t1 t3 t2
# A point is missing: the folder lacks what the others have.
cp -r t2 t2b
rm t2b/sys/kernel/debug/page_owner_stacks/show_stacks.gz \
	t2b/sys/kernel/debug/page_owner.gz
diff --top=1 t1 t2 t2b t3
# Of a part of it less is known than it held.
cp -r t2 t2c
gunzip -c t2/sys/kernel/debug/page_owner_stacks/show_stacks.gz |
	gzip -1 | head -c 20000 \
	>t2c/sys/kernel/debug/page_owner_stacks/show_stacks.gz
diff --top=1 t1 t2c t3
diff --top=1 --strict t1 t2c t3
# Another boot.
cp -r t2 t2d
echo 'btime 1' >t2d/proc/stat
diff --top=1 t1 t2d t3
# Nothing tells of the boot.
rm t1/proc/stat
diff --top=1 t1 t2 t3
# A capture that nothing is known of, and trouble, in the middle.
diff t1 nowhere t3
diff t1 - - t3 </dev/null
# The same three times.
"$PAGEOWL" diff -q t2 t2 t2 | grep -E 'captures|grew'
