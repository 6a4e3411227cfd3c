# needs bfd
# Another point release has most functions in the same size, and other lines.
leaks=samples/real-6.12-leaks/t2
mkdir -p "$TMP/t/proc" "$TMP/t/sys/kernel/debug"
cp $leaks/sys/kernel/debug/page_owner.gz "$TMP/t/sys/kernel/debug"
for release in 6.12.117-lab 6.12.116-lab; do
	sed "s/6.12.117-lab/$release/" $leaks/proc/version >"$TMP/t/proc/version"
	"$PAGEOWL" top --top=1 --only=module=leaky_pages -q \
		--debug-dir=samples/symbols "$TMP/t" | grep ' at '
	"$PAGEOWL" top --top=1 --only=module=leaky_pages \
		--debug-dir=samples/symbols "$TMP/t" 2>&1 >/dev/null | grep -v 'found no'
done
