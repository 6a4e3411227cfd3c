# What is filtered out is said.
"$PAGEOWL" diff --not=module=leaky_pages --not=module=leaky_slab --top=4 \
	samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
