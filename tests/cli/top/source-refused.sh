# needs bfd
# A file that is not the one that ran gives no line, and is named.
leaks=samples/real-6.12-leaks
mkdir "$TMP/wrong" "$TMP/cut" "$TMP/text"
top() { "$PAGEOWL" top --top=2 --only=module=leaky_pages "$@" 2>&1 | grep -v 'found no vmlinux'; }

# By its functions.
cp samples/symbols/leaky_slab.ko.gz "$TMP/wrong/leaky_pages.ko.gz"
top --debug-dir="$TMP/wrong" $leaks/t2

# By the build id, which the capture tells.
mkdir -p "$TMP/capture/proc" "$TMP/capture/sys/kernel/debug" \
	"$TMP/capture/sys/module/leaky_pages/notes"
cp $leaks/t2/proc/version "$TMP/capture/proc"
cp $leaks/t2/sys/kernel/debug/page_owner.gz "$TMP/capture/sys/kernel/debug"
printf '\4\0\0\0\24\0\0\0\3\0\0\0GNU\0abcdefghijklmnopqrst' \
	>"$TMP/capture/sys/module/leaky_pages/notes/.note.gnu.build-id"
top --debug-dir=samples/symbols "$TMP/capture"

# What is cut, or no object file at all, is no reason to stop.
gzip -dc samples/symbols/leaky_pages.ko.gz | head -c 200000 >"$TMP/cut/leaky_pages.ko"
top --debug-dir="$TMP/cut" $leaks/t2
echo "no object file" >"$TMP/text/leaky_pages.ko"
top --debug-dir="$TMP/text" $leaks/t2
"$PAGEOWL" top --top=1 --vmlinux="$TMP/text/leaky_pages.ko" $leaks/t2 | head -n 1
"$PAGEOWL" top --top=1 --vmlinux="$TMP/nowhere" $leaks/t2
