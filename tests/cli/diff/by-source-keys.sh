# What grew, by cache, by line of source, and by module of objects.
"$PAGEOWL" diff --by=cache samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
"$PAGEOWL" diff --by=site --top=5 samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
"$PAGEOWL" diff --source=slab --by=module samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
