# needs bfd
# A module that was loaded between the two is the one that NEW tells of.
leaks=samples/real-6.12-leaks
for side in t1 t2; do
	mkdir -p "$TMP/$side/proc" "$TMP/$side/sys/kernel/debug"
	cp $leaks/$side/proc/version "$TMP/$side/proc"
	cp $leaks/$side/sys/kernel/debug/page_owner.gz "$TMP/$side/sys/kernel/debug"
done
notes=$TMP/t2/sys/module/leaky_pages/notes
mkdir -p "$notes"
printf '\4\0\0\0\24\0\0\0\3\0\0\0GNU\0abcdefghijklmnopqrst' >"$notes/.note.gnu.build-id"
"$PAGEOWL" diff --debug-dir=samples/symbols --top=1 --only=module=leaky_pages "$TMP/t1" "$TMP/t2"
