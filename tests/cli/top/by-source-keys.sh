# The keys that one source alone has; such a key asks for that source.
"$PAGEOWL" top --by=cache samples/real-6.12-leaks/t2
"$PAGEOWL" top --by=site --top=4 samples/real-6.12-leaks/t2
"$PAGEOWL" top --by=kind,node samples/real-6.12-leaks/t2
"$PAGEOWL" top --source=slab --by=module,cpu --not=module= samples/real-6.12-leaks/t2
