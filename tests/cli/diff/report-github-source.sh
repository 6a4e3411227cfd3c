# A source line is where an annotation stands.
# needs bfd
A=samples/real-6.12-leaks
"$PAGEOWL" diff -q -O github --debug-dir=samples/symbols --fail-over=function=leaky_inlined_path:1M $A/t1 $A/t2 2>/dev/null
echo "status $?"
