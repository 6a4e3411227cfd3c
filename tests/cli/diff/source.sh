# What each source of stacks shows of the same leaks.
for source in page_owner_stacks slab slab_free_traces allocinfo vmallocinfo; do
	"$PAGEOWL" diff --source=$source --top=3 \
		samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
	echo
done
