# Where the filters leave no object, the pages of slab caches are all there is:
# they are shown, and nothing is said of objects.
"$PAGEOWL" diff --only=function=alloc_buffer_head --top=2 \
	samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
