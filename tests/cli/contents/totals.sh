# needs archives
# What `contents` counts of samples, of damaged ones too, and of each kind of
# members of the captures, as README.md has it.
hold()
{
	"$PAGEOWL" contents -qO json $3 "$2" >"$TMP/json" || exit
	python3 tests/cli/hold_totals.py "$1" "$TMP/json"
}
for folder in page_owner_stacks slab_traces slab_free_traces allocinfo \
	vmallocinfo slab_allocators crash_owner meminfo slabinfo zoneinfo \
	vmstat buddyinfo pagetypeinfo stat modules \
	kallsyms version uptime boot_id notes cmdline count_threshold cpu_possible \
	kernel_config manifest mm_stat smaps_rollup smaps status comm cgroup; do
	for path in samples/$folder/*; do
		hold "$path" "$path" --format=$folder
	done
done
# Whose attribute it is the path tells.
for name in good-objects-numa.txt=heron_ring/objects \
	good-slabs_cpu_partial.txt=heron_ring/slabs_cpu_partial \
	bad-text.txt=heron_ring/objects \
	real-7.1.5-kmalloc-64-objects.gz=kmalloc-64/objects.gz; do
	mkdir -p "$TMP/sys/kernel/slab/$(dirname ${name#*=})"
	cp samples/slab_attribute/${name%=*} "$TMP/sys/kernel/slab/${name#*=}"
	hold samples/slab_attribute/${name%=*} "$TMP/sys/kernel/slab/${name#*=}"
	rm -r "$TMP/sys"
done
for path in samples/real-6.12-leaks/* samples/real-7.1.5-noleak/*; do
	hold "$path" "$path"
done
