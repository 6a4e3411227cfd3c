# Growth of modules.
"$PAGEOWL" diff --by=module --top=0 samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
