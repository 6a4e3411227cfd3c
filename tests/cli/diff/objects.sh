# Objects of a leaking module, of one that replaces its own, and of the kernel.
"$PAGEOWL" diff --only=cache=lab_* --only=cache=churn_item --only=cache=kmalloc-64 \
	samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
"$PAGEOWL" diff --source=slab --all --top=5 --sort=-growth \
	samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
