# --by=node: by the nodes' own meminfo, else by zoneinfo; pages by their flags.
mkdir -p "$TMP/numa/proc" "$TMP/numa/sys/kernel/debug"
cp samples/zoneinfo/real-6.12-numa.gz "$TMP/numa/proc/zoneinfo.gz"
cp samples/meminfo/real-6.12-numa.gz "$TMP/numa/proc/meminfo.gz"
cp samples/page_owner/good-real-6.12-numa-thinned.txt.gz \
	"$TMP/numa/sys/kernel/debug/page_owner.gz"
"$PAGEOWL" account --kb --by=node "$TMP/numa" | sed -n '/^By NUMA/,/^$/p'
"$PAGEOWL" account --by=node "$TMP/numa" "$TMP/numa" |
	sed -n '/^By NUMA/,/^$/p' | grep -e NUMA -e counter -e stacks
"$PAGEOWL" account --by=node --output=csv "$TMP/numa" |
	grep -e node.*total -e node.*stacks
for node in 0 1; do
	mkdir -p "$TMP/numa/sys/devices/system/node/node$node"
	grep "^Node $node" samples/meminfo/good-node.txt \
		>"$TMP/numa/sys/devices/system/node/node$node/meminfo"
done
"$PAGEOWL" account --kb --by=node "$TMP/numa" | sed -n '/^By NUMA/,/^$/p'
# One node is as good as the machine.
"$PAGEOWL" account --kb --by=node samples/real-6.12-leaks/t2 |
	sed -n '/^By NUMA/,/^$/p'
# No node is told.
"$PAGEOWL" account --by=node samples/meminfo/real-7.1.5-noleak.gz |
	grep -c NUMA || true
