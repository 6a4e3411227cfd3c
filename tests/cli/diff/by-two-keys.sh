# Growth by two keys.
"$PAGEOWL" diff --by=category,order --all --top=6 samples/real-6.12-leaks/t1 samples/real-6.12-leaks/t2
