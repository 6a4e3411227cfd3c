# Two kernels: stacks are matched by function name.
"$PAGEOWL" diff --verbose --top=4 samples/page_owner/good-real-6.1-thinned.txt.gz \
	samples/page_owner/good-real-7.1.5-thinned.txt.gz
