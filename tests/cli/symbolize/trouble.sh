# What cannot be read or written is trouble, and is told.
try()
{
	"$PAGEOWL" symbolize "$@" </dev/null
	echo "status $?"
}
try --symbols=never "$TMP/none"
try --symbols=never samples
try --symbols=never samples/page_owner/bad-cut.txt.gz | tail -n 1
try --vmlinux="$TMP/none"
try --symbols=never one two
echo text | "$PAGEOWL" symbolize --symbols=never >/dev/full
echo "status $?"
tar -cf "$TMP/x.tar" samples/page_owner/good-6.8.txt
try --symbols=never "$TMP/x.tar"
