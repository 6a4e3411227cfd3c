# No file of ours takes the place of a standard stream that is closed. (A
# reader whose socket was lost so was sometimes replaced in time.)
mkdir -p "$TMP/root/proc"
echo "MemTotal: 4 kB" >"$TMP/root/proc/meminfo"
for n in 0 1 2 3 4 5 6 7 8 9; do
	"$PAGEOWL" capture --quiet --jobs=1 --root="$TMP/root" \
		-o "$TMP/out-$n.tar" <&- >&- 2>&- || echo "status $?"
done
cat "$TMP"/out-*.tar | grep -a '^failed' || echo "none failed"
