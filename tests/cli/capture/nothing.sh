# A capture of nothing is none, and leaves nothing behind.
try()
{
	"$PAGEOWL" capture "$@" || echo "status $?" >&2
}
mkdir -p "$TMP/empty" "$TMP/odd/proc/driver" "$TMP/odd/sys"
echo text >"$TMP/odd/proc/own"
echo text >"$TMP/file"
: >"$TMP/proc"
for root in absent empty odd file; do
	try --root="$TMP/$root" -o "$TMP/out"
	try --root="$TMP/$root" -o "$TMP/out.tar.gz"
	try --root="$TMP/$root" --check
done
escape=$(printf 'ab\033[31mcd')
mkdir "$TMP/$escape"
try --root="$TMP/$escape" -o "$TMP/out"
try --root="$TMP/$escape/none" -o "$TMP/out"
ls "$TMP" | cat -v
