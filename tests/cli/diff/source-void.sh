# needs bfd
# Where one side has source lines and the other has none, rows by source would
# tell of changes that there are not.
leaks=samples/real-6.12-leaks
mkdir -p "$TMP/old/proc" "$TMP/old/sys/kernel/debug"
echo 'Linux version 6.1.0-9-amd64 (x@y) (gcc) #1 SMP' >"$TMP/old/proc/version"
cp samples/page_owner/good-real-6.1-thinned.txt.gz \
	"$TMP/old/sys/kernel/debug/page_owner.gz"
diff() { "$PAGEOWL" diff --top=2 --debug-dir=samples/symbols "$@"; }
diff --by=line "$TMP/old" $leaks/t2
echo "status $?"
diff '--only=file=*.c' $leaks/t2 "$TMP/old"
echo "status $?"
diff -q --by=module "$TMP/old" $leaks/t2 | tail -n 3
# Of one kernel: a module that was loaded in between.
diff --by=file $leaks/t1 $leaks/t2 >/dev/null
echo "status $?"
