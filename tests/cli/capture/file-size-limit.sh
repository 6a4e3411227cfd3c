# needs archives
# A limit of the size of files ends a capture as a full disk does.
mkdir -p "$TMP/root/proc"
cd "$TMP"
echo 'MemTotal: 1000 kB' >root/proc/meminfo
# Does not pack to less than half of this.
awk 'BEGIN { for (x = i = 0; i < 80000; i++) {
	x = (x * 69069 + 1) % 2147483648
	printf "%x\n", x
} }' >root/proc/vmallocinfo
for to in t1 t1.tar t1.tar.gz; do
	# Of 512 or of 1024 bytes, as the shell has it.
	(ulimit -f 128 && exec "$PAGEOWL" capture --root=root -o $to >told)
	echo "status $?"
	sed -E 's/ in [0-9.]+ .?i?B, taken in .*//' told
	"$PAGEOWL" contents $to |
		grep -E -A 1 "^ (meminfo|  *not read: proc.vmallocinfo)" | grep -v ^-- |
		grep -v -e "^$" -e "^ manifest"
done
