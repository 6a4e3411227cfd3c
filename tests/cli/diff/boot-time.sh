# Objects have no times that tell the boot: btime does, and it wanders by a
# second. A boot id goes before it.
traces=sys/kernel/debug/slab/kmalloc-64/alloc_traces.gz
for capture in a b; do
	mkdir -p "$TMP/$capture/proc" "$TMP/$capture/${traces%/*}"
	cp samples/real-6.12-leaks/t1/$traces \
		"$TMP/$capture/$traces"
done
boot()
{
	"$PAGEOWL" diff -qO json "$TMP/a" "$TMP/b" | grep '"boot"'
}
boot
for btime in 1795336245 1795336247 1795336243 1795336248 1795336242; do
	echo btime 1795336245 >"$TMP/a/proc/stat"
	echo btime $btime >"$TMP/b/proc/stat"
	echo $btime
	boot
done
mkdir -p "$TMP/a/proc/sys/kernel/random" "$TMP/b/proc/sys/kernel/random"
for capture in a b; do
	cp samples/boot_id/good-boot_id.txt \
		"$TMP/$capture/proc/sys/kernel/random/boot_id"
done
boot
rm "$TMP/b/proc/sys/kernel/random/boot_id"
boot
echo btime 1795336245 >"$TMP/b/proc/stat"
cp samples/version/good-6.12.txt "$TMP/a/proc/version"
cp samples/real-6.12-leaks/t1/proc/version "$TMP/b/proc/version"
boot
