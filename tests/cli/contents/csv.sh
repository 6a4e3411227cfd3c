# Members, and counters with their values.
mkdir -p "$TMP/proc" "$TMP/sys/kernel/slab/=heron;ring"
cp samples/uptime/good-uptime.txt "$TMP/proc/uptime"
cp samples/version/good-6.12.txt "$TMP/proc/version"
cp samples/meminfo/good-node.txt "$TMP/proc/meminfo"
cp samples/allocinfo/good-6.18-version-2.0.txt "$TMP/proc/allocinfo"
cp samples/slab_attribute/good-objects-numa.txt \
	"$TMP/sys/kernel/slab/=heron;ring/objects"
"$PAGEOWL" contents --output=csv "$TMP"
