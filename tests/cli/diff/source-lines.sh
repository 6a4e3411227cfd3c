# needs bfd
# Each leak has its line, and the function that was inlined there; kernel
# frames have none without a vmlinux, and that is said once.
leaks=samples/real-6.12-leaks
"$PAGEOWL" diff --debug-dir=samples/symbols --top=8 $leaks/t1 $leaks/t2
"$PAGEOWL" diff --debug-dir=samples/symbols --by=line '--only=module=leaky_*' -q $leaks/t1 $leaks/t2
"$PAGEOWL" diff --debug-dir=samples/symbols -q --top=3 -O csv $leaks/t1 $leaks/t2 |
	cut -d , -f 2,3,22-
# Not of this kernel: as if there were none.
"$PAGEOWL" diff --symbols=never --debug-dir=samples/symbols --top=2 $leaks/t1 $leaks/t2
