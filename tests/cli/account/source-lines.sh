# needs bfd
# Who holds what no counter has, with its line.
leaks=samples/real-6.12-leaks
"$PAGEOWL" account --debug-dir=samples/symbols -q --top=3 $leaks/t1 $leaks/t2 |
	head -n 20
"$PAGEOWL" account --debug-dir=samples/symbols -q -O csv $leaks/t1 $leaks/t2 |
	grep leaky | cut -d , -f 4-6,14- | head -n 6
# Objects of slab caches too.
"$PAGEOWL" account --debug-dir=samples/symbols -q $leaks/t1 $leaks/t2 |
	grep '\[leaky_slab\].*object'
