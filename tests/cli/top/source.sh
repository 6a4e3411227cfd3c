# needs archives
# Each source of stacks by its name, in each capture that has it.
for source in page_owner page_owner_stacks slab slab_free_traces allocinfo \
	vmallocinfo; do
	"$PAGEOWL" top --source=$source --top=1 samples/real-6.12-leaks/t2
	echo
done
"$PAGEOWL" top --source=slab --top=2 samples/real-7.1.5-noleak/t3.tar.xz
