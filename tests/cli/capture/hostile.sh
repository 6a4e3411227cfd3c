# A root that others have made: nothing from outside it, and no waiting.
root=$TMP/root
mkdir -p "$root/proc/1" "$root/sys/kernel/slab" "$root/sys/kernel/debug" \
	"$TMP/outside/kmalloc-8" "$root/dev" "$root/boot"
echo SECRET >"$TMP/secret"
echo SECRET | gzip >"$TMP/secret.gz"
echo SECRET >"$TMP/outside/kmalloc-8/object_size"
echo "1.00 2.00" >"$root/proc/uptime"
ln -s "$TMP/secret" "$root/proc/meminfo"
# Beside a file that may be taken: which of them is opened?
ln -s "$TMP/secret" "$root/proc/vmstat"
echo "nr_free_pages 1" | gzip >"$root/proc/vmstat.gz"
ln -s "$TMP/secret.gz" "$root/proc/zoneinfo.gz"
ln -s "$TMP/secret" "$root/sys/kernel/debug/page_owner"
ln -s "$TMP/secret" "$root/dev/kmsg"
ln -s "$TMP/secret" "$root/boot/config-1"
ln -s "$TMP/outside" "$root/sys/kernel/slab/aside"
ln -s ../../../../outside "$root/sys/kernel/slab/above"
ln -s "$TMP/outside" "$root/sys/module"
ln -s "$TMP/outside/kmalloc-8" "$root/sys/kernel/slab/kmalloc-8"
ln -s "$TMP/secret" "$root/manifest"
mkfifo "$root/proc/buddyinfo" "$root/proc/swaps"
gzip -c "$root/proc/uptime" >"$root/proc/swaps.gz"
mkdir "$root/proc/slabinfo" "$root/proc/1/comm"
python3 -c 'import socket, sys
socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$root/proc/loadavg"
odd=$(printf 'odd\nwhole\t1.0\t1.0\t1\tlie\033[31m')
mkdir "$root/sys/kernel/slab/$odd"
echo 64 >"$root/sys/kernel/slab/$odd/object_size"
# Damaged copies: cut, and with another byte in it.
seq 20000 | gzip >"$TMP/packed"
head -c 20000 "$TMP/packed" >"$root/proc/pagetypeinfo.gz"
{
	head -c 30000 "$TMP/packed"
	printf 'damage'
	tail -c +30007 "$TMP/packed"
} >"$root/proc/kallsyms.gz"
echo "no gzip" >"$root/proc/modules.gz"
: >"$root/proc/stat.gz"
for form in out out.tar out.tar.gz; do
	timeout 60 "$PAGEOWL" capture --quiet --kmemleak-scan --root="$root" \
		-o "$TMP/$form" || echo "status $?"
done
cut -f 1,4- "$TMP/out/manifest" | sed '/^missing/d;/^began/d;/^ended/d'
{
	find "$TMP/out" -type f -name '*.gz' -exec zcat {} +
	cat "$TMP/out/manifest" "$TMP/out.tar"
	zcat "$TMP/out.tar.gz"
} | grep -a -c SECRET
find "$TMP/out" ! -type d ! -type f
zcat "$TMP/out/proc/pagetypeinfo.gz" >"$TMP/part"
seq 20000 | cmp -n "$(wc -c <"$TMP/part")" - "$TMP/part"
